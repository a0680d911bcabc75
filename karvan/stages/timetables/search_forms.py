"""Typed text to values for building, improving and noting what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from karvan.foundation.ui import formats
from karvan.stages.editions.models import Activity, Room

from . import queries
from .models import Disruption, Session, Trainer

SHORT_WORK = 12
WORKS = (
    (SHORT_WORK, gettext_lazy("Short: up to half a minute")),
    (60, gettext_lazy("Longer: some minutes")),
    (300, gettext_lazy("Long: a quarter of an hour or more")),
)


class SearchForm(forms.Form):
    """How long to search, and which of equal timetables to take."""

    work = forms.TypedChoiceField(
        label=gettext_lazy("How long to search"),
        choices=WORKS,
        coerce=int,
        initial=SHORT_WORK,
        required=False,
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Variant"),
        help_text=gettext_lazy("Another number gives another of equally good timetables."),
        min_value=1,
        max_value=99_999,
        initial=1,
    )

    def values(self) -> dict[str, Any]:
        """What a search takes."""
        return {"seed": self.cleaned_data["seed"], "work": self.cleaned_data["work"] or SHORT_WORK}


class BuildForm(SearchForm):
    """The same, and which closed days are open all the same."""

    opened_anyway = forms.MultipleChoiceField(
        label=gettext_lazy("Closed days to hold sessions on all the same"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    without_holidays = forms.BooleanField(
        label=gettext_lazy("Build all the same, though no holidays are on file"), required=False
    )
    field_order = ("opened_anyway", "without_holidays", "work", "seed")

    def __init__(
        self, *args: Any, closed: dict[date, str], has_holidays: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (on.isoformat(), f"{formats.date_in_words(on)}: {why}") for on, why in closed.items()
        ]
        field = self.fields["opened_anyway"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields["opened_anyway"]
        if has_holidays:
            del self.fields["without_holidays"]

    def values(self) -> dict[str, Any]:
        """What a search takes."""
        return {
            **super().values(),
            "opened_anyway": list(self.cleaned_data.get("opened_anyway", ())),
            "without_holidays": self.cleaned_data.get("without_holidays", False),
        }


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )


class DisruptionForm(forms.Form):
    """One kind of thing that can happen: only the fields that say what it hits."""

    kind = forms.CharField(widget=forms.HiddenInput)
    trainer: forms.ModelChoiceField[Trainer] = forms.ModelChoiceField(
        label=gettext_lazy("Trainer"), queryset=None
    )
    room: forms.ModelChoiceField[Room] = forms.ModelChoiceField(
        label=gettext_lazy("Room"), queryset=None
    )
    session: forms.ModelChoiceField[Session] = forms.ModelChoiceField(
        label=gettext_lazy("Session"), queryset=None
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes it takes now"), min_value=1, max_value=1440
    )
    day_from = _day(gettext_lazy("From day"))
    day_to = _day(gettext_lazy("Until day"))
    time_from = _time(gettext_lazy("From, on each of these days"))
    time_to = _time(gettext_lazy("Until, on each of these days"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, data: Any = None, *, kind: str, activity: Activity) -> None:
        super().__init__(data, auto_id=f"id_{kind}_%s")
        self.fields["kind"].initial = kind
        choices = {
            "trainer": activity.trainers.select_related("person").order_by("person__full_name"),
            "room": queries.rooms_of(activity.edition),
            "session": queries.sessions_listed(activity).filter(is_cancelled=False),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        for name in self.fields.keys() - {"kind", "reason", *FIELDS[kind]}:
            del self.fields[name]
        if kind == Disruption.Kind.DAY_LOST:
            self.fields["day_from"].required = True

    def values(self) -> dict[str, Any]:
        """What the act takes."""
        typed = dict(self.cleaned_data)
        for name in ("from", "to"):
            at: time | None = typed.pop(f"time_{name}", None)
            if at is not None:
                typed[f"minute_{name}"] = at.hour * 60 + at.minute
        return typed


WHEN = ("day_from", "day_to", "time_from", "time_to")
FIELDS: dict[str, tuple[str, ...]] = {
    "trainer_away": ("trainer", *WHEN),
    "room_lost": ("room", *WHEN),
    "day_lost": WHEN,
    "session_length": ("session", "minutes"),
}


def disruption_forms(
    activity: Activity, posted: Any = None
) -> Iterable[tuple[str, DisruptionForm]]:
    """A form for each kind with the kind's own words; the one that was sent holds what was typed."""
    for kind, words in Disruption.Kind.choices:
        is_sent = posted is not None and posted.get("kind") == kind
        data = posted if is_sent else None
        yield str(words), DisruptionForm(data, kind=kind, activity=activity)
