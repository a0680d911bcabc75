"""Turn what people typed in the selection room into values a service can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import SelectionRun
from .quotas import title_of

SIDES = (("floor", _("at least")), ("ceiling", _("at most")))


class QuotasForm(forms.Form):
    """Places, the seed of the draw, how to choose, and two limits in people for each quota.

    A range of the browser stands beside each number once scripts run; the number is what counts.
    """

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)
    is_corrected = forms.BooleanField(
        label=_("Correct marks for strict and lenient reviewers"), required=False, initial=True
    )
    seed = forms.CharField(
        label=_("Seed of the draw"),
        max_length=64,
        help_text=_("Any words; they decide among equals, so fix them before the marks are known."),
    )
    method = forms.ChoiceField(
        label=_("How to choose"),
        choices=SelectionRun.Method.choices,
        initial=SelectionRun.Method.MERIT,
        required=False,
        widget=forms.RadioSelect,
    )
    least_mark = forms.DecimalField(
        label=_("Least mark to be in the lottery"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("Of 100. All with this mark or more have the fairest chance the quotas allow."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, quotas: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotas = quotas
        for quota in quotas:
            for side, words in SIDES:
                self.fields[f"{side}:{quota['key']}"] = forms.IntegerField(
                    label=_("%(quota)s, %(side)s") % {"quota": title_of(quota), "side": words},
                    required=False,
                    min_value=0,
                    max_value=5000,
                    initial=quota[side],
                    widget=forms.NumberInput({"placeholder": _("none")}),
                )

    def clean(self) -> dict[str, Any]:
        """Say at its own field where a quota contradicts itself or the places."""
        typed = super().clean() or self.cleaned_data
        places = typed.get("places")
        for quota in self.quotas:
            floor, ceiling = (typed.get(f"{side}:{quota['key']}") for side, _words in SIDES)
            at = f"floor:{quota['key']}"
            if floor is not None and ceiling is not None and floor > ceiling:
                self.add_error(at, contradiction(floor, ceiling))
            elif floor is not None and places is not None and floor > places:
                self.add_error(at, beyond_places(floor, places))
        if typed.get("method") == SelectionRun.Method.LOTTERY and typed.get("least_mark") is None:
            self.add_error(
                "least_mark", gettext("Say from which mark on people are in the lottery.")
            )
        return typed

    @property
    def is_lottery(self) -> bool:
        """Whether the cohort is to be drawn by lot."""
        return bool(self.cleaned_data.get("method") == SelectionRun.Method.LOTTERY)

    def least_hundredths(self) -> int:
        """The least mark for the lottery, in hundredths of a point."""
        return int(100 * self.cleaned_data["least_mark"])

    def chosen(self) -> list[dict[str, Any]]:
        """The quotas with the numbers typed."""
        return [
            {
                **quota,
                **{side: self.cleaned_data.get(f"{side}:{quota['key']}") for side, _w in SIDES},
            }
            for quota in self.quotas
        ]

    def numbers(self) -> dict[str, dict[str, int | None]]:
        """The numbers typed as a set of quotas keeps them: by the quota's key."""
        return {
            quota["key"]: {side: quota[side] for side, _words in SIDES} for quota in self.chosen()
        }


def contradiction(floor: int, ceiling: int) -> str:
    """A quota that asks for more than it allows."""
    numbers = {"floor": floor, "ceiling": ceiling}
    return gettext("At least %(floor)s is more than at most %(ceiling)s.") % numbers


def beyond_places(floor: int, places: int) -> str:
    """A quota that asks for more people than there are places."""
    numbers = {"floor": floor, "places": places}
    return gettext("At least %(floor)s is more than the %(places)s places there are.") % numbers


class SetNameForm(forms.Form):
    """What a set of quotas is called."""

    name = forms.CharField(label=_("Name of the set"), max_length=80)


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
