"""Builders of countries, persons, parties and roles, and of texts and moments."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.places.models import Country, WorkingWeek

_numbers = itertools.count(1)
PASSWORD = "a long enough password"


def one() -> int:
    """A number not given before."""
    return next(_numbers)


def texts(english: str) -> dict[str, str]:
    """A text in the four languages, told apart by their codes."""
    return {
        code: f"{english} ({code})" if code != "en" else english
        for code in ("en", "fr", "ar", "az")
    }


def moment(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def country(code: str = "AZ", **fields: Any) -> Country:
    names = {"AZ": "Azerbaijan", "MA": "Morocco", "KZ": "Kazakhstan", "EG": "Egypt"}
    made, new = Country.objects.get_or_create(
        code=code,
        defaults={
            "names": texts(names.get(code, f"Country {code}")),
            "official_languages": ["az"],
            "time_zone": {"AZ": "Asia/Baku", "MA": "Africa/Casablanca", "EG": "Africa/Cairo"}.get(
                code, "UTC"
            ),
            "region": "Asian",
            "currency": {"AZ": "AZN", "MA": "MAD", "EG": "EGP"}.get(code, "USD"),
            **fields,
        },
    )
    if new:
        workdays = [7, 1, 2, 3, 4] if code == "EG" else [1, 2, 3, 4, 5]
        WorkingWeek.objects.create(country=made, workdays=workdays, source="tests")
    return made


def person(name: str = "", *, email: str | None = "", **fields: Any) -> Person:
    number = one()
    address = f"person{number}@example.org" if email == "" else email
    password = fields.pop("password", PASSWORD)
    return Person.objects.create_user(
        address, password, full_name=name or f"Person {number}", **fields
    )


def party(code: str = "", kind: str = "ministry", **fields: Any) -> Party:
    code = code or f"party-{one()}"
    return Party.objects.create(
        code=code, kind=kind, names=fields.pop("names", texts(f"Party {code}")), **fields
    )


def role(kind: str, scope: str = "", *, of: Person | None = None, **fields: Any) -> Person:
    """A person who holds a role; returns the person."""
    holder = of or person(f"{kind.capitalize()} {one()}")
    if kind == "partner" and "party" not in fields:
        fields["party"] = party()
    Role.objects.create(person=holder, kind=kind, scope=scope, **fields)
    return holder


def officer(**fields: Any) -> Person:
    return role("officer", **fields)
