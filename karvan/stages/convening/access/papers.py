"""Who may read which papers of a session, and who fills in a delegation's own.

Beside those of ``reached``, a partner reads the sessions of the organs of which its party's state is
a member, and acts for its delegation.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import READERS, holds, parties_of
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.stages.agreements.models import Agreement

from ..models import (
    AgendaItem,
    AgendaVersion,
    CredentialsReport,
    Delegation,
    Membership,
    SessionDelegate,
    SessionDocument,
    Sitting,
    StatutorySession,
)
from .reached import delegations_of, runs, sessions_for


def sessions_to_read(person: Person) -> QuerySet[StatutorySession]:
    """Those of ``sessions_for``, and those to which the person's party is convoked."""
    own = StatutorySession.objects.filter(organ__memberships__party__in=parties_of(person)).exclude(
        state="prepared"
    )
    reached = sessions_for(person)
    found = StatutorySession.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=reached.values("pk"))
    )
    return found.select_related("organ", "country", "host")


def session_to_read(person: Person, organ: str, session: str) -> StatutorySession:
    """A session whose papers the person may read, or 404."""
    rows = sessions_to_read(person).select_related("organ", "country", "host", "host_agreement")
    return get_object_or_404(rows, organ__code=organ, slug=session)


def session_to_keep(person: Person, organ: str, session: str) -> StatutorySession:
    """A session whose papers the person keeps; 403 for other readers."""
    found = session_to_read(person, organ, session)
    if not runs(person, found):
        raise PermissionDenied
    return found


def memberships_of(person: Person, session: StatutorySession) -> QuerySet[Membership]:
    """The members of the session's organ for which the person speaks."""
    return session.organ.memberships.filter(party__in=parties_of(person))


def may_fill(person: Person, delegation: Delegation) -> bool:
    """True for the secretariat, the delegation's own people, and who speaks for its member."""
    if runs(person, delegation.session):
        return True
    if delegations_of(person, delegation.session).filter(pk=delegation.pk).exists():
        return True
    party = delegation.membership.party_id if delegation.membership else None
    return party is not None and party in parties_of(person)


def delegation_in(person: Person, organ: str, session: str, pk: int) -> Delegation:
    """A delegation of a session the person may read, or 404."""
    found = session_to_read(person, organ, session)
    rows = found.delegations.select_related("membership__party", "credential__file")
    delegation = get_object_or_404(rows, pk=pk)
    delegation.session = found
    return delegation


def delegation_to_fill(person: Person, organ: str, session: str, pk: int) -> Delegation:
    """A delegation whose delegates and credentials the person may write; 403 for other readers."""
    found = delegation_in(person, organ, session, pk)
    if not may_fill(person, found):
        raise PermissionDenied
    return found


def delegate_to_fill(
    person: Person, organ: str, session: str, pk: int, delegate: int
) -> SessionDelegate:
    """A delegate of a delegation the person may write, or 404."""
    delegation = delegation_to_fill(person, organ, session, pk)
    found = get_object_or_404(delegation.delegates.select_related("person"), pk=delegate)
    found.delegation = delegation
    return found


def credential_file(person: Person, organ: str, session: str, pk: int) -> StoredFile:
    """The paper of a delegation's credentials, for auditors and those who may fill it, or 404."""
    found = delegation_in(person, organ, session, pk)
    credential = getattr(found, "credential", None)
    if credential is None or credential.file is None:
        raise Http404
    if not (may_fill(person, found) or holds(person, READERS, found.scope)):
        raise PermissionDenied
    file: StoredFile = credential.file
    return file


def members_to_register(session: StatutorySession) -> QuerySet[Membership]:
    """The organ's members that have not registered for the session."""
    came = session.delegations.exclude(membership=None).values("membership")
    return session.organ.memberships.exclude(pk__in=came)


def report_in(person: Person, organ: str, session: str, number: int) -> CredentialsReport:
    """A report of the credentials committee, or 404."""
    found = session_to_read(person, organ, session)
    return get_object_or_404(
        found.credentials_reports.select_related("made_by", "session__organ"), number=number
    )


def delegations_by_party(person: Person, session: StatutorySession) -> QuerySet[Delegation]:
    """The members' delegations for which the person speaks by its party."""
    rows = session.delegations.filter(capacity="member").select_related("membership")
    return rows.filter(membership__party__in=parties_of(person))


def item_in(person: Person, organ: str, session: str, pk: int) -> AgendaItem:
    """An item of the agenda of a session the person may read, or 404."""
    found = session_to_read(person, organ, session)
    item = get_object_or_404(found.agenda_items, pk=pk)
    item.session = found
    return item


def item_to_keep(person: Person, organ: str, session: str, pk: int) -> AgendaItem:
    """An item of the agenda that the person keeps; 403 for other readers."""
    found = session_to_keep(person, organ, session)
    item = get_object_or_404(found.agenda_items, pk=pk)
    item.session = found
    return item


def agenda_in(person: Person, organ: str, session: str, number: int) -> AgendaVersion:
    """An agenda that was issued, or 404."""
    found = session_to_read(person, organ, session)
    made = get_object_or_404(found.agendas.select_related("issued_by"), number=number)
    made.session = found
    return made


def sitting_in(person: Person, organ: str, session: str, number: int) -> Sitting:
    """A sitting by its number, or 404."""
    found = session_to_read(person, organ, session)
    made = get_object_or_404(found.sittings.prefetch_related("items"), number=number)
    made.session = found
    return made


def documents_for(person: Person, session: StatutorySession) -> QuerySet[SessionDocument]:
    """The documents a person may see: all for the house; issued ones for delegations, and
    restricted ones for members' only."""
    rows = session.documents.all()
    if holds(person, READERS, session.scope):
        return rows
    rows = rows.filter(issued_at__isnull=False)
    speaks = memberships_of(person, session).filter(status="member").exists()
    own = delegations_of(person, session).filter(capacity__in=["member", "secretariat"])
    if speaks or own.exclude(membership__status="suspended").exists():
        return rows
    return rows.exclude(distribution="restricted")


def document_in(person: Person, organ: str, session: str, pk: int) -> SessionDocument:
    """A document the person may see, or 404."""
    found = session_to_read(person, organ, session)
    rows = documents_for(person, found).select_related("item", "supersedes")
    document = get_object_or_404(rows, pk=pk)
    document.session = found
    return document


def document_to_keep(person: Person, organ: str, session: str, pk: int) -> SessionDocument:
    """A document that the person keeps; 403 for other readers."""
    found = document_in(person, organ, session, pk)
    if not runs(person, found.session):
        raise PermissionDenied
    return found


def version_file(person: Person, organ: str, session: str, pk: int, language: str) -> StoredFile:
    """The file of a document in one language, or 404."""
    document = document_in(person, organ, session, pk)
    version = get_object_or_404(document.versions.select_related("file"), language=language)
    if version.file is None:
        raise Http404
    return version.file


def hosts_to_choose() -> QuerySet[Party]:
    """The parties that can host a session or own an organ."""
    return Party.objects.order_by("code")


def agreements_to_choose() -> QuerySet[Agreement]:
    """The host agreements there are."""
    return Agreement.objects.filter(kind="host").order_by("code")


def countries_to_choose() -> QuerySet[Country]:
    """The countries a session can be held in."""
    return Country.objects.order_by("code")
