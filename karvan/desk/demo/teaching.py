"""Acts of teaching that several chapters tell the same way: trainers, timetable, roll, coursework, teams."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Coursework, Enrolment, HandIn
from karvan.stages.delivery.services import call_roll, enrol, enrol_accepted, plan_coursework
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document
from karvan.stages.selection.models import Offer
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    lay_out_sessions,
    make_groups,
    publish_timetable,
)
from karvan.stages.ventures.models import Jury, JuryMark, Team, Venture
from karvan.stages.ventures.services import (
    assign_mentor,
    claim_milestone,
    close_jury,
    form_team,
    register_venture,
    seat_jury,
    verify_milestone,
)

from .world import World

PITCH = {
    "scale": [0, 5],
    "criteria": [
        {"code": "A1", "weight": 30, "title": {"en": "Problem evidence", "fr": "Preuves du problème", "ar": "أدلة المشكلة", "az": "Problemin sübutu"}},
        {"code": "A2", "weight": 25, "title": {"en": "Prototype and learning", "fr": "Prototype et apprentissage", "ar": "النموذج الأولي والتعلم", "az": "Prototip və öyrənmə"}},
        {"code": "A3", "weight": 20, "title": {"en": "Team and roles", "fr": "Équipe et rôles", "ar": "الفريق والأدوار", "az": "Komanda və rollar"}},
        {"code": "A4", "weight": 15, "title": {"en": "Business reasoning", "fr": "Raisonnement économique", "ar": "التفكير التجاري", "az": "Biznes düşüncəsi"}},
        {"code": "A5", "weight": 10, "title": {"en": "Pitch", "fr": "Présentation", "ar": "العرض", "az": "Təqdimat"}},
    ],
}  # fmt: skip
VENTURES = (
    "Cold Box", "River Gauge", "Second Hand Parts", "Clinic Link", "Soil Voice", "Quiet Pump",
    "Sun Dryer", "Lab in a Bag", "Safe Socket", "Bread Map", "Repair Street", "Bee Scale",
    "Water Clock", "Open Splint", "Market Lens", "Bus Whisper", "Seed Ledger", "Air Watch",
    "Tiny Centrifuge", "Story Walls", "Glass Loop", "Silk Data", "Warm Room", "Night Class",
    "Green Ramp",
)  # fmt: skip
SECTORS = ("health", "agriculture", "education", "environment", "transport", "culture")


def seat_trainers(
    world: World, activity: Activity, *, by: Person, first: Person | None = None
) -> None:
    """A head trainer, facilitators and mentors enough for every role of the design."""
    country = activity.edition.country_id
    roles = [one["code"] for one in activity_document(activity)["trainer_roles"]]
    persons = [first] if first else [world.person(country)]
    persons += [world.person(country) for _one in range(13)]
    for person in persons:
        add_trainer(
            activity, person=person, roles=roles, languages=activity.edition.languages, by=by
        )


def groups(activity: Activity, people: int, count: int, *, by: Person) -> None:
    """So many groups, as even as the people allow."""
    share, more = divmod(people, count)
    make_groups(activity, sizes=[share + (number < more) for number in range(count)], by=by)


def timetable(
    activity: Activity, *, by: Person, opened_anyway: Collection[date] = (), work_limit: int = 4
) -> Timetable:
    """Sessions laid out and a published timetable."""
    lay_out_sessions(activity, by=by)
    built = build_timetable(activity, opened_anyway=opened_anyway, work_limit=work_limit, by=by)
    return publish_timetable(built, by=by)


def take_part(activity: Activity, count: int, *, by: Person) -> list[Enrolment]:
    """Enrol everybody who accepted a place, in so many groups."""
    accepted = Offer.objects.filter(run__call__activity=activity, state="accepted").count()
    groups(activity, accepted, count, by=by)
    return enrol_accepted(activity, by=by)


def take_on(course: Activity, teams: Sequence[Team], count: int, *, by: Person) -> list[Enrolment]:
    """Enrol the members of admitted teams in the course; a team stays in one group."""
    members = [list(team.memberships.select_related("enrolment__person")) for team in teams]
    groups(course, sum(map(len, members)), count, by=by)
    shared = list(course.groups.order_by("code"))
    return [
        enrol(
            course,
            person=one.enrolment.person,
            application=one.enrolment.application,
            attributes=one.enrolment.attributes,
            group=shared[number % count],
            by=by,
        )
        for number, team in enumerate(members)
        for one in team
    ]


def one_more(camp: Activity, person: Person, *, sex: str, by: Person) -> Enrolment:
    """Enrol one person of whom no more is known than that she or he took part."""
    return enrol(camp, person=person, attributes={"sex": sex}, by=by)


def like_the_others(camp: Activity, late: Enrolment, *, by: Person) -> None:
    """Somebody enrolled after the roll was called was there all the same, and handed in."""
    placed = Placement.objects.filter(timetable__activity=camp, timetable__state="published")
    for placement in placed.select_related("session"):
        if placement.session.group_id in (None, late.group_id):
            call_roll(placement.session, states={late.pk: "present"}, by=by)
    hand_ins = [
        HandIn(
            coursework=coursework, enrolment=late, number=number, text="Notes of my own.",
            state="marked", handed_in_at=clock.now(), percent=84, marked_by=by, marked_at=clock.now(),
        )
        for coursework in Coursework.objects.filter(activity=camp)
        for number in (1, 2)
    ]  # fmt: skip
    HandIn.objects.bulk_create(hand_ins)


def hold(world: World, activity: Activity, *, by: Person, until: date | None = None) -> int:
    """Call the roll of every session held so far; returns how many. Most come, some late."""
    placed = Placement.objects.filter(timetable__activity=activity, timetable__state="published")
    placed = placed.select_related("session").order_by("starts_at")
    faithful: dict[int, float] = {}
    held = 0
    for placement in placed:
        if until and placement.starts_at.date() > until:
            break
        people = activity.enrolments.exclude(state="left")
        if placement.session.group_id:
            people = people.filter(group=placement.session.group_id)
        states = {}
        for key in people.values_list("pk", flat=True):
            habit = faithful.setdefault(key, 0.97 if world.random.random() > 0.06 else 0.6)
            drawn = world.random.random()
            states[key] = (
                "present" if drawn < habit - 0.04 else "late" if drawn < habit else "absent"
            )
        moment = min(placement.ends_at, clock.now()) if clock.is_replaying() else placement.ends_at
        with clock.replaying(max(moment, placement.starts_at)):
            call_roll(placement.session, states=states, by=by)
        held += 1
    return held


def hand_in_all(world: World, activity: Activity, *, by: Person, share: float = 0.94) -> None:
    """Everybody hands in what the award asks for, and it is marked. Written in bulk."""
    plan_coursework(activity, by=by)
    rows = []
    twice = {"interview": 2}
    for coursework in Coursework.objects.filter(activity=activity):
        for enrolment in activity.enrolments.exclude(state="left"):
            if world.random.random() > share:
                continue
            for number in range(1, twice.get(coursework.code, 1) + 1):
                rows.append(
                    HandIn(
                        coursework=coursework,
                        enrolment=enrolment,
                        number=number,
                        text="Notes and photographs are in the team's folder.",
                        state="marked",
                        handed_in_at=clock.now(),
                        percent=min(100, max(40, round(world.random.gauss(76, 11)))),
                        marked_by=by,
                        marked_at=clock.now(),
                    )
                )
    HandIn.objects.bulk_create(rows, batch_size=500)


def teams(
    world: World, edition: Edition, camp: Activity, count: int, *, by: Person
) -> list[Venture]:
    """Share the camp's participants out into teams, each with its venture."""
    people = list(camp.enrolments.exclude(state="left").order_by("pk"))
    world.random.shuffle(people)
    names = list(VENTURES)
    world.random.shuffle(names)
    made = []
    for number in range(count):
        members = people[number::count]
        name = names[number % len(names)]
        team = form_team(edition, name=f"Team {name}", members=members, by=by)
        made.append(register_venture(team, name=name, sector=world.random.choice(SECTORS), by=by))
    return made


