"""What waits for applicants and participants."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Coursework, HandIn
from karvan.stages.selection.models import Offer
from karvan.stages.ventures.milestones import steps_of
from karvan.stages.ventures.models import Venture

from ...links import link
from .need import MOST, Need, is_past, named

DAYS_NEW = 30
MOST_VENTURES = 3


def offers_to_answer(person: Person) -> list[Need]:
    """Places offered to the person that still stand. One query."""
    rows = Offer.objects.filter(
        application__person=person, state=Offer.State.OFFERED, expires_at__gt=clock.now()
    ).select_related("application__call__activity__edition")
    return [
        Need(
            key=f"offer:{row.pk}",
            sentence=_("You are offered a place in %(activity)s.")
            % {"activity": named(row.application.call.activity)},
            act=_("Answer the offer"),
            url=link("selection:offer", token=row.application.token),
            due=row.expires_at,
            zone=row.application.call.activity.edition.time_zone,
        )
        for row in rows.order_by("expires_at")[:MOST]
    ]


def coursework_due(person: Person) -> list[Need]:
    """Coursework of the person's activities that he or she has not handed in. One query."""
    handed_in = HandIn.objects.filter(coursework=OuterRef("pk"), enrolment__person=person).exclude(
        state=HandIn.State.RETURNED
    )
    rows = (
        Coursework.objects.filter(
            ~Exists(handed_in),
            activity__enrolments__person=person,
            activity__enrolments__state="enrolled",
            due_at__isnull=False,
        )
        .exclude(activity__edition__state__in=["closed", "cancelled"])
        .select_related("activity__edition")
        .order_by("due_at", "pk")[:MOST]
    )
    return [
        Need(
            key=f"coursework:{row.pk}",
            sentence=_("%(coursework)s of %(activity)s is to be handed in.")
            % {"coursework": named(row), "activity": named(row.activity)},
            act=_("Hand it in"),
            url=link(
                "delivery:piece",
                edition=row.activity.edition.slug,
                activity=row.activity.code,
                code=row.code,
            ),
            due=row.due_at,
            zone=row.activity.edition.time_zone,
            is_late=is_past(row.due_at),
        )
        for row in rows
    ]


def milestones_to_claim(person: Person) -> list[Need]:
    """The next milestone of each of the person's ventures. One query and three a venture."""
    rows = (
        Venture.objects.filter(
            team__memberships__enrolment__person=person, team__memberships__left_on__isnull=True
        )
        .exclude(team__edition__state__in=["closed", "cancelled"])
        .select_related("team__edition__blueprint")
        .order_by("pk")[:MOST_VENTURES]
    )
    found = []
    for venture in rows:
        step = next((one for one in steps_of(venture) if one.may_be_claimed), None)
        if step:
            found.append(
                Need(
                    key=f"milestone:{venture.pk}",
                    sentence=_("The next milestone of %(venture)s is %(code)s.")
                    % {"venture": named(venture), "code": named(step.code)},
                    act=_("Open the venture"),
                    url=link("ventures:venture", pk=venture.pk),
                )
            )
    return found


def certificates_ready(person: Person) -> list[Need]:
    """Certificates issued to the person in the last thirty days. One query."""
    rows = Credential.objects.filter(
        person=person,
        revoked_at__isnull=True,
        issued_at__gte=clock.now() - timedelta(days=DAYS_NEW),
    ).select_related("activity")
    return [
        Need(
            key=f"credential:{row.pk}",
            sentence=_("Your certificate of %(activity)s is ready.")
            % {"activity": named(row.activity)},
            act=_("Open the certificate"),
            url=link("credentials:mine"),
        )
        for row in rows[:MOST]
    ]
