"""What waits for reviewers, trainers and mentors."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import within
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.calls.wording import takes_abstracts_by, worded
from karvan.stages.delivery.models import HandIn
from karvan.stages.reviews.models import Assignment, ReviewRound
from karvan.stages.timetables.models import Placement
from karvan.stages.timetables.queries import placements_for
from karvan.stages.ventures.models import Mentorship, Milestone

from ...links import link
from .need import MOST, Need, is_past, named

DAYS_WITHOUT_MEETING = 30


def reads_to_do(person: Person) -> list[Need]:
    """How many applications the person has still to read, round by round. One query."""
    undone = Q(review__isnull=True) | ~Q(review__state="done")
    rows = (
        Assignment.objects.filter(
            undone,
            reviewer__person=person,
            reviewer__is_active=True,
            withdrawn_at__isnull=True,
            application__state="submitted",
            round__state=ReviewRound.State.OPEN,
        )
        .order_by()
        .values(
            "round",
            "round__due_at",
            "round__call__activity__format",
            "round__call__activity__edition__time_zone",
        )
        .annotate(count=Count("pk"))[:MOST]
    )
    return [
        Need(
            key=f"reads:{row['round']}",
            sentence=worded(
                takes_abstracts_by(row["round__call__activity__format"]),
                "%(count)s application waits for you to read it.",
                number=row["count"],
                count=formats.number(row["count"]),
            ),
            act=worded(
                takes_abstracts_by(row["round__call__activity__format"]),
                "Read the next application",
            ),
            url=link("reviews:queue"),
            due=row["round__due_at"],
            zone=row["round__call__activity__edition__time_zone"],
            is_late=is_past(row["round__due_at"]),
        )
        for row in rows
    ]


def next_session(person: Person) -> list[Need]:
    """The next session the person teaches or attends. Two queries."""
    rows = placements_for(person).filter(starts_at__gte=clock.now(), session__is_cancelled=False)[
        :1
    ]
    return [
        Need(
            key=f"session:{row.pk}",
            sentence=_("Your next session is %(session)s, %(place)s.")
            % {"session": named(row.session), "place": named(_place(row))},
            act=_("See the timetable"),
            url=link("timetables:mine"),
            due=row.starts_at,
            zone=row.session.activity.edition.time_zone,
        )
        for row in rows
    ]


def _place(placement: Placement) -> str:
    room = placement.room
    return f"{room.name}, {room.venue}" if room else _("online")


def rolls_to_call(person: Person) -> list[Need]:
    """Sessions the person taught whose roll nobody called. One query."""
    rows = (
        Placement.objects.filter(
            trainers__person=person,
            timetable__state="published",
            session__is_cancelled=False,
            session__attendance__isnull=True,
            session__activity__enrolments__state="enrolled",
            ends_at__lt=clock.now(),
        )
        .select_related("session__activity__edition")
        .order_by("starts_at", "pk")
        .distinct()[:MOST]
    )
    return [
        Need(
            key=f"roll:{row.session_id}",
            sentence=_("The roll of %(session)s was not called.") % {"session": named(row.session)},
            act=_("Call the roll"),
            url=link(
                "delivery:session",
                edition=row.session.activity.edition.slug,
                activity=row.session.activity.code,
                pk=row.session_id,
            ),
            due=row.starts_at,
            zone=row.session.activity.edition.time_zone,
            is_late=True,
        )
        for row in rows
    ]


def work_to_mark(person: Person) -> list[Need]:
    """Work handed in and not marked, in the person's activities. One query."""
    rows = (
        HandIn.objects.filter(
            within(person, ("trainer",), "coursework__activity__scope"),
            state=HandIn.State.HANDED_IN,
        )
        .order_by()
        .values("coursework__activity__edition__slug", "coursework__activity__code")
        .annotate(count=Count("pk"))[:MOST]
    )
    return [
        Need(
            key="mark:{coursework__activity__edition__slug}:{coursework__activity__code}".format(
                **row
            ),
            sentence=ngettext(
                "%(count)s piece of coursework waits for a mark.",
                "%(count)s pieces of coursework wait for a mark.",
                row["count"],
            )
            % {"count": formats.number(row["count"])},
            act=_("Mark the coursework"),
            url=link(
                "delivery:coursework",
                edition=row["coursework__activity__edition__slug"],
                activity=row["coursework__activity__code"],
            ),
        )
        for row in rows
    ]


def claims_to_verify(person: Person) -> list[Need]:
    """Milestones claimed by ventures the person mentors. One query."""
    count = (
        Milestone.objects.filter(state=Milestone.State.CLAIMED, venture__mentorships__mentor=person)
        .exclude(claimed_by=person)
        .count()
    )
    return [claims_waiting(count)] if count else []


def claims_waiting(count: int) -> Need:
    """The sentence about milestones that wait, for mentors and coordinators alike."""
    return Need(
        key="claims",
        sentence=ngettext(
            "%(count)s milestone is claimed and waits for somebody to look at its evidence.",
            "%(count)s milestones are claimed and wait for somebody to look at their evidence.",
            count,
        )
        % {"count": formats.number(count)},
        act=_("Look at the evidence"),
        url=link("ventures:claims"),
    )


def meetings_to_note(person: Person) -> list[Need]:
    """Ventures with which the person has noted no meeting for a month. One query."""
    today = clock.today()
    since = today - timedelta(days=DAYS_WITHOUT_MEETING)
    rows = (
        Mentorship.objects.filter(Q(until__isnull=True) | Q(until__gte=today), mentor=person)
        .exclude(venture__team__edition__state__in=["closed", "cancelled"])
        .annotate(last=Max("meetings__held_on"))
        .filter(Q(last__lt=since) | Q(last__isnull=True, since__lt=since))
        .select_related("venture")
        .order_by("pk")[:MOST]
    )
    return [
        Need(
            key=f"mentoring:{row.pk}",
            sentence=_("No meeting with %(venture)s is noted for a month.")
            % {"venture": named(row.venture)},
            act=_("Note a meeting"),
            url=link("ventures:mentoring", pk=row.pk),
        )
        for row in rows
    ]
