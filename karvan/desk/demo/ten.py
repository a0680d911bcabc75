"""Chapter three: ten other countries, 2021 to 2024, and the common final.

Facts: Kazakhstan on 20 September 2021, two days and four to six weeks, remote; Kyrgyzstan, Pakistan
and Nigeria launched or targeted in September 2022; Uzbekistan's national final in Tashkent on
5 October 2022 with ten teams and three winners; the common final from 31 May to 3 June 2024 in Baku
and Shusha with 33 teams of 11 states and 5 winners. The sources do not name the other states; Morocco,
Egypt, Senegal, Jordan and Brunei are the demo's own choice, and their dates are left unknown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Edition
from karvan.stages.editions.services import (
    close_edition,
    depart,
    fulfil,
    record_actual_dates,
)
from karvan.stages.ventures.models import Final, Venture
from karvan.stages.ventures.services import (
    enter_final,
    form_team,
    plan_final,
    rank_final,
    register_venture,
)

from . import stages, teaching
from .azerbaijan import FIRST_DAY, SECOND_DAY
from .cast import TEN, coordinator
from .world import World, at, texts

YEARS = {"KZ": 2021, "KG": 2022, "PK": 2022, "NG": 2022, "UZ": 2022, "MA": 2023, "EG": 2023, "SN": 2023, "JO": 2023, "BN": 2023}  # fmt: skip
# When the later ones adopted is not in the sources; all stand on version 1 when version 2 comes.
ALL_ADOPTED_BY = date(2022, 8, 15)
UZBEK_WINNERS = (
    ("Beautify", "Marketplace of beauty services"),
    ("Coozin", "Home-cooked meals"),
    ("Mento", "Preparation for examinations"),
)
WINNERS = 5


def first_editions(world: World, blueprint: Blueprint) -> None:
    """One edition in each of the ten, with no more known of it than the sources say."""
    ten = Commitment.objects.get(code="ten-countries")
    for country, year in YEARS.items():
        by: Any = coordinator(world, country)
        with at(min(date(year, 6, 1), ALL_ADOPTED_BY)):
            edition = stages.adopt(world, blueprint, country, year, by=by)
            fulfil(edition, commitment=ten, by=world.people["officer"])
        if country == "KZ":
            _kazakhstan(edition, by)
        if country == "UZ":
            _uzbekistan(edition, by)


def winners(world: World) -> None:
    """The three teams that each of the ten sends to the common final."""
    for country, year in YEARS.items():
        edition = Edition.objects.get(code=f"{country}-{year}")
        with at(date(2024, 4, 1)):
            world.winners[country] = three_best(world, edition, coordinator(world, country))


def _kazakhstan(edition: Edition, by: Any) -> None:
    camp, course = edition.activities.order_by("position")
    why = "Held remotely; the country asked for two days and a shorter course."
    with at(date(2021, 9, 10)):
        stages.plan(camp, date(2021, 9, 20), date(2021, 9, 22), by=by)
        stages.plan(course, date(2021, 9, 27), date(2021, 11, 7), by=by)
        _two_days(edition, why, by)
        _four_weeks(edition, why, by)
    with at(date(2021, 9, 22)):
        record_actual_dates(
            camp, starts_on=date(2021, 9, 20), ends_on=date(2021, 9, 21), reason=why, by=by
        )


def _two_days(edition: Edition, why: str, by: Any) -> None:
    document = edition.blueprint.data["activities"][0]
    known = {one["id"]: one for one in document["sessions"]}
    sessions = [
        {**known[key], "day": day, "minutes": least}
        for day, kept in ((1, FIRST_DAY), (2, SECOND_DAY))
        for key, least in kept.items()
    ]
    minutes = sum(one["minutes"] for one in sessions)
    for part, value in (
        ("duration.days", 2), ("duration.contact_minutes", minutes), ("sessions", sessions),
        ("plan", document["plan"][:2]),
    ):  # fmt: skip
        depart(edition, path=f"activities.BC3.{part}", after=value, reason=why, by=by)


def _four_weeks(edition: Edition, why: str, by: Any) -> None:
    document = edition.blueprint.data["activities"][1]
    last = {"W5": "W4", "W6": "W4"}
    sessions = [
        {**one, "week": min(one["week"], 4)}
        for one in document["sessions"]
        if one["id"][:2] not in last or one["id"].endswith("DD")
    ]
    minutes = sum(one["minutes"] for one in sessions)
    for part, value in (
        ("duration.weeks", 4), ("duration.contact_minutes", minutes), ("sessions", sessions),
        ("plan", document["plan"][:4]),
    ):  # fmt: skip
        depart(edition, path=f"activities.AC6.{part}", after=value, reason=why, by=by)


def _uzbekistan(edition: Edition, by: Any) -> None:
    camp, course = edition.activities.order_by("position")
    with at(date(2022, 8, 1)):
        stages.plan(camp, date(2022, 8, 22), date(2022, 8, 24), by=by)
        stages.plan(course, date(2022, 8, 25), date(2022, 10, 5), by=by)
    with at(date(2022, 10, 6)):
        why = "The national final in Tashkent, in part online."
        record_actual_dates(
            course, starts_on=date(2022, 8, 25), ends_on=date(2022, 10, 5), reason=why, by=by
        )


def three_best(world: World, edition: Edition, by: Any) -> list[Venture]:
    """The three teams a country sent to the common final."""
    camp = edition.activities.order_by("position")[0]
    names = UZBEK_WINNERS if edition.country_id == "UZ" else [
        (world.random.choice(teaching.VENTURES) + " " + mark, "") for mark in ("I", "II", "III")
    ]  # fmt: skip
    made = []
    for name, summary in names:
        members = []
        for _one in range(3):
            person = world.person(edition.country_id)
            members.append(teaching.one_more(camp, person, sex=world.random.choice("FM"), by=by))
        team = form_team(edition, name=f"Team {name}", members=members, by=by)
        made.append(register_venture(team, name=name, summary=summary, by=by))
    return made


def final(world: World, blueprint: Blueprint) -> Final:
    """Three teams of each of eleven countries meet; five win."""
    officer = world.people["officer"]
    with at(2024, 2, 1):
        planned = plan_final(
            blueprint.programme,
            code="final-2024",
            titles=texts("Common final 2024", "Finale commune 2024", "النهائي المشترك 2024", "Ümumi final 2024"),
            place="Baku and Shusha",
            starts_on=date(2024, 5, 31),
            ends_on=date(2024, 6, 3),
            by=officer,
        )  # fmt: skip
    with at(2024, 6, 3, 18):
        entries = [
            enter_final(planned, venture=venture, national_rank=rank, by=officer)
            for country in ("AZ", *TEN)
            for rank, venture in enumerate(world.winners[country], start=1)
        ]
        world.random.shuffle(entries)
        rank_final(planned, ranked=entries, winners=WINNERS, by=officer)
        for edition in Edition.objects.exclude(state="closed").filter(
            code__in=[f"{c}-{y}" for c, y in YEARS.items()]
        ):
            by: Any = coordinator(world, edition.country_id)
            close_edition(edition, reason="Ended with the common final.", by=by)
    return planned
