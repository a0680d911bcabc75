"""Chapter two: Azerbaijan, from the adoption in 2021 to what became of the ventures.

Facts of the programme's published history: camp on 12 and 13 September 2021 at Baku Higher Oil
School, two days instead of three, six weeks after it, 23 teams, the Ministry of Culture, the
National Commission and an incubator as partners. 412 applications and 36 not eligible, and twelve
reviewers where 29 are needed, are the demo's own figures, and so is the wording of the reasons, since the sources give none.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from karvan.foundation.people.models import Person
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.calls.models import Call
from karvan.stages.calls.services import move_deadline
from karvan.stages.credentials.services import issue_for_activity
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import document_of
from karvan.stages.editions.services import (
    add_partner,
    adopt_blueprint,
    close_edition,
    depart,
    finish_adoption,
    fulfil,
    record_actual_dates,
)
from karvan.stages.reviews.services import ReadingPlanned
from karvan.stages.selection.models import SelectionRun
from karvan.stages.ventures.models import FollowUp, Venture
from karvan.stages.ventures.services import answer_follow_up, ask_follow_up, plan_follow_ups

from . import stages, teaching
from .applicants import Intake, take_in
from .cast import coordinator
from .world import World, at, texts

CAMP = (date(2021, 9, 12), date(2021, 9, 13))
COURSE = (date(2021, 9, 14), date(2021, 10, 25))
WHY_TWO_DAYS = (
    "The hall was free on 12 and 13 September only, and the third day's seminar moved into the course. "
    "(The sources name no reason; this wording is the demo's.)"
)
WHY_LATER = "The camp moved from July to September so that students could take part after their examinations."
# What is held on which of the two days, and the minutes where a session is shortened.
FIRST_DAY = {"D1S1": 45, "D1S2": 90, "D1S3": 75, "D1S4": 120, "D1S5": 45, "D2S1": 75}
SECOND_DAY = {"D2S2": 150, "D2S4": 75, "D3S3": 180, "D3S4": 45}


def adopted(world: World, blueprint: Blueprint) -> Edition:
    """The edition, its partners, its plan, and what it is to fulfil."""
    by: Any = coordinator(world, "AZ")
    with at(2021, 4, 20):
        edition = adopt_blueprint(
            blueprint,
            country=world.parties["commission-az"].country,  # type: ignore[arg-type]
            code="AZ-2021",
            languages=["az", "en"],
            host=world.parties["commission-az"],
            by=by,
        )
        world.role(by, "coordinator", edition.scope)
        incubator = world.parties["incubator-az"]
        add_partner(
            edition, party=incubator, part="partner", contribution="Mentors and jurors", by=by
        )
        stages.rooms(
            edition,
            by=by,
            names=world.parties["higher-oil-school"].names,
        )
        camp, course = activities(edition)
        stages.plan(camp, date(2021, 7, 12), date(2021, 7, 14), by=by)
        stages.plan(course, date(2021, 7, 19), date(2021, 8, 27), by=by)
        for code in ("boot-camp-baku", "course-baku"):
            fulfil(edition, commitment=Commitment.objects.get(code=code), by=by)
        finish_adoption(edition, by=by)
    world.role(world.people["partner"], "partner", edition.scope, world.parties["culture-az"])
    return edition


def activities(edition: Edition) -> tuple[Activity, Activity]:
    """The edition's camp and course."""
    camp, course = edition.activities.order_by("position")
    return camp, course


def departed(edition: Edition, by: Person) -> None:
    """July passes; in August the camp becomes two days in September, with another ministry."""
    days = {one["id"]: one for one in document_of(edition)["activities"][0]["sessions"]}
    sessions = [
        {**days[key], "day": day, "minutes": least}
        for day, kept in ((1, FIRST_DAY), (2, SECOND_DAY))
        for key, least in kept.items()
    ]
    plan = document_of(edition)["activities"][0]["plan"][:2]
    path = "activities.BC3"
    for part, value in (
        ("duration.days", 2),
        ("duration.contact_minutes", sum(one["minutes"] for one in sessions)),
        ("sessions", sessions),
        ("plan", plan),
    ):
        depart(edition, path=f"{path}.{part}", after=value, reason=WHY_TWO_DAYS, by=by)


def moved(world: World, edition: Edition) -> None:
    """From July to two days in September, with the Ministry of Culture."""
    by: Any = coordinator(world, "AZ")
    camp, _course = activities(edition)
    with at(2021, 7, 1):
        record_actual_dates(camp, starts_on=CAMP[0], ends_on=CAMP[1], reason=WHY_LATER, by=by)
    with at(2021, 8, 10):
        departed(edition, by)
        add_partner(
            edition,
            party=world.parties["culture-az"],
            part="partner",
            contribution="Hall, printing, prizes",
            reserved_seats=4,
            by=by,
        )


def held(world: World, edition: Edition) -> list[Venture]:
    """The call, the reading, the choice, the two days, the six weeks; returns the ventures."""
    by: Any = coordinator(world, "AZ")
    camp, course = activities(edition)
    call = called(world, edition, camp, by)
    run, _plan = read_and_chosen(world, call, by)
    with at(2021, 8, 31):
        stages.offer_all(world, run, by=by, decline=3)
    camp.refresh_from_db()
    return _taught(world, edition, camp, course, by)


