"""Chapter five: where ten countries stand today. Dates are counted from the day it is loaded.

One has just adopted, one is being adopted, one stands at its deadline, one reads, one chooses, one
has its camp ahead, one is in its course, one has certified. Everything here is the demo's own.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from karvan.foundation.people.models import Person
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.spans import propose_span
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.calls.models import Call
from karvan.stages.credentials.services import issue_for_activity
from karvan.stages.delivery.models import Enrolment
from karvan.stages.delivery.services import enrol
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.services import plan_dates, record_actual_dates
from karvan.stages.selection.services import propose_selection, sign_off
from karvan.stages.ventures.models import Venture
from karvan.stages.ventures.services import claim_milestone

from . import budgets, stages, teaching
from .applicants import Intake, take_in
from .cast import LANGUAGES, coordinator
from .world import World, at, texts

FRIDAY = 5
LONGEST_SEARCH = 30


def _edition(world: World, blueprint: Blueprint, country: str, *, camp_in: int) -> Edition:
    """An adopted edition of this round whose camp begins about so many days from today.

    It begins on the first run of working days there, as a coordinator would plan it: on any day
    on which the demo is loaded its timetable is possible.
    """
    by: Any = coordinator(world, country)
    starts = _working_days(blueprint, country, world.day(camp_in))
    with at(world.day(min(camp_in, 0) - 130)):
        edition = stages.adopt(world, blueprint, country, starts.year, by=by)
        camp, course = edition.activities.order_by("position")
        plan_dates(camp, starts_on=starts, ends_on=_last_day(blueprint, starts), by=by)
        plan_dates(
            course, starts_on=starts + timedelta(days=7), ends_on=starts + timedelta(days=48), by=by
        )
        budgets.planned(world, edition)
    return edition


def _working_days(blueprint: Blueprint, country: str, wanted: date) -> date:
    """The first day on or after one, from which a camp has its working days in a row.

    None of them is a Friday, whose long break leaves too little time for the second day.
    """
    days = blueprint.data["activities"][0]["duration"]["days"]
    calendar = calendar_of(country)
    for away in range(LONGEST_SEARCH):
        earliest = wanted + timedelta(days=away)
        found = propose_span(calendar, earliest, days, avoid_ramadan=False)
        if found.start and all(day.isoweekday() != FRIDAY for day in found.days):
            return found.start
    raise ValueError(f"{country} has no {days} working days in a row near {wanted}")


def _last_day(blueprint: Blueprint, first: date) -> date:
    """The last day of a camp as long as its design says."""
    return first + timedelta(days=blueprint.data["activities"][0]["duration"]["days"] - 1)


def _call(world: World, edition: Edition, *, opened: int, deadline: int, places: int = 75) -> Call:
    """A call opened and closing so many days from today."""
    by: Any = coordinator(world, edition.country_id)
    camp = edition.activities.order_by("position")[0]
    with at(world.day(opened)):
        return stages.open_call(
            camp, opens_on=world.day(opened), deadline=world.day(deadline), places=places, by=by
        )


def _applied(world: World, call: Call, sent: int, ineligible: int, drafts: int = 0) -> None:
    first = call.opens_at + timedelta(hours=5)
    last = min(call.advertised_deadline, timezone.now() - timedelta(hours=1))
    languages = tuple(LANGUAGES[call.activity.edition.country_id])
    written = tuple(one for one in languages if one in ("en", "fr", "ar", "az")) or ("en",)
    with at(last.date(), hour=min(last.hour, 23)):
        take_in(world, Intake(call, sent, ineligible, first, last, written, drafts=drafts))


def adopting(world: World, blueprint: Blueprint) -> None:
    """Brunei is in the middle of adopting; Jordan has just adopted; Morocco may begin."""
    brunei: Any = coordinator(world, "BN")
    year = world.day(150).year
    with at(world.day(-3)):
        stages.adopt(world, blueprint, "BN", year, by=brunei, finish=False)
    jordan: Any = coordinator(world, "JO")
    with at(world.day(-1)):
        edition = stages.adopt(world, blueprint, "JO", year, by=jordan)
        camp = edition.activities.order_by("position")[0]
        first = world.day(120)
        plan_dates(camp, starts_on=first, ends_on=_last_day(blueprint, first), by=jordan)
    morocco: Any = coordinator(world, "MA")
    world.role(morocco, "coordinator", f"TVP/MA-{year}")


def calling(world: World, blueprint: Blueprint) -> None:
    """Nigeria's call is open; Pakistan's closes tomorrow, and its reading lacks reviewers."""
    nigeria = _edition(world, blueprint, "NG", camp_in=75)
    _applied(world, _call(world, nigeria, opened=-20, deadline=22), 430, 31, drafts=60)
    pakistan = _edition(world, blueprint, "PK", camp_in=60)
    call = _call(world, pakistan, opened=-30, deadline=1)
    _applied(world, call, 690, 48, drafts=110)
    by: Any = coordinator(world, "PK")
    with at(world.day(-1)):
        days = (world.day(3), world.day(16))
        stages.plan_with(world, call, "PK", standing=12, load=40, days=days, expected=760, by=by)


def reading(world: World, blueprint: Blueprint) -> None:
    """Egypt reads: the demo's reviewer has applications waiting."""
    edition = _edition(world, blueprint, "EG", camp_in=45)
    by: Any = coordinator(world, "EG")
    call = _call(world, edition, opened=-45, deadline=-9)
    _applied(world, call, 520, 40)
    reviewer = world.people["reviewer"]
    with at(world.day(-8)):
        seated = stages.panel(world, "EG", 18, load=60, first=reviewer)
        due = timezone.now() + timedelta(days=6)
        round_ = stages.begin_reading(world, call, seated, by=by, due_at=due)
        stages.read_all(world, round_, share=0.62, except_for=reviewer)


