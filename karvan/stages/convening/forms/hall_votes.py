"""What is typed about a vote: the question, what tellers counted, why it is void."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.ui.texts_field import TextsField

from ..hall_words import option_word
from ..models import Delegation, Majority, Membership, VoteEvent


class VoteForm(forms.Form):
    titles = TextsField(label=_("Question"), required=False)
    method = forms.ChoiceField(
        label=pgettext_lazy("vote", "Method"), choices=VoteEvent.Method.choices
    )
    requirement = forms.ChoiceField(label=_("Majority needed"), choices=Majority.choices)
    is_electronic = forms.BooleanField(
        label=_("Delegates vote from their telephones"),
        required=False,
        help_text=_("For a roll call or a secret ballot."),
    )
    begins_with = forms.ModelChoiceField(
        label=_("The roll call begins with"),
        queryset=Membership.objects.none(),
        required=False,
        help_text=_(
            "Drawn by lot among those in the hall; choose another if the chair drew by hand."
        ),
    )
    candidates = forms.CharField(
        label=_("Names, for an election"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on a line. Left empty, it is for or against."),
    )

    def __init__(self, *args: Any, members: Any, has_motion: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins_with"].queryset = members  # type: ignore[attr-defined]
        if has_motion:
            del self.fields["titles"], self.fields["candidates"]

    def clean_candidates(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["candidates"].splitlines()]


class CountForm(forms.Form):
    """What one teller counted, a number for each option."""

    def __init__(self, data: Any = None, *, event: VoteEvent, teller: str) -> None:
        kept = event.teller_counts.get(teller, {})
        super().__init__(data, prefix=f"teller{teller}")
        self.names = {f"option{at}": option for at, option in enumerate(event.options)}
        for name, option in self.names.items():
            self.fields[name] = forms.IntegerField(
                label=option_word(option, event),
                min_value=0,
                max_value=10_000,
                initial=kept.get(option),
            )

    @property
    def counts(self) -> dict[str, int]:
        """Option → how many."""
        return {option: self.cleaned_data[name] for name, option in self.names.items()}


class ObjectionForm(forms.Form):
    delegation = forms.ModelChoiceField(label=_("Who objects"), queryset=Delegation.objects.none())

    def __init__(self, *args: Any, delegations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegation"].queryset = delegations  # type: ignore[attr-defined]


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Why it is void"), max_length=300)
