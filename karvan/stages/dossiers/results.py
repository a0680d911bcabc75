"""The results of a team by the assessments of the workshop's design, each in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from karvan.stages.delivery.queries import total_of
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from . import gates
from .bench_queries import Progress
from .defence import Rubric, Verdict, rubric_of, verdict
from .models import DefenceMark, Dossier, GateCheck, WorkshopMark

GATE, COMPLETE, MEASURING, DEFENCE, LOGBOOK = "A1", "A2", "A3", "A4", "A5"
PASSED, NOT_PASSED = 100, 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the design asks: assessment → weight, and the rubric of the defence."""

    weights: Mapping[str, float]
    titles: Mapping[str, Mapping[str, str]]
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Results:
    """Assessment → per cent, where it is known; the total where all that count are."""

    by_code: Mapping[str, int]
    total: int | None
    verdict: Verdict

    @property
    def gate_passed(self) -> bool:
        return self.by_code.get(GATE) == PASSED


def scheme_of(activity: Activity) -> Scheme:
    """The assessments of a workshop's design."""
    try:
        document: Mapping[str, Any] = activity_document(activity)
    except KeyError:
        document = {}
    listed = document.get("assessment") or ()
    return Scheme(
        {one["code"]: float(one.get("weight") or 0) for one in listed},
        {one["code"]: one.get("title") or {} for one in listed},
        rubric_of(document),
    )


def is_gate_passed(checks: Iterable[GateCheck]) -> bool:
    """True where every blocking item is in order and signed, and nothing prohibited was found."""
    listed = list(checks)
    blocking = [check for check in listed if check.blocking]
    return (
        bool(blocking)
        and not any(gates.is_shut_for_ever(check) for check in listed)
        and all(gates.is_in_order(check) and check.signed_at for check in blocking)
    )


def verdict_of(rubric: Rubric, marks: Iterable[DefenceMark]) -> Verdict:
    """The verdict on a defence from its rows."""
    listed = list(marks)
    third = next((one.marks for one in listed if one.settles), None)
    return verdict(rubric, [one.marks for one in listed if not one.settles], third)


def results_of(dossier: Dossier, scheme: Scheme, progress: Progress) -> Results:
    """The results of one team; no query where gate checks and marks were fetched along."""
    said = verdict_of(scheme.rubric, dossier.defence_marks.all())
    marks = {mark.part: mark.percent for mark in dossier.workshop_marks.all()}
    passed = is_gate_passed(dossier.gate_checks.all())
    found: dict[str, int | None] = {
        GATE: PASSED if passed else NOT_PASSED,
        COMPLETE: progress.completeness.score,
        MEASURING: marks.get(WorkshopMark.Part.MEASURING),
        DEFENCE: said.percent,
        LOGBOOK: marks.get(WorkshopMark.Part.LOGBOOK),
    }
    known = {
        code: percent
        for code, percent in found.items()
        if percent is not None and code in scheme.weights
    }
    return Results(known, total_of(known, dict(scheme.weights)), said)
