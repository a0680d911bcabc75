"""What stands beside a figure: how far it compares, and both figures where its definition changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Edition

from .models import Rebase
from .queries.departing import Departed, rebases_of
from .shown_departures import EFFECT_MARKS, compared_words, effect_word
from .wording import SHARES


@dataclass(frozen=True, slots=True)
class ShownRebase:
    """An indicator of an edition whose definition changed: both figures as of one moment."""

    edition: Edition
    code: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """An indicator's comparability as a mark with its words; ``reasons`` for a single edition."""

    mark: str
    word: str
    reasons: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """By the indicator's code: how far its figure compares, and what was kept twice."""

    compared: Mapping[str, ComparedFigure]
    rebases: Mapping[str, list[ShownRebase]]


def beside(report: Departed, url: str) -> Beside:
    """What stands beside the figures of a programme or of one edition; ``url`` is the report.

    One query.
    """
    is_one = len(report.editions) == 1
    compared = {
        one.code: ComparedFigure(
            EFFECT_MARKS[one.effect],
            effect_word(one.effect) if is_one else compared_words(one),
            one.editions[0].reasons if is_one else (),
            f"{url}#i{one.code}" if url else "",
        )
        for one in report.compared
    }
    kept: dict[str, list[ShownRebase]] = {}
    for one in shown_rebases(rebases_of(report.editions)):
        kept.setdefault(one.code, []).append(one)
    return Beside(compared, kept)


def shown_rebases(rebases: Iterable[Rebase]) -> list[ShownRebase]:
    """Each with its two figures in words: "version 1: 41 (12 of 29)"."""
    return [ShownRebase(one.edition, one.indicator, *_sides(one), one.at) for one in rebases]


def _sides(one: Rebase) -> tuple[str, str]:
    """Both figures in words, shares in per cent."""
    indicators = one.edition.blueprint.data.get("indicators", ())
    is_share = any(
        known["code"] == one.indicator and known.get("unit") in SHARES for known in indicators
    )
    return _side(one.before, is_share=is_share), _side(one.after, is_share=is_share)


def _side(kept: Mapping[str, Any] | None, *, is_share: bool) -> str:
    """One of the two figures; an indicator that was not there says so."""
    if kept is None:
        return _("no such indicator")
    value = kept.get("value")
    words = {
        "version": kept.get("version", "?"),
        "value": _("unknown") if value is None else _figure(value, is_share=is_share),
    }
    said = _("version %(version)s: %(value)s") % words
    if kept.get("numerator") is not None and kept.get("denominator") is not None:
        counted = _("%(part)s of %(whole)s") % {
            "part": formats.number(kept["numerator"]),
            "whole": formats.number(kept["denominator"]),
        }
        said = f"{said} ({counted})"
    definition = in_language(kept.get("definition"))
    return f"{said}. {definition}" if definition else said


def _figure(value: float, *, is_share: bool) -> str:
    if is_share:
        return formats.percent(value)
    whole = float(value).is_integer()
    return formats.number(int(value) if whole else value, digits=None if whole else 2)
