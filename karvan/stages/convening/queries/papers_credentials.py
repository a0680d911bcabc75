"""How the credentials of a session stand: by state, and who has none, did not come, is suspended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Delegation, Membership, StatutorySession
from .papers_guards import members_of

Names = dict[str, str]

# The groups of a report in the order in which it is read out.
GROUPS: dict[str, Promise] = {
    "accepted": _("Credentials accepted"),
    "provisional": _("Accepted provisionally"),
    "submitted": _("Handed in, not yet decided on"),
    "refused": _("Refused"),
    "without": _("Registered without credentials"),
    "absent": _("Members that have not registered"),
    "suspended": _("Suspended members"),
}
MARKS = {
    "accepted": "done",
    "provisional": "in_progress",
    "submitted": "waiting",
    "refused": "dropped",
    "without": "late",
    "absent": "open",
    "suspended": "locked",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one delegation stands: a key of ``GROUPS``, its mark and word."""

    key: str

    @property
    def mark(self) -> str:
        return MARKS[self.key]

    @property
    def word(self) -> str:
        return str(WORDS[self.key])


WORDS: dict[str, Promise] = {
    "accepted": _("accepted"),
    "provisional": _("accepted provisionally"),
    "submitted": _("to be decided on"),
    "refused": _("refused"),
    "without": _("without credentials"),
    "absent": _("not registered"),
    "suspended": _("suspended"),
    "not_asked": _("none needed"),
}
MARKS["not_asked"] = "kept"


def delegations_listed(session: StatutorySession) -> QuerySet[Delegation]:
    """The session's delegations with all a list says of them."""
    return session.delegations.select_related("membership", "credential__file").prefetch_related(
        "delegates"
    )


def standing_of(delegation: Delegation) -> Standing:
    """How a delegation's credentials stand. Guests and the secretariat need none."""
    member = delegation.membership
    if delegation.capacity == "member" and member and member.status == "suspended":
        return Standing("suspended")
    credential = getattr(delegation, "credential", None)
    if credential is not None:
        return Standing(credential.state)
    return Standing("without" if delegation.capacity == "member" else "not_asked")


def by_capacity(session: StatutorySession) -> list[tuple[str, list[Delegation]]]:
    """The delegations under the word of what they come as, members first; each with its delegates,
    the head first. Two queries."""
    groups: dict[str, list[Delegation]] = {}
    for one in sorted(delegations_listed(session), key=str):
        groups.setdefault(one.capacity, []).append(one)
    words = Delegation.Capacity.choices
    return [(str(word), groups[key]) for key, word in words if key in groups]


def found_now(session: StatutorySession) -> dict[str, list[Names]]:
    """The groups of a report, each with the names in it; members only. Three queries."""
    groups: dict[str, list[Names]] = {key: [] for key in GROUPS}
    members = {one.pk: one for one in members_of(session)}
    came: set[int] = set()
    for delegation in delegations_listed(session).filter(capacity="member"):
        came.add(delegation.membership_id or 0)
        groups[standing_of(delegation).key].append(delegation.names)
    for member in members.values():
        if member.status == Membership.Status.SUSPENDED and member.pk not in came:
            groups["suspended"].append(member.names)
        elif member.status == Membership.Status.MEMBER and member.pk not in came:
            groups["absent"].append(member.names)
    return groups


def not_registered(session: StatutorySession) -> list[Membership]:
    """The members that have not registered, suspended ones last, by their names."""
    came = session.delegations.exclude(membership=None).values("membership")
    listed = members_of(session).exclude(pk__in=came).filter(status__in=["member", "suspended"])
    return sorted(listed, key=lambda one: (one.status == "suspended", str(one)))