def choosing(world: World, blueprint: Blueprint) -> None:
    """Kazakhstan chooses: one person has signed, the second must."""
    edition = _edition(world, blueprint, "KZ", camp_in=30)
    by: Any = coordinator(world, "KZ")
    call = _call(world, edition, opened=-60, deadline=-24)
    _applied(world, call, 780, 57)
    with at(world.day(-22)):
        round_ = stages.begin_reading(world, call, stages.panel(world, "KZ", 24, load=70), by=by)
        stages.read_all(world, round_)
    with at(world.day(-4)):
        stages.finish_reading(round_, by=by)
    with at(world.day(-1)):
        run = propose_selection(call, places=75, seed="kazakhstan", by=by)
        sign_off(run, statement="Quotas and conflicts checked.", by=by)


def _chosen(
    world: World, edition: Edition, *, sent: int, ineligible: int, places: int, closed: int
) -> Activity:
    """A call read, chosen, offered and accepted; its deadline so many days from today."""
    by: Any = coordinator(world, edition.country_id)
    call = _call(world, edition, opened=closed - 35, deadline=closed, places=places)
    _applied(world, call, sent, ineligible)
    with at(world.day(closed + 2)):
        seated = stages.panel(world, edition.country_id, 12, load=75)
        round_ = stages.begin_reading(world, call, seated, by=by)
        stages.read_all(world, round_)
    with at(world.day(closed + 12)):
        stages.finish_reading(round_, by=by)
        run = stages.choose(world, call, places=places, by=by, second=world.people["officer"])
        stages.offer_all(world, run, by=by, decline=2)
    return call.activity


def ahead(world: World, blueprint: Blueprint) -> None:
    """Kyrgyzstan's camp is ten days off; its timetable is published."""
    edition = _edition(world, blueprint, "KG", camp_in=10)
    by: Any = coordinator(world, "KG")
    camp = _chosen(world, edition, sent=260, ineligible=19, places=60, closed=-30)
    with at(world.day(-6)):
        teaching.take_part(camp, 3, by=by)
        teaching.seat_trainers(world, camp, by=by)
        teaching.timetable(camp, opened_anyway=_days(camp), by=by)


def dates_of(activity: Activity) -> tuple[date, date]:
    """Its first and last day, which these chapters have always planned."""
    if activity.starts_on is None or activity.ends_on is None:
        raise ValueError(f"{activity.scope} has no dates")
    return activity.starts_on, activity.ends_on


def _days(activity: Activity) -> list[date]:
    """All days of an activity: its country holds it even if a day falls on a weekend."""
    first, last = dates_of(activity)
    length = (last - first).days + 1
    return [first + timedelta(days=one) for one in range(length)]


