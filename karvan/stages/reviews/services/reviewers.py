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

from ..errors import AlreadyReviewer, LoadNotPossible, WrongState
from ..models import Assignment, Conflict, Reviewer, ReviewRound
from ..queries import applications_to_read


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
    """
    round = (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity")
        .get(pk=round.pk)
    )
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    if load_low > load_high:
        raise LoadNotPossible(_("The least number of reads is above the most."))
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
        WrongState, AlreadyReviewer, LoadNotPossible: as for ``add_reviewer``.
    """
    person = Person.objects.filter(email=email.lower()).first() or create_person(
        full_name=full_name, email=email, by=by
    )
    return add_reviewer(round, person=person, by=by, **details)


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

    Marks already given for it no longer count. Saying it again changes nothing.

    Raises:
        WrongState: the round is closed.
        ValueError: ``kind`` is not a kind of conflict.
    """
    if kind not in Conflict.Kind.values:
        raise ValueError(f"kind must be among {Conflict.Kind.values}, got {kind!r}")
    round = ReviewRound.objects.select_for_update(of=("self",)).get(pk=reviewer.round_id)
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    conflict, is_new = Conflict.objects.get_or_create(
        reviewer=reviewer,
        application_id=application_id,
        defaults={"kind": kind, "note": note[:300]},
    )
    taken = Assignment.objects.filter(
        reviewer=reviewer, application_id=application_id, withdrawn_at__isnull=True
    ).update(withdrawn_at=clock.now())
    if is_new or taken:
        after = {"kind": kind, "reads_taken_back": taken}
        record("declared conflict", reviewer, by=by, after=after, reason=note)
    return conflict


def find_institution_conflicts(round: ReviewRound) -> int:
    """Write down every pair of reviewer and applicant from one institution; returns how many are new.

    Institutions meet however they are spelt (see ``fold``). Part of adding a reviewer and
    of giving out reads; their records tell it. Cost: three queries.
    """
    at: dict[str, list[Reviewer]] = {}
    for reviewer in Reviewer.objects.filter(round=round).exclude(institution=""):
        at.setdefault(fold(reviewer.institution), []).append(reviewer)
    if not at:
        return 0
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
    return len(found)


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
    return found
