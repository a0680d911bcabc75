"""Make room in time for a new week or new hours: at no date may two of one kind hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..errors import OverlappingDates, SourceMissing, WrongValidity
from ..models import WorkingHours, WorkingWeek

Dated = WorkingWeek | WorkingHours


def check_validity(valid_from: date | None, valid_to: date | None, source: str) -> None:
    """See that the dates run forwards and that a source is named.

    Raises:
        WrongValidity: it would end before it begins.
        SourceMissing: nothing says where this is known from.
    """
    if valid_from and valid_to and valid_to < valid_from:
        raise WrongValidity(_("It must begin to hold before it ends to hold."))
    if not source.strip():
        raise SourceMissing(_("Say where this is known from, or why it is so."))


def make_room(rows: Iterable[Dated], valid_from: date | None, valid_to: date | None) -> list[str]:
    """Close what began earlier and take away what began on the same day; say what was done.

    Raises:
        OverlappingDates: a row on record begins later, or lasts longer than the new one
            would, so that it is not plain which should hold. Nothing is changed then.
    """
    met = [one for one in rows if _meet(one, valid_from, valid_to)]
    for one in met:
        if _begins(one.valid_from) > _begins(valid_from):
            raise OverlappingDates(
                _(
                    "Something else holds from %(day)s on. "
                    "Let the new one end the day before, or begin on that day."
                )
                % {"day": _day(_begins(one.valid_from))}
            )
        if _ends(one.valid_to) > _ends(valid_to):
            raise OverlappingDates(
                _(
                    "What is on record lasts longer than %(day)s, and nothing would hold after that. "
                    "Leave the end open, and say later what holds then."
                )
                % {"day": _day(_ends(valid_to))}
            )
    return [_give_way(one, valid_from) for one in met]


def _give_way(row: Dated, valid_from: date | None) -> str:
    if valid_from is None or row.valid_from == valid_from:
        label = str(row)
        row.delete()
        return label
    row.valid_to = valid_from - timedelta(days=1)
    row.save(update_fields=["valid_to"])
    return f"{row} – {row.valid_to.isoformat()}"


def _meet(row: Dated, valid_from: date | None, valid_to: date | None) -> bool:
    return _begins(row.valid_from) <= _ends(valid_to) and _begins(valid_from) <= _ends(row.valid_to)


def _begins(on: date | None) -> date:
    return on or date.min


def _ends(on: date | None) -> date:
    return on or date.max


def _day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