def jury(
    world: World,
    activity: Activity,
    ventures: Sequence[Venture],
    *,
    kind: str,
    titles: dict[str, str],
    places: int,
    held_on: date,
    by: Person,
    admits_to: Activity | None = None,
) -> list[Venture]:
    """Seat a jury of five, write its marks in bulk and close it; returns those that go on."""
    members = [world.person(activity.edition.country_id) for _one in range(5)]
    seated: Jury = seat_jury(
        kind=kind, titles=titles, places=places, members=members, rubric=PITCH,
        activity=activity, held_on=held_on, by=by,
    )  # fmt: skip
    marks = []
    for venture in ventures:
        level = world.random.gauss(3.2, 0.7)
        for juror in members:
            given = {
                one["code"]: min(5, max(0, round(world.random.gauss(level, 0.6))))
                for one in PITCH["criteria"]  # type: ignore[attr-defined]
            }
            total = sum(one["weight"] * given[one["code"]] * 20 for one in PITCH["criteria"])  # type: ignore[attr-defined]
            marks.append(
                JuryMark(
                    jury=seated,
                    juror=juror,
                    venture=venture,
                    marks=given,
                    total=total,
                    at=clock.now(),
                )
            )
    JuryMark.objects.bulk_create(marks)
    ranked = close_jury(seated, by=by, admits_to=admits_to)
    return [one.venture for one in ranked[:places]]


def prove(
    world: World, venture: Venture, codes: Sequence[str], *, start: date, verifier: Person
) -> None:
    """A venture claims milestones week by week and somebody outside verifies them."""
    member = venture.team.memberships.select_related("enrolment__person").first()
    if member is None:
        return
    details: dict[str, dict[str, Any]] = {
        "M1": {"interviews": world.random.randint(15, 24), "people_outside": world.random.randint(12, 15)},
        "M3": {"user_tests": world.random.randint(5, 11)},
        "M4": {"kind": world.random.choice(("invoice", "letter_of_intent")), "amount": str(world.random.randint(8, 90) * 10), "date": start.isoformat()},
        "M5": {"registry": "State register of legal persons", "registry_number": str(world.random.randint(10**9, 10**10))},
        "M6": {"kind": world.random.choice(("grant", "revenue", "prize")), "amount": str(world.random.randint(10, 120) * 100), "currency": "AZN"},
    }  # fmt: skip
    for week, code in enumerate(codes):
        fact = start + timedelta(weeks=week)
        if fact > clock.today():
            return
        claim = claim_milestone(
            venture,
            code=code,
            fact_on=fact,
            evidence="The records are in the team's folder; the mentor has seen them.",
            details=details.get(code, {}),
            by=member.enrolment.person,
        )
        verify_milestone(claim, by=verifier, note="Seen.")


def mentors(
    world: World, ventures: Sequence[Venture], *, by: Person, first: Person | None = None
) -> list[Person]:
    """One mentor to three ventures."""
    country = ventures[0].team.edition.country_id
    pool = [first] if first else []
    pool += [world.person(country) for _one in range(max(1, len(ventures) // 3) - len(pool))]
    for number, venture in enumerate(ventures):
        assign_mentor(venture, mentor=pool[number % len(pool)], by=by)
    return pool
