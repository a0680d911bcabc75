"""Who was there, in the sentence that final reports use: all members except those named."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui.formats import in_a_row, number

from ..models import Membership, RollMark, StatutorySession
from .papers_guards import members_of


@dataclass(frozen=True, slots=True)
class Presence:
    """The members of an organ at one session. ``by_roll``: read from the rolls of its sittings,
    else from who has registered."""

    present: tuple[Membership, ...]
    absent: tuple[Membership, ...]
    suspended: tuple[Membership, ...]
    by_roll: bool

    @property
    def count(self) -> int:
        """How many members the organ has, suspended ones included."""
        return len(self.present) + len(self.absent) + len(self.suspended)


def presence_of(session: StatutorySession) -> Presence:
    """Which members were present; suspended ones are neither. Three queries."""
    by_roll = RollMark.objects.filter(sitting__session=session, is_present=True).exists()
    came = session.delegations.filter(capacity="member", registered_at__isnull=False)
    if by_roll:
        seen = RollMark.objects.filter(
            delegation=OuterRef("pk"), sitting__session=session, is_present=True
        )
        came = session.delegations.filter(Exists(seen), capacity="member")
    there = set(came.values_list("membership_id", flat=True))
    groups: dict[str, list[Membership]] = {"present": [], "absent": [], "suspended": []}
    for one in sorted(members_of(session), key=str):
        if one.status == Membership.Status.SUSPENDED:
            groups["suspended"].append(one)
        elif one.status == Membership.Status.MEMBER:
            groups["present" if one.pk in there else "absent"].append(one)
    return Presence(**{key: tuple(rows) for key, rows in groups.items()}, by_roll=by_roll)


def present_sentence(session: StatutorySession) -> str:
    """The sentence of a final report, in the active language: "… all except …".

    Where fewer than half came, those present are named instead. "" while nobody is known to
    have come.
    """
    found = presence_of(session)
    if not found.present:
        return ""
    missing = [str(one) for one in found.absent] + [
        _("%(member)s (suspended)") % {"member": one} for one in found.suspended
    ]
    total = number(found.count)
    if not missing:
        return _("All %(count)s members were present.") % {"count": total}
    if len(found.present) * 2 < found.count:
        words = ngettext(
            "Present was %(present)s of %(count)s members: %(names)s.",
            "Present were %(present)s of %(count)s members: %(names)s.",
            len(found.present),
        )
        named = in_a_row([str(one) for one in found.present])
        return words % {"present": number(len(found.present)), "count": total, "names": named}
    return _("All %(count)s members were present, except: %(names)s.") % {
        "count": total,
        "names": in_a_row(missing),
    }
