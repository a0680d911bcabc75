"""Give the duties of a team out by day, and change who has one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from ..errors import NotGiven, NotOfThisDossier, NotReady
from ..models import Dossier, DutyTurn, Member
from ..rotation import rotate
from .editing import CLOSED, locked_dossier

DAYS = 5


def duties_of(activity: Activity) -> list[str]:
    """The codes of the duties in the workshop's design, in their order."""
    return [one["code"] for one in _part(activity).get("team_roles") or ()]


def days_of(activity: Activity) -> list[date]:
    """The workshop's days: as many working days from its first as the design says."""
    first = activity.actual_starts_on or activity.planned_starts_on
    if first is None:
        return []
    many = int((_part(activity).get("duration") or {}).get("days") or DAYS)
    calendar = calendar_of(activity.edition.country_id, scope=activity.edition.scope)
    return list(calendar.working_days(first, many))


def _part(activity: Activity) -> dict[str, Any]:
    try:
        return activity_document(activity)
    except KeyError:
        return {}


@transaction.atomic
def plan_turns(activity: Activity, *, by: Person | None) -> int:
    """Give the duties out for every day and team that has none yet; returns how many turns.

    Days that are planned or past stay as they are, and count: who had a duty rarely has it next.

    Raises:
        NotReady: the workshop has no first day, or its design no duties.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    days, duties = days_of(activity), duties_of(activity)
    if not days:
        raise NotReady(_("The workshop has no first day yet."))
    if not duties:
        raise NotReady(_("The design of this workshop names no duties in a team."))
    teams = Dossier.objects.filter(activity=activity).exclude(state__in=CLOSED)
    made = [turn for dossier in teams for turn in _turns(dossier, days, duties)]
    DutyTurn.objects.bulk_create(made)
    if made:
        record("planned duties", activity, by=by, after={"given": len(made), "days": len(days)})
    return len(made)


def _turns(dossier: Dossier, days: list[date], duties: list[str]) -> list[DutyTurn]:
    members = list(dossier.members.filter(left_on__isnull=True).values_list("pk", flat=True))
    held = list(DutyTurn.objects.filter(dossier=dossier).order_by("on"))
    known = {turn.on for turn in held}
    free = [on for on in days if on not in known]
    earlier = [turn for turn in held if free and turn.on < free[0]]
    last_day = max((turn.on for turn in earlier), default=None)
    planned = rotate(
        members,
        duties,
        len(free),
        before=Counter((turn.member_id, turn.duty) for turn in held),
        last={turn.duty: turn.member_id for turn in earlier if turn.on == last_day},
    )
    return [
        DutyTurn(dossier=dossier, on=on, duty=duty, member_id=member)
        for on, day in zip(free, planned, strict=True)
        for duty, member in day.items()
    ]


@transaction.atomic
def change_turn(dossier: Dossier, *, on: date, duty: str, member: Member, by: Person) -> DutyTurn:
    """Let another member have a duty on a day.

    Raises:
        NotOfThisDossier: the member is of another team, or has left.
        NotGiven: the design has no such duty.
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(dossier)
    if member.dossier_id != held.pk or member.left_on is not None:
        raise NotOfThisDossier(_("Choose somebody who is in the team."))
    if duty not in duties_of(held.activity):
        raise NotGiven(_("The design of this workshop has no duty %(code)s.") % {"code": duty})
    known = DutyTurn.objects.filter(dossier=held, on=on, duty=duty).first()
    turn, _is_new = DutyTurn.objects.update_or_create(
        dossier=held, on=on, duty=duty, defaults={"member": member}
    )
    before = {"person": known.member_id} if known else {}
    after = {"duty": duty, "on": on, "person": member.pk}
    record("changed duty", held, by=by, before=before, after=after)
    return turn
