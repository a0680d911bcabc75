"""What waits for those who run a selection once it is signed: free places, appeals."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, within
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.reviews.models import Assignment
from karvan.stages.selection.appeals import HELD
from karvan.stages.selection.models import Appeal, Offer, SelectionRun

from ...links import link
from .need import MOST, Need, named

OVER = ("closed", "cancelled")


def places_free(person: Person) -> list[Need]:
    """Signed selections with a place that was given back and that nobody could take. One query.

    Only until the activity begins; after that nobody is moved in.
    """
    held = Sum("offers__application__team_size", filter=Q(offers__state__in=HELD), default=0)
    # Given back and nobody came in for it: a replacement points at its own.
    unfilled = Offer.objects.filter(
        run=OuterRef("pk"),
        state__in=["declined", "expired", "withdrawn"],
        replacements__isnull=True,
    )
    rows = (
        SelectionRun.objects.filter(
            within(person, RUNNERS, "call__activity__scope"), state=SelectionRun.State.SIGNED
        )
        .exclude(call__activity__edition__state__in=OVER)
        .exclude(call__state="cancelled")
        .defer("document")
        .filter(Exists(unfilled))
        .annotate(held=held)
        .filter(held__lt=F("places"))
        .select_related("call__activity__edition")
        .order_by("pk")[:MOST]
    )
    return [
        Need(
            key=f"free:{row.pk}",
            sentence=ngettext(
                "%(count)s place in %(activity)s is free, and nobody who waits could come in by"
                " the quotas.",
                "%(count)s places in %(activity)s are free, and nobody who waits could come in by"
                " the quotas.",
                row.places - row.held,
            )
            % {
                "count": formats.number(row.places - row.held),
                "activity": named(row.call.activity),
            },
            act=_("See the offers"),
            url=link(
                "selection:offers",
                edition=row.call.activity.edition.slug,
                activity=row.call.activity.code,
            ),
        )
        for row in rows
        if (starts_on := row.call.activity.starts_on) is None or starts_on > clock.today()
    ]


def appeals_to_decide(person: Person) -> list[Need]:
    """Appeals that the person may decide: filed, and no part in what they are about. Two queries."""
    read = Assignment.objects.filter(reviewer__person=person).values("application_id")
    rows = (
        Appeal.objects.filter(
            within(person, RUNNERS, "decision__run__call__activity__scope"),
            state=Appeal.State.FILED,
        )
        .exclude(decision__run__made_by=person)
        .exclude(decision__run__signoffs__person=person)
        .exclude(decision__application__in=read)
        .select_related("decision__run__call__activity__edition")
        .defer("decision__run__document")
        .order_by("decide_by", "pk")[:MOST]
    )
    return [
        Need(
            key=f"appeal:{row.pk}",
            sentence=_("An appeal against the selection of %(activity)s waits to be decided.")
            % {"activity": named(row.decision.run.call.activity)},
            act=_("Read it and decide"),
            url=link(
                "selection:appeal",
                edition=row.decision.run.call.activity.edition.slug,
                activity=row.decision.run.call.activity.code,
                pk=row.pk,
            ),
            due=row.decide_by,
            is_late=row.decide_by < clock.today(),
        )
        for row in rows
    ]
