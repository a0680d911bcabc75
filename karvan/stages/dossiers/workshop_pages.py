"""What the room of a workshop shows, gathered by a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Activity

from . import access
from .bench_marks import mark_of
from .bench_pages import Linked, best_of, duty_words
from .bench_queries import Progress, progress_of
from .defence import MORE, NOTHING, Line, Rubric, Verdict
from .models import DefenceMark, Dossier, DutyTurn, Member, WorkshopMark
from .queries import dossiers_in
from .results import Results, Scheme, results_of, scheme_of, verdict_of
from .services.turns import days_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Who has one duty of a team on one day; None for nobody."""

    on: date
    member: Member | None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a team over the days."""

    code: str
    word: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Result:
    """One assessment of one team; ``percent`` None where it is not known."""

    code: str
    percent: int | None
    part: str  # of WorkshopMark where it is typed, "defence", or ""


@dataclass(frozen=True, slots=True)
class Team:
    """One dossier as the instructor sees it."""

    dossier: Dossier
    mark: SafeString
    progress: Progress
    best: Linked | None
    members: list[Member]
    duties: list[Duty]
    results: list[Result]
    total: int | None
    verdict: Verdict
    may_judge: bool


def room_page(person: Person, activity: Activity) -> dict[str, Any]:
    """The context of the room. The number of queries does not grow with the teams."""
    dossiers = list(
        dossiers_in(activity)
        .select_related("stopped_by", "activity__edition__country")
        .prefetch_related("gate_checks", "defence_marks", "workshop_marks")
    )
    progress = progress_of(dossiers)
    days, words, scheme = days_of(activity), duty_words(activity), scheme_of(activity)
    turns = _turns(dossiers)
    teams = [_team(person, one, progress[one.pk], scheme, days, words, turns) for one in dossiers]
    return {
        "workshop": activity,
        "edition": activity.edition,
        "teams": teams,
        "days": days,
        "today": clock.today(),
        "has_duties": bool(words),
        "assessments": [
            (code, in_language(scheme.titles[code]) or code) for code in scheme.weights
        ],
        "stops": access.is_safety_officer(person, activity),
    }


def _turns(dossiers: Sequence[Dossier]) -> dict[tuple[int, date, str], int]:
    rows = DutyTurn.objects.filter(dossier__in=[one.pk for one in dossiers])
    return {(turn.dossier_id, turn.on, turn.duty): turn.member_id for turn in rows}


def _team(
    person: Person,
    dossier: Dossier,
    progress: Progress,
    scheme: Scheme,
    days: list[date],
    words: dict[str, str],
    turns: dict[tuple[int, date, str], int],
) -> Team:
    members = list(dossier.members.all())
    by_key = {one.pk: one for one in members}
    found = results_of(dossier, scheme, progress)
    best = best_of(dossier, progress)
    duties = [
        Duty(
            code,
            word,
            [Cell(on, by_key.get(turns.get((dossier.pk, on, code), 0))) for on in days],
        )
        for code, word in words.items()
    ]
    return Team(
        dossier=dossier,
        mark=mark_of(dossier),
        progress=progress,
        best=best[0] if best else None,
        members=members,
        duties=duties,
        results=_results(found, scheme),
        total=found.total,
        verdict=found.verdict,
        may_judge=not any(one.enrolment.person_id == person.pk for one in members),
    )


PARTS = {"A3": WorkshopMark.Part.MEASURING, "A5": WorkshopMark.Part.LOGBOOK, "A4": "defence"}


def _results(found: Results, scheme: Scheme) -> list[Result]:
    return [
        Result(code, found.by_code.get(code), str(PARTS.get(code, ""))) for code in scheme.weights
    ]


def rubric_in_words(rubric: Rubric) -> dict[str, Any]:
    """The rubric as the form takes it, in the reader's language."""
    return {
        "criteria": [
            {
                "code": line["code"],
                "title": in_language(line.get("title", line["code"])),
                "anchors": [in_language(one) for one in line.get("anchors") or ()]
                or [str(n) for n in range(rubric.top_of(line["code"]) + 1)],
            }
            for line in rubric.criteria
        ]
    }


def defence_page(dossier: Dossier, rubric: Rubric, own: DefenceMark | None) -> dict[str, Any]:
    """The context of a defence; the marks of others only beside one's own."""
    rows = list(dossier.defence_marks.select_related("assessor"))
    found = verdict_of(rubric, rows)
    titles = {
        line["code"]: in_language(line.get("title", line["code"])) for line in rubric.criteria
    }
    shown: list[tuple[str, Line]] = [(titles[line.code], line) for line in found.lines]
    plain = [one for one in rows if not one.settles]
    return {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "own": own,
        "lines": shown if own else [],
        "assessors": plain,
        "third": next((one for one in rows if one.settles), None),
        "verdict": found,
        "waits_for_more": found.waits_for == MORE,
        "is_decided": found.waits_for == NOTHING,
        "may_mark": own is not None or found.waits_for != NOTHING,
    }
