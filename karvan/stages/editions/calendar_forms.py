"""Turn what a person typed about a country's calendar into values a service can take."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from karvan.foundation.places.models import ClosedPeriod, HolidayNote, WorkingHours
from karvan.foundation.places.prayers import Asr, Method
from karvan.foundation.ui import formats

from .forms import day, degrees
from .models import Venue

MONTHS = ((3, gettext_lazy("a quarter")), (12, gettext_lazy("a year")))
EARLIEST, LATEST = date(2000, 1, 1), date(2070, 12, 1)  # within every table used here


def time_of_day(**options: Any) -> forms.TimeField:
    """A time, entered with the machine's own picker."""
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **options)


def _weekdays(**options: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple, choices=_named_weekdays, **options
    )


def _named_weekdays() -> list[tuple[int, str]]:
    names = formats.locale_of().days["stand-alone"]["wide"]
    return [(number + 1, names[number]) for number in range(7)]


class ScopedForm(forms.Form):
    """A fact that holds for one edition, or for the whole country where the person may say so."""

    def __init__(self, *args: Any, scope: str, may_country: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        if may_country:
            self.fields["whole_country"] = forms.BooleanField(
                label=gettext_lazy("For the whole country, not for this edition alone"),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_country = typed.pop("whole_country", False)
        return {**typed, "scope": "" if is_country else self.scope}


class WeekForm(ScopedForm):
    workdays = _weekdays(label=gettext_lazy("Days worked"))
    half_days = _weekdays(label=gettext_lazy("Of these, half days"), required=False)
    valid_from = day(label=gettext_lazy("Holds from"), required=False)
    valid_to = day(label=gettext_lazy("Holds until"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Source or reason"),
        max_length=200,
        help_text=gettext_lazy("The act, announcement or letter that says so."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


class HoursForm(ScopedForm):
    kind = forms.ChoiceField(label=gettext_lazy("When"), choices=WorkingHours.Kind.choices)
    starts = time_of_day(label=gettext_lazy("The day begins at"))
    ends = time_of_day(label=gettext_lazy("The day ends at"))
    half_day_ends = time_of_day(label=gettext_lazy("A half day ends at"), required=False)
    valid_from = day(label=gettext_lazy("Holds from"), required=False)
    valid_to = day(label=gettext_lazy("Holds until"), required=False)
    source = forms.CharField(label=gettext_lazy("Source or reason"), max_length=200)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


class HolidayForm(ScopedForm):
    on = day(label=gettext_lazy("Date"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (HolidayNote.Kind.CONFIRMED, gettext_lazy("The holiday is on this date: confirm it")),
            (HolidayNote.Kind.ADDED, gettext_lazy("It is a holiday: add it")),
            (HolidayNote.Kind.REMOVED, gettext_lazy("It is no holiday: take it away")),
        ],
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed for a holiday that is added."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Source or reason"),
        max_length=300,
        help_text=gettext_lazy("Who announced it and when, or why it is so."),
    )


class PeriodForm(ScopedForm):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=ClosedPeriod.Kind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    starts_on = day(label=gettext_lazy("First day"))
    ends_on = day(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Source or reason"), max_length=300)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SpanForm(forms.Form):
    """Which months to show; anything else than a month is passed over."""

    start = forms.DateField(input_formats=["%Y-%m", "%Y-%m-%d"], required=False)
    months = forms.TypedChoiceField(choices=MONTHS, coerce=int, required=False, empty_value=None)

    def clean_start(self) -> date | None:
        typed: date | None = self.cleaned_data["start"]
        return typed if typed and EARLIEST <= typed <= LATEST else None


class PrayerForm(forms.Form):
    """Where, when and by which method prayer times are calculated."""

    venue = forms.ModelChoiceField(label=gettext_lazy("Venue"), queryset=Venue.objects.none())
    on = day(label=gettext_lazy("Date"))
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Method.choices)
    asr = forms.ChoiceField(label=gettext_lazy("Asr"), choices=Asr.choices)

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        typed: date = self.cleaned_data["on"]
        if not EARLIEST <= typed <= LATEST:
            raise forms.ValidationError(gettext_lazy("Choose a date from 2000 to 2070."))
        return typed


class PlaceForm(forms.Form):
    """Where on the map a building stands, in degrees."""

    latitude = degrees(
        90,
        label=gettext_lazy("Latitude"),
        help_text=gettext_lazy("Degrees north, such as 40.40930; south with a minus."),
    )
    longitude = degrees(
        180,
        label=gettext_lazy("Longitude"),
        help_text=gettext_lazy("Degrees east, such as 49.86710; west with a minus."),
    )
