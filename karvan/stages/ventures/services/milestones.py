"""Milestones: claimed with evidence, verified by somebody outside the team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import InsideTheTeam, NotProven, WrongState
from ..evidence import missing
from ..models import Milestone, Venture
from ..queries import members_of

EVIDENCE_KINDS = ("pdf", "jpeg", "png", "xlsx", "csv")


@transaction.atomic
def claim_milestone(
    venture: Venture,
    *,
    code: str,
    fact_on: date,
    evidence: str,
    by: Person,
    details: Mapping[str, Any] | None = None,
    upload: File[Any] | None = None,
) -> Milestone:
    """Claim that a milestone was reached on a day, with what shows it.

    Raises:
        WrongState: it is verified or waits to be looked at, or its day lies ahead.
        NotProven: the claim lacks what the milestone asks for; every lack is named.
    """
    venture = Venture.objects.select_for_update().get(pk=venture.pk)
    earlier = venture.milestones.filter(code=code)
    if earlier.filter(state=Milestone.State.VERIFIED).exists():
        raise WrongState(_("%(code)s is already verified.") % {"code": code})
    if earlier.filter(state=Milestone.State.CLAIMED).exists():
        raise WrongState(
            _("%(code)s is already claimed and waits to be looked at.") % {"code": code}
        )
    if fact_on > clock.today():
        raise WrongState(_("A milestone can only be claimed once it has been reached."))
    if lacks := missing(code, details or {}):
        raise NotProven(" ".join(lacks))
    file = None
    if upload is not None:
        file = store_upload(upload, kinds=EVIDENCE_KINDS, scope=venture.scope, by=by)
    milestone = Milestone.objects.create(
        venture=venture,
        code=code,
        number=earlier.count() + 1,
        fact_on=fact_on,
        claimed_at=clock.now(),
        claimed_by=by,
        evidence=evidence,
        file=file,
        details=dict(details or {}),
    )
    after = {"code": code, "on": fact_on, "details": dict(details or {})}
    record("claimed", milestone, by=by, after=after)
    return milestone


@transaction.atomic
def verify_milestone(milestone: Milestone, *, by: Person, note: str = "") -> Milestone:
    """Accept a claim; the verifier is never a member of the team nor the one who claimed.

    Raises:
        WrongState: it is not waiting to be looked at.
        InsideTheTeam: the verifier belongs to the team.
    """
    milestone = _waiting(milestone, by)
    milestone.state = Milestone.State.VERIFIED
    milestone.verified_by, milestone.verified_at, milestone.note = by, clock.now(), note
    milestone.save(update_fields=["state", "verified_by", "verified_at", "note"])
    change = {"before": {"state": "claimed"}, "after": {"state": "verified"}}
    record(
        "verified", milestone, by=by, reason=note, before=change["before"], after=change["after"]
    )
    _tell(milestone, by)
    return milestone


@transaction.atomic
def return_milestone(milestone: Milestone, *, note: str, by: Person) -> Milestone:
    """Give a claim back with what is missing; the team may claim again.

    Raises:
        WrongState: it is not waiting, or nothing was said.
        InsideTheTeam: the person belongs to the team.
    """
    milestone = _waiting(milestone, by)
    if not note.strip():
        raise WrongState(_("Say what is missing, so that the team can claim again."))
    milestone.state, milestone.note = Milestone.State.RETURNED, note
    milestone.save(update_fields=["state", "note"])
    before, after = {"state": "claimed"}, {"state": "returned"}
    record("returned", milestone, by=by, reason=note, before=before, after=after)
    _tell(milestone, by)
    return milestone


@transaction.atomic
def expire_milestone(milestone: Milestone, *, reason: str, by: Person | None) -> Milestone:
    """Close a claim that nobody can look at any more."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.state != Milestone.State.CLAIMED:
        raise WrongState(_("Only a claim that waits can expire."))
    milestone.state, milestone.note = Milestone.State.EXPIRED, reason
    milestone.save(update_fields=["state", "note"])
    before, after = {"state": "claimed"}, {"state": "expired"}
    record("expired", milestone, by=by, reason=reason, before=before, after=after)
    return milestone


def _waiting(milestone: Milestone, by: Person) -> Milestone:
    milestone = (
        Milestone.objects.select_for_update(of=("self",))
        .select_related("venture__team__edition")
        .get(pk=milestone.pk)
    )
    if milestone.state != Milestone.State.CLAIMED:
        raise WrongState(_("This claim has already been looked at."))
    inside = members_of(milestone.venture).filter(pk=by.pk).exists()
    if inside or milestone.claimed_by_id == by.pk:
        raise InsideTheTeam(_("Somebody outside the team must look at this claim."))
    return milestone


def _tell(milestone: Milestone, by: Person) -> None:
    if milestone.claimed_by.email:
        write_message(
            "ventures/milestone",
            to=milestone.claimed_by,
            key=f"milestone:{milestone.pk}:{milestone.state}",
            context={"milestone": milestone, "venture": milestone.venture},
            scope=milestone.scope,
            by=by,
        )
