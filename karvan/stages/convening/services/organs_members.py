"""Acts on the members of a body: they join, are suspended, change their names, leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record

from ..errors import NotGiven, NumberTaken, WrongState
from ..models import Membership, Organ

STATUS = Membership.Status


@transaction.atomic
def add_member(
    organ: Organ,
    *,
    code: str,
    by: Person | None,
    names: Mapping[str, str] | None = None,
    status: str = STATUS.MEMBER,
    status_reason: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    party: Party | None = None,
) -> Membership:
    """A new member; its country follows from a code of two letters, and names it if nobody does.

    Raises:
        NumberTaken: the code is another member's of this organ.
        NotGiven: no name is known, a suspension without a reason, or dates the wrong way round.
    """
    code = code.strip().upper()
    if organ.memberships.filter(code=code).exists():
        raise NumberTaken(
            _("“%(organ)s” has a member “%(code)s” already.") % {"organ": organ, "code": code}
        )
    country = Country.objects.filter(pk=code).first()
    names = dict(names or (country.names if country else {}))
    _check(code, names, status, status_reason, starts_on, ends_on)
    made = Membership.objects.create(
        organ=organ,
        code=code,
        names=names,
        country=country,
        party=party,
        status=status,
        status_reason=status_reason,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record("added", made, by=by, after=_said(made), scope=organ.scope)
    return made


@transaction.atomic
def change_member(
    member: Membership,
    *,
    by: Person | None,
    names: Mapping[str, str],
    party: Party | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Write down a member's names, who speaks for it, and from when to when it is one.

    Raises:
        NotGiven: it would end before it begins.
    """
    held = _locked(member)
    _check(held.code, names, held.status, held.status_reason, starts_on, ends_on)
    before = _said(held)
    held.names, held.party = dict(names), party
    held.starts_on, held.ends_on = starts_on, ends_on
    held.save()
    record("changed", held, by=by, before=before, after=_said(held), scope=held.organ.scope)
    return held


@transaction.atomic
def set_member_status(
    member: Membership, *, status: str, status_reason: str, by: Person | None
) -> Membership:
    """Suspend a member, let it back in, or make it an observer; the reason stays with it.

    Delegations of sessions under way stay; from now on they are shown, and counted, as
    a suspended member's.

    Raises:
        WrongState: that is its status already.
        NotGiven: no reason is said.
    """
    held = _locked(member)
    if held.status == status:
        raise WrongState(
            _("“%(member)s” is already: %(status)s.")
            % {"member": held, "status": held.get_status_display()}
        )
    if not status_reason.strip():
        raise NotGiven(_("Say why, and by which decision: it is read out with the roll."))
    before = {"status": held.status}
    held.status, held.status_reason = status, status_reason.strip()
    held.save(update_fields=["status", "status_reason"])
    record(
        "status changed",
        held,
        by=by,
        before=before,
        after={"status": status},
        reason=held.status_reason,
        scope=held.organ.scope,
    )
    return held


@transaction.atomic
def succeed_member(
    member: Membership,
    *,
    code: str,
    names: Mapping[str, str],
    on: date,
    by: Person | None,
    source: str = "",
) -> Membership:
    """A state that was renamed or succeeded goes on under another code; returns the new member.

    The former one ends the day before and stays with its votes and papers; it names its successor.

    Raises:
        WrongState: it was succeeded before.
        NumberTaken: the new code is another member's. NotGiven: the day is before it began.
    """
    held = _locked(member)
    if held.succeeded_by_id:
        raise WrongState(
            _("“%(member)s” was succeeded by %(next)s already.")
            % {"member": held, "next": held.succeeded_by}
        )
    if held.starts_on and on <= held.starts_on:
        raise NotGiven(_("A member is succeeded after it joined. Look at the day."))
    last = date.fromordinal(on.toordinal() - 1)
    made = add_member(
        held.organ,
        code=code,
        names=names,
        status=held.status,
        status_reason=held.status_reason,
        starts_on=on,
        party=held.party,
        by=by,
    )
    held.ends_on, held.succeeded_by = last, made
    held.save(update_fields=["ends_on", "succeeded_by"])
    record(
        "succeeded",
        held,
        by=by,
        after={"ends": last, "member": made.code},
        reason=source,
        scope=held.organ.scope,
    )
    return made


def _locked(member: Membership) -> Membership:
    rows = Membership.objects.select_related("organ").select_for_update(of=("self",))
    return rows.get(pk=member.pk)


def _check(
    code: str,
    names: Mapping[str, str],
    status: str,
    reason: str,
    starts_on: date | None,
    ends_on: date | None,
) -> None:
    if not code or len(code) > 12:
        raise NotGiven(_("A member has a code of at most twelve signs, such as “AZ”."))
    if not any(names.values()):
        raise NotGiven(
            _("Write the name of “%(code)s”: no country has this code.") % {"code": code}
        )
    if status not in STATUS.values:
        raise NotGiven(_("“%(status)s” is not a status of members.") % {"status": status})
    if status == STATUS.SUSPENDED and not reason.strip():
        raise NotGiven(_("Say why, and by which decision: it is read out with the roll."))
    if starts_on and ends_on and ends_on < starts_on:
        raise NotGiven(_("A membership ends after it begins. Look at the dates."))


def _said(member: Membership) -> dict[str, Any]:
    return {
        "code": member.code,
        "name": str(member),
        "status": member.status,
        "starts": member.starts_on,
        "ends": member.ends_on,
        "party": member.party.code if member.party else "",
    }
