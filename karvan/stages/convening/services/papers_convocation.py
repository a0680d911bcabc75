"""Convoke a session: a letter to everybody who speaks for a member, and who could not be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import WrongState
from ..models import AgendaVersion, Membership, StatutorySession
from ..queries.papers_guards import convocation_late_days, members_of, missing_to_convoke
from ..queries.papers_speakers import speakers_of
from .papers_sessions import locked_session, refuse_missing


@dataclass(frozen=True, slots=True)
class Addressee:
    """A member and the persons a letter goes to; none where it must go on paper."""

    member: Membership
    persons: tuple[Person, ...]


def addressees_of(session: StatutorySession) -> list[Addressee]:
    """Every member with those who speak for its party and have an address; three queries.

    Suspended members are not convoked.
    """
    members = list(members_of(session).exclude(status="suspended"))
    speaking = speakers_of(one.party_id for one in members if one.party_id)
    keys = [key for listed in speaking.values() for key in listed]
    persons = Person.objects.in_bulk(keys)
    return [
        Addressee(one, tuple(persons[key] for key in speaking.get(one.party_id or 0, ())))
        for one in members
    ]


@transaction.atomic
def convoke_session(session: StatutorySession, *, by: Person | None) -> list[Addressee]:
    """Write to everybody who speaks for a member; returns the members with whom it reached.

    A late convocation goes out, and says by how much it is late in the record.

    Raises:
        WrongState: it was convoked before, or something is missing; all of it is named.
    """
    held = locked_session(session)
    if held.state != StatutorySession.State.PREPARED:
        raise WrongState(
            _("The members are convoked once; this session is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    refuse_missing(_("The members cannot be convoked yet."), missing_to_convoke(held))
    late = convocation_late_days(held)
    held.state, held.convoked_at = StatutorySession.State.CONVOKED, clock.now()
    held.save(update_fields=["state", "convoked_at"])
    listed = addressees_of(held)
    letters = _write(held, listed, by)
    record(
        "convoked",
        held,
        by=by,
        before={"state": "prepared"},
        after={
            "state": "convoked",
            "letters": letters,
            "without address": sum(not one.persons for one in listed),
            "days late": late,
        },
    )
    return listed


def _write(session: StatutorySession, listed: Iterable[Addressee], by: Person | None) -> int:
    agenda = AgendaVersion.objects.filter(session=session).order_by("-number").first()
    written = 0
    for one in listed:
        for person in one.persons:
            write_message(
                "convening/papers_convocation",
                to=person,
                key=f"convening/convocation:{session.slug}:{one.member.pk}:{person.pk}",
                context={
                    "session": session,
                    "member": one.member,
                    "items": agenda.items if agenda else [],
                },
                scope=session.scope,
                by=by,
            )
            written += 1
    return written
