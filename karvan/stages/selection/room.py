"""What the selection room shows of a run and of what it chose from. Numbers of applications only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.stages.calls.models import Call
from karvan.stages.reviews.leaning import why_not_in_words
from karvan.stages.reviews.services.calibrating import LEAST_READS, LEAST_REVIEWERS

from .forms import QuotasForm
from .gauge import gauge_svg
from .models import Decision, QuotaSet, SelectionRun
from .naming import codes_named
from .pool import Pool
from .quotas import People, find_quota, people_of, title_of
from .reasons import change_in_words, points, quota_title
from .trials import WayOut, fields_with


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One quota with its fields, how many there are in the pool and how many came in."""

    title: str
    pool: int
    share: float
    not_given: int
    floor: Any
    ceiling: Any
    is_each: bool
    chosen: int | None
    gauge: SafeString

    @property
    def wrong(self) -> list[str]:
        """What contradicts itself in its numbers."""
        return [str(one) for one in (*self.floor.errors, *self.ceiling.errors)]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team and the rule it does not keep; ``is_known`` False: not everybody told."""

    code: str
    rule: str
    least: int
    is_known: bool


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
    quotas: Sequence[Mapping[str, Any]], run: SelectionRun | None, kept: QuotaSet | None = None
) -> list[dict[str, Any]]:
    """The call's quotas, with the numbers of a set, else of the run that is looked at."""
    none: dict[str, Any] = {"floor": None, "ceiling": None}
    if kept is not None:
        return [{**quota, **none, **(kept.numbers.get(quota["key"]) or {})} for quota in quotas]
    if run is None:
        return [dict(quota) for quota in quotas]
    found = []
    for quota in quotas:
        used = find_quota(run.quotas, quota["key"]) or none
        found.append({**quota, "floor": used["floor"], "ceiling": used["ceiling"]})
    return found


def quota_lines(form: QuotasForm, pool: Pool, run: SelectionRun | None) -> list[QuotaLine]:
    """The quotas as the room shows them."""
    chosen = chosen_people(run)
    places = _whole(form["places"].value()) or 0
    lines = []
    for quota in form.quotas:
        people = pool.people.counted(quota)
        floor, ceiling = form[f"floor:{quota['key']}"], form[f"ceiling:{quota['key']}"]
        share = people / pool.people.total if pool.people.total else 0.0
        inside = None if chosen is None else chosen.counted(quota)
        limits = _whole(floor.value()), _whole(ceiling.value())
        lines.append(
            QuotaLine(
                title=title_of(quota),
                pool=people,
                share=share,
                not_given=pool.people.not_given(quota["attribute"]),
                floor=floor,
                ceiling=ceiling,
                is_each=quota["values"] == "each",
                chosen=inside,
                gauge=gauge_svg(places, *limits, share, inside),
            )
        )
    return lines


def relaxations(run: SelectionRun) -> list[WayOut]:
    """What would make a cohort possible in a run that found none, fewest people first."""
    found: dict[str, WayOut] = {}
    for changes in run.clash.get("relaxations") or ():
        words = "; ".join(change_in_words(run, change) for change in changes)
        found.setdefault(words, WayOut(words, "", fields_with(run, changes)))
    return list(found.values())


def prices_in_words(run: SelectionRun, prices: Iterable[Any]) -> list[Price]:
    """What each quota costs; a quota for each value is told where it cost anything."""
    return [
        Price(quota_title(run, one.quota), points(one.merit_lost), one.came_in, one.went_out)
        for one in prices
        if one.merit_lost or one.came_in or "/" not in one.quota
    ]


def compared(run: SelectionRun, other: SelectionRun) -> Comparison:
    """Who is in by the one and not by the other, best mark first; three queries."""
    here, there = _selected(run), _selected(other)
    only_here = [number for number in here if number not in there]
    only_there = [number for number in there if number not in here]
    codes = codes_named(run.call, [*only_here, *only_there], run)
    return Comparison(
        other,
        tuple(codes.get(number, number) for number in only_here),
        tuple(codes.get(number, number) for number in only_there),
    )


