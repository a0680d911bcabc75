"""Mentors and what they talk about with a venture."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person, Role
from karvan.foundation.records.services import record

from ..errors import InsideTheTeam, WrongState
from ..models import MentoringSession, Mentorship, Venture
from ..queries import members_of


@transaction.atomic
def assign_mentor(venture: Venture, *, mentor: Person, by: Person | None) -> Mentorship:
    """Let a mentor stand by a venture; gives the role in the venture's edition.

    Raises:
        InsideTheTeam: the person is a member of the team.
        WrongState: the person mentors this venture already.
    """
    if members_of(venture).filter(pk=mentor.pk).exists():
        raise InsideTheTeam(_("A member of the team cannot be its mentor."))
    if venture.mentorships.filter(mentor=mentor).exists():
        raise WrongState(_("%(person)s already mentors this venture.") % {"person": mentor})
    Role.objects.get_or_create(
        person=mentor, kind=Role.Kind.MENTOR, scope=venture.scope, party=None
    )
    mentorship = Mentorship.objects.create(venture=venture, mentor=mentor, since=clock.today())
    record("mentor assigned", venture, by=by, after={"mentor": str(mentor)})
    return mentorship


@transaction.atomic
def note_mentoring(
    mentorship: Mentorship,
    *,
    held_on: date,
    minutes: int,
    notes: str,
    by: Person | None,
    next_step: str = "",
) -> MentoringSession:
    """Write down a meeting of mentor and venture.

    Raises:
        WrongState: it took no time, or lies ahead.
    """
    if minutes < 1:
        raise WrongState(_("Say how many minutes the meeting took."))
    if held_on > clock.today():
        raise WrongState(_("Only a meeting that took place can be written down."))
    meeting = MentoringSession.objects.create(
        mentorship=mentorship, held_on=held_on, minutes=minutes, notes=notes, next_step=next_step
    )
    record("mentored", mentorship.venture, by=by, after={"on": held_on, "minutes": minutes})
    return meeting
