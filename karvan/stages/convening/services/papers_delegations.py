"""Acts on who comes: delegations are registered, their delegates named."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import MayNotVote, NotGiven, NotOfThisSession, NumberTaken, WrongState
from ..models import Delegation, Membership, SessionDelegate, StatutorySession
from .papers_sessions import locked_session, require_not_closed

CAPACITY = Delegation.Capacity
RANK = SessionDelegate.Rank


@transaction.atomic
def register_delegation(
    session: StatutorySession,
    *,
    capacity: str,
    by: Person | None,
    membership: Membership | None = None,
    names: Mapping[str, str] | None = None,
) -> Delegation:
    """Register who comes: a member by its membership, others by their name.

    Raises:
        MayNotVote: the member is suspended; it can be registered as an observer.
        NotOfThisSession: the membership is another organ's, or has ended.
        NumberTaken: it is registered already. NotGiven: neither member nor name.
    """
    held = locked_session(session)
    require_not_closed(held)
    if membership is not None:
        _check_member(held, membership, capacity)
    elif capacity == CAPACITY.MEMBER:
        raise NotGiven(_("Say which member of the organ this delegation speaks for."))
    names = dict(names or (membership.names if membership else {}))
    if not any(names.values()):
        raise NotGiven(_("Write who comes: an organisation, a guest, the secretariat."))
    made = Delegation.objects.create(
        session=held,
        membership=membership,
        names=names,
        capacity=capacity,
        registered_at=clock.now(),
    )
    record("registered", made, by=by, after={"name": str(made), "capacity": capacity})
    return made


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, reason: str, by: Person | None) -> None:
    """Take a delegation off the list, with its delegates and credentials.

    Raises:
        WrongState: it was in the hall or proposed something; then it stays.
        NotGiven: no reason is said.
    """
    session = locked_session(delegation.session)
    require_not_closed(session)
    if not reason.strip():
        raise NotGiven(_("Say why the delegation is taken off the list."))
    acted = delegation.roll.exists() or delegation.proposed_items.exists()
    if acted or delegation.sponsored.exists() or delegation.co_sponsored.exists():
        raise WrongState(
            _("“%(name)s” stays on the list: it was in the hall or has proposed something.")
            % {"name": delegation}
        )
    record(
        "delegation withdrawn",
        session,
        by=by,
        before={"name": str(delegation), "capacity": delegation.capacity},
        reason=reason.strip(),
    )
    delegation.delete()


@transaction.atomic
def name_session_delegate(
    delegation: Delegation,
    *,
    name: str,
    rank: str,
    by: Person | None,
    title: str = "",
    email: str = "",
) -> SessionDelegate:
    """Name who comes in a delegation; with the address of an account, the person may act for it.

    Raises:
        NumberTaken: the delegation has its head, or this person, already.
        NotGiven: nobody has an account with this address.
    """
    held = _locked(delegation)
    _one_head(held, rank)
    person = _person(email)
    if held.delegates.filter(name=name.strip()).exists():
        raise NumberTaken(_("“%(name)s” is in this delegation already.") % {"name": name.strip()})
    made = SessionDelegate.objects.create(
        delegation=held, person=person, name=name.strip(), title=title, rank=rank
    )
    record(
        "delegate named",
        held,
        by=by,
        after={"delegate": made.name, "rank": rank, "may act": person is not None},
    )
    return made


@transaction.atomic
def change_session_delegate(
    delegate: SessionDelegate,
    *,
    name: str,
    rank: str,
    by: Person | None,
    title: str = "",
    email: str = "",
) -> SessionDelegate:
    """Write a delegate's name, title and rank anew.

    Raises:
        NumberTaken: the delegation has another head already.
        NotGiven: nobody has an account with this address.
    """
    held = _locked(delegate.delegation)
    row = SessionDelegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    _one_head(held, rank, besides=row)
    before = {"delegate": row.name, "rank": row.rank, "title": row.title}
    row.person = _person(email)
    row.name, row.title, row.rank = name.strip(), title, rank
    row.save()
    after = {"delegate": row.name, "rank": rank, "title": title}
    record("delegate changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_session_delegate(delegate: SessionDelegate, *, by: Person | None) -> None:
    """Take a delegate off the delegation's list.

    Raises:
        WrongState: the delegate chaired a sitting or was its rapporteur.
    """
    held = _locked(delegate.delegation)
    if delegate.chaired.exists() or delegate.reported.exists():
        raise WrongState(
            _("“%(name)s” chaired a sitting or was its rapporteur, and stays on the list.")
            % {"name": delegate}
        )
    before = {"delegate": delegate.name, "rank": delegate.rank}
    record("delegate removed", held, by=by, before=before)
    delegate.delete()


def _locked(delegation: Delegation) -> Delegation:
    rows = Delegation.objects.select_related("session__organ", "membership")
    held = rows.select_for_update(of=("self",)).get(pk=delegation.pk)
    require_not_closed(held.session)
    return held


def _check_member(session: StatutorySession, membership: Membership, capacity: str) -> None:
    if membership.organ_id != session.organ_id:
        raise NotOfThisSession(
            _("“%(member)s” is no member of %(organ)s.")
            % {"member": membership, "organ": session.organ}
        )
    if membership.ends_on and membership.ends_on < session.starts_on:
        raise NotOfThisSession(
            _("“%(member)s” was a member until %(day)s only. Choose its successor.")
            % {"member": membership, "day": membership.ends_on.isoformat()}
        )
    if capacity == CAPACITY.MEMBER and membership.status == Membership.Status.SUSPENDED:
        raise MayNotVote(
            _(
                "“%(member)s” is suspended (%(reason)s) and cannot come as a member."
                " Register it as an observer, or lift the suspension first."
            )
            % {"member": membership, "reason": membership.status_reason}
        )
    if capacity == CAPACITY.MEMBER and membership.status != Membership.Status.MEMBER:
        raise MayNotVote(
            _("“%(member)s” is, in this organ: %(status)s. Register it as an observer.")
            % {"member": membership, "status": membership.get_status_display()}
        )
    if session.delegations.filter(membership=membership).exists():
        raise NumberTaken(_("“%(member)s” is registered already.") % {"member": membership})


def _one_head(delegation: Delegation, rank: str, besides: SessionDelegate | None = None) -> None:
    if rank != RANK.HEAD:
        return
    head = delegation.delegates.filter(rank=RANK.HEAD).exclude(pk=besides.pk if besides else 0)
    if found := head.first():
        raise NumberTaken(
            _("“%(name)s” is the head of this delegation; there is one. Change that rank first.")
            % {"name": found}
        )


def _person(email: str) -> Person | None:
    if not email:
        return None
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise NotGiven(
            _("Nobody signs in with “%(email)s”. Leave it empty, or invite the person first.")
            % {"email": email}
        )
    return found
