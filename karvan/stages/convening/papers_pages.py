"""What every page of one session is given: who looks at it, and the session's parts."""

from __future__ import annotations

from typing import Any

from karvan.foundation.people.models import Person

from .access.papers import memberships_of
from .access.reached import runs
from .models import StatutorySession
from .organs_words import SESSION_MARKS
from .papers_hijri import hijri_doubt


def page_of(session: StatutorySession, person: Person, **more: Any) -> dict[str, Any]:
    """The context of a page: the session, its organ, its mark, and what the person may do."""
    return {
        "session": session,
        "organ": session.organ,
        "mark": SESSION_MARKS[session.state],
        "runs": runs(person, session),
        "is_closed": session.state == "closed",
        **more,
    }


def record_of(session: StatutorySession, person: Person) -> dict[str, Any]:
    """What the session's own page says beside ``page_of``: its parts in figures, and doubts."""
    documents = session.documents
    last = session.agendas.order_by("-number").first()
    return {
        "hijri_doubt": hijri_doubt(session.hijri_printed, session.starts_on, session.ends_on),
        "own_members": memberships_of(person, session),
        "agenda_issued": last,
        "item_count": session.agenda_items.filter(state__in=["included", "closed"]).count(),
        "delegation_count": session.delegations.count(),
        "member_delegations": session.delegations.filter(capacity="member").count(),
        "document_count": documents.count(),
        "sittings": session.sittings.all(),
        "issued_count": documents.filter(issued_at__isnull=False).count(),
    }
