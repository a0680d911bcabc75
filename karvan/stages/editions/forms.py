"""Turn what a person typed about an edition into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.document import REMOVED, Lock
from karvan.stages.blueprints.values import field_for

from .models import EditionPartner, Venue


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def degrees(most: int, **options: Any) -> forms.DecimalField:
    """Degrees of latitude or longitude, to about a metre."""
    return forms.DecimalField(
        min_value=-most, max_value=most, max_digits=8, decimal_places=5, **options
    )


class PartnerForm(forms.Form):
    party = forms.ModelChoiceField(label=gettext_lazy("Party"), queryset=Party.objects.none())
    part = forms.ChoiceField(label=gettext_lazy("Part"), choices=EditionPartner.Part.choices)
    contribution = forms.CharField(
        label=gettext_lazy("Contribution"), max_length=300, required=False
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=12, decimal_places=2, required=False
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "characters"}),
    )
    reserved_seats = forms.IntegerField(
        label=gettext_lazy("Reserved places"), min_value=0, initial=0, required=False
    )

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_reserved_seats(self) -> int:
        return int(self.cleaned_data["reserved_seats"] or 0)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 2}))


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed when something has not been held."),
    )


class PlanForm(forms.Form):
    starts_on = day(label=gettext_lazy("First day"))
    ends_on = day(label=gettext_lazy("Last day"))


class ActualForm(forms.Form):
    starts_on = day(label=gettext_lazy("First day"))
    ends_on = day(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it open while the activity goes on."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it differs from the plan"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class EarliestForm(forms.Form):
    earliest = day(label=gettext_lazy("Propose dates from"))


class VenueForm(forms.Form):
    names = TextsField(label=gettext_lazy("Name"))
    city = forms.CharField(label=gettext_lazy("City"), max_length=80)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    party = forms.ModelChoiceField(
        label=gettext_lazy("Belongs to"), queryset=Party.objects.none(), required=False
    )
    latitude = degrees(
        90,
        label=gettext_lazy("Latitude"),
        help_text=gettext_lazy("Degrees north, such as 40.40930; south with a minus."),
        required=False,
    )
    longitude = degrees(
        180,
        label=gettext_lazy("Longitude"),
        help_text=gettext_lazy("Degrees east, such as 49.86710; west with a minus."),
        required=False,
    )

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if ("latitude" in typed and "longitude" in typed) and (
            (typed["latitude"] is None) != (typed["longitude"] is None)
        ):
            self.add_error(None, _("Give both latitude and longitude, or neither."))
        return typed


class UseVenueForm(forms.Form):
    venue = forms.ModelChoiceField(label=gettext_lazy("Venue"), queryset=Venue.objects.none())

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]


class RoomForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=20, widget=forms.TextInput({"dir": "ltr"})
    )
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=10_000)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Serves as"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]


class CommitmentForm(forms.Form):
    commitment = forms.ModelChoiceField(
        label=gettext_lazy("Commitment"), queryset=Commitment.objects.none()
    )

    def __init__(self, *args: Any, commitments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]


class DepartForm(forms.Form):
    """A new value for one part, in the field that fits it, and the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It stands beside the departure in every report."),
    )

    def __init__(
        self, *args: Any, value: Any, lock: Lock, may_go: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = field_for(value, lock)
        field.initial = str(value) if isinstance(value, bool) else value
        if may_go:
            field.required = False
            self.fields["goes"] = forms.BooleanField(label=_("Take this part away"), required=False)
        self.fields = {"after": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.pop("goes", False):
            return {**typed, "after": REMOVED}
        return typed


class DesignForm(forms.Form):
    """A design, or a part of one, as text; ``base`` names the design from which it began."""

    source = forms.CharField(
        label=gettext_lazy("The design as text"),
        strip=False,
        widget=forms.Textarea(
            {"rows": 28, "dir": "ltr", "spellcheck": "false", "class": "code", "wrap": "soft"}
        ),
        help_text=gettext_lazy("YAML, as in the blueprint. Keep the codes: they name the parts."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One for all that differs; it stands beside each departure."),
    )
    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["rows"] = max(5, min(28, lines + 3))
