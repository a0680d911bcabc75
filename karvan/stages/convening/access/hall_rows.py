"""Sittings, motions, votes and what was decided, as a given person may reach them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.people.models import Person

from ..models import (
    Delegation,
    FinalReport,
    Motion,
    MotionParagraph,
    Resolution,
    ResolutionParagraph,
    SessionDelegate,
    Sitting,
    StatutorySession,
    VoteEvent,
)
from .reached import (
    delegations_of,
    organ_for,
    runs,
    session_for,
    session_to_run,
    sessions_for,
)

Row = TypeVar("Row", Sitting, Motion, VoteEvent, Resolution, FinalReport)


def sitting_for(person: Person, organ: str, session: str, number: int) -> Sitting:
    """A sitting of a session the person reads, or 404."""
    found = session_for(person, organ, session)
    return _of_session(found.sittings.select_related("chair", "rapporteur"), found, number=number)


def sitting_to_run(person: Person, organ: str, session: str, number: int) -> Sitting:
    """A sitting the person may lead; 403 for other readers."""
    found = session_to_run(person, organ, session)
    return _of_session(found.sittings.all(), found, number=number)


def open_sitting_of(session: StatutorySession) -> Sitting | None:
    """The sitting of the session that is open now, or None."""
    found = session.sittings.filter(opened_at__isnull=False, closed_at=None).first()
    if found:
        found.session = session
    return found


def delegation_to_mark(sitting: Sitting, pk: int) -> Delegation:
    """A delegation to the sitting's session, or 404."""
    return get_object_or_404(sitting.session.delegations, pk=pk)


def motion_for(person: Person, organ: str, session: str, pk: int) -> Motion:
    """A motion put to a session the person reads, or 404."""
    found = session_for(person, organ, session)
    return _of_session(found.motions.select_related("item", "amends"), found, pk=pk)


def motion_to_run(person: Person, organ: str, session: str, pk: int) -> Motion:
    """A motion the person may lead through the session; 403 for other readers."""
    found = session_to_run(person, organ, session)
    return _of_session(found.motions.select_related("item", "amends"), found, pk=pk)


def paragraph_to_change(
    person: Person, organ: str, session: str, pk: int, paragraph: int
) -> MotionParagraph:
    """A paragraph of a motion the person may lead, or 404."""
    motion = motion_to_run(person, organ, session, pk)
    found = get_object_or_404(motion.paragraphs, pk=paragraph)
    found.motion = motion
    return found


def session_to_propose(
    person: Person, organ: str, session: str
) -> tuple[StatutorySession, QuerySet[Delegation]]:
    """A session and the delegations the person may put a motion for: all of them for the
    secretariat, a delegate's own; 403 for everybody else."""
    found = session_for(person, organ, session)
    if runs(person, found):
        return found, found.delegations.filter(capacity="member").select_related("membership")
    own = delegations_of(person, found).filter(capacity="member")
    if not own.exists():
        raise PermissionDenied
    return found, own


def motion_to_amend(
    person: Person, organ: str, session: str, pk: int
) -> tuple[Motion, QuerySet[Delegation]]:
    """A motion and the delegations the person may amend it or carry it for; 403 for others."""
    found, delegations = session_to_propose(person, organ, session)
    return _of_session(found.motions.select_related("item"), found, pk=pk), delegations


def vote_for(person: Person, organ: str, session: str, pk: int) -> VoteEvent:
    """A vote of a session the person reads, or 404."""
    found = session_for(person, organ, session)
    rows = found.votes.select_related("sitting", "motion", "begins_with")
    return _of_session(rows, found, pk=pk)


def vote_to_run(person: Person, organ: str, session: str, pk: int) -> VoteEvent:
    """A vote the person may lead; 403 for other readers."""
    found = session_to_run(person, organ, session)
    rows = found.votes.select_related("sitting", "motion", "begins_with")
    return _of_session(rows, found, pk=pk)


