"""Peers look at a part of a dossier; the team answers; the review is closed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..access import is_instructor, is_member
from ..errors import InsideTheTeam, NotGiven, WrongState
from ..models import Dossier, PeerReview
from .editing import locked_dossier


@transaction.atomic
def open_review(dossier: Dossier, *, subject: str, text: str, by: Person) -> PeerReview:
    """Write down what somebody outside the team found; it is open until it is closed.

    Raises:
        InsideTheTeam: the person is a member.
        NotGiven: nothing was said, or not about what.
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(dossier)
    if is_member(by, held):
        raise InsideTheTeam(_("A member of the team cannot judge its own dossier."))
    if not text.strip() or subject not in PeerReview.Subject.values:
        raise NotGiven(_("Say what you looked at and what you found."))
    made = PeerReview.objects.create(dossier=held, subject=subject, text=text.strip(), author=by)
    record("reviewed", held, by=by, after={"part": subject})
    return made


@transaction.atomic
def answer_review(review: PeerReview, *, answer: str, by: Person) -> PeerReview:
    """The team says what it did about a review.

    Raises:
        WrongState: it is closed, or the person is not of the team.
        NotGiven: nothing was said.
    """
    held, found = _open(review)
    if not is_member(by, held):
        raise WrongState(_("The team answers a review of its dossier."))
    if not answer.strip():
        raise NotGiven(_("Say what the team did about it."))
    found.answer = answer.strip()
    found.save(update_fields=["answer", "changed_at"])
    record("answered review", held, by=by, after={"part": found.subject})
    return found


@transaction.atomic
def close_review(review: PeerReview, *, by: Person) -> PeerReview:
    """Close a review: whoever wrote it, or an instructor, is content with what the team did.

    Raises:
        InsideTheTeam: a member would close it.
        WrongState: it is closed already, or the person is neither its author nor teaches here.
    """
    held, found = _open(review)
    if is_member(by, held):
        raise InsideTheTeam(_("A member of the team cannot judge its own dossier."))
    if found.author_id != by.pk and not is_instructor(by, held.activity):
        raise WrongState(_("Whoever wrote a review closes it, or an instructor."))
    found.closed_at, found.closed_by = clock.now(), by
    found.save(update_fields=["closed_at", "closed_by", "changed_at"])
    record("closed review", held, by=by, after={"part": found.subject})
    return found


def _open(review: PeerReview) -> tuple[Dossier, PeerReview]:
    held = locked_dossier(review.dossier)
    found = PeerReview.objects.select_for_update().get(pk=review.pk)
    if found.closed_at is not None:
        raise WrongState(_("This review is closed."))
    return held, found
