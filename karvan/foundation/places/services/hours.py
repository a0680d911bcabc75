"""Say from when to when people work, usually and in Ramadan."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.records.services import record

from ..errors import CountryWide, SourceMissing, WrongHours
from ..models import Country, WorkingHours
from .validity import check_validity, make_room


@transaction.atomic
def set_working_hours(
    country: Country,
    *,
    kind: str,
    starts: time,
    ends: time,
    half_day_ends: time | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str,
    note: str = "",
    scope: str = "",
    by: Any,
) -> WorkingHours:
    """Write down the hours of a country, or with ``scope`` those of one edition; returns them.

    Hours of the same kind and scope that began earlier end the day before; those that
    begin on the same day are replaced.

    Raises:
        WrongHours: they would end before they begin, or a half day ends outside them.
        WrongValidity: they would end to hold before they begin to.
        SourceMissing: no source.
        OverlappingDates: other hours begin later, or last longer.
        ValueError: ``kind`` is not one of WorkingHours.Kind.
    """
    if kind not in WorkingHours.Kind.values:
        raise ValueError(f"kind must be one of {WorkingHours.Kind.values}, got {kind!r}")
    Country.objects.select_for_update().get(pk=country.pk)

    if ends <= starts:
        raise WrongHours(_("The day must begin before it ends."))
    if half_day_ends and not starts < half_day_ends <= ends:
        raise WrongHours(_("A half day ends after it begins, and no later than a whole day."))
    check_validity(valid_from, valid_to, source)

    same = WorkingHours.objects.filter(country=country, scope=scope, kind=kind)
    gave_way = make_room(same, valid_from, valid_to)
    hours = WorkingHours.objects.create(
        country=country,
        scope=scope,
        kind=kind,
        starts=starts,
        ends=ends,
        half_day_ends=half_day_ends,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        note=note.strip(),
    )
    record(
        "set working hours",
        hours,
        by=by,
        before={"hours": gave_way},
        after={"kind": kind, "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"},
        reason=hours.source,
        scope=scope,
    )
    return hours


@transaction.atomic
def remove_working_hours(hours: WorkingHours, *, reason: str, by: Any) -> None:
    """Take an edition's own hours away, so that the country's hold again.

    Raises:
        CountryWide: they are the hours of the whole country; set others instead.
        SourceMissing: no reason.
    """
    if not hours.scope:
        raise CountryWide(
            _("These are the hours of the whole country. Set the right ones instead.")
        )
    if not reason.strip():
        raise SourceMissing(_("Say why."))
    before = {
        "kind": hours.kind,
        "starts": f"{hours.starts:%H:%M}",
        "ends": f"{hours.ends:%H:%M}",
    }
    record("removed working hours", hours, by=by, before=before, reason=reason.strip())
    hours.delete()
