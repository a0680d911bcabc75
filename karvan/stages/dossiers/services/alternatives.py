"""Write alternatives, mark and weigh them, choose one and say why."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.decision_matrix import CRITERIA, HEAVIEST, MARKS
from karvan.stages.dossiers.errors import NotGiven
from karvan.stages.dossiers.models import DecisionWeight, DesignAlternative, Dossier

from .editing import locked_dossier

LEAST_TO_CHOOSE_FROM = 2


@transaction.atomic
def add_alternative(
    dossier: Dossier,
    *,
    title: str,
    by: Person | None,
    description: str = "",
    is_baseline: bool = False,
    scores: Mapping[str, int] | None = None,
) -> DesignAlternative:
    """Write one way to redesign it, with the marks that are known.

    Raises:
        NotGiven: a mark is not between 0 and 4, or there is a baseline already.
    """
    held = locked_dossier(dossier)
    _check(held, is_baseline, scores or {}, None)
    made = DesignAlternative.objects.create(
        dossier=held,
        title=title,
        description=description,
        is_baseline=is_baseline,
        scores=dict(scores or {}),
        author=by,
    )
    record("alternative added", held, by=by, after={"title": title})
    return made


@transaction.atomic
def change_alternative(
    alternative: DesignAlternative,
    *,
    title: str,
    by: Person | None,
    description: str = "",
    is_baseline: bool = False,
    scores: Mapping[str, int] | None = None,
) -> DesignAlternative:
    """Write an alternative and its marks anew.

    Raises:
        NotGiven: a mark is not between 0 and 4, or another is the baseline.
    """
    held = locked_dossier(alternative.dossier)
    row = DesignAlternative.objects.select_for_update().get(pk=alternative.pk)
    _check(held, is_baseline, scores or {}, row)
    before = {"title": row.title, "marks": _in_short(row.scores)}
    row.title, row.description, row.is_baseline = title, description, is_baseline
    row.scores = dict(scores or {})
    row.save()
    after = {"title": title, "marks": _in_short(row.scores)}
    record("alternative changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_alternative(alternative: DesignAlternative, *, by: Person | None) -> None:
    """Take an alternative out.

    Raises:
        NotGiven: it is the one that was chosen.
    """
    held = locked_dossier(alternative.dossier)
    row = DesignAlternative.objects.select_for_update().get(pk=alternative.pk)
    if row.chosen:
        raise NotGiven(_("This one was chosen. Choose another first."))
    before = {"title": row.title}
    row.delete()
    record("alternative removed", held, by=by, before=before)


@transaction.atomic
def weigh_criteria(dossier: Dossier, *, weights: Mapping[str, int], by: Person | None) -> None:
    """Say how much each criterion counts; 0 does not count.

    Raises:
        NotGiven: a criterion is not known, a weight not between 0 and 10, or all are 0.
    """
    held = locked_dossier(dossier)
    unknown = sorted(set(weights) - set(CRITERIA))
    if unknown:
        raise NotGiven(_("No criterion is called %(name)s.") % {"name": unknown[0]})
    if any(not 0 <= weight <= HEAVIEST for weight in weights.values()):
        raise NotGiven(_("A weight is between 0 and %(most)s.") % {"most": HEAVIEST})
    if not any(weights.values()):
        raise NotGiven(_("At least one criterion must count."))
    before = weights_of(held)
    for criterion, weight in weights.items():
        DecisionWeight.objects.update_or_create(
            dossier=held, criterion=criterion, defaults={"weight": weight}
        )
    record(
        "weights changed",
        held,
        by=by,
        before={"marks": _in_short(before)},
        after={"marks": _in_short(weights_of(held))},
    )


@transaction.atomic
def choose_alternative(
    alternative: DesignAlternative, *, reason: str, by: Person | None
) -> DesignAlternative:
    """Choose the way that is followed, with the reason.

    Raises:
        NotGiven: there is no reason, or nothing else to choose from.
    """
    held = locked_dossier(alternative.dossier)
    row = DesignAlternative.objects.select_for_update().get(pk=alternative.pk)
    if not reason.strip():
        raise NotGiven(_("Say why it is chosen; the totals alone are no reason."))
    if held.alternatives.count() < LEAST_TO_CHOOSE_FROM:
        raise NotGiven(_("There is nothing to choose from: write another alternative first."))
    earlier = held.alternatives.filter(chosen=True).exclude(pk=row.pk).first()
    if earlier is not None:
        earlier.chosen, earlier.reason = False, ""
        earlier.save(update_fields=["chosen", "reason", "changed_at"])
    row.chosen, row.reason = True, reason.strip()
    row.save(update_fields=["chosen", "reason", "changed_at"])
    before = {"title": earlier.title} if earlier else {}
    record(
        "alternative chosen", held, by=by, before=before, after={"title": row.title}, reason=reason
    )
    return row


def weights_of(dossier: Dossier) -> dict[str, int]:
    """The dossier's weight of every criterion; 1 where none was set."""
    own = dict(dossier.decision_weights.values_list("criterion", "weight"))
    return {criterion: own.get(criterion, 1) for criterion in CRITERIA}


def _check(
    dossier: Dossier,
    is_baseline: bool,
    scores: Mapping[str, int],
    row: DesignAlternative | None,
) -> None:
    if set(scores) - set(CRITERIA) or any(mark not in MARKS for mark in scores.values()):
        raise NotGiven(_("Marks go from 0 to 4, for the criteria that are there."))
    others = dossier.alternatives.filter(is_baseline=True)
    if row is not None:
        others = others.exclude(pk=row.pk)
    if is_baseline and (other := others.first()):
        raise NotGiven(_("“%(title)s” is the device as it is already.") % {"title": other.title})


def _in_short(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in numbers.items())
