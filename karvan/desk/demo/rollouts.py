"""One agreed year of the travelling team: the newest edition of each of the eleven countries."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.foundation.places.models import Country
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Edition
from karvan.stages.timetables.models import Rollout
from karvan.stages.timetables.services import (
    agree_rollout,
    change_rollout,
    draft_rollout,
    order_year,
)

from .cast import TEN
from .world import World

COUNTRIES = ("AZ", *TEN)
STAY = 16  # days: preparation, the camp, the first week of the course
COST = {"BN": 41_000, "NG": 38_000, "SN": 37_000, "MA": 34_000, "PK": 31_000, "EG": 30_000}
USUAL_COST, QUARTER = 24_000, 120_000
VISA_DAYS = {"NG": 30, "PK": 21, "EG": 14, "JO": 10}
READY_ON = {"JO": (3, 1), "BN": (4, 15)}  # month and day: those that are still adopting
DUE_BY = {"EG": (7, 31), "KZ": (6, 30)}


def agreed_year(world: World) -> Rollout:
    """Next year's order, found and agreed by the officer. Cost: about 7 s."""
    by = world.people["officer"]
    programme, year = Programme.objects.get(code="TVP"), world.today.year + 1
    rollout = draft_rollout(
        programme,
        team="Baku team",
        home=Country.objects.get(code="AZ"),
        day_from=date(year, 1, 4),
        day_to=date(year, 12, 31),
        handover_days=4,
        editions=newest_editions(programme),
        by=by,
    )
    stops = {one.pk: _typed(one.edition, year) for one in rollout.stops.select_related("edition")}
    settings: dict[str, Any] = {
        "team": rollout.team,
        "home": rollout.home,
        "day_from": rollout.day_from,
        "day_to": rollout.day_to,
        "handover_days": rollout.handover_days,
        "quarters": {f"{year}-{number}": QUARTER for number in range(1, 5)},
    }
    change_rollout(rollout, settings=settings, stops=stops, by=by)
    return agree_rollout(order_year(rollout, by=by), by=by)


def newest_editions(programme: Programme) -> list[Edition]:
    """The newest edition of each of the eleven countries that was not called off."""
    standing = programme.editions.exclude(state=Edition.State.CANCELLED)
    by_country = {one.country_id: one for one in standing.order_by("code")}
    return [by_country[code] for code in COUNTRIES if code in by_country]


def _typed(edition: Edition, year: int) -> dict[str, Any]:
    code = edition.country_id
    ready, due = READY_ON.get(code), DUE_BY.get(code)
    return {
        "days": STAY,
        "amount": COST.get(code, USUAL_COST),
        "visa_days": VISA_DAYS.get(code, 0),
        "ready_from": date(year, *ready) if ready else None,
        "done_by": date(year, *due) if due else None,
        "weight": 2 if due else 1,
        "fixed_on": None,
    }
