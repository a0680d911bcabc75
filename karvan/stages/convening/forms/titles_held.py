"""What is written of a title after it was given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.forms import day

from ..models import Title


class DecreeForm(forms.Form):
    """The state's decree."""

    decreed_on = day(label=gettext_lazy("Decreed on"))
    decree = forms.CharField(label=gettext_lazy("Decree"), max_length=300)


class YearHeldForm(forms.Form):
    """The year it was held, and why it moved."""

    year_held = forms.IntegerField(
        label=gettext_lazy("Year it was held"), min_value=1900, max_value=2200
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the year moved"), max_length=300, required=False
    )


class PlaceForm(forms.Form):
    """Where the city lies."""

    latitude = forms.DecimalField(label=gettext_lazy("Latitude"), max_digits=8, decimal_places=5)
    longitude = forms.DecimalField(label=gettext_lazy("Longitude"), max_digits=8, decimal_places=5)


class CommitteeForm(forms.Form):
    """The host committee, one member a line."""

    members = forms.CharField(
        label=gettext_lazy("Members"),
        widget=forms.Textarea({"rows": 6}),
        max_length=6000,
        help_text=gettext_lazy("One a line: name | office. The chair first."),
    )

    def clean_members(self) -> list[dict[str, str]]:
        rows = []
        for line in self.cleaned_data["members"].splitlines():
            name, _stroke, office = line.partition("|")
            if line.strip():
                rows.append({"name": name.strip(), "office": office.strip()})
        if not all(one["name"] for one in rows):
            raise forms.ValidationError(_("Each line begins with a name."))
        return rows


class EventForm(forms.Form):
    """An event of the year."""

    names = TextsField(label=gettext_lazy("Event"))
    starts_on = day(label=gettext_lazy("From"))
    ends_on = day(label=gettext_lazy("Until"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=150, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)


class ReportForm(forms.Form):
    """The closing report."""

    upload = forms.FileField(label=gettext_lazy("Closing report (PDF)"))


class HandoverForm(forms.Form):
    """To whom, and when."""

    to = forms.ModelChoiceField(label=gettext_lazy("To"), queryset=Title.objects.none())
    on = day(label=gettext_lazy("On"))

    def __init__(self, *args: Any, titles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = titles  # type: ignore[attr-defined]
