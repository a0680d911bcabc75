"""What the page of one decision says: mark, rank, rule, cut-off, what would have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from .models import Decision, SelectionRun
from .reasons import points, quota_title
from .room import sure_of

RULES: dict[str, str | Promise] = {
    "merit": gettext_lazy("the mark"),
    "quota": gettext_lazy("a quota"),
    "draw": gettext_lazy("the draw among equals"),
    "seats": gettext_lazy("the places a team needs together"),
    "whole_numbers": gettext_lazy("people come whole: no single rule decided"),
}


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision in words. Lists may be empty; "" is what is not known or does not apply.

    criteria: pairs of a criterion's title and the mean of its marks.
    """

    mark: str
    raw: str
    reads: int | None
    apart: str
    rank: str
    own_group: str
    rules: tuple[str, ...]
    cutoff: str
    least: str
    without: tuple[str, ...]
    sure: float | None
    criteria: tuple[tuple[str, str], ...]
    is_exact: bool


def decision_shown(decision: Decision, run: SelectionRun, explanation: Any) -> DecisionShown:
    """The engine's explanation in words; nothing in it tells an attribute of the person."""
    return DecisionShown(
        mark=_give_or_take(decision.merit, decision.deviation),
        raw=points(decision.raw) if decision.raw is not None else "",
        reads=decision.reads,
        apart=points(decision.reason_detail["apart"]) if "apart" in decision.reason_detail else "",
        rank=_of(explanation.rank, explanation.ranked),
        own_group=_of(explanation.group_rank, explanation.group_size),
        rules=tuple(str(RULES[rule]) for rule in explanation.decided_by),
        cutoff=points(explanation.cutoff),
        least=_least(explanation),
        without=tuple(
            dict.fromkeys(quota_title(run, key) for key in explanation.would_be_in_without)
        ),
        sure=sure_of(decision, run),
        criteria=tuple(_criteria(decision, run)),
        is_exact=explanation.is_exact,
    )


def _give_or_take(merit: int, deviation: int | None) -> str:
    if not deviation:
        return points(merit)
    return _("%(mark)s, give or take %(chance)s") % {
        "mark": points(merit),
        "chance": points(2 * deviation),
    }


def _of(rank: int, ranked: int) -> str:
    return _("%(rank)s of %(ranked)s") % {
        "rank": formats.number(rank),
        "ranked": formats.number(ranked),
    }


def _least(found: Any) -> str:
    """How far the mark is from the least that would have been enough."""
    if found.is_chosen:
        if found.points_to_spare is None:
            return ""
        return _("It could have been %(points)s points lower.") % {
            "points": points(found.points_to_spare)
        }
    if found.points_needed is not None:
        return _("%(points)s points more would have been enough: %(mark)s.") % {
            "points": points(found.points_needed),
            "mark": points(found.least_merit),
        }
    return _("No mark would have been enough while all else stays.") if found.is_exact else ""


def _criteria(decision: Decision, run: SelectionRun) -> list[tuple[str, str]]:
    means: Mapping[str, int] = decision.reason_detail.get("criteria") or {}
    round = getattr(run.call, "review_round", None)
    rubric = round.rubric if round else {}
    most = formats.number((rubric.get("scale") or [0, 5])[1])
    return [
        (
            in_language(one["title"]),
            _("%(mean)s of %(most)s") % {"mean": points(means[one["code"]]), "most": most},
        )
        for one in rubric.get("criteria") or ()
        if one["code"] in means
    ]
