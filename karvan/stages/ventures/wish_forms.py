"""What mentors, ventures and coordinators type before mentors are matched and teams formed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Activity

from .models import MOST_VENTURES, MOST_WISHES, Venture

SEED = _("Draws the order of those ranked alike. Any word; say it before you see what it does.")


def ordered_fields(listed: QuerySet[Any], labels: Sequence[Any]) -> dict[str, forms.Field]:
    """One choice a rank: ``rank_1`` to ``rank_5``."""
    return {
        f"rank_{rank}": forms.ModelChoiceField(
            label=label, queryset=listed, required=False, empty_label="–"
        )
        for rank, label in enumerate(labels, start=1)
    }


def in_order(cleaned: dict[str, Any]) -> list[Model]:
    """What was chosen, best first; ranks left empty close up."""
    chosen = (cleaned.get(f"rank_{rank}") for rank in range(1, MOST_WISHES + 1))
    return [one for one in chosen if one is not None]


def as_initial(listed: Sequence[Any]) -> dict[str, Any]:
    """The initial values of ``ordered_fields``."""
    return {f"rank_{rank}": one for rank, one in enumerate(listed, start=1)}


class WishesForm(forms.Form):
    """Up to five mentors, best first."""

    def __init__(self, *args: Any, mentors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (
            _("First wish"),
            _("Second wish"),
            _("Third wish"),
            _("Fourth wish"),
            _("Fifth wish"),
        )
        self.fields.update(ordered_fields(mentors, labels))

    def clean(self) -> dict[str, Any]:
        return {"mentors": in_order(super().clean() or {})}


class OfferForm(forms.Form):
    """How many ventures, from which sectors rather, and up to five by name."""

    capacity = forms.IntegerField(
        label=_("How many ventures do you take?"),
        help_text=_("Those you mentor already count. 0 if you take none."),
        min_value=0,
        max_value=MOST_VENTURES,
    )
    sectors = forms.MultipleChoiceField(
        label=_("From which sectors rather?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, sectors: Sequence[str], ventures: QuerySet[Venture], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = [(one, one) for one in sectors]  # type: ignore[attr-defined]
        if not sectors:
            del self.fields["sectors"]
        labels = (
            _("First venture"),
            _("Second venture"),
            _("Third venture"),
            _("Fourth venture"),
            _("Fifth venture"),
        )
        self.fields.update(ordered_fields(ventures, labels))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        offer = {"sectors": given.get("sectors", []), "ventures": in_order(given)}
        return {**offer, "capacity": given["capacity"]} if "capacity" in given else offer


class MatchingForm(forms.Form):
    """What a matching is proposed by."""

    seed = forms.CharField(label=_("Seed"), max_length=64, help_text=SEED)
    everyone = forms.BooleanField(
        label=_("Give ventures whose wishes are all full another mentor with room"), required=False
    )


class TeamsForm(forms.Form):
    """What teams are proposed by."""

    activity = forms.ModelChoiceField(
        label=_("Participants of"), queryset=Activity.objects.none(), empty_label=None
    )
    smallest = forms.IntegerField(label=_("Members at least"), min_value=1, max_value=50)
    largest = forms.IntegerField(label=_("Members at most"), min_value=1, max_value=50)
    seed = forms.CharField(label=_("Seed"), max_length=64, help_text=SEED)

    def __init__(self, *args: Any, activities: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]


class TakenForm(forms.Form):
    """The hash of the proposal that was shown."""

    sha256 = forms.CharField(max_length=64)
