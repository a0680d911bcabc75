"""Periods that are kept clear though they are worked: examinations, an election."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.records.services import record

from ..errors import PeriodNeedsName, SourceMissing, WrongValidity
from ..models import ClosedPeriod, Country


@transaction.atomic
def add_closed_period(
    country: Country,
    *,
    kind: str,
    name: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    scope: str = "",
    by: Any,
) -> ClosedPeriod:
    """Keep days clear: proposed dates avoid them and say so by name. Both days are included.

    Raises:
        WrongValidity: it would end before it begins.
        PeriodNeedsName: it has no name.
        SourceMissing: no source or reason.
        ValueError: ``kind`` is not one of ClosedPeriod.Kind.
    """
    if kind not in ClosedPeriod.Kind.values:
        raise ValueError(f"kind must be one of {ClosedPeriod.Kind.values}, got {kind!r}")
    if ends_on < starts_on:
        raise WrongValidity(_("A period must begin before it ends."))
    if not name.strip():
        raise PeriodNeedsName(_("Give the period a name, such as “Winter examinations”."))
    if not reason.strip():
        raise SourceMissing(_("Say where this is known from, or why it is so."))
    period = ClosedPeriod.objects.create(
        country=country,
        scope=scope,
        kind=kind,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
    )
    after = {"name": period.name, "from": starts_on, "until": ends_on}
    record("closed period added", period, by=by, after=after, reason=period.reason, scope=scope)
    return period


@transaction.atomic
def remove_closed_period(period: ClosedPeriod, *, reason: str, by: Any) -> None:
    """Let the days of a period be used again.

    Raises:
        SourceMissing: no reason.
    """
    if not reason.strip():
        raise SourceMissing(_("Say why."))
    before = {"name": period.name, "from": period.starts_on, "until": period.ends_on}
    record("closed period removed", period, by=by, before=before, reason=reason.strip())
    period.delete()
