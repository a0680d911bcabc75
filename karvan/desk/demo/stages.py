"""Acts that several chapters tell the same way: adopt, call, read, choose, teach, certify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.calls.models import Application, Call
from karvan.stages.calls.services import draft_call, publish_call
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.services import (
    add_partner,
    add_room,
    add_venue,
    adopt_blueprint,
    finish_adoption,
    plan_dates,
    use_venue,
)
from karvan.stages.reviews.models import Assignment, Review
from karvan.stages.reviews.rubric import total_of
from karvan.stages.reviews.services import (
    ReadingPlanned,
    add_reviewer,
    assign_reads,
    change_reviewer,
    close_round,
    find_institution_conflicts,
    numbers_of,
    open_round,
    plan_of,
    plan_round,
    prepare_round,
)
from karvan.stages.selection.models import Offer, SelectionRun
from karvan.stages.selection.services import (
    accept_offer,
    decline_offer,
    propose_selection,
    send_offers,
    sign_off,
)

from .cast import CAPITALS, LANGUAGES, PLACES
from .world import World, texts


def noon(day: date) -> datetime:
    """Twelve o'clock UTC of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def adopt(
    world: World, blueprint: Blueprint, country: str, year: int, *, by: Person, finish: bool = True
) -> Edition:
    """An edition with its host, a ministry and a venue with rooms."""
    edition = adopt_blueprint(
        blueprint,
        country=Country.objects.get(pk=country),
        code=f"{country}-{year}",
        languages=LANGUAGES[country],
        host=world.parties[f"commission-{country.lower()}"],
        by=by,
    )
    world.role(by, "coordinator", edition.scope)
    if finish:
        add_partner(
            edition,
            party=world.parties[f"youth-{country.lower()}"],
            part="partner",
            contribution="Travel of participants from outside the capital",
            amount=Decimal(15_000),
            currency=edition.currency,
            by=by,
        )
        rooms(edition, by=by)
        finish_adoption(edition, by=by)
    return edition


def rooms(edition: Edition, *, by: Person, names: dict[str, str] | None = None) -> None:
    """A venue in the capital with a hall, team rooms, workshops and studios."""
    country = edition.country_id
    city = CAPITALS[country]
    latitude, longitude = PLACES[country]
    venue = add_venue(
        country=edition.country,
        names=names
        or texts(
            "House of youth", "Maison de la jeunesse", "بيت الشباب", "Gənclər evi",
        ),
        city=city,
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
        by=by,
    )  # fmt: skip
    add_room(venue, code="H1", name="Hall", kinds=["HALL", "SEM"], seats=140, by=by)
    for letter in "ABCD":
        add_room(
            venue, code=f"T{letter}", name=f"Team floor {letter}", kinds=["TEAM"], seats=30, by=by
        )
    for number in (1, 2, 3, 4):
        add_room(
            venue, code=f"F{number}", name=f"Workshop {number}", kinds=["FAB"], seats=30, by=by
        )
    for number in (1, 2):
        add_room(
            venue, code=f"S{number}", name=f"Studio {number}", kinds=["STUDIO"], seats=64, by=by
        )
    use_venue(edition, venue=venue, by=by)


def plan(activity: Activity, starts_on: date, ends_on: date, *, by: Person) -> Activity:
    """Lay the dates of an activity."""
    return plan_dates(activity, starts_on=starts_on, ends_on=ends_on, by=by)


def open_call(
    activity: Activity,
    *,
    opens_on: date,
    deadline: date,
    places: int,
    by: Person,
    grace_hours: int = 12,
) -> Call:
    """A published call; the door shuts some hours after the deadline that people read."""
    call = draft_call(
        activity,
        opens_at=noon(opens_on),
        advertised_deadline=noon(deadline),
        closes_at=noon(deadline) + timedelta(hours=grace_hours),
        places=places,
        languages=list(dict.fromkeys([*activity.edition.languages, "en"])),
        by=by,
    )
    return publish_call(call, by=by)


@dataclass(frozen=True, slots=True)
class Panel:
    """Reviewers of a reading: who, how strict each is (points of 100), how many they take."""

    persons: Sequence[Person]
    load: int


def panel(
    world: World, country: str, size: int, *, load: int, first: Person | None = None
) -> Panel:
    """Invented reviewers of a country; ``first`` is one who can sign in."""
    persons = [world.person(country) for _one in range(size - bool(first))]
    return Panel([first, *persons] if first else persons, load)


def begin_reading(
    world: World, call: Call, seated: Panel, *, by: Person, due_at: datetime | None = None
) -> Any:
    """Prepare a round, seat its reviewers, give the reads out and open it."""
    round_ = prepare_round(call, by=by)
    seat(world, round_, seated, by=by)
    assign_reads(round_, seed="demo", by=by)
    return open_round(round_, by=by, due_at=due_at)


