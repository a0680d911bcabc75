"""Load the tables that come with the package: countries, their weeks and their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from karvan.foundation.records.models import Record
from karvan.foundation.records.services import Act, record_many

from ..models import Country, WorkingHours, WorkingWeek
from ..tables import rows

TABLE = "Karvan country table"  # how the source of a week began before each had its own
WEEKS, HOURS = "laid down week", "laid down hours"
WEEK_FACTS = ("workdays", "half_days", "valid_from", "valid_to", "source", "note")
HOURS_FACTS = (
    "kind", "starts", "ends", "half_day_ends", "valid_from", "valid_to", "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, as country codes. ``left_alone``: weeks or hours that a person corrected."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    weeks: tuple[str, ...]
    left_alone: tuple[str, ...]
    hours: tuple[str, ...] = ()


@transaction.atomic
def load_places(*, by: Any) -> Loaded:
    """Bring countries, weeks and hours to what the package's tables say; returns what changed.

    Safe to run again: a second run changes and records nothing. What a person has
    corrected, and what stands for one edition only, is left as it is.
    """
    acts: list[Act] = []
    added, changed = _load_countries(acts)
    weeks, weeks_left = _load_weeks(acts)
    hours, hours_left = _load_hours(acts)
    if acts:
        record_many(acts, by=by)
    left_alone = dict.fromkeys((*weeks_left, *hours_left))
    return Loaded(added, changed, weeks, tuple(left_alone), hours)


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
    have = _by_country(WorkingWeek.objects.filter(scope=""), WEEK_FACTS)
    wanted: dict[str, list[dict[str, Any]]] = {}
    for row in rows("working_weeks.csv"):
        wanted.setdefault(row["code"], []).append(_week(row))
    loaded, left_alone = _to_load(wanted, have, WEEKS)
    countries = Country.objects.in_bulk(loaded)
    WorkingWeek.objects.filter(country_id__in=loaded, scope="").delete()
    WorkingWeek.objects.bulk_create(
        [WorkingWeek(country_id=code, **week) for code in loaded for week in wanted[code]]
    )
    acts += (
        Act(WEEKS, countries[code], {"weeks": have.get(code, [])}, {"weeks": wanted[code]})
        for code in loaded
    )
    return tuple(loaded), tuple(left_alone)


def _load_hours(acts: list[Act]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    have = _by_country(WorkingHours.objects.filter(scope=""), HOURS_FACTS)
    wanted: dict[str, list[dict[str, Any]]] = {}
    for row in rows("working_hours.csv"):
        wanted.setdefault(row["code"], []).append(_hours(row))
    loaded, left_alone = _to_load(wanted, have, HOURS)
    countries = Country.objects.in_bulk(loaded)
    WorkingHours.objects.filter(country_id__in=loaded, scope="").delete()
    WorkingHours.objects.bulk_create(
        [WorkingHours(country_id=code, **hours) for code in loaded for hours in wanted[code]]
    )
    acts += (
        Act(HOURS, countries[code], {"hours": have.get(code, [])}, {"hours": wanted[code]})
        for code in loaded
    )
    return tuple(loaded), tuple(left_alone)


def _to_load(
    wanted: Mapping[str, list[dict[str, Any]]], have: Mapping[str, list[dict[str, Any]]], act: str
) -> tuple[list[str], list[str]]:
    """The countries to load anew, and those whose rows a person corrected.

    A row is the table's own as long as it says what the last load wrote down; a person
    who corrects it, by whatever way, makes it another.
    """
    differing = [code for code in wanted if _sorted(have.get(code, [])) != _sorted(wanted[code])]
    last = _last_loaded(act, differing) if differing else {}
    loaded: list[str] = []
    left_alone: list[str] = []
    for code in differing:
        ours = all(one["source"].startswith(TABLE) for one in have.get(code, []))
        is_untouched = ours or _sorted(have[code]) == _sorted(last.get(code, []))
        (loaded if is_untouched else left_alone).append(code)
    return loaded, left_alone


def _last_loaded(act: str, codes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What the last load wrote for each of these countries, from its record."""
    told = Record.objects.filter(
        act=act, subject_kind=Country._meta.label_lower, subject_id__in=codes
    ).order_by("number")
    return {one.subject_id: next(iter(one.after.values())) for one in told}


def _by_country(found: Any, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    have: dict[str, list[dict[str, Any]]] = {}
    for row in found.order_by("country_id", "pk"):
        said = {name: getattr(row, name) for name in names}
        have.setdefault(row.country_id, []).append(said)
    return have


def _sorted(listed: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows in one order and one spelling, whether read from the table or from a record."""
    plain = ({key: _spelt(value) for key, value in one.items()} for one in listed)
    return sorted(plain, key=str)


def _spelt(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _week(row: dict[str, str]) -> dict[str, Any]:
    return {
        "workdays": [int(day) for day in row["workdays"].split()],
        "half_days": [int(day) for day in row["half_days"].split()],
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "source": row["source"],
        "note": row["note"],
    }


def _hours(row: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "starts": time.fromisoformat(row["starts"]),
        "ends": time.fromisoformat(row["ends"]),
        "half_day_ends": time.fromisoformat(row["half_day_ends"]) if row["half_day_ends"] else None,
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "source": row["source"],
        "note": row["note"],
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
