"""Turn what people typed in the selection room into values a service can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .quotas import title_of


class QuotasForm(forms.Form):
    """Places, the seed of the draw, and a floor and a ceiling in people for each quota."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)
    seed = forms.CharField(
        label=_("Seed of the draw"),
        max_length=64,
        help_text=_("Any words; they decide among equals, so fix them before the marks are known."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, quotas: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotas = quotas
        for quota in quotas:
            for side, words in (("floor", _("at least")), ("ceiling", _("at most"))):
                self.fields[f"{side}:{quota['key']}"] = forms.IntegerField(
                    label=f"{title_of(quota)}, {words}",
                    required=False,
                    min_value=0,
                    max_value=5000,
                    initial=quota[side],
                )

    def chosen(self) -> list[dict[str, Any]]:
        """The quotas with the numbers typed."""
        return [
            {
                **quota,
                "floor": self.cleaned_data.get(f"floor:{quota['key']}"),
                "ceiling": self.cleaned_data.get(f"ceiling:{quota['key']}"),
            }
            for quota in self.quotas
        ]


class SignForm(forms.Form):
    """What somebody says when signing."""

    statement = forms.CharField(
        label=_("Statement"), required=False, widget=forms.Textarea({"rows": 3}), max_length=1000
    )


class ReasonForm(forms.Form):
    """Why something is put aside or taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class SendForm(forms.Form):
    """How long an offer stands."""

    days_to_answer = forms.IntegerField(
        label=_("Days to answer"), min_value=1, max_value=90, initial=7
    )
