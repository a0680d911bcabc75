"""Who reads and who keeps the register of partnerships and forums.

The house reads all of it, as it reads agreements; a partner the partnerships of its own party,
from either side. Officers and administrators keep it.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import STAFF, holds, holds_anywhere, parties_of
from karvan.foundation.people.models import Party, Person
from karvan.stages.agreements.access import KEEPERS, agreements_for
from karvan.stages.agreements.models import Agreement, Consultation
from karvan.stages.editions.models import Edition

from ..models import Forum, Partnership, PartnershipEvent, StatutorySession
from ..queries.partnerships import forums_listed, partnerships_listed


def may_read(person: Person) -> None:
    """Let those pass who may read some partnership; 404 for the rest."""
    if not holds_anywhere(person, KEEPERS) and not parties_of(person):
        raise Http404


def partnerships_for(person: Person) -> QuerySet[Partnership]:
    """The partnerships a person may read."""
    if holds_anywhere(person, KEEPERS):
        return partnerships_listed()
    own = parties_of(person)
    return partnerships_listed().filter(
        Q(party__in=own) | Q(partner__in=own) | Q(forum__led_by__in=own)
    )


def forums_for(person: Person) -> QuerySet[Forum]:
    """The forums a person may read: all, or those in which its party has a part."""
    if holds_anywhere(person, KEEPERS):
        return forums_listed()
    own = partnerships_for(person).values("forum_id")
    return forums_listed().filter(Q(led_by__in=parties_of(person)) | Q(pk__in=own))


def partnership_for(person: Person, pk: int) -> Partnership:
    """A partnership the person may read, or 404."""
    return get_object_or_404(partnerships_for(person), pk=pk)


def partnership_to_run(person: Person, pk: int) -> Partnership:
    """A partnership the person keeps; 403 for other readers."""
    found = partnership_for(person, pk)
    if not keeps(person, found.scope):
        raise PermissionDenied
    return found


def event_to_run(person: Person, pk: int, event: int) -> PartnershipEvent:
    """An event of a partnership the person keeps."""
    return get_object_or_404(partnership_to_run(person, pk).events, pk=event)


def forum_for(person: Person, code: str) -> Forum:
    """A forum the person may read, or 404."""
    return get_object_or_404(forums_for(person), code=code)


def forum_to_run(person: Person, code: str) -> Forum:
    """A forum whose entry the person may change."""
    found = forum_for(person, code)
    may_keep(person)
    return found


def may_keep(person: Person) -> None:
    """Let officers and administrators of everything pass; 404 or 403 for the rest."""
    may_read(person)
    if not keeps(person):
        raise PermissionDenied


def keeps(person: Person, scope: str = "") -> bool:
    """True for those who keep the register."""
    return holds(person, STAFF, scope)


def parties_to_choose() -> QuerySet[Party]:
    """All parties: anybody may lead a forum or be partner of one."""
    return Party.objects.all()


def sides_to_choose() -> dict[str, Any]:
    """What a request may name: its two sides and the forum."""
    return {
        "party": parties_to_choose(),
        "partner": parties_to_choose(),
        "forum": Forum.objects.all(),
    }


def agreements_to_choose(person: Person) -> QuerySet[Agreement]:
    """The signed agreements a person may read."""
    return agreements_for(person).exclude(state__in=["draft", "cleared"])


def events_to_choose() -> dict[str, Any]:
    """Events of ours that may stand under a partnership."""
    return {
        "edition": Edition.objects.order_by("slug"),
        "consultation": Consultation.objects.all(),
        "session": StatutorySession.objects.all(),
    }
