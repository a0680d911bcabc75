"""Why one candidate is in or out, in numbers a letter can use, and what would have changed it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .answer import Cohort, Infeasible, QuotaPrice, Standing
from .choose import WORK, choose_cohort
from .problem import Candidate, ChoiceProblem, Quota

Rule = Literal["merit", "quota", "draw", "seats", "whole_numbers"]

MOST_MERIT = 1_000_000
WHOLE = 10_000

_RULES: dict[str, tuple[Rule, ...]] = {
    "chosen_on_merit": ("merit",),
    "chosen_with_quota": ("quota",),
    "tie_drawn_in": ("draw",),
    "tie_drawn_out": ("draw",),
    "below_cutoff": ("merit",),
    "displaced_by_quota": ("quota",),
    "no_seats_for_team": ("seats",),
    "decided_jointly": ("whole_numbers",),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one candidate stands. A team counts as one candidate.

    is_chosen:    whether it is in.
    standing:     the engine's code and numbers.
    decided_by:   rules that decided: ``"merit"``, ``"quota"``, ``"draw"``,
                  ``"seats"`` (a team did not fit whole), ``"whole_numbers"``
                  (only people in whole numbers, no single limit).
    merit:        its merit, in hundredths.
    rank:         1 + how many candidates have more merit; ``ranked`` is of how many.
    group_rank, group_size, group_chosen: the same within its own group, the
                  candidates alike to every quota and in seats.
    group_share:  chosen of its own group, per ten thousand, rounded down.
    cutoff:       merit at which its own group is cut, in hundredths.
    least_merit:  the least merit, in hundredths, at which it is in while all
                  else stays; None if no merit would do.
    is_exact:     whether ``least_merit`` was found by choosing again. If not,
                  it is read off the prices, as far as they prove it: who is out
                  needs it at least, who is in needs no more; else None.
    would_be_in_without: quotas without any one of which it would be in.
    """

    key: str
    is_chosen: bool
    standing: Standing
    decided_by: tuple[Rule, ...]
    merit: int
    rank: int
    ranked: int
    group_rank: int
    group_size: int
    group_chosen: int
    group_share: int
    cutoff: int
    least_merit: int | None
    is_exact: bool
    would_be_in_without: tuple[str, ...]

    @property
    def points_needed(self) -> int | None:
        """Hundredths of merit missing; 0 for who is in, None if no merit is known to do."""
        if self.is_chosen:
            return 0
        return None if self.least_merit is None else self.least_merit - self.merit

    @property
    def points_to_spare(self) -> int | None:
        """Hundredths by which the merit could fall and it still be in; None for who is out."""
        if not self.is_chosen or self.least_merit is None:
            return None
        return self.merit - self.least_merit


def explain_candidate(
    problem: ChoiceProblem,
    cohort: Cohort,
    key: str,
    *,
    prices: Sequence[QuotaPrice] = (),
    work: int = WORK,
) -> Explanation:
    """Return where one candidate stands, with the exact merit that would have been enough.

    The best cohort with the candidate and the best one without it are known
    after one choice among the others. The candidate's own merit moves only the
    first, so the least merit at which it is in follows by subtraction; where
    both are then equal, the draw decides and one more choice is made.

    Args:
        problem: the problem.
        cohort: its answer.
        key: the candidate.
        prices: what ``quota_prices`` returned, for ``would_be_in_without``.
        work: as for ``choose_cohort``.

    Returns:
        Merit in hundredths, shares per ten thousand.

    Raises:
        ValueError: the candidate is not one of this problem, the cohort
            answers another problem, or is not proved to be the best.

    Cost: one choice, two where the draw decides; 0.3 to 0.6 CPU s at 1,000
        candidates and 23 quotas.
    """
    found = _Ranks(problem, cohort, prices).explain(key)
    if not cohort.proved:
        raise ValueError("cohort is not proved, so what would have changed it is not known")
    return replace(found, least_merit=_least_merit(problem, cohort, key, work), is_exact=True)


def explain_many(
    problem: ChoiceProblem, cohort: Cohort, *, prices: Sequence[QuotaPrice] = ()
) -> dict[str, Explanation]:
    """Return where every candidate stands, by key, without choosing again.

    ``least_merit`` is what the prices prove about the candidate: the cut-off of
    its own group where the prices alone prove the cohort; else None.

    Raises:
        ValueError: the cohort or the prices answer another problem.

    Cost: O(candidates x quotas); 10,000 candidates and 23 quotas take 0.31 CPU s.
    """
    ranks = _Ranks(problem, cohort, prices)
    return {key: ranks.explain(key) for key in sorted(ranks.candidates)}


