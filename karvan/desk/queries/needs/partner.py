"""What waits for a partner: minutes, places to nominate for, dates to keep free."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import parties_of
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.agreements.models import Consultation, ConsultationParty
from karvan.stages.calls.models import Nomination
from karvan.stages.editions.models import Activity, EditionPartner

from ...links import link
from .need import MOST, Need, named

DAYS_AHEAD = 60


def minutes_to_confirm(person: Person) -> list[Need]:
    """Minutes that the person's own party has not confirmed. One query."""
    rows = ConsultationParty.objects.filter(
        party__in=parties_of(person),
        confirmed_at__isnull=True,
        consultation__state=Consultation.State.HELD,
    ).select_related("consultation", "party")
    return [
        Need(
            key=f"minutes:{row.consultation_id}",
            sentence=_("The minutes of %(meeting)s wait for %(party)s to confirm them.")
            % {"meeting": named(row.consultation), "party": named(row.party)},
            act=_("Read the minutes and confirm them"),
            url=link("agreements:consultation", code=row.consultation.code),
        )
        for row in rows.order_by("consultation__starts_on")[:MOST]
    ]


def places_to_nominate(person: Person) -> list[Need]:
    """Reserved places of open calls for which nobody is put forward yet. One query."""
    now = clock.now()
    standing = (
        Nomination.objects.filter(
            party=OuterRef("party"), call__activity__edition=OuterRef("edition")
        )
        .exclude(state=Nomination.State.WITHDRAWN)
        .order_by()
        .values("party")
        .annotate(counted=Count("pk"))
        .values("counted")
    )
    rows = (
        EditionPartner.objects.filter(
            party__in=parties_of(person),
            reserved_seats__gt=0,
            edition__activities__call__state="published",
            edition__activities__call__opens_at__lte=now,
            edition__activities__call__closes_at__gt=now,
        )
        .annotate(
            free=F("reserved_seats") - Coalesce(Subquery(standing), 0),
            until=F("edition__activities__call__advertised_deadline"),
            activity=F("edition__activities__code"),
        )
        .filter(free__gt=0)
        .select_related("edition", "party")
        .order_by("until", "pk")[:MOST]
    )
    return [
        Need(
            key=f"nominate:{row.pk}:{row.activity}",
            sentence=ngettext(
                "%(count)s place of %(party)s in %(edition)s is still free.",
                "%(count)s places of %(party)s in %(edition)s are still free.",
                row.free,
            )
            % {
                "count": formats.number(row.free),
                "party": named(row.party),
                "edition": named(row.edition),
            },
            act=_("Nominate people"),
            url=link("calls:nominations", edition=row.edition.slug, activity=row.activity),
            due=row.until,
        )
        for row in rows
    ]


def dates_to_keep_free(person: Person) -> list[Need]:
    """Activities of the party's editions that begin within sixty days. One query."""
    today = clock.today()
    begins = Coalesce("actual_starts_on", "planned_starts_on")
    rows = (
        Activity.objects.annotate(begins=begins)
        .filter(
            Q(edition__partners__party__in=parties_of(person)),
            begins__gte=today,
            begins__lte=today + timedelta(days=DAYS_AHEAD),
        )
        .exclude(edition__state="cancelled")
        .select_related("edition")
        .order_by("begins", "pk")
        .distinct()[:MOST]
    )
    return [
        Need(
            key=f"keep:{row.pk}",
            sentence=_("%(activity)s of %(edition)s begins: keep the day free.")
            % {"activity": named(row), "edition": named(row.edition)},
            act=_("Open the edition"),
            url=link("editions:edition", edition=row.edition.slug),
            due=row.begins,
        )
        for row in rows
    ]
