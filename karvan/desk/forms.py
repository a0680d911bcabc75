"""Typed text → values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.stages.editions.services import NewPart


class CancelForm(forms.Form):
    """Why an edition is called off; ``sure`` is set by the second of the two pages only."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who gets a letter reads it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    """Why a reading is opened again, and until when."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        help_text=_("Empty: as before."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class TakeVersionForm(forms.Form):
    """Which groups of a version are taken, and what stands where the two disagree."""

    reason = forms.CharField(
        label=_("Why something is not taken"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you leave a part. It stands beside the departure."),
    )

    def __init__(
        self, *args: Any, groups: Sequence[str], clashes: Sequence[NewPart], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups, self.clashes = groups, clashes
        self.fields["take"] = forms.MultipleChoiceField(
            choices=[(one, one) for one in groups], required=False
        )
        for at, _clash in enumerate(clashes):
            self.fields[f"clash_{at}"] = forms.ChoiceField(
                choices=[("ours", ""), ("theirs", "")], required=False
            )

    def clean(self) -> dict[str, Any]:
        """``left``, ``settled`` and ``reason``, as the service takes them."""
        typed = super().clean() or {}
        taken = set(typed.get("take", ()))
        settled = {
            clash.path: typed[f"clash_{at}"]
            for at, clash in enumerate(self.clashes)
            if typed.get(f"clash_{at}")
        }
        left = [one for one in self.groups if one not in taken]
        return {"left": left, "settled": settled, "reason": typed.get("reason", "")}


class DeclineVersionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The secretariat reads it beside your edition."),
    )