def seat(
    world: World, round_: Any, seated: Panel, *, by: Person, languages: Sequence[str] = ()
) -> None:
    """Seat reviewers in a round; they read all languages of the call unless told otherwise."""
    for person in seated.persons:
        add_reviewer(
            round_,
            person=person,
            languages=list(languages or round_.call.languages),
            institution=world.random.choice(("State University", "Technical University", "")),
            load_high=seated.load,
            by=by,
        )
    find_institution_conflicts(round_)


def plan_with(
    world: World,
    call: Call,
    country: str,
    *,
    standing: int,
    load: int,
    days: tuple[date, date],
    expected: int | None = None,
    by: Person,
) -> Any:
    """A round prepared with those who stand, and the numbers of its plan; returns the round."""
    round_ = prepare_round(call, by=by)
    seat(world, round_, panel(world, country, standing, load=load), by=by)
    return plan_round(
        round_, expected=expected, load_each=load, starts_on=days[0], due_on=days[1], by=by
    )


def read_as_planned(
    world: World, call: Call, country: str, *, standing: int, load: int, due_on: date, by: Person
) -> tuple[Any, ReadingPlanned]:
    """Plan a reading with those who stand, invite whom it lacks, give the reads out and open it.

    Returns the round and the plan as it was before anybody was invited.
    """
    days = (clock.today(), due_on)
    round_ = plan_with(world, call, country, standing=standing, load=load, days=days, by=by)
    plan = plan_of(round_, numbers_of(round_))
    for lacking in plan.answer.missing:
        more = panel(world, country, lacking.reviewers, load=load)
        seat(world, round_, more, by=by, languages=sorted(lacking.languages))
    assign_reads(round_, seed="demo", by=by)
    return open_round(round_, by=by, due_at=round_.due_at), plan


def read_once_more(world: World, round_: Any, *, load: int, by: Person) -> None:
    """Every reviewer takes a few more, so that disputed applications get their third read."""
    for one in list(round_.reviewers.all()):
        change_reviewer(one, languages=one.languages, load_low=0, load_high=load, by=by)
    assign_reads(round_, seed="demo", by=by)
    read_all(world, round_)


def read_all(
    world: World, round_: Any, *, share: float = 1.0, except_for: Person | None = None
) -> None:
    """Write the marks of a reading in bulk: each application has a quality, each reviewer a hand."""
    assignments = list(
        Assignment.objects.filter(round=round_, withdrawn_at=None, review=None).select_related(
            "reviewer"
        )
    )
    quality: dict[int, float] = {}
    hand: dict[int, float] = {}
    rows = []
    for one in assignments:
        if one.reviewer.person_id == (except_for.pk if except_for else None):
            continue
        if world.random.random() > share:
            continue
        level = quality.setdefault(one.application_id, world.random.gauss(3.1, 0.8))
        strict = hand.setdefault(one.reviewer_id, world.random.gauss(0, 0.45))
        rows.append(_review(world, round_, one, level + strict))
    Review.objects.bulk_create(rows, batch_size=500)


def _review(world: World, round_: Any, assignment: Assignment, level: float) -> Review:
    criteria = round_.rubric["criteria"]
    low, high = round_.rubric.get("scale", [0, 5])
    marks = {
        one["code"]: min(high, max(low, round(level + world.random.gauss(0, 0.6))))
        for one in criteria
    }
    when = assignment.assigned_at + timedelta(hours=world.random.randint(3, 140))
    return Review(
        assignment=assignment,
        marks=marks,
        total=total_of(round_.rubric, marks),
        state="done",
        saved_at=when,
        done_at=when,
    )


def choose(world: World, call: Call, *, places: int, by: Person, second: Person) -> SelectionRun:
    """Propose a cohort under the blueprint's quotas and sign it off with a second person."""
    run = propose_selection(call, places=places, seed="karvan-demo", by=by)
    sign_off(run, statement="Quotas and conflicts checked.", by=by)
    return sign_off(run, statement="Read and agreed.", by=second)


def offer_all(
    world: World, run: SelectionRun, *, by: Person, decline: int = 0
) -> list[Application]:
    """Send the offers; nearly all accept, and so do those who come in. Returns those who accepted."""
    send_offers(run, days_to_answer=5, by=by)
    offers = list(Offer.objects.filter(run=run).order_by("pk"))
    for offer in offers[:decline]:
        decline_offer(offer, by=None, reason="Exams")
    standing = list(Offer.objects.filter(run=run, state=Offer.State.OFFERED).order_by("pk"))
    for offer in standing:
        accept_offer(offer, by=None)
    return [offer.application for offer in standing]


def finish_reading(round_: Any, *, by: Person) -> None:
    """Close the round."""
    close_round(round_, by=by)