def own_delegation(person: Person, organ: str, session: str) -> tuple[StatutorySession, Delegation]:
    """The session and the delegation the person votes for; 403 for those in none."""
    found = session_for(person, organ, session)
    own = delegations_of(person, found).order_by("capacity", "pk")
    delegation = own.filter(capacity="member").first() or own.first()
    if delegation is None:
        raise PermissionDenied
    return found, delegation


def persons_to_lead(session: StatutorySession) -> QuerySet[SessionDelegate]:
    """Who may chair a sitting or take it down: whoever is in a delegation to the session."""
    rows = SessionDelegate.objects.filter(delegation__session=session)
    return rows.select_related("delegation").order_by("delegation__capacity", "name")


def resolution_for(person: Person, organ: str, session: str, pk: int) -> Resolution:
    """A resolution of a session the person reads, or 404."""
    found = session_for(person, organ, session)
    return _of_session(found.resolutions.select_related("item", "motion", "vote"), found, pk=pk)


def paragraph_to_follow(
    person: Person, organ: str, session: str, pk: int, paragraph: int
) -> ResolutionParagraph:
    """An operative paragraph of a resolution that the person may follow up, or 404."""
    of = session_to_run(person, organ, session)
    resolution = _of_session(of.resolutions.all(), of, pk=pk)
    found = get_object_or_404(resolution.paragraphs.filter(is_operative=True), pk=paragraph)
    found.resolution = resolution
    return found


def resolutions_of_organ(person: Person, code: str) -> QuerySet[Resolution]:
    """What an organ has adopted in the sessions that the person reads; 404 for no such organ."""
    organ = organ_for(person, code)
    reached = sessions_for(person).filter(organ=organ)
    rows = Resolution.objects.filter(organ=organ, session__in=reached.values("pk"))
    return rows.select_related("session__organ", "item", "vote")


def report_for(person: Person, organ: str, session: str, language: str) -> FinalReport:
    """The final report of a session in one language, or 404."""
    found = session_for(person, organ, session)
    return _of_session(found.final_reports.all(), found, language=language)


def report_to_edit(person: Person, organ: str, session: str, language: str) -> FinalReport:
    """The final report the person may edit; 403 for other readers."""
    found = session_to_run(person, organ, session)
    return _of_session(found.final_reports.all(), found, language=language)


def _of_session(rows: QuerySet[Row], session: StatutorySession, **which: Any) -> Row:
    found = get_object_or_404(rows, **which)
    found.session = session
    return found


def may_propose(person: Person, session: StatutorySession) -> bool:
    """True for those who may put a motion: the secretariat, and delegates of members."""
    own = delegations_of(person, session).filter(capacity="member")
    return runs(person, session) or own.exists()


def motion_to_carry(person: Person, organ: str, session: str, pk: int) -> tuple[Motion, Delegation]:
    """A motion and the person's own delegation; 403 for those in no member's delegation."""
    motion = motion_for(person, organ, session, pk)
    own = delegations_of(person, motion.session).filter(capacity="member").first()
    if own is None:
        raise PermissionDenied
    return motion, own


def may_carry(person: Person, motion: Motion) -> bool:
    """True if a member's delegation the person is in does not carry the motion yet."""
    own = delegations_of(person, motion.session).filter(capacity="member").first()
    if own is None or motion.kind == Motion.Kind.AMENDMENT:
        return False
    carrying = {*motion.sponsors.values_list("pk", flat=True)}
    return own.pk not in carrying | {*motion.co_sponsors.values_list("pk", flat=True)}


def motion_to_put(sitting: Sitting, asked: str) -> Motion | None:
    """The motion named by its key in an address, None where none is; 404 for one that is not there."""
    if not asked:
        return None
    pk = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    return get_object_or_404(sitting.session.motions.select_related("item"), pk=pk)


def delegation_of_vote(event: VoteEvent, pk: int) -> Delegation:
    """A delegation to the session of the vote, or 404."""
    return get_object_or_404(event.session.delegations, pk=pk)


def last_vote_of(sitting: Sitting | None) -> VoteEvent | None:
    """The vote that was closed last in a sitting, or None."""
    if sitting is None:
        return None
    found = sitting.votes.exclude(result="open").select_related("motion").last()
    if found:
        found.session = sitting.session
    return found