def _camped(
    world: World, edition: Edition, camp: Activity, *, teams: int, trainer: Person | None
) -> list[Venture]:
    """The camp is taught, its rolls called, its teams formed and admitted."""
    by: Any = coordinator(world, edition.country_id)
    first, last = dates_of(camp)
    course = edition.activities.order_by("position")[1]
    with at(first - timedelta(days=7)):
        teaching.take_part(camp, 3, by=by)
        teaching.seat_trainers(world, camp, by=by, first=trainer)
        teaching.timetable(camp, opened_anyway=_days(camp), by=by)
    with at(last, hour=20):
        record_actual_dates(camp, starts_on=first, ends_on=last, by=by)
        teaching.hold(world, camp, by=by)
        teaching.hand_in_all(world, camp, by=by)
        if "participant" in world.people and edition.country_id == "UZ":
            _our_participant(world, camp, by)
        ventures = teaching.teams(world, edition, camp, teams, by=by)
        teaching.jury(
            world, camp, ventures, kind="admission", places=teams, held_on=last, by=by, admits_to=course,
            titles=texts("Jury of the boot camp", "Jury du camp", "لجنة تحكيم المعسكر", "Düşərgənin münsifləri"),
        )  # fmt: skip
        issue_for_activity(camp, by=by)
        teaching.take_on(course, [one.team for one in ventures], 2, by=by)
        teaching.seat_trainers(world, course, by=by, first=trainer)
        teaching.timetable(course, by=by)
    return ventures


def _our_participant(world: World, camp: Activity, by: Person) -> Enrolment:
    """The participant who can sign in took part like everybody else."""
    group = camp.groups.first()
    made = enrol(
        camp, person=world.people["participant"], attributes={"sex": "F", "region": "outside"},
        group=group, by=by,
    )  # fmt: skip
    teaching.like_the_others(camp, made, by=by)
    return made


def in_course(world: World, blueprint: Blueprint) -> None:
    """Uzbekistan is in the third week of its course; a claim waits for the demo's mentor."""
    edition = _edition(world, blueprint, "UZ", camp_in=-25)
    by: Any = coordinator(world, "UZ")
    camp = _chosen(world, edition, sent=330, ineligible=24, places=60, closed=-70)
    camp.refresh_from_db()
    trainer = world.people["trainer"]
    ventures = _camped(world, edition, camp, teams=15, trainer=trainer)
    course = edition.activities.order_by("position")[1]
    start, _end = dates_of(course)
    with at(start, hour=8):
        record_actual_dates(course, starts_on=start, ends_on=None, by=by)
        mentor = world.people["mentor"]
        pool = teaching.mentors(world, ventures, by=by, first=mentor)
    with at(world.day(-1), hour=21):
        teaching.hold(world, course, by=by, until=world.day(-2))
        for venture in ventures:
            teaching.prove(world, venture, ["M0", "M1"], start=start, verifier=pool[1])
        ours = [one for one in ventures if one.mentorships.filter(mentor=mentor).exists()]
        for venture in ours[:2]:
            member = venture.team.memberships.select_related("enrolment__person").first()
            if member is None:
                continue
            claim_milestone(
                venture, code="M2", fact_on=world.day(-2),
                evidence="Canvas, second version; it cites interviews 3, 7 and 11.",
                by=member.enrolment.person,
            )  # fmt: skip


def certified(world: World, blueprint: Blueprint) -> None:
    """Senegal has finished and certified."""
    edition = _edition(world, blueprint, "SN", camp_in=-80)
    by: Any = coordinator(world, "SN")
    camp = _chosen(world, edition, sent=230, ineligible=17, places=48, closed=-130)
    camp.refresh_from_db()
    ventures = _camped(world, edition, camp, teams=12, trainer=None)
    course = edition.activities.order_by("position")[1]
    start, end = dates_of(course)
    with at(start, hour=8):
        pool = teaching.mentors(world, ventures, by=by)
    with at(end + timedelta(days=1), hour=21):
        record_actual_dates(course, starts_on=start, ends_on=end, by=by)
        teaching.hold(world, course, by=by)
        for venture in ventures:
            reached = ["M0", "M1", "M2", "M3", "M4"][: world.random.choice((3, 4, 4, 5))]
            teaching.prove(world, venture, reached, start=start, verifier=pool[0])
        issue_for_activity(course, by=by)
