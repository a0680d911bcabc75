"""Another register, taken in: kept as it was uploaded, looked at, then taken row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, Unreadable
from ..models import Title, TitleSeries
from ..title_register_reading import Found, Reading, read_register
from ..title_register_tables import table_of

KINDS = ("csv", "xlsx", "ods")
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000


def keep_register(series: TitleSeries, *, upload: File[Any], by: Person | None) -> StoredFile:
    """Keep the table that somebody wants to take in; nothing of the register changes.

    Raises: FileNotAllowed, FileTooLarge …: as ``store_upload``.
    """
    return store_upload(upload, kinds=KINDS, scope=series.scope, by=by, max_bytes=MOST_BYTES)


def read_upload(
    series: TitleSeries,
    file: StoredFile,
    *,
    columns: Mapping[str, int] | None = None,
    regions: Mapping[str, str] | None = None,
) -> Reading:
    """The rows of the kept table with their doubts, see ``read_register``.

    Raises:
        SpreadsheetUnreadable: it is no table.
        Unreadable: it has more rows than a register of titles ever has.
    """
    with open_file(file) as kept:
        table = table_of(kept.read(), file.kind)
    if len(table.lines) > MOST_ROWS:
        raise Unreadable(
            _("This table has %(count)d rows; %(most)d are the most we take at once.")
            % {"count": len(table.lines), "most": MOST_ROWS}
        )
    return read_register(table, series, columns=columns, regions=regions)


@transaction.atomic
def take_titles(
    series: TitleSeries,
    *,
    reading: Reading,
    keys: Sequence[str],
    reasons: Mapping[str, str] | None = None,
    source: str,
    by: Person | None,
) -> int:
    """Take the chosen rows into the register; returns how many titles are new.

    ``keys`` are those of the rows; ``reasons`` by key, for rows beyond the seats of their region or that moved.

    Raises:
        NotGiven: nothing is chosen, a chosen row is blocked, a reason is missing, or neither the
            row nor ``source`` says where it is known from; nothing is taken then.
    """
    chosen = [one for one in reading.rows if one.key in set(keys)]
    if not chosen:
        raise NotGiven(_("Choose at least one row."))
    said = dict(reasons or {})
    for one in chosen:
        _check(one, said.get(one.key, "").strip() or one.reason, source)
    for one in chosen:
        _take(series, one, said.get(one.key, "").strip() or one.reason, source)
    record(
        "titles imported",
        series,
        by=by,
        after={"titles": len(chosen), "source": source},
    )
    return len(chosen)


def _check(one: Found, reason: str, source: str) -> None:
    if one.is_blocked or one.year is None:
        raise NotGiven(_("Line %(line)d: %(why)s") % {"line": one.line, "why": one.doubts[0]})
    if one.needs_reason and not reason:
        raise NotGiven(
            _("Line %(line)d (%(city)s %(year)d) needs a reason.")
            % {"line": one.line, "city": one.city, "year": one.year}
        )
    if not (one.source or source.strip()):
        raise NotGiven(_("Say where the register is from."))


def _take(series: TitleSeries, one: Found, reason: str, source: str) -> None:
    moved = one.year_held is not None and one.year_held != one.year
    assert one.year is not None
    Title.objects.create(
        series=series,
        city_names=one.names,
        country=one.country,
        region=one.region,
        year=one.year,
        year_held=one.year_held,
        moved_reason=(reason or one.note)[:300] if moved else "",
        kind=one.kind,
        exception_reason=reason[:300],
        note=one.note[:300],
        source=(one.source or source.strip())[:300],
        latitude=_degrees(one.latitude),
        longitude=_degrees(one.longitude),
    )


def _degrees(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.5f}")
