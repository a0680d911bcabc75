"""What is typed about forums and partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.models import Agreement, Consultation
from karvan.stages.editions.models import Edition

from ..models import Forum, Partnership, StatutorySession


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class ChoosingForm(forms.Form):
    """A form whose lists to choose from are given by the view: ``choices`` by field's name."""

    def __init__(self, *args: Any, choices: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (choices or {}).items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]


class ForumForm(ChoosingForm):
    names = TextsField(label=_("Name"))
    code = forms.SlugField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=Forum.Kind.choices)
    led_by = forms.ModelChoiceField(
        label=_("Led by"), queryset=Party.objects.none(), required=False
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Where this is known from.")
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


class AskForm(ChoosingForm):
    party = forms.ModelChoiceField(label=_("Who asks"), queryset=Party.objects.none())
    kind = forms.ChoiceField(label=_("To be"), choices=Partnership.Kind.choices)
    partner = forms.ModelChoiceField(label=_("Of whom"), queryset=Party.objects.none())
    forum = forms.ModelChoiceField(
        label=_("In which forum or process"), queryset=Forum.objects.none(), required=False
    )
    criteria = forms.CharField(
        label=_("Criteria"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line. Each is judged before the request is answered."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def clean_criteria(self) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in self.cleaned_data["criteria"].splitlines() if line.strip()]


class CriterionForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    is_met = forms.TypedChoiceField(
        label=_("Is it met?"),
        choices=[("yes", _("Met")), ("no", _("Not met"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class GrantForm(ChoosingForm):
    agreement = forms.ModelChoiceField(
        label=_("By which agreement"), queryset=Agreement.objects.none(), required=False
    )
    instrument = forms.CharField(
        label=_("Or by which other instrument"),
        max_length=200,
        required=False,
        help_text=_("A letter or a decision, with its date."),
    )
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"), required=False)
    emblem_use = forms.CharField(label=_("Use of the emblem"), max_length=300, required=False)
    report_due_on = day(label=_("Report due"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed where a criterion is not met."),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class EndForm(forms.Form):
    ends_on = day(label=_("Ends on"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class ReportForm(forms.Form):
    received_on = day(label=_("Received"))
    next_due_on = day(label=_("Next report due"), required=False)


class EventForm(ChoosingForm):
    edition = forms.ModelChoiceField(
        label=_("An edition"), queryset=Edition.objects.none(), required=False
    )
    consultation = forms.ModelChoiceField(
        label=_("Or a meeting"), queryset=Consultation.objects.none(), required=False
    )
    session = forms.ModelChoiceField(
        label=_("Or a session"), queryset=StatutorySession.objects.none(), required=False
    )
    names = TextsField(
        label=_("Title"), required=False, help_text=_("Of an event that is not in this register.")
    )
    starts_on = day(label=_("From"), required=False)
    ends_on = day(label=_("Until"), required=False)
    place = forms.CharField(label=_("Place"), max_length=150, required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
