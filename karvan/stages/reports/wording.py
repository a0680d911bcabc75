"""Words for what reports divide by, and figures as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.heritage.projects_words import trade_word
from karvan.stages.heritage.surveys_words import class_word

from .queries.indicators import Figure
from .queries.sources.counting import SEVERAL, UNKNOWN

SHARES = ("percent",)


class Share(float):
    """A share of 1, to be shown in per cent."""


Cell = str | int | float | date | None


def dimension_word(key: str) -> str:
    """What a dimension is called."""
    known = {
        "sex": _("Sex"),
        "age_band": _("Age"),
        "region": _("Region"),
        "disability": _("Disability"),
        "institution_type": _("Institution"),
        "sector": _("Sector"),
        "country": _("Country"),
        "milestone": _("Milestone"),
        "device_type": _("Kind of device"),
        "trade": _("Trade"),
        "condition_class": _("Class of condition"),
    }
    return known.get(key, key.replace("_", " "))


def group_word(dimension: str, group: str, document: Mapping[str, Any]) -> str:
    """What a group is called: in the form's own words where it asks for it."""
    if group == UNKNOWN:
        return _("not known")
    if group == SEVERAL:
        return _("mixed")
    if dimension == "sex":
        return {"F": _("Women"), "M": _("Men")}.get(group) or _choice(dimension, group, document)
    if dimension == "trade":
        return trade_word(group)
    if dimension == "condition_class":
        return class_word(group)
    return _choice(dimension, group, document)


def figure_cell(figure: Figure, value: float | None) -> Cell:
    """A figure's value, or a group's, as the kind of number that it is."""
    if value is None:
        return None
    if figure.unit in SHARES:
        return Share(value)
    return int(value) if float(value).is_integer() and figure.unit != "ratio" else round(value, 2)


def shown(cell: Cell) -> str:
    """A cell in words and figures of the reader's language; unknown is said."""
    if cell is None:
        return _("unknown")
    if isinstance(cell, Share):
        return formats.percent(cell)
    if isinstance(cell, date):
        return formats.date_in_words(cell)
    if isinstance(cell, float) and not cell.is_integer():
        return formats.number(cell, digits=2)
    return formats.number(cell) if isinstance(cell, int | float) else cell


def title_of(figure: Figure) -> str:
    """The indicator's title, with the months where it is asked at several."""
    if figure.months is None:
        return figure.title
    return _("%(title)s: after %(months)s months") % {
        "title": figure.title,
        "months": formats.number(figure.months),
    }


def goal_word(value: float | None, figure: Figure) -> str:
    """A target or a baseline; blueprints give shares in per cent."""
    if value is None:
        return _("not set")
    return formats.percent(value / 100) if figure.unit in SHARES else formats.number(value)


def _choice(dimension: str, group: str, document: Mapping[str, Any]) -> str:
    for question in _questions(document):
        if question.get("attribute") == dimension:
            for choice in question.get("choices") or ():
                if str(choice.get("value")) == group:
                    return in_language(choice.get("label")) or group
    return group.replace("_", " ")


def _questions(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for activity in document.get("activities", ()):
        for section in (activity.get("form") or {}).get("sections", ()):
            yield from section.get("questions", ())