def called(world: World, edition: Edition, camp: Activity, by: Person) -> Call:
    """The call, moved with the camp, and who applied."""
    with at(2021, 6, 10):
        call = stages.open_call(
            camp, opens_on=date(2021, 6, 10), deadline=date(2021, 7, 5), places=92, by=by
        )
    with at(2021, 7, 1):
        new = stages.noon(date(2021, 8, 20))
        move_deadline(
            call,
            advertised_deadline=new,
            closes_at=new + timedelta(hours=12),
            reason=WHY_LATER,
            by=by,
        )
    moved(world, edition)
    call.refresh_from_db()
    camp.refresh_from_db()
    with at(2021, 8, 20, 13):
        first, last = (
            datetime.fromisoformat(f"2021-{day}T09:00:00+00:00") for day in ("06-11", "08-20")
        )
        take_in(world, Intake(call, 412, 36, first, last, ("az", "az", "az", "en"), drafts=23))
    return call


def read_and_chosen(world: World, call: Call, by: Person) -> tuple[SelectionRun, ReadingPlanned]:
    """Planned with the twelve who stood, read by the 29 it took, corrected, chosen, sealed."""
    with at(2021, 8, 22):
        reading, plan = stages.read_as_planned(
            world, call, "AZ", standing=12, load=26, due_on=date(2021, 8, 30), by=by
        )
        stages.read_all(world, reading)
        stages.read_once_more(world, reading, load=34, by=by)
    with at(2021, 8, 31):
        stages.finish_reading(reading, by=by)
        run = stages.choose(world, call, places=92, by=by, second=world.people["officer"])
    return run, plan


def _taught(
    world: World, edition: Edition, camp: Activity, course: Activity, by: Person
) -> list[Venture]:
    with at(2021, 9, 6):
        teaching.take_part(camp, 4, by=by)
        teaching.seat_trainers(world, camp, by=by)
        teaching.timetable(camp, opened_anyway=CAMP, by=by)
    with at(2021, 9, 13, hour=20):
        teaching.hold(world, camp, by=by)
        teaching.hand_in_all(world, camp, by=by)
        ventures = teaching.teams(world, edition, camp, 23, by=by)
        teaching.jury(
            world, camp, ventures, kind="admission", places=23, held_on=CAMP[1], by=by, admits_to=course,
            titles=texts("Jury of the boot camp", "Jury du camp", "لجنة تحكيم المعسكر", "Düşərgənin münsifləri"),
        )  # fmt: skip
        issue_for_activity(camp, by=by)
        why = "The course follows the camp, which moved to September."
        record_actual_dates(course, starts_on=COURSE[0], ends_on=COURSE[1], reason=why, by=by)
        course.refresh_from_db()
        teaching.take_on(course, [one.team for one in ventures], 2, by=by)
        teaching.seat_trainers(world, course, by=by)
        teaching.timetable(course, by=by)
        pool = teaching.mentors(world, ventures, by=by)
    with at(2021, 10, 26, hour=18):
        teaching.hold(world, course, by=by)
        for venture in ventures:
            reached = ["M0", "M1", "M2", "M3", "M4", "M5"][
                : world.random.choice((3, 4, 4, 5, 5, 6))
            ]
            teaching.prove(
                world, venture, reached, start=COURSE[0], verifier=world.random.choice(pool)
            )
        _finished(world, edition, course, ventures, by)
    return ventures


def _finished(
    world: World, edition: Edition, course: Activity, ventures: list[Venture], by: Person
) -> None:
    best = teaching.jury(
        world, course, ventures, kind="demo_day", places=3, held_on=COURSE[1], by=by,
        titles=texts("Jury of the demo day", "Jury de la journée de démonstration", "لجنة تحكيم يوم العرض", "Təqdimat gününün münsifləri"),
    )  # fmt: skip
    world.winners["AZ"] = best
    issue_for_activity(course, by=by)
    for venture in ventures:
        plan_follow_ups(venture, from_date=COURSE[1], by=by)


def followed(world: World, edition: Edition, ventures: list[Venture]) -> None:
    """Asked four times; fewer answer each time, and silence stays unknown."""
    by: Any = coordinator(world, "AZ")
    for months, share, alive in (
        (3, 0.87, 0.95),
        (6, 0.78, 0.86),
        (12, 0.65, 0.72),
        (24, 0.48, 0.6),
    ):
        for follow_up in FollowUp.objects.filter(venture__in=ventures, months=months):
            with at(follow_up.due_on, hour=10):
                ask_follow_up(follow_up, by=by)
            if world.random.random() > share:
                continue
            with at(follow_up.due_on + timedelta(days=6)):
                is_active = world.random.random() < alive
                jobs = world.random.randint(1, 6) if is_active else 0
                answers = {
                    "had_revenue": is_active and world.random.random() < 0.7,
                    "pays_staff": is_active and world.random.random() < 0.5,
                    "served_users": is_active,
                    "is_registered": is_active and world.random.random() < 0.6,
                    "paid_jobs": jobs,
                    "paid_jobs_women": world.random.randint(0, jobs),
                }
                answer_follow_up(follow_up, answers=answers)
    with at(2023, 11, 15):
        close_edition(edition, reason="", by=by)
