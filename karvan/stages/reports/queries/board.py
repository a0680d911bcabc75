"""The board: every edition a person reaches against every stage, late first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.foundation import clock
from karvan.foundation.people.access import READERS, within
from karvan.foundation.people.models import Person
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Activity, Edition

from . import progressing
from .progressing import Moment, Rule
from .standing import Standing, standings

# The stages of an edition in their order, each with its word and its rule.
STAGES: tuple[tuple[str, str | Promise, Rule], ...] = (
    ("blueprints", _("Design"), progressing.design),
    ("editions", _("Adoption"), progressing.adoption),
    ("calls", _("Call"), progressing.of_called(progressing.call)),
    ("reviews", _("Review"), progressing.of_called(progressing.reading)),
    ("selection", _("Selection"), progressing.of_called(progressing.choice)),
    ("timetables", _("Timetable"), progressing.of_all(progressing.timetable)),
    ("delivery", _("Delivery"), progressing.of_all(progressing.holding)),
    ("dossiers", _("Dossiers"), progressing.of_format("workshop", progressing.documenting)),
    ("ventures", _("Ventures"), progressing.venturing),
    ("convening", _("Papers"), progressing.of_format("symposium", progressing.convening)),
    ("heritage", _("Restoration"), progressing.of_format("restoration", progressing.restoring)),
    ("credentials", _("Certificates"), progressing.of_all(progressing.papers)),
    ("reports", _("Report"), progressing.reporting),
)
# Stages that only some formats of activity have: without a column where no edition shown has one.
SOME_FORMATS = ("convening", "heritage")
# In a cancelled edition nothing after the adoption is expected of anybody.
BEFORE_CANCELLING = ("blueprints", "editions")
# What is still expected of somebody when an edition is closed.
AFTER_CLOSING = ("dossiers", "ventures", "convening", "heritage", "reports")


@dataclass(frozen=True, slots=True)
class StageState:
    """How far one stage of one edition is.

    stage: the stage's key, such as "calls"; title: its word.
    state: a key of the states of the house. on: the day it turns on, past or to come.
    note:  a few words; who: the role that must act, "" where nobody must.
    url_name: the stage's page of an edition; takes ``edition``, the edition's slug.
    """

    stage: str
    title: str | Promise
    state: str
    on: date | None
    note: str
    who: str
    url_name: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An edition with a cell for every stage; None where it does not use the stage.

    ``activities`` are its parts with their days and calls, in their order.
    """

    edition: Edition
    cells: tuple[StageState | None, ...]
    activities: tuple[Activity, ...] = ()

    @property
    def late(self) -> int:
        """How many stages are late."""
        return sum(cell is not None and cell.state == "late" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    """Rows with the late ones first, then by the day that comes next."""

    stages: tuple[tuple[str, str | Promise], ...]
    rows: tuple[BoardRow, ...]

    @property
    def late(self) -> int:
        """How many cells are late."""
        return sum(row.late for row in self.rows)


def board(person: Person | None, programme: Programme | None = None) -> Board:
    """The editions in the person's reach, of one programme or of all. Two queries."""
    editions = Edition.objects.filter(within(person, READERS))
    if programme is not None:
        editions = editions.filter(programme=programme)
    rows = board_rows(editions)
    rows.sort(key=_pressing)
    used = [
        n
        for n, (key, _title, _rule) in enumerate(STAGES)
        if key not in SOME_FORMATS or any(row.cells[n] is not None for row in rows)
    ]
    return Board(
        tuple((STAGES[n][0], STAGES[n][1]) for n in used),
        tuple(replace(row, cells=tuple(row.cells[n] for n in used)) for row in rows),
    )


def board_rows(editions: QuerySet[Edition]) -> list[BoardRow]:
    """These editions with a cell for every stage, in no order. Two queries."""
    return [
        BoardRow(one.edition, _cells(one), tuple(one.activities)) for one in standings(editions)
    ]


def pipeline_states(edition: Edition) -> tuple[StageState, ...]:
    """The stages that one edition uses, in their order, each with its state. Two queries."""
    found = standings(Edition.objects.filter(pk=edition.pk))
    return tuple(cell for one in found for cell in _cells(one) if cell is not None)


def _cells(standing: Standing) -> tuple[StageState | None, ...]:
    moment = Moment(clock.now(), ZoneInfo(standing.edition.time_zone))
    is_cancelled = standing.edition.state == Edition.State.CANCELLED
    cells: list[StageState | None] = []
    for key, title, rule in STAGES:
        expected = not is_cancelled or key in BEFORE_CANCELLING
        step = rule(standing, moment) if expected else None
        if standing.edition.state == Edition.State.CLOSED and key not in AFTER_CLOSING:
            step = progressing.looked_back(step)
        cells.append(
            None
            if step is None
            else StageState(key, title, step.state, step.on, step.note, step.who, f"{key}:edition")
        )
    return tuple(cells)


def _pressing(row: BoardRow) -> tuple[int, date, str]:
    days = [cell.on for cell in row.cells if cell and cell.state == "late" and cell.on]
    return -row.late, min(days, default=date.max), row.edition.scope
