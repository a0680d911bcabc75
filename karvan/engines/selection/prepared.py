"""A choice made ready once, so that other places and quotas are tried at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .answer import Cohort, Infeasible
from .choose import WORK, choose_cohort
from .problem import ChoiceProblem, Quota


@dataclass(frozen=True, slots=True)
class PreparedChoice:
    """The candidates of a problem, ready to be chosen from under any quotas."""

    problem: ChoiceProblem

    def choose(
        self,
        places: int | None = None,
        quotas: Sequence[Quota] | None = None,
        *,
        work: int = WORK,
    ) -> Cohort | Infeasible:
        """Return what ``choose_cohort`` would, with other places or quotas where given."""
        changed = replace(
            self.problem,
            places=self.problem.places if places is None else places,
            quotas=self.problem.quotas if quotas is None else tuple(quotas),
        )
        return choose_cohort(changed, work=work)


def prepare_choice(problem: ChoiceProblem) -> PreparedChoice:
    """Return the problem made ready for many choices among the same candidates."""
    return PreparedChoice(problem)
