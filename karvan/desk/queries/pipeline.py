"""The stages of one edition and how far each has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Edition
from karvan.stages.reports.models import Report
from karvan.stages.ventures.models import Milestone, Team

from .facts import Facts, facts_of

STAGES: dict[str, str | Promise] = {
    "agreements": gettext_lazy("Commitments"),
    "blueprints": gettext_lazy("Blueprint"),
    "editions": gettext_lazy("Edition"),
    "calls": gettext_lazy("Call"),
    "reviews": gettext_lazy("Reviews"),
    "selection": gettext_lazy("Selection"),
    "timetables": gettext_lazy("Timetable"),
    "delivery": gettext_lazy("Delivery"),
    "ventures": gettext_lazy("Ventures"),
    "credentials": gettext_lazy("Certificates"),
    "reports": gettext_lazy("Reports"),
}
EDITION_STATES = {
    "adopting": "in_progress",
    "adopted": "done",
    "running": "done",
    "closed": "done",
    "cancelled": "dropped",
}


@dataclass(frozen=True, slots=True)
class StageState:
    """How far a stage has come: a key of ``ui/states.py`` and a few words beside it."""

    state: str
    note: str = ""


def pipeline_states(edition: Edition) -> dict[str, StageState]:
    """The state of every stage of an edition, by the stage's name. Four queries."""
    facts = facts_of(edition.activities.all())
    today = clock.today()
    promised = Commitment.objects.filter(fulfilments__edition=edition)
    running = Q(state__in=["open", "in_progress"])
    promises = promised.aggregate(
        every=Count("pk", distinct=True),
        running=Count("pk", filter=running, distinct=True),
        late=Count("pk", filter=running & Q(due_on__lt=today), distinct=True),
    )
    grown = Team.objects.filter(edition=edition).aggregate(
        teams=Count("pk", distinct=True),
        ventures=Count("venture", distinct=True),
        claims=Count(
            "venture__milestones",
            filter=Q(venture__milestones__state=Milestone.State.CLAIMED),
            distinct=True,
        ),
    )
    reported = Report.objects.filter(scope=edition.scope).exists()
    found = {
        "agreements": _promised(promises),
        "blueprints": StageState("done", f"v{edition.blueprint.number}"),
        "editions": StageState(EDITION_STATES[edition.state], edition.get_state_display()),
        "ventures": _grown(grown),
        "reports": _reported(reported, edition),
    }
    for stage, judge in BY_ACTIVITY.items():
        found[stage] = _whole([judge(one) for one in facts])
    return {stage: found[stage] for stage in STAGES}


# --- one activity ---------------------------------------------------------------------


def _call(one: Facts) -> StageState | None:
    if one.call_state is None:
        return None
    if one.call_state == "cancelled":
        return StageState("dropped")
    if one.call_state == "draft":
        return StageState("draft")
    if one.is_closed:
        return StageState("done", _received(one))
    if one.opens_at and one.opens_at > clock.now():
        return StageState("waiting")
    deadline = formats.relative(one.deadline) if one.deadline else ""
    return StageState("in_progress", deadline)


def _received(one: Facts) -> str:
    return ngettext("%(count)s application", "%(count)s applications", one.received) % {
        "count": formats.number(one.received)
    }


def _reading(one: Facts) -> StageState | None:
    if one.round_state is None:
        return None
    if one.round_state == "closed":
        return StageState("done")
    if one.round_state == "prepared":
        return StageState("draft")
    late = one.round_due is not None and one.round_due < clock.now()
    note = _("%(done)s of %(given)s reads") % {
        "done": formats.number(one.reads_done),
        "given": formats.number(one.reads_given),
    }
    return StageState("late" if late and one.reads_done < one.reads_given else "in_progress", note)


def _chosen(one: Facts) -> StageState | None:
    if one.has_signed_run:
        if one.offers_open or not one.offers:
            return StageState("in_progress", _accepted(one) if one.offers else "")
        return StageState("done", _accepted(one))
    return StageState("waiting") if one.has_proposed_run else None


def _accepted(one: Facts) -> str:
    return _("%(accepted)s of %(offers)s accepted") % {
        "accepted": formats.number(one.accepted),
        "offers": formats.number(one.offers),
    }


def _placed(one: Facts) -> StageState | None:
    if one.has_published:
        return StageState("done")
    return StageState("draft") if one.has_draft_timetable or one.sessions else None


def _held(one: Facts) -> StageState | None:
    if one.rolls_missing:
        note = ngettext(
            "%(count)s roll not called", "%(count)s rolls not called", one.rolls_missing
        )
        return StageState("late", note % {"count": formats.number(one.rolls_missing)})
    if one.has_ended:
        return StageState("done" if one.rolls_called else "unknown")
    return StageState("in_progress") if one.has_begun or one.enrolled else None


def _certified(one: Facts) -> StageState | None:
    if one.credentials:
        return StageState("done", formats.number(one.credentials))
    return StageState("waiting") if one.has_ended and one.enrolled else None


BY_ACTIVITY: dict[str, Callable[[Facts], StageState | None]] = {
    "calls": _call,
    "reviews": _reading,
    "selection": _chosen,
    "timetables": _placed,
    "delivery": _held,
    "credentials": _certified,
}


# --- all activities together ----------------------------------------------------------

# What most needs a look speaks for the whole stage.
URGENT_FIRST = ("late", "waiting", "in_progress", "draft", "unknown", "done", "dropped")


def _whole(states: list[StageState | None]) -> StageState:
    known = [one for one in states if one]
    if not known:
        return StageState("open")
    return min(known, key=lambda one: URGENT_FIRST.index(one.state))


def _promised(counted: dict[str, int]) -> StageState:
    if not counted["every"]:
        return StageState("unknown", _("none named"))
    if counted["late"]:
        words = ngettext("%(count)s late", "%(count)s late", counted["late"])
        return StageState("late", words % {"count": formats.number(counted["late"])})
    state = "in_progress" if counted["running"] else "done"
    return StageState(state, formats.number(counted["every"]))


def _grown(counted: dict[str, int]) -> StageState:
    if counted["claims"]:
        words = ngettext("%(count)s claim waits", "%(count)s claims wait", counted["claims"])
        return StageState("waiting", words % {"count": formats.number(counted["claims"])})
    if not counted["teams"]:
        return StageState("open")
    note = formats.number(counted["ventures"]) if counted["ventures"] else ""
    return StageState("in_progress", note)


def _reported(reported: bool, edition: Edition) -> StageState:
    if reported:
        return StageState("done")
    return StageState("waiting" if edition.state == Edition.State.CLOSED else "open")
