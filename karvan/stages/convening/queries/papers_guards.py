"""What is still missing before a session is convoked, opened or closed; all of it, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.ui.formats import date_in_words

from ..models import Membership, StatutorySession
from .organs_memberships import memberships_on


def members_of(session: StatutorySession) -> QuerySet[Membership]:
    """Those who are members of the organ, in any status, on the day the session begins."""
    rows = memberships_on(session.organ, session.starts_on)
    return rows.select_related("party", "country")


def convocation_due(session: StatutorySession) -> date:
    """The last day on which the members are convoked in time."""
    return session.starts_on - timedelta(days=session.organ.convocation_days)


def convocation_late_days(session: StatutorySession) -> int:
    """By how many days the convocation is, or would be today, too late; 0 where it is in time."""
    on = session.convoked_at.date() if session.convoked_at else clock.today()
    return max(0, (on - convocation_due(session)).days)


def missing_to_convoke(session: StatutorySession) -> list[str]:
    """What a convocation needs and does not have."""
    missing = []
    if not session.place:
        missing.append(_("the place"))
    if not members_of(session).exists():
        missing.append(_("a member of the organ"))
    if not session.agendas.exists():
        missing.append(_("a provisional agenda that is issued"))
    if session.ends_on < clock.today():
        missing.append(_("days that are still ahead"))
    return missing


def missing_to_open(session: StatutorySession) -> list[str]:
    """What the opening needs and does not have."""
    missing = []
    if clock.today() < session.starts_on:
        missing.append(_("its first day, %(day)s") % {"day": date_in_words(session.starts_on)})
    if not session.delegations.filter(
        capacity="member", credential__state__in=["accepted", "provisional"]
    ).exists():
        missing.append(_("a member's delegation whose credentials are accepted"))
    if not session.credentials_reports.exists():
        missing.append(_("a report on credentials"))
    return missing


def missing_to_close(session: StatutorySession) -> list[str]:
    """What the closing needs and does not have."""
    missing = []
    if not session.agendas.filter(kind="adopted").exists():
        missing.append(_("an adopted agenda"))
    open_items = session.agenda_items.filter(state__in=["included", "proposed"]).count()
    if open_items:
        missing.append(
            ngettext(
                "a decision on %(count)d item: closed, deferred or withdrawn",
                "a decision on %(count)d items: closed, deferred or withdrawn",
                open_items,
            )
            % {"count": open_items}
        )
    sitting = session.sittings.filter(opened_at__isnull=False, closed_at__isnull=True).first()
    if sitting:
        missing.append(_("the close of sitting %(number)s") % {"number": sitting.number})
    return missing
