"""Who reads: reviewers, and what they must not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.access import holds
from karvan.foundation.people.models import Person
from karvan.foundation.people.services import create_person, grant_role
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold

from ..errors import (
    AlreadyReviewer,
    LanguageNotKnown,
    LoadNotPossible,
    ReasonMissing,
    WrongState,
)
from ..models import Assignment, Conflict, Reviewer, ReviewRound
from ..queries import applications_to_read, languages_to_read
from .authors import INSTITUTION, author_rows, find_author_conflicts, has_authors
from .letters import tell_reviewers


@transaction.atomic
def add_reviewer(
    round: ReviewRound,
    *,
    person: Person,
    languages: Sequence[str],
    by: Person | None,
    fields: Sequence[str] = (),
    institution: str = "",
    load_low: int = 0,
    load_high: int = 40,
) -> Reviewer:
    """Let a person read in this round, with the reviewer's role in the activity; returns the reviewer.

    Applications from the reviewer's own institution become conflicts at once.

    Raises:
        WrongState: the round is closed.
        AlreadyReviewer: the person reads in it already.
        LoadNotPossible: ``load_low`` is above ``load_high``.
        LanguageNotKnown: a language is neither the call's nor the platform's, or none is given.
    """
    round = _open_to_change(round.pk)
    _check(round, languages, load_low, load_high)
    if Reviewer.objects.filter(round=round, person=person).exists():
        raise AlreadyReviewer(_("This person reads in this round already."))
    reviewer = Reviewer.objects.create(
        round=round,
        person=person,
        languages=list(languages),
        fields=list(fields),
        institution=institution.strip(),
        load_low=load_low,
        load_high=load_high,
    )
    if not holds(person, ("reviewer",), round.scope):
        grant_role(person, kind="reviewer", scope=round.scope, by=by)
    find_institution_conflicts(round)
    after = {"languages": ", ".join(languages), "at_most": load_high}
    record("added reviewer", reviewer, by=by, after=after)
    return reviewer


@transaction.atomic
def invite_reviewer(
    round: ReviewRound, *, email: str, full_name: str = "", by: Person | None, **details: Any
) -> Reviewer:
    """Add the person with this address as a reviewer, registering them if nobody has it yet.

    ``details`` are those of ``add_reviewer``.

    Raises:
        NameMissing: the address is new and no name was given.
        WrongState, AlreadyReviewer, LoadNotPossible, LanguageNotKnown: as for ``add_reviewer``.
    """
    person = Person.objects.filter(email=email.lower()).first() or create_person(
        full_name=full_name, email=email, by=by
    )
    return add_reviewer(round, person=person, by=by, **details)


@transaction.atomic
def change_reviewer(
    reviewer: Reviewer,
    *,
    languages: Sequence[str],
    load_low: int,
    load_high: int,
    by: Person | None,
) -> Reviewer:
    """Change which languages a reviewer reads and how much; what is under way stays.

    Raises:
        WrongState: the round is closed.
        LoadNotPossible, LanguageNotKnown: as for ``add_reviewer``.
    """
    reviewer = _locked(reviewer)
    _check(reviewer.round, languages, load_low, load_high)
    before = _said(reviewer)
    reviewer.languages, reviewer.load_low, reviewer.load_high = list(languages), load_low, load_high
    reviewer.save(update_fields=["languages", "load_low", "load_high"])
    record("changed reviewer", reviewer, by=by, before=before, after=_said(reviewer))
    return reviewer


@transaction.atomic
def stop_reviewer(reviewer: Reviewer, *, reason: str, by: Person | None) -> Reviewer:
    """Take a reviewer out of the reading: nothing new is given, and what is finished counts.

    Reads that are not finished stay until ``rebalance_reads`` moves them to others.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: the round is closed, or the person has stopped already.
    """
    reviewer = _locked(reviewer)
    if not reason.strip():
        raise ReasonMissing(_("Say why this person stops reading."))
    if not reviewer.is_active:
        raise WrongState(_("This person has stopped reading already."))
    reviewer.is_active = False
    reviewer.save(update_fields=["is_active"])
    record("stopped reading", reviewer, by=by, after={"active": False}, reason=reason.strip())
    return reviewer


@transaction.atomic
def resume_reviewer(reviewer: Reviewer, *, by: Person | None) -> Reviewer:
    """Let somebody who stopped read again.

    Raises:
        WrongState: the round is closed, or the person reads.
    """
    reviewer = _locked(reviewer)
    if reviewer.is_active:
        raise WrongState(_("This person reads already."))
    reviewer.is_active = True
    reviewer.save(update_fields=["is_active"])
    record("reads again", reviewer, by=by, after={"active": True})
    return reviewer


@transaction.atomic
def declare_conflict(
    reviewer: Reviewer,
    *,
    application_id: int,
    by: Person | None,
    kind: str = Conflict.Kind.DECLARED,
    note: str = "",
) -> Conflict:
    """Say that a reviewer must not read an application; a read already given is taken back.

    Marks already given for it no longer count. Saying it again changes nothing. A reviewer
    who was told of the read gets a letter, unless it was they who said it.

    Raises:
        WrongState: the round is closed.
        ValueError: ``kind`` is not a kind of conflict.
    """
    if kind not in Conflict.Kind.values:
        raise ValueError(f"kind must be among {Conflict.Kind.values}, got {kind!r}")
    round = _open_to_change(reviewer.round_id)
    conflict, is_new = Conflict.objects.get_or_create(
        reviewer=reviewer,
        application_id=application_id,
        defaults={"kind": kind, "note": note[:300]},
    )
    taken = list(
        Assignment.objects.filter(
            reviewer=reviewer, application_id=application_id, withdrawn_at__isnull=True
        )
    )
    Assignment.objects.filter(pk__in=[one.pk for one in taken]).update(withdrawn_at=clock.now())
    if taken and reviewer.person != by:
        tell_reviewers(round, taken_back=taken, by=by)
    if is_new or taken:
        after = {"kind": kind, "reads_taken_back": len(taken)}
        record("declared conflict", reviewer, by=by, after=after, reason=note)
    return conflict


def find_institution_conflicts(round: ReviewRound) -> int:
    """Write down every pair of reviewer and applicant from one institution; returns how many are new.

    Institutions meet however they are spelt (see ``fold``), those of authors too; conflicts of
    authors are found at the same time (see ``find_author_conflicts``). Part of adding a reviewer and
    of giving out reads; their records tell it. Cost: three queries.
    """
    at: dict[str, list[Reviewer]] = {}
    for reviewer in Reviewer.objects.filter(round=round).exclude(institution=""):
        at.setdefault(fold(reviewer.institution), []).append(reviewer)
    written = find_author_conflicts(round)
    if not at:
        return written
    known = set(
        Conflict.objects.filter(reviewer__round=round).values_list("reviewer_id", "application_id")
    )
    found = [
        Conflict(reviewer=reviewer, application_id=pk, kind=Conflict.Kind.INSTITUTION)
        for pk, institutions in _institutions(round).items()
        for institution in institutions
        for reviewer in at.get(institution, ())
        if (reviewer.pk, pk) not in known
    ]
    Conflict.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
    return written + len(found)


def _open_to_change(pk: int) -> ReviewRound:
    """The locked round.

    Raises:
        WrongState: it is closed.
    """
    round = (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity__edition")
        .get(pk=pk)
    )
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    return round


def _locked(reviewer: Reviewer) -> Reviewer:
    """The reviewer within the locked round, which is not closed."""
    round = _open_to_change(reviewer.round_id)
    found = Reviewer.objects.select_related("person").get(pk=reviewer.pk)
    found.round = round
    return found


def _check(round: ReviewRound, languages: Sequence[str], load_low: int, load_high: int) -> None:
    if load_low > load_high:
        raise LoadNotPossible(_("The least number of reads is above the most."))
    if not languages:
        raise LanguageNotKnown(_("Say in which languages this person reads."))
    known = languages_to_read(round.call)
    for code in languages:
        if code not in known:
            raise LanguageNotKnown(_("“%(code)s” is not a language of this call.") % {"code": code})


def _said(reviewer: Reviewer) -> dict[str, Any]:
    return {
        "languages": ", ".join(reviewer.languages),
        "at least": reviewer.load_low,
        "at most": reviewer.load_high,
    }


def _institutions(round: ReviewRound) -> dict[int, set[str]]:
    """By application id: the folded institutions of the applicant and of the team's members."""
    found: dict[int, set[str]] = {}
    rows = applications_to_read(round.call)
    for pk, attributes in [
        *rows.values_list("pk", "attributes"),
        *rows.filter(members__isnull=False).values_list("pk", "members__attributes"),
    ]:
        institution = (attributes or {}).get("institution")
        if institution:
            found.setdefault(pk, set()).add(fold(str(institution)))
    form = round.call.form
    for pk, answers in rows.values_list("pk", "answers") if has_authors(form) else ():
        for row in author_rows(form, answers):
            if row.get(INSTITUTION):
                found.setdefault(pk, set()).add(fold(str(row[INSTITUTION])))
    return found
