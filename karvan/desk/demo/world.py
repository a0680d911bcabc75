"""What every chapter of the demo needs at hand: the clock of the tale, the dice, who is who."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.queries import DEMO_DOMAIN
from karvan.foundation.people.services import create_person, grant_role
from karvan.foundation.places.models import Country

from .names import Invented, invent

SEED = 20210120


@dataclass
class World:
    """The demo while it is being told. ``say`` writes one line of progress."""

    say: Callable[[str], object]
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a demo's dice
    today: date = field(default_factory=clock.today)
    parties: dict[str, Party] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    winners: dict[str, list[Any]] = field(default_factory=dict)  # the three best of each country

    def day(self, away: int) -> date:
        """The date so many days from today."""
        return self.today + timedelta(days=away)

    def name(self, country: str, sex: str = "") -> Invented:
        """An invented name not given before; after some tries a second initial tells them apart."""
        for _try in range(40):
            one = invent(country, self.random, sex=sex)
            if one.latin not in self.used:
                break
        else:
            letter = self.random.choice("ABDFHKMNRSTZ")
            given, _space, family = one.latin.partition(" ")
            one = Invented(f"{given} {letter}. {family}", one.native, one.sex)
        self.used.add(one.latin)
        return one

    def person(self, country: str, key: str = "", *, sex: str = "", language: str = "en") -> Person:
        """An invented person; with a ``key`` one who can sign in as key@demo…"""
        one = self.name(country, sex)
        made = create_person(
            full_name=one.latin,
            names=one.native,
            email=f"{key}{DEMO_DOMAIN}" if key else None,
            language=language,
            country=Country.objects.get(pk=country),
            by=None,
        )
        if key:
            self.people[key] = made
        return made

    def role(self, person: Person, kind: str, scope: str = "", party: Party | None = None) -> None:
        """Give a role, as the first administrator does."""
        grant_role(person, kind=kind, scope=scope, party=party, by=self.people.get("administrator"))


@contextmanager
def at(year: int | date, month: int = 1, day: int = 1, hour: int = 9) -> Iterator[None]:
    """Tell what follows as of a moment of the past (or of a date, at nine)."""
    if isinstance(year, date):
        moment = datetime.combine(year, time(hour), tzinfo=UTC)
    else:
        moment = datetime(year, month, day, hour, tzinfo=UTC)
    if moment > timezone.now():
        moment = timezone.now()
    with clock.replaying(moment):
        yield


def texts(en: str, fr: str, ar: str, az: str) -> dict[str, str]:
    """A text in the four languages."""
    return {"en": en, "fr": fr, "ar": ar, "az": az}
