"""Budgets of two of today's editions: planned before the call, then committed and paid in part.

All amounts, shares and rates are the demo's own; the rates are no bank's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.stages.editions.models import BudgetLine, Edition, EditionPartner
from karvan.stages.editions.services import (
    add_line,
    add_partner,
    correct_amount,
    enter_amount,
    say_share,
)

from .cast import coordinator
from .world import World, at, texts

SOURCE = "The demo's own rate"
NOTE = "The demo's own figure"
RATES = {"KZ": Decimal("0.0019"), "KG": Decimal("0.0114")}  # US dollars for one tenge, one som

# Line: quantity, cost of one in the country's currency, then who bears which per cent of it.
PLANNED: dict[str, dict[str, tuple[int, int, tuple[tuple[str, int, bool], ...]]]] = {
    "KZ": {
        "VENUE": (21, 180_000, (("host", 60, False), ("partner", 40, True))),
        "TRAINERS": (121, 45_000, (("owner", 70, False), ("host", 30, False))),
        "CATERING": (75, 24_000, (("host", 50, False), ("partner", 50, False))),
        "MATERIALS": (25, 60_000, (("owner", 100, False),)),
        "LANGUAGE": (1, 900_000, (("host", 100, False),)),
    },
    "KG": {
        "VENUE": (21, 14_000, (("host", 100, False),)),
        "TRAINERS": (98, 7_500, (("owner", 80, False), ("host", 20, False))),
        "CATERING": (60, 3_600, (("host", 50, False), ("partner", 25, False))),
        "MATERIALS": (20, 9_000, (("partner", 60, False), ("partner", 40, True))),
    },
}


def planned(world: World, edition: Edition) -> None:
    """The budget as it stands when the call opens, for the countries that have one here."""
    country = edition.country_id
    if country not in PLANNED:
        return
    by: Any = coordinator(world, country)
    owner = add_partner(
        edition,
        party=world.parties["organisation"],
        part="funder",
        contribution="Trainers and their travel",
        by=by,
    )
    bearers = {
        "owner": owner,
        "host": edition.partners.get(part="host"),
        "partner": edition.partners.filter(part="partner").first(),
    }
    on = clock.today()
    for code, (quantity, cost, shares) in PLANNED[country].items():
        line = edition.budget_lines.get(code=code)
        _enter(line, "planned", edition.currency, on, by, quantity=quantity, unit_cost=cost)
        for name, percent, in_kind in shares:
            say_share(
                line,
                partner=_partner(bearers, name),
                percent=Decimal(percent),
                in_kind=in_kind,
                by=by,
            )
    travel = edition.budget_lines.get(code="TRAVEL")
    _enter(travel, "planned", "USD", on, by, quantity=12, unit_cost=850)
    say_share(travel, partner=owner, percent=Decimal(100), by=by)


def spent(world: World) -> None:
    """What was committed and paid since; one amount has no rate yet, one was entered wrongly."""
    for country in PLANNED:
        edition = Edition.objects.get(country=country, state="running")
        by: Any = coordinator(world, country)
        host = edition.partners.get(part="host")
        owner = edition.partners.get(part="funder")
        lines = {one.code: one for one in edition.budget_lines.all()}
        with at(world.day(-20)):
            on = world.day(-20)
            venue = PLANNED[country]["VENUE"]
            _enter(lines["VENUE"], "committed", edition.currency, on, by,
                   amount=venue[0] * venue[1], partner=host)  # fmt: skip
            _enter(lines["TRAVEL"], "committed", "USD", on, by, amount=9_800, partner=owner)
            _enter(lines["TRAVEL"], "paid", "USD", on, by, amount=6_100, partner=owner)
        with at(world.day(-9)):
            on = world.day(-9)
            flights = _enter(lines["TRAVEL"], "paid", "EUR", on, by, amount=740, partner=owner,
                             rate=None)  # fmt: skip
            catering = PLANNED[country]["CATERING"]
            _enter(lines["CATERING"], "committed", edition.currency, on, by,
                   amount=catering[0] * catering[1] * 11 // 10, partner=host)  # fmt: skip
            _enter(lines["VENUE"], "paid", edition.currency, on, by,
                   amount=venue[0] * venue[1] // 2, partner=host)  # fmt: skip
        with at(world.day(-5)):
            correct_amount(
                flights, amount=Decimal(720), currency="EUR", on=world.day(-9), partner=owner,
                note=f"{NOTE}; its rate is not known yet", reason="The ticket cost less.", by=by,
            )  # fmt: skip
            own = add_line(
                edition,
                titles=texts("Local translation of the handbook", "Traduction locale du manuel", "ترجمة محلية للدليل", "Vəsaitin yerli tərcüməsi"),
                basis="lump_sum",
                by=by,
            )  # fmt: skip
            _enter(own, "planned", edition.currency, world.day(-5), by, amount=250_000)


def _enter(line: BudgetLine, kind: str, currency: str, on: Any, by: Person, **said: Any) -> Any:
    """An amount with the demo's rate, unless none is wanted."""
    country = line.edition.country_id
    rated = currency != "USD" and said.pop("rate", RATES[country]) is not None
    rate = {"rate": RATES[country], "rate_on": on, "rate_source": SOURCE} if rated else {}
    amounts = {
        key: Decimal(value) if isinstance(value, int) else value for key, value in said.items()
    }
    return enter_amount(
        line, kind=kind, currency=currency, on=on, by=by, note=NOTE, **amounts, **rate
    )


def _partner(bearers: dict[str, EditionPartner | None], name: str) -> EditionPartner:
    found = bearers[name]
    if found is None:
        raise ValueError(f"no {name} in this edition")
    return found