def swaps_of(run: SelectionRun) -> dict[str, Any]:
    """Who came in and went out by quotas against pure merit, and the points it cost."""
    swaps = run.answer.get("swaps") or {}
    came_in, went_out = swaps.get("came_in") or [], swaps.get("went_out") or []
    codes = codes_named(run.call, [*came_in, *went_out], run)
    return {
        "came_in": [codes.get(number, number) for number in came_in],
        "went_out": [codes.get(number, number) for number in went_out],
        "lost": points(swaps.get("merit_lost") or 0),
    }


def drawn(run: SelectionRun) -> int:
    """How many stood equal at the cut, so that the draw decided."""
    standing = run.answer.get("standing") or {}
    return sum(one["code"].startswith("tie_drawn") for one in standing.values())


def mark_of(decision: Decision) -> float:
    """The mark in points of 100."""
    return decision.merit / 100


def raw_of(decision: Decision) -> float | None:
    """The mean as the reviewers gave it, in points of 100; None in runs made before it was kept."""
    return None if decision.raw is None else decision.raw / 100


def deviation_of(decision: Decision) -> float | None:
    """How far the mark may be off: two standard deviations, in points; None where not known."""
    return None if decision.deviation is None else 2 * decision.deviation / 100


def apart_of(decision: Decision) -> float | None:
    """How far the highest read lies above the lowest, in points."""
    apart = decision.reason_detail.get("apart")
    return None if apart is None else apart / 100


def sure_of(decision: Decision, run: SelectionRun) -> float | None:
    """The share of plausible marks under which the decision stays as it is; None if not worked out."""
    share = (run.sureness.get("shares") or {}).get(str(decision.application_id))
    if share is None:
        return None
    is_in = decision.outcome == Decision.Outcome.SELECTED
    return (share if is_in else 10_000 - share) / 10_000  # type: ignore[no-any-return]


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
        "people": pool.people.total,
    }


def slider_places(call: Call, form: QuotasForm) -> int:
    """As far as the places can be slid: twice those of the call, or what was typed if more."""
    return max(2 * call.places, _whole(form["places"].value()) or 0)


def marks_in_words(pool: Pool, call: Call) -> str:
    """Whether marks are corrected, and why not where they are not; a sentence."""
    if pool.marks.is_corrected:
        return _(
            "Marks are corrected for strict and lenient reviewers; the mean as given stands beside."
        )
    return why_not_in_words(pool.marks.why_not, LEAST_READS, LEAST_REVIEWERS, of=call.activity)


def teams_in_words(pool: Pool, call: Call, run: SelectionRun | None) -> list[TeamLine]:
    """Teams that a rule for teams leaves out, and those of which nobody knows; one query."""
    if not pool.teams:
        return []
    codes = codes_named(call, [one.number for one in pool.teams], run)
    return [
        TeamLine(
            codes.get(one.number, one.number),
            title_of(one.rule),
            one.rule["per_team_at_least"],
            one.is_known,
        )
        for one in pool.teams
    ]


def _selected(run: SelectionRun) -> list[str]:
    rows = Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED).order_by("rank")
    return [str(number) for number in rows.values_list("application__number", flat=True)]


def chosen_people(run: SelectionRun | None) -> People | None:
    """The people a run chose, counted by what its document holds of them; None without a cohort."""
    if run is None or not run.is_feasible:
        return None
    content = json.loads(bytes(run.document))
    chosen = set((content.get("answer") or {}).get("chosen") or ())
    people: list[Mapping[str, str]] = []
    for one in (content.get("problem") or {}).get("candidates") or ():
        if one["key"] in chosen:
            people += one["members"] or [one["attributes"]] * one["seats"]
    return people_of(people)


def _whole(typed: Any) -> int | None:
    """What stands in a field as a whole number, however it came there; None if it is none."""
    return int(typed) if str(typed).isascii() and str(typed).isdecimal() else None
