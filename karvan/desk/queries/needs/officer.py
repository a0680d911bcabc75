"""What waits for officers: promises that are late, minutes, signatures, drafts of blueprints."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, STAFF, within
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.agreements.access import commitments_for
from karvan.stages.agreements.models import Consultation
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.reports.queries.ledger import ledger
from karvan.stages.selection.models import SelectionRun

from ...links import link
from .need import MOST, SHOWN, Need, named

OPEN = ("open", "in_progress")


def late_commitments(person: Person) -> list[Need]:
    """Promises past their date that the register does not show as delivered.

    What was kept or changed stands in the ledger and needs nobody. One query, and the
    ledger's own where there is such a promise.
    """
    late = commitments_for(person).filter(state__in=OPEN, due_on__lt=clock.today())
    due = list(late.order_by("due_on", "pk")[:MOST])
    delivered = {
        line.commitment.pk for line in ledger(due).lines if {"kept", "changed"} & set(line.marks)
    } if due else set()  # fmt: skip
    rows = [row for row in due if row.pk not in delivered]
    if len(rows) > SHOWN:
        return [_many_late(len(rows), rows[0].due_on)]
    return [
        Need(
            key=f"commitment:{row.pk}",
            sentence=_("“%(commitment)s” was due and nobody has said what became of it.")
            % {"commitment": named(row)},
            act=_("Say how it stands"),
            url=link("agreements:commitment", code=row.code),
            due=row.due_on,
            is_late=True,
        )
        for row in rows
    ]


def _many_late(count: int, oldest: object) -> Need:
    figure = formats.number(count) if count < MOST else _("At least %(count)s") % {"count": MOST}
    return Need(
        key="commitments:late",
        sentence=_("%(count)s commitments are past their date, the oldest first in the list.")
        % {"count": figure},
        act=_("See the late commitments"),
        url=f"{link('agreements:commitments')}?show=late",
        due=oldest,  # type: ignore[arg-type]
        is_late=True,
    )


def minutes_to_confirm(person: Person) -> list[Need]:
    """Meetings that were held and whose minutes some party has not confirmed. One query."""
    waiting = Count("parties", filter=Q(parties__confirmed_at__isnull=True))
    rows = (
        Consultation.objects.filter(within(person, STAFF), state=Consultation.State.HELD)
        .annotate(missing=waiting)
        .filter(missing__gt=0)
        .order_by("starts_on")[:MOST]
    )
    return [
        Need(
            key=f"minutes:{row.pk}",
            sentence=ngettext(
                "The minutes of %(meeting)s wait for %(count)s party to confirm them.",
                "The minutes of %(meeting)s wait for %(count)s parties to confirm them.",
                row.missing,
            )
            % {"meeting": named(row), "count": formats.number(row.missing)},
            act=_("Open the meeting"),
            url=link("agreements:consultation", code=row.code),
        )
        for row in rows
    ]


def runs_to_sign(person: Person) -> list[Need]:
    """Proposed cohorts that one other person has signed already. One query."""
    rows = (
        SelectionRun.objects.filter(
            within(person, RUNNERS, "call__activity__scope"),
            state=SelectionRun.State.PROPOSED,
            is_feasible=True,
            signoffs__isnull=False,
        )
        .exclude(signoffs__person=person)
        .defer("document")
        .select_related("call__activity__edition")
        .order_by("made_at")
        .distinct()[:MOST]
    )
    return [
        Need(
            key=f"run:{row.pk}",
            sentence=_("Run %(number)s of %(activity)s has one signature and needs a second.")
            % {"number": row.number, "activity": named(row.call.activity)},
            act=_("Look at the run and sign it"),
            url=link("selection:edition", edition=row.call.activity.edition.slug),
        )
        for row in rows
    ]


def blueprint_drafts(person: Person) -> list[Need]:
    """Versions that were imported and not published. One query."""
    rows = (
        Blueprint.objects.filter(
            within(person, STAFF, "programme__code"), state=Blueprint.State.DRAFT
        )
        .defer("source", "data")
        .select_related("programme")
        .order_by("imported_at")[:MOST]
    )
    return [
        Need(
            key=f"blueprint:{row.pk}",
            sentence=_("Version %(number)s of %(programme)s is a draft; no country can adopt it.")
            % {"number": row.number, "programme": named(row.programme)},
            act=_("Check the draft and publish it"),
            url=link("blueprints:blueprint", code=row.programme.code, number=row.number),
        )
        for row in rows
    ]
