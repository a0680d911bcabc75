"""Say what a date really is: a holiday confirmed, added or taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.records.services import record

from ..errors import HolidayNeedsName, HolidayNeedsReason, NotAHoliday
from ..models import Country, HolidayNote
from ..public_holidays import suggestions


@transaction.atomic
def note_holiday(
    country: Country, *, on: date, kind: str, reason: str, scope: str = "", name: str = "", by: Any
) -> HolidayNote:
    """Say that a date is a holiday after all, is not, or is confirmed; returns the note.

    A second note on the same date and scope takes the place of the first.

    Raises:
        HolidayNeedsReason: ``reason`` is empty.
        HolidayNeedsName: a holiday is added without a name.
        NotAHoliday: the date to confirm or take away is no known holiday.
        ValueError: ``kind`` is not one of HolidayNote.Kind.
    """
    if kind not in HolidayNote.Kind.values:
        raise ValueError(f"kind must be one of {HolidayNote.Kind.values}, got {kind!r}")
    Country.objects.select_for_update().get(pk=country.pk)
    old = HolidayNote.objects.filter(country=country, scope=scope, on=on).first()

    _check_note(country, on=on, kind=kind, reason=reason, name=name, scope=scope)

    before = {"kind": old.kind, "name": old.name, "reason": old.reason} if old else {}
    after = {"kind": kind, "name": name.strip(), "reason": reason.strip()}
    note, _created = HolidayNote.objects.update_or_create(
        country=country, scope=scope, on=on, defaults=after
    )
    record("noted holiday", note, by=by, before=before, after=after, reason=reason, scope=scope)
    return note


def _check_note(
    country: Country, *, on: date, kind: str, reason: str, name: str, scope: str
) -> None:
    if not reason.strip():
        raise HolidayNeedsReason(_("Say why, or where this was announced."))
    if kind == HolidayNote.Kind.ADDED:
        if not name.strip():
            raise HolidayNeedsName(_("Give the holiday a name."))
        return
    known = any(one.on == on for one in suggestions(country.code, on.year, "en"))
    noted = HolidayNote.objects.filter(country=country, on=on, scope__in={"", scope}).exists()
    if not known and not noted:
        raise NotAHoliday(
            _("%(date)s is not a known holiday there. Add it as a holiday instead.")
            % {"date": on.isoformat()}
        )
