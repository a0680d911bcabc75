"""Named reads of runs, decisions and offers; what a run could choose from is in ``pool``."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from karvan.stages.calls.models import Application, Call

from .models import Decision, Offer, SelectionRun


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came, were eligible, were read, were chosen, and have accepted."""

    received: int
    eligible: int
    read: int
    selected: int | None
    accepted: int | None


def runs_of(call: Call) -> QuerySet[SelectionRun]:
    """The call's runs, newest first, without their documents."""
    return (
        SelectionRun.objects.filter(call=call)
        .defer("document")
        .select_related("made_by")
        .annotate(
            selected=Count("decisions", filter=Q(decisions__outcome=Decision.Outcome.SELECTED))
        )
        .order_by("-number")
    )


def signed_run(call: Call) -> SelectionRun | None:
    """The run that was signed off, if there is one."""
    return SelectionRun.objects.filter(call=call, state=SelectionRun.State.SIGNED).first()


def accepted_applications(call: Call) -> QuerySet[Application]:
    """The applications whose offer was accepted, by number."""
    return Application.objects.filter(call=call, offer__state=Offer.State.ACCEPTED).order_by(
        "number"
    )


def decisions_listed(run: SelectionRun) -> QuerySet[Decision]:
    """What a run decides, best first, with the applications."""
    return Decision.objects.filter(run=run).select_related("application")


def offers_listed(call: Call) -> QuerySet[Offer]:
    """The call's offers with whose they are and whom they replace."""
    return Offer.objects.filter(application__call=call).select_related(
        "application__person", "instead_of__application", "run__call__activity"
    )


def offers_overdue(now: object) -> QuerySet[Offer]:
    """Offers nobody answered in time."""
    return Offer.objects.filter(state=Offer.State.OFFERED, expires_at__lte=now).order_by("pk")


def funnel_of(call: Call, *, read: int, run: SelectionRun | None) -> Funnel:
    """The funnel of a call, given how many were read and which run is looked at; two queries."""
    states = call.applications.aggregate(
        received=Count("pk", filter=~Q(state=Application.State.DRAFT)),
        eligible=Count("pk", filter=Q(state=Application.State.SUBMITTED)),
        accepted=Count("pk", filter=Q(offer__state=Offer.State.ACCEPTED)),
        offered=Count("pk", filter=Q(offer__isnull=False)),
    )
    selected = None
    if run and run.is_feasible:
        selected = run.decisions.filter(outcome=Decision.Outcome.SELECTED).count()
    return Funnel(
        received=states["received"],
        eligible=states["eligible"],
        read=read,
        selected=selected,
        accepted=states["accepted"] if states["offered"] else None,
    )
