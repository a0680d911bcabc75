"""Which delegations have a vote, why the others have none, and in which order they are called."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from karvan.foundation.texts import fold, in_language

from ..models import Delegation, Membership, Sitting, StatutorySession


def with_credentials(session: StatutorySession) -> QuerySet[Delegation]:
    """The session's delegations with their member and their credentials. Cost: one query."""
    return session.delegations.select_related("membership", "credential")


def why_no_vote(delegation: Delegation) -> str:
    """Why the delegation has no vote, in words; "" where it has one. No query where its member
    and credential were fetched with it."""
    name = str(delegation)
    member = delegation.membership
    if delegation.capacity != Delegation.Capacity.MEMBER or member is None:
        return _("“%(name)s” is not here as a member, so it has no vote.") % {"name": name}
    if member.status == Membership.Status.SUSPENDED:
        return _("“%(name)s” is suspended, so it has no vote until the suspension is lifted.") % {
            "name": name
        }
    if member.status != Membership.Status.MEMBER:
        return _("“%(name)s” is %(status)s of this body, which has no vote.") % {
            "name": name,
            "status": member.get_status_display(),
        }
    return _why_not_accredited(delegation)


def _why_not_accredited(delegation: Delegation) -> str:
    name = str(delegation)
    credential = getattr(delegation, "credential", None)
    if credential is None:
        return _(
            "“%(name)s” has sent no credentials, so it has no vote. Enter them first, or let the "
            "committee accept it provisionally."
        ) % {"name": name}
    if credential.state == "refused":
        return _("The credentials of “%(name)s” were refused: %(reason)s. It has no vote.") % {
            "name": name,
            "reason": credential.reason,
        }
    if credential.state == "submitted":
        return _(
            "The committee has not yet decided on the credentials of “%(name)s”, so it has no vote."
        ) % {"name": name}
    return ""


def language_of_hall(session: StatutorySession) -> str:
    """The language the session is led in: the first of the organ's working languages."""
    return next(iter(session.organ.working_languages), "en")


def in_alphabet(delegations: Iterable[Delegation], language: str) -> list[Delegation]:
    """The delegations in the order of their names in that language, accents left aside."""
    return sorted(delegations, key=lambda one: (fold(in_language(one.names, language)), one.pk))


def called_from(delegations: list[Delegation], drawn: Membership | None) -> list[Delegation]:
    """The same order, beginning with the member drawn; unchanged where it is not among them."""
    if drawn is None:
        return delegations
    at = next((n for n, one in enumerate(delegations) if one.membership_id == drawn.pk), 0)
    return delegations[at:] + delegations[:at]


def drawn_of(sitting: Sitting) -> Membership | None:
    """A member drawn by lot among those that have a vote and are in the hall; None for an empty one."""
    last: dict[int, bool] = dict(
        sitting.roll.order_by("at", "pk").values_list("delegation_id", "is_present")
    )
    here = [
        one.membership
        for one in with_credentials(sitting.session)
        if last.get(one.pk) and not why_no_vote(one)
    ]
    return secrets.choice(here) if here else None
