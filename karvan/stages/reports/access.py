"""Who may read which report."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    covers,
    holds,
    holds_anywhere,
    scopes_of,
    within,
)
from karvan.foundation.people.models import Person, Role
from karvan.stages.agreements.access import agreement_for, commitments_for, consultation_for
from karvan.stages.agreements.models import Agreement, Commitment, Consultation
from karvan.stages.agreements.queries import commitments_of_agreement, commitments_of_consultation
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.access import edition_for
from karvan.stages.editions.models import Edition

from .models import Report

__all__ = ["commitments_for"]


def meeting_for(person: Person, code: str) -> tuple[Consultation, QuerySet[Commitment]]:
    """A meeting the person may read, and what of its promises: a partner's, those it may see."""
    meeting = consultation_for(person, code)
    return meeting, _reached(person, commitments_of_consultation(meeting))


def agreement_and_promises(person: Person, code: str) -> tuple[Agreement, QuerySet[Commitment]]:
    """An agreement the person may read, and what of its promises: a partner's, its own."""
    agreement = agreement_for(person, code)
    return agreement, _reached(person, commitments_of_agreement(agreement))


def programmes_on_board(person: Person) -> list[Programme]:
    """The programmes with editions in the person's reach; 403 for those who read none."""
    if not holds_anywhere(person, READERS):
        raise PermissionDenied
    reached = Edition.objects.filter(within(person, READERS)).values("programme_id")
    return list(Programme.objects.filter(pk__in=reached))


def programme_to_read(person: Person, code: str) -> Programme:
    """A programme whose figures the person may read: 404 for those who reach nothing of it."""
    programme = get_object_or_404(Programme, code=code)
    _let_in(person, READERS, programme.scope)
    return programme


def programme_and_editions(person: Person, code: str) -> tuple[Programme, QuerySet[Edition]]:
    """A programme whose figures the person may read, and all its editions."""
    programme = programme_to_read(person, code)
    return programme, editions_of(programme)


def editions_of(programme: Programme) -> QuerySet[Edition]:
    """All editions of a programme that the person has been let into."""
    return Edition.objects.filter(programme=programme)


def edition_of_programme(person: Person, code: str, slug: str) -> Edition:
    """An edition of this programme whose papers the person may read; 404 for another's."""
    edition = edition_for(person, slug, READERS)
    if edition.programme.code != code:
        raise Http404
    return edition


def edition_to_report(person: Person, slug: str) -> Edition:
    """An edition whose figures the person may read: its readers, and its country's partners."""
    edition = get_object_or_404(
        Edition.objects.select_related("programme", "country", "blueprint"), slug=slug
    )
    return edition if _is_partner_of(person, edition) else edition_for(person, slug, READERS)


def scope_to_read(person: Person, scope: str) -> str:
    """A programme's or an edition's scope in which the person may open single records."""
    if "/" in scope:
        get_object_or_404(Edition.objects.only("pk"), scope=scope)
    else:
        get_object_or_404(Programme.objects.only("pk"), code=scope)
    _let_in(person, READERS, scope)
    return scope


def scope_to_keep(person: Person, scope: str) -> str:
    """A scope of which the person may make a report that stays."""
    scope_to_read(person, scope)
    require_keeping(person, scope)
    return scope


def require_keeping(person: Person, scope: str) -> None:
    """Let those pass who run the scope; 403 for other readers."""
    if not holds(person, RUNNERS, scope):
        raise PermissionDenied


def may_keep(person: Person, scope: str) -> bool:
    """True if the person may make a report of the scope."""
    return holds(person, RUNNERS, scope)


def may_open_rows(person: Person, scope: str) -> bool:
    """True if the person may open the records behind a figure."""
    return holds(person, READERS, scope)


def reports_for(person: Person) -> QuerySet[Report]:
    """The reports made in the person's scopes; 403 for those who read none."""
    if not holds_anywhere(person, READERS):
        raise PermissionDenied
    return Report.objects.filter(within(person, READERS)).select_related("made_by").defer("data")


def report_for(person: Person, pk: int) -> Report:
    """One of ``reports_for``, or 404."""
    return get_object_or_404(reports_for(person).defer(None), pk=pk)


def _reached(person: Person, rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return rows.filter(pk__in=commitments_for(person).values("pk"))


def _is_partner_of(person: Person, edition: Edition) -> bool:
    """A partner named for the edition, or one of its country named for the whole programme."""
    roles = person.roles.filter(kind=Role.Kind.PARTNER).select_related("party")
    valid = set(scopes_of(person, (Role.Kind.PARTNER,)))
    return any(
        role.scope in valid
        and covers(role.scope, edition.scope)
        and (role.scope == edition.scope or _country_of(role) == edition.country_id)
        for role in roles
    )


def _country_of(role: Role) -> str | None:
    return role.party.country_id if role.party else None


def _let_in(person: Person, kinds: Iterable[str], scope: str) -> None:
    if holds(person, kinds, scope):
        return
    if any(covers(scope, held) for held in scopes_of(person, Role.Kind.values)):
        raise PermissionDenied
    raise Http404