class _Ranks:
    """Everybody's place among all and in the own group, counted once."""

    def __init__(
        self, problem: ChoiceProblem, cohort: Cohort, prices: Sequence[QuotaPrice]
    ) -> None:
        self.candidates = {c.key: c for c in problem.candidates}
        unknown = sorted({*cohort.chosen, *cohort.waiting} ^ set(self.candidates))
        if unknown:
            raise ValueError(f"cohort and problem do not name the same candidates: {unknown[:5]}")
        foreign = sorted({p.quota for p in prices} - {q.key for q in problem.quotas})
        if foreign:
            raise ValueError(f"prices name quotas that the problem does not have: {foreign}")
        self.cohort = cohort
        self.chosen = frozenset(cohort.chosen)
        self.groups = _groups(problem)
        self.all = sorted(-c.merit for c in problem.candidates)
        self.merits: dict[object, list[int]] = {}
        self.inside: dict[object, int] = {}
        for c in problem.candidates:
            group = self.groups[c.key]
            self.merits.setdefault(group, []).append(-c.merit)
            self.inside[group] = self.inside.get(group, 0) + (c.key in self.chosen)
        for merits in self.merits.values():
            merits.sort()
        self.without: dict[str, list[str]] = {}
        for price in sorted(prices, key=lambda p: p.quota):
            for out in price.went_out:
                self.without.setdefault(out, []).append(price.quota)

    def explain(self, key: str) -> Explanation:
        if key not in self.candidates:
            raise ValueError(f"not a candidate of this problem: {key!r}")
        candidate = self.candidates[key]
        standing = self.cohort.standing[key]
        group = self.groups[key]
        merits = self.merits[group]
        without = tuple(self.without.get(key, ()))
        return Explanation(
            key=key,
            is_chosen=key in self.chosen,
            standing=standing,
            decided_by=_rules(standing, without),
            merit=candidate.merit,
            rank=1 + bisect_left(self.all, -candidate.merit),
            ranked=len(self.all),
            group_rank=1 + bisect_left(merits, -candidate.merit),
            group_size=len(merits),
            group_chosen=self.inside[group],
            group_share=WHOLE * self.inside[group] // len(merits),
            cutoff=standing.cutoff,
            least_merit=self._by_prices(candidate, standing),
            is_exact=False,
            would_be_in_without=without,
        )

    def _by_prices(self, candidate: Candidate, standing: Standing) -> int | None:
        """Return what the prices prove about the candidate's own merit, None if nothing.

        Out, it stays out below the cut; in, it stays in above the cut, since
        the price bound then falls by as much as the cohort's value.
        """
        if self.cohort.proof != "prices":
            return None
        if candidate.key in self.chosen:
            return min(candidate.merit, standing.cutoff + 1)
        return standing.cutoff if candidate.merit < standing.cutoff else None


def _rules(standing: Standing, without: Sequence[str]) -> tuple[Rule, ...]:
    rules = _RULES[standing.code]
    return (*rules, "quota") if without and "quota" not in rules else rules


def _groups(problem: ChoiceProblem) -> dict[str, object]:
    quotas = sorted(problem.quotas, key=lambda q: q.key)
    return {
        c.key: (c.seats, tuple(c.people_counted_by(q) for q in quotas)) for c in problem.candidates
    }


def _least_merit(problem: ChoiceProblem, cohort: Cohort, key: str, work: int) -> int | None:
    """Return the least merit at which the candidate is in, None if there is none."""
    candidate = next(c for c in problem.candidates if c.key == key)
    is_in = key in cohort.chosen
    seats = {c.key: c.seats for c in problem.candidates}
    known = (cohort.value, sum(seats[k] for k in cohort.chosen))
    other = _best_of_others(problem, candidate, work, with_it=not is_in)
    if other is None:
        # In, and no cohort without it: any merit does. Out, and none with it: no merit does.
        return 0 if is_in else None
    (value, filled), rival = (known, other) if is_in else (other, known)
    value -= candidate.seats * candidate.merit
    least = max(0, -(-(rival[0] - value) // candidate.seats))
    with_it = (value + candidate.seats * least, filled)
    # Equal cohorts: the draw decides. What it says at today's merit is known already.
    at_draw = is_in if least == candidate.merit else None
    if with_it == rival and at_draw is None:
        at_draw = least <= MOST_MERIT and _is_in_at(problem, candidate, least, work)
    if with_it < rival or (with_it == rival and not at_draw):
        least += 1
    return least if least <= MOST_MERIT else None


def _best_of_others(
    problem: ChoiceProblem, candidate: Candidate, work: int, *, with_it: bool
) -> tuple[int, int] | None:
    """Return merit and filled seats of the best cohort with the candidate, or without it."""
    others = tuple(c for c in problem.candidates if c.key != candidate.key)
    rest = replace(problem, candidates=others)
    if with_it:
        quotas = [_room_left(q, candidate) for q in problem.quotas]
        if candidate.seats > problem.places or None in quotas:
            return None
        kept = tuple(q for q in quotas if q is not None)
        rest = replace(rest, places=problem.places - candidate.seats, quotas=kept)
    best = choose_cohort(rest, work=work)
    if isinstance(best, Infeasible):
        return None
    if not best.proved:
        raise ValueError(f"the best cohort without {candidate.key!r} was not found in work {work}")
    seats = {c.key: c.seats for c in others}
    filled = sum(seats[key] for key in best.chosen)
    if with_it:
        return best.value + candidate.seats * candidate.merit, filled + candidate.seats
    return best.value, filled


def _room_left(quota: Quota, candidate: Candidate) -> Quota | None:
    """Return what a quota still asks of the others once the candidate is in; None if too much."""
    people = candidate.people_counted_by(quota)
    if quota.ceiling is not None and people > quota.ceiling:
        return None
    floor = None if quota.floor is None else max(0, quota.floor - people)
    ceiling = None if quota.ceiling is None else quota.ceiling - people
    return replace(quota, floor=floor, ceiling=ceiling)


def _is_in_at(problem: ChoiceProblem, candidate: Candidate, merit: int, work: int) -> bool:
    """Return whether the candidate would be in with this merit, all else equal."""
    changed = tuple(
        replace(c, merit=merit) if c.key == candidate.key else c for c in problem.candidates
    )
    again = choose_cohort(replace(problem, candidates=changed), work=work)
    return isinstance(again, Cohort) and candidate.key in again.chosen
