"""What the selection room shows of a run and of what it chose from. Numbers of applications only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .forms import QuotasForm
from .models import Decision, SelectionRun
from .queries import Pool
from .quotas import NOT_GIVEN, find_quota, pool_of, title_of
from .reasons import change_in_words, points, quota_title


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One quota with its fields, how many there are in the pool and how many came in."""

    title: str
    pool: int
    share: float
    floor: Any
    ceiling: Any
    is_each: bool
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A change that would make a cohort possible, and what to post to try it."""

    words: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Price:
    """What one quota costs, in points of 100 of all together."""

    title: str
    lost: str
    came_in: tuple[str, ...]
    went_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who is in by one run and not by another."""

    other: SelectionRun
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]


def with_numbers_of(
    quotas: Sequence[Mapping[str, Any]], run: SelectionRun | None
) -> list[dict[str, Any]]:
    """The call's quotas, with the numbers of the run that is looked at."""
    if run is None:
        return [dict(quota) for quota in quotas]
    found = []
    for quota in quotas:
        used = find_quota(run.quotas, quota["key"]) or {"floor": None, "ceiling": None}
        found.append({**quota, "floor": used["floor"], "ceiling": used["ceiling"]})
    return found


def quota_lines(form: QuotasForm, pool: Pool, run: SelectionRun | None) -> list[QuotaLine]:
    """The quotas as the room shows them."""
    chosen = _chosen_people(run)
    lines = []
    for quota in form.quotas:
        people = pool_of(pool.entrants, quota)
        lines.append(
            QuotaLine(
                title=title_of(quota),
                pool=people,
                share=people / pool.people if pool.people else 0.0,
                floor=form[f"floor:{quota['key']}"],
                ceiling=form[f"ceiling:{quota['key']}"],
                is_each=quota["values"] == "each",
                chosen=None if chosen is None else _counted(chosen, quota),
            )
        )
    return lines


def relaxations(run: SelectionRun) -> list[Relaxation]:
    """What would make a cohort possible, fewest people first."""
    found: dict[str, Relaxation] = {}
    for changes in run.clash.get("relaxations") or ():
        values: dict[str, Any] = {"places": run.places, "seed": run.seed}
        for quota in run.quotas:
            for side in ("floor", "ceiling"):
                values[f"{side}:{quota['key']}"] = "" if quota[side] is None else quota[side]
        for change in changes:
            if change["quota"] is None:
                values["places"] = change["after"]
                continue
            base = find_quota(run.quotas, change["quota"])
            if base is not None:
                values[f"{change['side']}:{base['key']}"] = change["after"]
        words = "; ".join(change_in_words(run, change) for change in changes)
        found.setdefault(words, Relaxation(words, values))
    return list(found.values())


def prices_in_words(run: SelectionRun, prices: Iterable[Any]) -> list[Price]:
    """What each quota costs; a quota for each value is told where it cost anything."""
    return [
        Price(quota_title(run, one.quota), points(one.merit_lost), one.came_in, one.went_out)
        for one in prices
        if one.merit_lost or one.came_in or "/" not in one.quota
    ]


def compared(run: SelectionRun, other: SelectionRun) -> Comparison:
    """Who is in by the one and not by the other, best mark first; two queries."""
    here, there = _selected(run), _selected(other)
    return Comparison(
        other,
        tuple(number for number in here if number not in there),
        tuple(number for number in there if number not in here),
    )


def swaps_of(run: SelectionRun) -> dict[str, Any]:
    """Who came in and went out by quotas against pure merit, and the points it cost."""
    swaps = run.answer.get("swaps") or {}
    return {
        "came_in": swaps.get("came_in") or [],
        "went_out": swaps.get("went_out") or [],
        "lost": points(swaps.get("merit_lost") or 0),
    }


def drawn(run: SelectionRun) -> int:
    """How many stood equal at the cut, so that the draw decided."""
    standing = run.answer.get("standing") or {}
    return sum(one["code"].startswith("tie_drawn") for one in standing.values())


def mark_of(decision: Decision) -> float:
    """The mark in points of 100."""
    return decision.merit / 100


def outcome_state(decision: Decision) -> str:
    """The mark for an outcome."""
    return {"selected": "done", "waiting": "waiting"}.get(decision.outcome, "dropped")


def offer_state(offer: Any) -> str:
    """The mark for an offer's state."""
    marks = {"offered": "open", "accepted": "done", "expired": "late"}
    return marks.get(offer.state, "dropped")


def pool_in_words(pool: Pool) -> str:
    """How many can be chosen from."""
    return _("%(applications)s applications, %(people)s people") % {
        "applications": len(pool.entrants),
        "people": pool.people,
    }


def _selected(run: SelectionRun) -> list[str]:
    rows = Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED).order_by("rank")
    return [str(number) for number in rows.values_list("application__number", flat=True)]


def _chosen_people(run: SelectionRun | None) -> list[Mapping[str, str]] | None:
    """The attributes of every person a run chose, as its document holds them."""
    if run is None or not run.is_feasible:
        return None
    content = json.loads(bytes(run.document))
    chosen = set((content.get("answer") or {}).get("chosen") or ())
    people: list[Mapping[str, str]] = []
    for one in (content.get("problem") or {}).get("candidates") or ():
        if one["key"] in chosen:
            people += one["members"] or [one["attributes"]] * one["seats"]
    return people


def _counted(people: Iterable[Mapping[str, str]], quota: Mapping[str, Any]) -> int:
    name, values = quota["attribute"], quota["values"]
    counts = Counter(person.get(name) or NOT_GIVEN for person in people)
    if values == "each":
        return max((n for value, n in counts.items() if value != NOT_GIVEN), default=0)
    return sum(counts[value] for value in values)
