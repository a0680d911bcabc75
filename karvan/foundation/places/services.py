"""What people do to places: load the country table, and say what a date really is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.records.services import Act, record, record_many

from .errors import HolidayNeedsName, HolidayNeedsReason, NotAHoliday
from .models import Country, HolidayNote, WorkingWeek
from .public_holidays import suggestions
from .tables import rows

TABLE = "Karvan country table"  # how the source of a week begins that no person corrected


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, as country codes. ``left_alone``: weeks that a person corrected."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    weeks: tuple[str, ...]
    left_alone: tuple[str, ...]


@transaction.atomic
def load_places(*, by: Any) -> Loaded:
    """Bring countries and working weeks to what the package's tables say; returns what changed.

    Safe to run again: a second run changes and records nothing. Weeks that a person
    has corrected (another source than the table's) are left as they are.
    """
    acts: list[Act] = []
    added, changed = _load_countries(acts)
    weeks, left_alone = _load_weeks(acts)
    if acts:
        record_many(acts, by=by)
    return Loaded(added, changed, weeks, left_alone)


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


def _load_countries(acts: list[Act]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = Country.objects.in_bulk()
    added: list[str] = []
    changed: list[str] = []
    for row in rows("countries.csv"):
        values = {
            "names": {code: row[f"name_{code}"] for code in ("en", "fr", "ar", "az")},
            "official_languages": row["official_languages"].split(),
            "time_zone": row["time_zone"],
            "region": row["region"],
            "currency": row["currency"],
        }
        country = known.get(row["code"])
        if country is None:
            acts.append(
                Act("added", Country.objects.create(code=row["code"], **values), {}, values)
            )
            added.append(row["code"])
            continue
        before = {
            key: getattr(country, key) for key in values if getattr(country, key) != values[key]
        }
        if before:
            for key in before:
                setattr(country, key, values[key])
            country.save(update_fields=list(before))
            acts.append(Act("changed", country, before, {key: values[key] for key in before}))
            changed.append(country.code)
    return tuple(added), tuple(changed)


def _load_weeks(acts: list[Act]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted: dict[str, list[dict[str, Any]]] = {}
    for row in rows("working_weeks.csv"):
        wanted.setdefault(row["code"], []).append(_week(row))
    known: dict[str, list[WorkingWeek]] = {}
    for week in WorkingWeek.objects.select_related("country"):
        known.setdefault(week.country_id, []).append(week)
    loaded: list[str] = []
    left_alone: list[str] = []
    countries = Country.objects.in_bulk(list(wanted))
    for code, weeks in wanted.items():
        have = [_said(week) for week in known.get(code, [])]
        if sorted(have, key=str) == sorted(weeks, key=str):
            continue
        if not all(week["source"].startswith(TABLE) for week in have):
            left_alone.append(code)
            continue
        WorkingWeek.objects.filter(country_id=code).delete()
        WorkingWeek.objects.bulk_create([WorkingWeek(country_id=code, **week) for week in weeks])
        acts.append(Act("laid down week", countries[code], {"weeks": have}, {"weeks": weeks}))
        loaded.append(code)
    return tuple(loaded), tuple(left_alone)


def _week(row: dict[str, str]) -> dict[str, Any]:
    return {
        "workdays": [int(day) for day in row["workdays"].split()],
        "half_days": [int(day) for day in row["half_days"].split()],
        "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "source": row["source"],
        "note": row["note"],
    }


def _said(week: WorkingWeek) -> dict[str, Any]:
    names = ("workdays", "half_days", "valid_from", "valid_to", "source", "note")
    return {name: getattr(week, name) for name in names}
