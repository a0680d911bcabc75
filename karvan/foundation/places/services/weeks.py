"""Say which days of the week a country works, or one edition there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.records.services import record

from ..errors import CountryWide, SourceMissing, WrongWeek
from ..models import Country, WorkingWeek
from .validity import check_validity, make_room


@transaction.atomic
def set_working_week(
    country: Country,
    *,
    workdays: Iterable[int],
    half_days: Iterable[int] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str,
    note: str = "",
    scope: str = "",
    by: Any,
) -> WorkingWeek:
    """Write down the week of a country, or with ``scope`` that of one edition; returns it.

    A week of the same scope that began earlier ends the day before; one that begins on
    the same day is replaced.

    Args:
        workdays: ISO weekdays that are worked, Monday is 1. half_days: those of them cut short.
        source: the act, announcement or letter that says so, or the reason.

    Raises:
        WrongWeek: no day is worked, a day is none, or a half day is not a working day.
        WrongValidity: it would end before it begins.
        SourceMissing: no source.
        OverlappingDates: another week begins later, or lasts longer.
    """
    Country.objects.select_for_update().get(pk=country.pk)
    worked, halves = sorted(set(workdays)), sorted(set(half_days))

    _check_days(worked, halves)
    check_validity(valid_from, valid_to, source)

    same = WorkingWeek.objects.filter(country=country, scope=scope)
    gave_way = make_room(same, valid_from, valid_to)
    week = WorkingWeek.objects.create(
        country=country,
        scope=scope,
        workdays=worked,
        half_days=halves,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        note=note.strip(),
    )
    after = {"workdays": worked, "half days": halves, "from": valid_from, "until": valid_to}
    record(
        "set working week",
        week,
        by=by,
        before={"weeks": gave_way},
        after=after,
        reason=week.source,
        scope=scope,
    )
    return week


@transaction.atomic
def remove_working_week(week: WorkingWeek, *, reason: str, by: Any) -> None:
    """Take an edition's own week away, so that the country's holds again.

    Raises:
        CountryWide: it is the week of the whole country; set another one instead.
        SourceMissing: no reason.
    """
    if not week.scope:
        raise CountryWide(_("A country always has a week. Set the right one instead."))
    if not reason.strip():
        raise SourceMissing(_("Say why."))
    before = {"workdays": week.workdays, "from": week.valid_from, "until": week.valid_to}
    record("removed working week", week, by=by, before=before, reason=reason.strip())
    week.delete()


def _check_days(worked: list[int], halves: list[int]) -> None:
    if not worked:
        raise WrongWeek(_("At least one day of the week is worked."))
    if set(worked) - set(range(1, 8)):
        raise WrongWeek(_("A week has seven days: Monday is 1 and Sunday is 7."))
    if set(halves) - set(worked):
        raise WrongWeek(_("A half day is a working day too: mark it in both lists."))
