"""What each way out of clashing quotas costs, in merit and in people."""

from __future__ import annotations

from dataclasses import dataclass

from .answer import Change, Cohort, Infeasible
from .choose import WORK, choose_cohort
from .clash import relaxed
from .problem import ChoiceProblem


@dataclass(frozen=True, slots=True)
class RelaxationCost:
    """One relaxation and the cohort it leads to.

    changes:      the limits moved.
    value:        total merit of the cohort then chosen, in hundredths.
    merit_lost:   hundredths of merit that the quotas still cost against the
                  cohort on merit alone with as many places.
    people_moved: by how many people the limits move, all together.
    came_in:      who is in, but not on merit alone; best first.
    went_out:     who would be in on merit alone, but is not; best first.
    """

    changes: tuple[Change, ...]
    value: int
    merit_lost: int
    people_moved: int
    came_in: tuple[str, ...]
    went_out: tuple[str, ...]


def relaxation_costs(
    problem: ChoiceProblem, infeasible: Infeasible, *, work: int = WORK
) -> tuple[RelaxationCost, ...]:
    """Return what each relaxation of an infeasible choice costs, best first.

    Best is what moves the limits by the fewest people, since a quota is a
    promise; among those, what loses the least merit, then moves the fewest limits.

    Args:
        problem: the problem as posed.
        infeasible: its answer.
        work: as for ``choose_cohort``.

    Returns:
        One cost for each of ``infeasible.relaxations``, merit in hundredths.

    Raises:
        ValueError: a change names an unknown quota or does not make a cohort
            possible, so ``infeasible`` answers another problem.

    Cost: one choice for each relaxation, 0.2 CPU s at 1,000 candidates and 25
        quotas, 1.3 at 10,000.
    """
    found = []
    for changes in infeasible.relaxations:
        cohort = choose_cohort(relaxed(problem, changes), work=work)
        if not isinstance(cohort, Cohort):
            raise ValueError(f"relaxation does not make a cohort possible: {changes}")
        moved = sum(change.people for change in changes)
        swaps = cohort.swaps
        found.append(
            RelaxationCost(
                changes, cohort.value, swaps.merit_lost, moved, swaps.came_in, swaps.went_out
            )
        )
    return tuple(sorted(found, key=_order))


def _order(cost: RelaxationCost) -> tuple[int, int, int, list[tuple[str, str, int]]]:
    names: list[tuple[str, str, int]] = [
        (change.quota or "", change.side, change.after) for change in cost.changes
    ]
    return cost.people_moved, cost.merit_lost, len(cost.changes), names
