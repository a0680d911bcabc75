"""Named reads about appeals: who may decide one, what is free, what applicants and staff see."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from karvan.foundation.messages.models import Message
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call
from karvan.stages.reviews.models import Assignment

from .appealing_time import local_day
from .models import Appeal, Offer, SelectionRun

HELD = (Offer.State.OFFERED, Offer.State.ACCEPTED)


def appeals_listed(call: Call) -> QuerySet[Appeal]:
    """The appeals against decisions of a call's runs, with what a list of them shows."""
    return Appeal.objects.filter(decision__run__call=call).select_related(
        "decision__application__offer", "decision__run__call__activity__edition", "decided_by"
    ).defer("decision__run__document")  # fmt: skip


def may_decide(person: Person, run: SelectionRun) -> bool:
    """True if the person's roles let them decide appeals there."""
    return holds(person, RUNNERS, run.scope)


def had_a_part(person: Person, appeal: Appeal) -> bool:
    """True for whoever proposed or signed the run, or was given the application to read."""
    run = appeal.decision.run
    if run.made_by_id == person.pk or run.signoffs.filter(person=person).exists():
        return True
    return Assignment.objects.filter(
        application_id=appeal.decision.application_id, reviewer__person=person
    ).exists()


def free_places(run: SelectionRun) -> int:
    """Places of a run that nobody holds; negative where more were offered than there are. One query."""
    held = Offer.objects.filter(run=run, state__in=HELD).aggregate(
        seats=Sum("application__team_size")
    )
    return int(run.places - (held["seats"] or 0))


def letter_of(offer: Offer) -> Message | None:
    """The letter that told of an offer, if there is one; the newest where there are two."""
    keys = [f"selection/offer:{offer.application_id}"]
    appeal = Appeal.objects.filter(decision__application_id=offer.application_id).first()
    if appeal is not None:
        keys.append(f"selection/appeal:{appeal.pk}")
    return Message.objects.filter(key__in=keys).order_by("-created_at").first()


def has_begun(run: SelectionRun) -> bool:
    """True from the first day of the activity, at the clock of its edition."""
    starts_on = run.call.activity.starts_on
    return starts_on is not None and starts_on <= local_day(run.call)
