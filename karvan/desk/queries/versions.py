"""What a newer version must leave alone in an edition, and whom and what it touches there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.calls.models import Application
from karvan.stages.delivery.models import Attendance
from karvan.stages.editions.models import Edition
from karvan.stages.editions.services import Carried, Fate, Held, NewPart
from karvan.stages.timetables.models import Placement, Session

from .facts import Facts, facts_of

# What of an activity changes the days of those who take part, and what its timetable is made from.
FELT = ("duration", "sessions", "plan", "assessment", "award", "milestones", "demo_day")
TIMETABLED = ("duration", "sessions", "plan", "rooms", "trainer_roles", "equipment", "cohort")
# What is settled once an activity is over, and once people apply.
OVER = ("sessions", "duration", "plan", "cohort")
APPLIED_UNDER = ("form", "selection")


@dataclass(frozen=True, slots=True)
class Touched:
    """What taking the version does beyond the design: activities by code, people by count."""

    repaired: tuple[str, ...]
    told: int
    rebased: tuple[str, ...]


def held_of(edition: Edition) -> tuple[Held, ...]:
    """What has happened in the edition, part by part, with how that is known. Two queries."""
    found: list[Held] = []
    sessions = _sessions_held(edition)
    for one in facts_of(edition.activities.all()):
        found += _by_facts(one)
        found += [
            Held(f"activities.{one.activity}.sessions.{session.blueprint_code}", _was_held(session))
            for session in sessions
            if session.activity.code == one.activity
        ]
    return tuple({held.path: held for held in found}.values())


def standing_facts(edition: Edition) -> list[str]:
    """The same in a few sentences: sessions held, offers sent, people selected, certificates."""
    held = len({(one.activity_id, one.blueprint_code) for one in _sessions_held(edition)})
    facts = facts_of(edition.activities.all())
    received = sum(one.received for one in facts)
    sent = sum(one.offers for one in facts)
    enrolled = sum(one.enrolled for one in facts)
    certified = sum(one.credentials for one in facts)
    said = (
        (
            held,
            ngettext(
                "%(n)s session has been held and stays as it was.",
                "%(n)s sessions have been held and stay as they were.",
                held,
            ),
        ),
        (
            received,
            ngettext(
                "%(n)s application was received; its form and the way of selection stay.",
                "%(n)s applications were received; their form and the way of selection stay.",
                received,
            ),
        ),
        (
            sent,
            ngettext(
                "%(n)s offer of a place was sent and stands.",
                "%(n)s offers of places were sent and stand.",
                sent,
            ),
        ),
        (
            enrolled,
            ngettext(
                "%(n)s person takes part already and keeps the place.",
                "%(n)s people take part already and keep their places.",
                enrolled,
            ),
        ),
        (
            certified,
            ngettext(
                "%(n)s certificate was issued under the present award and stays valid.",
                "%(n)s certificates were issued under the present award and stay valid.",
                certified,
            ),
        ),
    )
    return [words % {"n": formats.number(count)} for count, words in said if count]


def touched(edition: Edition, carried: Carried) -> Touched:
    """Which timetables have to be mended, how many people are told, which indicators change."""
    repaired = timetables_to_mend(edition, carried)
    felt = changed_in(carried.parts, FELT)
    people = people_told(edition, felt).count() + applicants_told(edition, felt).count()
    return Touched(tuple(sorted(repaired)), people, indicators_changed(carried.parts))


def timetables_to_mend(edition: Edition, carried: Carried) -> dict[str, list[str]]:
    """By activity, the sessions of the design that changed under a timetable that is laid out."""
    found: dict[str, list[str]] = {}
    laid_out = {
        one.activity
        for one in facts_of(edition.activities.all())
        if one.sessions and not one.has_ended
    }
    for code in changed_in(carried.parts, TIMETABLED) & laid_out:
        prefix = f"activities.{code}.sessions."
        inside = [
            one.path.removeprefix(prefix).partition(".")[0]
            for one in carried.parts
            if one.fate is Fate.TAKEN and one.path.startswith(prefix)
        ]
        found[code] = sorted(set(inside))
    return found


def changed_in(parts: Iterable[NewPart], names: tuple[str, ...]) -> set[str]:
    """The codes of the activities in which one of these parts is taken from the version."""
    return {
        pieces[1]
        for one in parts
        if one.fate is Fate.TAKEN
        for pieces in [one.path.split(".")]
        if pieces[0] == "activities" and len(pieces) > 2 and pieces[2] in names
    }


def indicators_changed(parts: Iterable[NewPart]) -> tuple[str, ...]:
    """The codes of the indicators that the version defines otherwise, adds or drops."""
    codes = [
        one.path.split(".")[1]
        for one in parts
        if one.fate is Fate.TAKEN and one.path.startswith("indicators.")
    ]
    return tuple(dict.fromkeys(codes))


def people_told(edition: Edition, activities: set[str]) -> QuerySet[Person]:
    """Those who take part in, or teach, one of these activities and can be written to."""
    ahead = Q(
        enrolments__activity__edition=edition,
        enrolments__activity__code__in=activities,
        enrolments__state="enrolled",
    ) | Q(teaching__activity__edition=edition, teaching__activity__code__in=activities)
    return (
        Person.objects.filter(ahead, is_active=True, email__isnull=False).order_by("pk").distinct()
    )


def applicants_told(edition: Edition, activities: set[str]) -> QuerySet[Application]:
    """Those who have, or may accept, an offer there and do not take part yet."""
    return (
        Application.objects.filter(
            call__activity__edition=edition,
            call__activity__code__in=activities,
            offer__state__in=["offered", "accepted"],
            enrolments__isnull=True,
        )
        .exclude(email="")
        .exclude(email__in=people_told(edition, activities).values("email"))
        .order_by("pk")
    )


def _sessions_held(edition: Edition) -> list[Session]:
    """Sessions that have a roll, or stood in a published timetable and are over, with their day."""
    called = Attendance.objects.filter(session=OuterRef("pk"))
    over = Placement.objects.filter(
        session=OuterRef("pk"), timetable__state="published", ends_at__lte=clock.now()
    )
    return list(
        Session.objects.filter(Exists(called) | Exists(over), activity__edition=edition)
        .exclude(is_cancelled=True)
        .select_related("activity__edition")
        .annotate(
            ended_at=Max("placements__ends_at", filter=Q(placements__timetable__state="published"))
        )
        .order_by("activity__position", "position")
    )


def _was_held(session: Session) -> str:
    ended = getattr(session, "ended_at", None)
    title = in_language(session.titles)
    if ended is None:
        return _("“%(session)s” has been held.") % {"session": title}
    return _("“%(session)s” was held on %(day)s.") % {
        "session": title,
        "day": formats.date_in_words(ended.date()),
    }


def _by_facts(one: Facts) -> Iterator[Held]:
    here = f"activities.{one.activity}"
    if one.has_ended and one.ends_on:
        why = _("“%(activity)s” ended on %(day)s.") % {
            "activity": in_language(one.titles),
            "day": formats.date_in_words(one.ends_on),
        }
        yield from (Held(f"{here}.{name}", why) for name in OVER)
    if one.received:
        why = ngettext(
            "%(n)s application was received under it.",
            "%(n)s applications were received under it.",
            one.received,
        ) % {"n": formats.number(one.received)}
        yield from (Held(f"{here}.{name}", why) for name in APPLIED_UNDER)
    if one.credentials:
        why = ngettext(
            "%(n)s certificate was issued under it.",
            "%(n)s certificates were issued under it.",
            one.credentials,
        ) % {"n": formats.number(one.credentials)}
        yield Held(f"{here}.award", why)
