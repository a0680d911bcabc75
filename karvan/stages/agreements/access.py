"""Who may reach which meeting, agreement or commitment."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import (
    RUNNERS,
    STAFF,
    holds_anywhere,
    parties_of,
)
from karvan.foundation.people.models import Party, Person

from .models import (
    Agreement,
    Annex,
    Commitment,
    Consultation,
    MinutesItem,
    Obligation,
    Signatory,
)
from .queries import agreements_listed, commitments_listed, consultations_listed

# Meetings and agreements bind the whole programme: its staff, coordinators and auditors read them.
KEEPERS = (*RUNNERS, "auditor")


def consultations_for(person: Person) -> QuerySet[Consultation]:
    """The meetings a person may read: all for the house, its own for a partner's party."""
    if holds_anywhere(person, KEEPERS):
        return consultations_listed()
    return consultations_listed().filter(
        pk__in=Consultation.objects.filter(parties__party__in=parties_of(person)).values("pk")
    )


def agreements_for(person: Person) -> QuerySet[Agreement]:
    """The agreements a person may read."""
    if holds_anywhere(person, KEEPERS):
        return agreements_listed()
    return agreements_listed().filter(
        pk__in=Agreement.objects.filter(parties__in=parties_of(person)).values("pk")
    )


def commitments_for(person: Person) -> QuerySet[Commitment]:
    """The commitments a person may read."""
    if holds_anywhere(person, KEEPERS):
        return commitments_listed()
    own = parties_of(person)
    reached = (
        Q(owner__in=own) | Q(co_owners__in=own) | Q(item__consultation__parties__party__in=own)
    )
    return commitments_listed().filter(pk__in=Commitment.objects.filter(reached).values("pk"))


def consultation_for(person: Person, code: str) -> Consultation:
    """A meeting the person may read, or 404."""
    return get_object_or_404(consultations_for(person), code=code)


def agreement_for(person: Person, code: str) -> Agreement:
    """An agreement the person may read, or 404."""
    return get_object_or_404(agreements_for(person), code=code)


def commitment_for(person: Person, code: str) -> Commitment:
    """A commitment the person may read, or 404."""
    return get_object_or_404(commitments_for(person), code=code)


def consultation_to_run(person: Person, code: str) -> Consultation:
    """A meeting whose papers the person keeps: officers and administrators."""
    meeting = consultation_for(person, code)
    _keeps(person)
    return meeting


def agreement_to_run(person: Person, code: str) -> Agreement:
    """An agreement whose papers the person keeps."""
    agreement = agreement_for(person, code)
    _keeps(person)
    return agreement


def signatory_to_run(person: Person, code: str, pk: int) -> Signatory:
    """A signatory of an agreement the person keeps."""
    paper = agreement_to_run(person, code)
    return get_object_or_404(paper.signatories.select_related("agreement", "party"), pk=pk)


def annex_to_run(person: Person, code: str, number: int) -> Annex:
    """An annex of an agreement the person keeps."""
    paper = agreement_to_run(person, code)
    return get_object_or_404(paper.annexes.select_related("agreement"), number=number)


def annex_file(person: Person, code: str, number: int) -> StoredFile:
    """The file of an annex of an agreement the person may read, or 404."""
    paper = agreement_for(person, code)
    annex = get_object_or_404(
        paper.annexes.select_related("file"), number=number, file__isnull=False
    )
    assert annex.file is not None
    return annex.file


def signed_copy(person: Person, code: str) -> StoredFile:
    """The signed copy of an agreement the person may read, or 404."""
    paper = agreement_for(person, code)
    if paper.document is None:
        raise Http404
    return paper.document


def may_follow(person: Person, commitment: Commitment) -> bool:
    """True for the house, for whoever answers for the commitment and for its owner's partner."""
    answers = commitment.responsible_id == person.pk
    return answers or commitment.owner_id in parties_of(person) or _is_keeper(person)


def commitment_to_follow(person: Person, code: str) -> Commitment:
    """A commitment the person may write about."""
    commitment = commitment_for(person, code)
    if not may_follow(person, commitment):
        raise PermissionDenied
    return commitment


def item_to_promise(person: Person, code: str, number: int) -> MinutesItem:
    """A sentence of the minutes from which the person may make a commitment."""
    meeting = consultation_to_run(person, code)
    return get_object_or_404(meeting.items.select_related("consultation"), number=number)


def item_to_change(person: Person, code: str, pk: int) -> MinutesItem:
    """A sentence of the minutes of a meeting the person keeps, by its key: numbers move."""
    meeting = consultation_to_run(person, code)
    return get_object_or_404(meeting.items.select_related("changed_by"), pk=pk)


def obligation_to_promise(person: Person, code: str, number: str) -> Obligation:
    """A clause from which the person may make a commitment."""
    agreement = agreement_to_run(person, code)
    return get_object_or_404(
        agreement.obligations.select_related("agreement", "party"), number=number
    )


def parties_to_confirm(person: Person, meeting: Consultation) -> QuerySet[Party]:
    """The parties for which the person may confirm the minutes: the partner's own, or any for staff."""
    seated = Party.objects.filter(consultations__consultation=meeting)
    if _is_keeper(person):
        return seated
    return seated.filter(pk__in=parties_of(person))


def parties_to_compare(person: Person) -> QuerySet[Party]:
    """The parties whose promises to each other a person may ask for."""
    may_read(person)
    return Party.objects.all()


def pair_for(person: Person, first: str, second: str) -> tuple[Party, Party]:
    """Two parties whose ledger the person may read: any for the house, for a partner those of
    which one is its own; else 404."""
    listed = parties_to_compare(person)
    one = get_object_or_404(listed, code=first)
    other = get_object_or_404(listed.exclude(pk=one.pk), code=second)
    if not holds_anywhere(person, KEEPERS) and not {one.pk, other.pk} & set(parties_of(person)):
        raise Http404
    return one, other


def may_keep(person: Person) -> None:
    """Let officers and administrators pass; 404 for those who see no meetings at all."""
    if not holds_anywhere(person, KEEPERS) and not parties_of(person):
        raise Http404
    _keeps(person)


def is_keeper(person: Person) -> bool:
    """True if the person keeps the papers of meetings."""
    return _is_keeper(person)


def may_read(person: Person) -> None:
    """Let those pass who may read some meeting or agreement; 404 for the rest."""
    if not holds_anywhere(person, KEEPERS) and not parties_of(person):
        raise Http404


def _is_keeper(person: Person) -> bool:
    return holds_anywhere(person, STAFF)


def _keeps(person: Person) -> None:
    if not _is_keeper(person):
        raise PermissionDenied


def owners_to_choose() -> QuerySet[Party]:
    """All parties: anybody may be named as the owner of a promise."""
    return Party.objects.all()
