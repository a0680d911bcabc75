"""Departures and the comparability of figures in words, as pages, paper and spreadsheets show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.stages.blueprints.document import REMOVED
from karvan.stages.blueprints.document.labels import owner_and_field
from karvan.stages.blueprints.values_in_words import in_words
from karvan.stages.blueprints.wording import lock_words
from karvan.stages.editions.design import departure_differences
from karvan.stages.editions.models import Departure, Edition

from .queries.comparability import Effect
from .queries.departing import Compared, Departed, DepartureRow

EFFECT_MARKS = {Effect.FULL: "kept", Effect.CARE: "waiting", Effect.NOT: "dropped"}


@dataclass(frozen=True, slots=True)
class ShownDeparture:
    """A departure with its words; ``details`` are the single differences of a larger part."""

    row: DepartureRow
    what: str
    before: str
    after: str
    details: tuple[str, ...]
    allowed_by: str
    lock_at: str
    cause: str
    state: str
    is_standing: bool
    effects: tuple[ShownEffect, ...]

    @property
    def departure(self) -> Departure:
        return self.row.departure


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What a departure does to one indicator."""

    code: str
    title: str
    mark: str
    word: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the matrix: ``text`` "" where the edition is held as designed."""

    title: str
    text: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An edition's row of the matrix."""

    edition: Edition
    url: str
    cells: tuple[ShownCell, ...]

    @property
    def is_as_designed(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ShownPlaces:
    """The editions in which an indicator compares alike, for the same reasons."""

    mark: str
    word: str
    editions: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCompared:
    """An indicator: in how many editions it compares, and where it does only with care or not."""

    code: str
    title: str
    mark: str
    word: str
    count: str
    places: tuple[ShownPlaces, ...]


def effect_word(effect: Effect) -> str:
    """An effect in words."""
    return {
        Effect.FULL: _("comparable"),
        Effect.CARE: _("comparable with care"),
        Effect.NOT: _("not comparable"),
    }[effect]


def part_words(data: Mapping[str, Any], path: str) -> str:
    """What a part is called, with what it belongs to: "Boot camp: days"."""
    owner, field = owner_and_field(data, path)
    return f"{owner}: {field}" if owner else field


def value_words(value: Any) -> str:
    """A value as it stands in a cell: a number, a text, or how many entries a list has."""
    if value is None or value is REMOVED:
        return _("left out")
    if _is_rows(value):
        count = len(value)
        words = ngettext("%(count)s entry", "%(count)s entries", count)
        return words % {"count": formats.number(count)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formats.number(value)
    return in_words(value)


def summary(found: Departed) -> str:
    """ "11 editions, 34 departures on 9 parts; 3 indicators are comparable only with care: …"."""
    editions, count, parts = len(found.editions), len(found.standing), len(found.parts)
    told = _("%(editions)s, %(departures)s on %(parts)s") % {
        "editions": _counted(ngettext("%(n)s edition", "%(n)s editions", editions), editions),
        "departures": _counted(ngettext("%(n)s departure", "%(n)s departures", count), count),
        "parts": _counted(ngettext("%(n)s part", "%(n)s parts", parts), parts),
    }
    if not count:
        one = ngettext("%(n)s edition", "%(n)s editions", editions)
        told = _("%(editions)s, no departure") % {"editions": _counted(one, editions)}
    return formats.in_a_row((told, *_effects_told(found.compared)), ";") + "."


def _effects_told(compared: Sequence[Compared]) -> list[str]:
    care = [one.title for one in compared if one.effect is Effect.CARE]
    apart = [one.title for one in compared if one.effect is Effect.NOT]
    told = []
    if care:
        words = ngettext(
            "%(n)s indicator is comparable only with care: %(titles)s",
            "%(n)s indicators are comparable only with care: %(titles)s",
            len(care),
        )
        told.append(_counted(words, len(care), titles=_joined(care)))
    if apart:
        words = ngettext(
            "%(n)s indicator is not comparable everywhere: %(titles)s",
            "%(n)s indicators are not comparable everywhere: %(titles)s",
            len(apart),
        )
        told.append(_counted(words, len(apart), titles=_joined(apart)))
    if compared and not told:
        told.append(_("every indicator is comparable"))
    return told


def shown_departures(rows: Sequence[DepartureRow]) -> list[ShownDeparture]:
    """Each departure with its words."""
    return [_shown(row) for row in rows]


def _shown(row: DepartureRow) -> ShownDeparture:
    one = row.departure
    is_plain = len(row.changed) == 1 and row.changed[0].path == one.path
    return ShownDeparture(
        row=row,
        what=part_words(row.data, one.path),
        before=_("not there") if one.before is None else value_words(one.before),
        after=value_words(one.after),
        details=() if is_plain else departure_differences(row.data, one),
        allowed_by=_allowed_by(row),
        lock_at=_lock_at(row),
        cause=_cause(one),
        state=_state(one),
        is_standing=row.stands,
        effects=tuple(
            ShownEffect(
                touched.code,
                touched.title,
                EFFECT_MARKS[touched.effect],
                effect_word(touched.effect),
                touched.reasons,
            )
            for touched in row.touched
        ),
    )


def _allowed_by(row: DepartureRow) -> str:
    """The lock in words: "bounded: 2 to 4"; what had been held no lock allowed."""
    level = row.departure.level
    if level == "bounded":
        return _("bounded: %(limits)s") % {"limits": lock_words(row.lock)}
    words = {
        "free": _("free"),
        "to_supply": _("to be supplied by the country"),
        "held": _("no lock: it had been held"),
    }
    return words.get(level, level)


def _lock_at(row: DepartureRow) -> str:
    """Where the lock was declared and in which version: "the lock on “Boot camp: days”, version 1"."""
    version = {"version": formats.number(row.version)}
    if not row.lock.declared_at:
        return _("where no lock is said, version %(version)s") % version
    part = part_words(row.data, row.lock.declared_at)
    return _("the lock on “%(part)s”, version %(version)s") % {"part": part, **version}


def _cause(one: Departure) -> str:
    if one.carried_from and one.carried_from.version:
        number = formats.number(one.carried_from.version)
        return _("kept from version %(version)s") % {"version": number}
    return str(one.get_cause_display())


def _state(one: Departure) -> str:
    if one.superseded_at is None:
        return _("in force")
    later = list(one.carried_to.all())
    if later and later[0].version:
        number = formats.number(later[0].version)
        return _("carried over to version %(version)s") % {"version": number}
    return _("superseded")


def shown_matrix(found: Departed) -> tuple[tuple[str, ...], list[ShownRow]]:
    """The heads of the parts in which any edition departs, and a row for every edition."""
    data: Mapping[str, Any] = found.reference.data if found.reference else {}
    heads = {path: part_words(data, path) for path in found.parts}
    rows = [
        ShownRow(
            edition,
            edition_address(edition),
            tuple(
                _cell(edition, heads[path], found.cells.get((edition.pk, path), ()))
                for path in heads
            ),
        )
        for edition in found.editions
    ]
    return tuple(heads.values()), rows


def edition_address(edition: Edition) -> str:
    """The page of one edition's departures."""
    return reverse("reports:departures_edition", args=[edition.programme.code, edition.slug])


def _cell(edition: Edition, head: str, rows: Sequence[DepartureRow]) -> ShownCell:
    if not rows:
        return ShownCell(head, "", "", "")
    first = rows[0]
    is_value = len(rows) == 1 and not _is_rows(first.departure.after, first.departure.before)
    count = sum(len(row.changed) for row in rows)
    words = ngettext("%(n)s difference", "%(n)s differences", count)
    text = value_words(first.departure.after) if is_value else _counted(words, count)
    url = f"{edition_address(edition)}#d{first.departure.pk}"
    label = _("%(edition)s, %(part)s: %(value)s")
    return ShownCell(
        head, text, url, label % {"edition": edition.country, "part": head, "value": text}
    )


def shown_compared(found: Departed) -> list[ShownCompared]:
    """The indicators with the editions in which they compare only with care, or not."""
    return [
        ShownCompared(
            one.code,
            one.title,
            EFFECT_MARKS[one.effect],
            effect_word(one.effect),
            compared_words(one),
            (*_places(one, Effect.NOT), *_places(one, Effect.CARE)),
        )
        for one in found.compared
    ]


def _places(one: Compared, effect: Effect) -> Iterator[ShownPlaces]:
    """The editions by reason, those with the same ones together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for standing in one.having(effect):
        edition = standing.edition
        found.setdefault(standing.reasons, []).append(f"{edition.country} ({edition.code})")
    for reasons, editions in found.items():
        yield ShownPlaces(EFFECT_MARKS[effect], effect_word(effect), _joined(editions), reasons)


def compared_words(one: Compared) -> str:
    """ "comparable in 9 of 11 editions"."""
    total = len(one.editions)
    words = ngettext(
        "comparable in %(full)s of %(n)s edition",
        "comparable in %(full)s of %(n)s editions",
        total,
    )
    return _counted(words, total, full=formats.number(len(one.having(Effect.FULL))))


def _is_rows(*values: Any) -> bool:
    """True where one of them is a list of parts, which no cell can hold."""
    return any(isinstance(one, list) and any(isinstance(x, dict) for x in one) for one in values)


def _counted(words: str, count: int, **more: str) -> str:
    return words % {"n": formats.number(count), **more}


def _joined(words: Sequence[str]) -> str:
    """Words in a list as the reader's language joins them."""
    return str(format_list(list(words), locale=formats.locale_of()))
