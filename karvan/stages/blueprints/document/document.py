"""A parsed blueprint, and typed views of the parts that later stages read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, TypeVar

from . import paths
from .parts import Part, walk_parts
from .reading import Positions

Words = Mapping[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Session:
    """A timed teaching unit: contact time in minutes, on a day or in a week's slot."""

    id: str
    title: Words
    kind: str
    minutes: int
    day: int | None = None
    week: int | None = None
    slot: str = ""
    room: str = ""
    roles: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    output: str = ""
    gate: str = ""
    slots: int = 1
    dossier: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Room:
    """A room the activity needs, and how many of it."""

    code: str
    seats: int
    count: int = 1
    title: Words = field(default_factory=dict)
    kind: str = ""


@dataclass(frozen=True)
class TrainerRole:
    """A role among the trainers: so many for the cohort, or one for so many teams."""

    code: str
    title: Words
    per_cohort: int | None = None
    per_teams: int | None = None
    can_stop: bool = False
    sessions_only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """A criterion of a rubric; anchors[n] describes the score n."""

    code: str
    title: Words
    anchors: tuple[Words, ...]
    weight: float = 0


@dataclass(frozen=True)
class Quota:
    """A least or greatest share of a group, in percent; `each` means every single value."""

    key: str
    attribute: str
    title: Words
    values: tuple[str, ...] = ()
    each: bool = False
    floor_percent: float | None = None
    cap_percent: float | None = None
    per_team_at_least: int | None = None


@dataclass(frozen=True)
class Milestone:
    """A verified step of a venture; `after_months` marks a follow-up."""

    code: str
    title: Words
    verifier: str
    rule: Words = field(default_factory=dict)
    after_months: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[Mapping[str, Any], ...] = ()
    counted_apart: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    any_one_evidence: bool = False


@dataclass(frozen=True)
class Indicator:
    """A defined measure; `source` names the register's computation."""

    code: str
    title: Words
    definition: Words
    unit: str
    source: str
    numerator: Words = field(default_factory=dict)
    denominator: Words = field(default_factory=dict)
    disaggregation: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    frequency: str = ""
    responsible: str = ""
    baseline: float | str = "unknown"
    target: float | str = "unknown"
    lock: str = "fixed"
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget: what it counts by, and who may bear it."""

    code: str
    title: Words
    basis: str
    share_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """One formatted part of a programme. `data` holds the part as written, for what is rarer."""

    data: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.data["code"])

    @property
    def format(self) -> str:
        return str(self.data["format"])

    @property
    def title(self) -> Words:
        return _words(self.data["title"])

    @property
    def days(self) -> int | None:
        return _whole(self.data["duration"].get("days"))

    @property
    def weeks(self) -> int | None:
        return _whole(self.data["duration"].get("weeks"))

    @property
    def contact_minutes(self) -> int:
        return int(self.data["duration"]["contact_minutes"])

    @property
    def cohort(self) -> Mapping[str, Any]:
        return _mapping(self.data["cohort"])

    @property
    def admits_from(self) -> str:
        return str(self.data.get("admits_from", ""))

    @property
    def selection(self) -> Mapping[str, Any]:
        return _mapping(self.data.get("selection", {}))

    @property
    def decided_by(self) -> str:
        return str(self.selection.get("decided_by", ""))

    @property
    def form(self) -> Mapping[str, Any] | None:
        """The form as data, ready for the form's renderer; None when nobody applies."""
        return self.data.get("form")

    @property
    def award(self) -> Mapping[str, Any]:
        return _mapping(self.data.get("award", {}))

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(_made(Session, item) for item in self.data.get("sessions", ()))

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        return tuple(_made(Room, item) for item in self.data.get("rooms", ()))

    @cached_property
    def trainer_roles(self) -> tuple[TrainerRole, ...]:
        return tuple(_made(TrainerRole, item) for item in self.data.get("trainer_roles", ()))

    @cached_property
    def rubric(self) -> tuple[Criterion, ...]:
        return tuple(_made(Criterion, item) for item in self.selection.get("rubric", ()))

    @cached_property
    def quotas(self) -> tuple[Quota, ...]:
        return tuple(_quota(item) for item in self.selection.get("quotas", ()))

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        return tuple(_made(Milestone, item) for item in self.data.get("milestones", ()))


@dataclass(frozen=True)
class Document:
    """A valid blueprint. `data` is for reading; `with_value` gives a changed copy.

    `text` is the source as it was given, "" when the document was made from data.
    """

    data: Mapping[str, Any]
    text: str = ""
    positions: Positions = field(default_factory=dict, repr=False)

    @property
    def code(self) -> str:
        return str(self.data["code"])

    @property
    def title(self) -> Words:
        return _words(self.data["title"])

    @property
    def summary(self) -> Words:
        return _words(self.data["summary"])

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.data["languages"])

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        return tuple(Activity(item) for item in self.data["activities"])

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(_made(Indicator, item) for item in self.data.get("indicators", ()))

    @cached_property
    def budget_lines(self) -> tuple[BudgetLine, ...]:
        return tuple(_made(BudgetLine, item) for item in self.data.get("budget_lines", ()))

    def activity(self, code: str) -> Activity:
        """The activity with this code.

        Raises:
            KeyError: there is none.
        """
        for activity in self.activities:
            if activity.code == code:
                return activity
        raise KeyError(code)

    def parts(self, under: str = "") -> tuple[Part, ...]:
        """The parts at or below a path, each with its title and lock."""
        return walk_parts(self.data, under)

    def line_of(self, path: str) -> int | None:
        """The line of the source, from 1, where a part stands; None when it is not known."""
        at = self.positions.get(paths.raw_path(self.data, path))
        return at[0] if at else None


def _made(kind: type[Made], item: Mapping[str, Any]) -> Made:
    """The typed view of an item: keys the view does not have stay in the data."""
    held = {
        known.name: tuple(item[known.name])
        if isinstance(item[known.name], list)
        else item[known.name]
        for known in fields(kind)  # type: ignore[arg-type]
        if known.name in item
    }
    return kind(**held)


def _quota(item: Mapping[str, Any]) -> Quota:
    if item.get("values") != "each":
        return _made(Quota, item)
    return _made(Quota, {**item, "values": [], "each": True})


def _words(value: Any) -> Words:
    return dict(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    return dict(value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
