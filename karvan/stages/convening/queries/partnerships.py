"""Named reads of forums and partnerships."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from karvan.foundation.people.models import Party
from karvan.foundation.texts import fold

from ..models import Forum, Partnership, PartnershipEvent

SOON = timedelta(days=60)


def partnerships_listed() -> QuerySet[Partnership]:
    """Partnerships with both sides, the forum and how many events stand under each."""
    return Partnership.objects.select_related(
        "party", "partner", "forum__led_by", "agreement"
    ).annotate(event_count=Count("events", distinct=True))


def forums_listed() -> QuerySet[Forum]:
    """Forums with who leads them and how many partnerships are in force."""
    in_force = Count("partnerships", filter=Q(partnerships__state="granted"), distinct=True)
    return Forum.objects.select_related("led_by").annotate(partner_count=in_force)


def partnerships_of_party(party: Party) -> QuerySet[Partnership]:
    """What a party is to others, what others are to it and to the forums it leads."""
    return partnerships_listed().filter(Q(party=party) | Q(partner=party) | Q(forum__led_by=party))


def events_of(partnership: Partnership) -> QuerySet[PartnershipEvent]:
    """The events that stand under a partnership, in time."""
    return partnership.events.select_related("edition", "consultation", "session__organ")


def asked() -> Q:
    """Those that wait for an answer."""
    return Q(state="asked")


def in_force(day: date) -> Q:
    """Those granted whose last day is not over."""
    return Q(state="granted") & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def run_out(day: date) -> Q:
    """Those still called in force whose last day is over."""
    return Q(state="granted", ends_on__lt=day)


def ending_soon(day: date) -> Q:
    """Those in force that end within two months."""
    return Q(state="granted", ends_on__gte=day, ends_on__lte=day + SOON)


def report_overdue(day: date) -> Q:
    """Those in force or ended whose report was due and has not come."""
    return Q(state__in=["granted", "ended"], report_due_on__lt=day, report_received_on__isnull=True)


def found_by_words(rows: QuerySet[Partnership], words: str) -> QuerySet[Partnership]:
    """Partnerships in which a party, the forum or the instrument is called so, in any language.

    Names are few and in several scripts, so they are folded here and not in the database.
    """
    wanted = fold(words)
    found = [
        one.pk
        for one in rows
        if wanted
        in fold(
            " ".join(
                [
                    one.instrument,
                    *one.party.names.values(),
                    *one.partner.names.values(),
                    *(one.forum.names.values() if one.forum else ()),
                ]
            )
        )
    ]
    return rows.filter(pk__in=found)
