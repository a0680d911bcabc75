"""The timetable on paper: a week a page, for everybody or for each group, room or trainer.

Tagged PDF on A4 or A3 across, in the active language and direction, to be read without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import dates
from django.utils.translation import gettext as _

from karvan.foundation.errors import RuleBroken
from karvan.foundation.ui import formats
from karvan.foundation.ui.sheets.typesetting import typeset_anyhow
from karvan.stages.editions.models import Activity

from .feeds import language_here
from .models import Placement, Timetable
from .services.places import Setting
from .weeks import Block, Pauses, Week, week_firsts, week_of

TEMPLATE = Path(__file__).parent / "paper" / "week.typ"
By = Literal["whole", "group", "room", "trainer"]
Paper = Literal["a4", "a3"]
DAYS_A_WEEK = 7
HEIGHT_MM = {"a4": 160, "a3": 240}  # what head and foot leave for the hours
MOST_QUARTER_MM = {"a4": 8, "a3": 11}


@dataclass(frozen=True)
class Page:
    """One week of one group, room or trainer, or of everything ("")."""

    subject: str
    week: Week


@dataclass(frozen=True)
class Sheets:
    """What is printed of one version, and on what."""

    version: Timetable
    by: By
    paper: Paper
    made_at: datetime
    pages: tuple[Page, ...]


def weeks_used(activity: Activity, placements: Iterable[Placement]) -> list[date]:
    """The first days of the weeks that hold a session."""
    listed = list(placements)
    return [first for first in week_firsts(activity) if _within(listed, first, activity)]


def sheets_of(
    version: Timetable,
    placements: Iterable[Placement],
    *,
    by: By,
    paper: Paper,
    week: date | None,
    made_at: datetime,
) -> Sheets:
    """The pages of a version; ``week`` narrows them to the one that begins on that day.

    A subject has no page for a week in which it has no session. Meals, prayers and other hours
    kept free are named.
    """
    activity = version.activity
    held = [one for one in placements if not one.session.is_cancelled]
    firsts = [one for one in weeks_used(activity, held) if week in (None, one)]
    pauses = _pauses(version) if firsts else {}
    pages = [
        Page(subject, week_of(activity, first, within, version.closed_days, pauses))
        for subject, own in _subjects(held, by)
        for first in firsts
        if (within := _within(own, first, activity))
    ]
    return Sheets(version, by, paper, made_at, tuple(pages))


def as_pdf(sheets: Sheets) -> bytes:
    """The pages as PDF/UA-1 and PDF/A-3a, the same bytes for the same sheets.

    A page whose sessions need more lines than their hours leave grows, and goes on on the next.
    Cost: about 0.3 s, and 0.1 s a page.
    """
    version = sheets.version
    values = {
        "language": language_here(),
        "paper": sheets.paper,
        "title": _("Timetable: %(activity)s") % {"activity": version.activity},
        "over": str(version.activity.edition),
        "foot": _foot(sheets),
        "time": _("Time"),
        "nothing": _("Nothing is held."),
        "pages": [_page(page, sheets) for page in sheets.pages],
    }
    return typeset_anyhow(TEMPLATE, values, made_at=sheets.made_at, standards=("ua-1", "a-3a"))


def file_name(version: Timetable, sheets: Sheets) -> str:
    """What the file is called: the activity, the version, whose pages, the language."""
    activity = version.activity
    parts = ("timetable", activity.edition.slug, activity.code, version.number, sheets.by)
    name = "-".join(str(part) for part in (*parts, sheets.paper, language_here()))
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_")) + ".pdf"


def _subjects(placements: list[Placement], by: By) -> list[tuple[str, list[Placement]]]:
    """Whose pages there are, by name, each with its sessions; those for all are in every group's."""
    if by == "whole":
        return [("", placements)]
    of: dict[By, Callable[[Placement], list[Any]]] = {
        "group": lambda p: [p.session.group] if p.session.group else [],
        "room": lambda p: [p.room] if p.room else [],
        "trainer": lambda p: list(p.trainers.all()),
    }
    own: dict[Any, list[Placement]] = {}
    for placement in placements:
        for subject in of[by](placement):
            own.setdefault(subject, []).append(placement)
    if by == "group":
        if not own:
            return [("", placements)]
        shared = [one for one in placements if one.session.group is None]
        own = {group: [*listed, *shared] for group, listed in own.items()}
    return sorted(((str(subject), listed) for subject, listed in own.items()), key=lambda p: p[0])


def _pauses(version: Timetable) -> Pauses:
    """The closed stretches of the days; none where none are known."""
    try:
        return Setting(version).pauses()
    except RuleBroken:
        return {}


def _within(placements: Iterable[Placement], first: date, activity: Activity) -> list[Placement]:
    zone = ZoneInfo(activity.edition.time_zone)
    return [
        one
        for one in placements
        if 0 <= (one.starts_at.astimezone(zone).date() - first).days < DAYS_A_WEEK
    ]


def _foot(sheets: Sheets) -> str:
    version = sheets.version
    zone = version.activity.edition.time_zone
    named = {
        "number": formats.number(version.number),
        "printed": formats.datetime_in_words(sheets.made_at, zone=zone),
    }
    if version.published_at is None:
        return _("Version %(number)s, a draft that is not in force · printed %(printed)s") % named
    named["since"] = formats.datetime_in_words(version.published_at, zone=zone)
    return _("Version %(number)s, published %(since)s · printed %(printed)s") % named


def _page(page: Page, sheets: Sheets) -> dict[str, Any]:
    week = page.week
    zone = ZoneInfo(sheets.version.activity.edition.time_zone)
    quarters = max(len(week.lines), 1)
    return {
        "subject": page.subject,
        "days_in_words": formats.days_in_words(week.days[0].on, week.last),
        "quarter_mm": min(MOST_QUARTER_MM[sheets.paper], HEIGHT_MM[sheets.paper] / quarters),
        "heads": [[_day_name(day.on), _day_short(day.on)] for day in week.days],
        "lines": [
            {
                "hour": line.hour or "",
                "cells": [_cell(block, zone) for block in line.cells if block],
            }
            for line in week.lines
        ],
    }


def _cell(block: Block, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "rows": block.rows,
        "closed": "" if block.placements else block.closed,
        "held": [
            {
                "time": f"{one.starts_at.astimezone(zone):%H:%M}–{one.ends_at.astimezone(zone):%H:%M}",
                "title": str(one.session),
                "group": str(one.session.group) if one.session.group else "",
                "where": str(one.room) if one.room else "",
                "with": ", ".join(str(trainer) for trainer in one.trainers.all()),
            }
            for one in block.placements
        ],
    }


def _day_name(on: date) -> str:
    return str(dates.format_date(on, "EEEE", locale=formats.locale_of()))


def _day_short(on: date) -> str:
    return str(dates.format_date(on, "d MMMM", locale=formats.locale_of()))
