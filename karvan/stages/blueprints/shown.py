"""A blueprint's document laid out for reading: what a page and its print show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .document import FORMATS, Lock, human_title, lock_of
from .document.labels import field_label
from .wording import award_rules, award_title

Data = Mapping[str, Any]

# The parts of an activity that are said as single facts, in this order.
_FACTS = (
    "duration.days",
    "duration.weeks",
    "duration.contact_minutes",
    "duration.team_work_hours_per_week",
    "cohort.min",
    "cohort.max",
    "cohort.team_size.min",
    "cohort.team_size.max",
    "cohort.min_teams",
    "cohort.max_teams",
    "cohort.mentor_ratio_teams",
    "cohort.trainer_ratio",
    "selection.decided_by",
    "selection.reads",
    "selection.third_read_over_points",
    "selection.blind",
    "selection.jury_min",
    "selection.appeal_days",
    "weekly_report.weekday",
    "demo_day.jury_min",
    "demo_day.to_final",
)
_LISTS = (
    "sessions",
    "trainer_roles",
    "team_roles",
    "rooms",
    "equipment",
    "outcomes",
    "prerequisites",
    "selection.rubric",
    "selection.quotas",
    "form",
    "assessment",
    "award",
    "milestones",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of an activity with the lock on it."""

    title: str
    value: Any
    lock: Lock


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a week of sessions, and what it is about."""

    title: str
    theme: str
    sessions: tuple[Data, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota with the lock on its share."""

    data: Data
    lock: Lock


@dataclass(frozen=True, slots=True)
class Award:
    """An award and its conditions in words."""

    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """One activity: ``data`` as written, the rest prepared; ``locks`` by the name of a list."""

    data: Data
    format: str
    facts: tuple[Fact, ...]
    spans: tuple[Span, ...]
    criteria: tuple[Data, ...]
    quotas: tuple[Quota, ...]
    awards: tuple[Award, ...]
    locks: Mapping[str, Lock]


@dataclass(frozen=True, slots=True)
class LockShown:
    """A lock the author declared: on what, and how far it lets a country go."""

    title: str
    path: str
    lock: Lock


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """All of a blueprint. Cost: some milliseconds for the library's programmes."""

    summary: str
    activities: tuple[ActivityShown, ...]
    indicators: tuple[Data, ...]
    budget_lines: tuple[Data, ...]
    locks: tuple[LockShown, ...]
    indicators_lock: Lock
    budget_lock: Lock


def shown(data: Data) -> DocumentShown:
    """The document laid out for reading; in the active language."""
    return DocumentShown(
        summary=in_language(data.get("summary")),
        activities=tuple(_activity(data, part) for part in data.get("activities", ())),
        indicators=tuple(data.get("indicators", ())),
        budget_lines=tuple(data.get("budget_lines", ())),
        locks=tuple(
            LockShown(human_title(data, one["path"]), one["path"], lock_of(data, one["path"]))
            for one in data.get("locks", ())
        ),
        indicators_lock=lock_of(data, "indicators"),
        budget_lock=lock_of(data, "budget_lines"),
    )


def _activity(data: Data, part: Data) -> ActivityShown:
    here = f"activities.{part['code']}"
    selection = part.get("selection", {})
    return ActivityShown(
        data=part,
        format=str(FORMATS.get(part["format"], part["format"])),
        facts=tuple(_facts(data, part, here)),
        spans=tuple(_spans(part)),
        criteria=tuple(_criteria(selection)),
        quotas=tuple(
            Quota(one, lock_of(data, f"{here}.selection.quotas.{one['key']}.{_share(one)}"))
            for one in selection.get("quotas", ())
        ),
        awards=tuple(
            Award(award_title(kind, rule), tuple(award_rules(rule)))
            for kind, rule in part.get("award", {}).items()
        ),
        locks={name.split(".")[-1]: lock_of(data, f"{here}.{name}") for name in _LISTS},
    )


def _facts(data: Data, part: Data, here: str) -> Iterator[Fact]:
    for path in _FACTS:
        held: Any = part
        for key in path.split("."):
            held = held.get(key) if isinstance(held, dict) else None
        if held is None:
            continue
        parent, key = path.split(".")[-2:]
        yield Fact(field_label(key, parent), _in_words(key, held), lock_of(data, f"{here}.{path}"))


def _in_words(key: str, held: Any) -> Any:
    """Yes and no, and what decides, in words; every other value as it stands."""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    if key == "decided_by":
        return {"rubric": _("rubric"), "jury": _("jury")}.get(held, held)
    return held


def _spans(part: Data) -> Iterator[Span]:
    """Sessions by day or by week, each with the theme that the plan gives it."""
    by_week = "weeks" in part.get("duration", {})
    key = "week" if by_week else "day"
    themes = {one.get(key): in_language(one.get("theme")) for one in part.get("plan", ())}
    for number, sessions in groupby(part.get("sessions", ()), lambda one: one.get(key)):
        listed = tuple(sessions)
        title = (_("Week %(number)s") if by_week else _("Day %(number)s")) % {"number": number}
        yield Span(title, themes.get(number, ""), listed, sum(one["minutes"] for one in listed))


def _criteria(selection: Data) -> Iterator[Data]:
    """The criteria with their anchors as (score, text) in order from 0."""
    rubric = selection.get("rubric", ())
    listed = rubric.get("criteria", ()) if isinstance(rubric, dict) else rubric
    for one in listed:
        anchors = one.get("anchors") or ()
        yield {**one, "anchors": list(enumerate(anchors)) if isinstance(anchors, list) else []}


def _share(quota: Data) -> str:
    return "cap_percent" if "cap_percent" in quota else "floor_percent"
