"""A venture's milestones as its edition asks for them, each with its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from karvan.stages.editions.queries import document_of

from .models import Milestone, Venture

MARKS = {"claimed": "waiting", "verified": "done", "returned": "changed", "expired": "dropped"}


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone of the blueprint and where the venture stands with it."""

    code: str
    title: Any
    rule: Any
    claim: Milestone | None
    tries: int

    @property
    def mark(self) -> str:
        return MARKS[self.claim.state] if self.claim else "open"

    @property
    def may_be_claimed(self) -> bool:
        return self.claim is None or self.claim.state in ("returned", "expired")


def definitions_of(venture: Venture) -> list[dict[str, Any]]:
    """The milestones its edition's document lists, follow-ups left out, in their order."""
    activities = document_of(venture.team.edition).get("activities", [])
    listed = [one for activity in activities for one in activity.get("milestones", [])]
    return [one for one in listed if str(one["code"]).startswith("M")]


def steps_of(venture: Venture) -> list[Step]:
    """Every milestone with its latest claim. Cost: one query and the edition's document."""
    claims: dict[str, list[Milestone]] = {}
    for claim in venture.milestones.select_related("claimed_by", "verified_by").order_by("number"):
        claims.setdefault(claim.code, []).append(claim)
    return [
        Step(
            code=one["code"],
            title=one.get("title", one["code"]),
            rule=one.get("rule", ""),
            claim=next(reversed(claims.get(one["code"], [])), None),
            tries=len(claims.get(one["code"], [])),
        )
        for one in definitions_of(venture)
    ]
