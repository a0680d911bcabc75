"""What became of a venture: asked after 3, 6, 12 and 24 months. Silence is unknown."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Edition

from ..errors import WrongState
from ..models import FollowUp, Venture
from ..queries import due_follow_ups, members_of

MONTHS = (3, 6, 12, 24)
ANSWERS = (
    "had_revenue",
    "pays_staff",
    "served_users",
    "is_registered",
    "paid_jobs",
    "paid_jobs_women",
    "comment",
)
DAYS_TO_ANSWER = 45


@transaction.atomic
def plan_follow_ups(venture: Venture, *, from_date: date, by: Person | None) -> list[FollowUp]:
    """Plan the four questions, counted from the end of the course. Safe to run again.

    Raises:
        WrongState: the venture did not agree to be asked.
    """
    if not venture.follow_up_agreed:
        raise WrongState(_("This venture did not agree to be asked later."))
    planned = []
    for months in MONTHS:
        row, created = FollowUp.objects.get_or_create(
            venture=venture,
            months=months,
            defaults={
                "due_on": months_after(from_date, months),
                "token": secrets.token_urlsafe(32),
            },
        )
        if created:
            planned.append(row)
    if planned:
        record("follow-ups planned", venture, by=by, after={"from": from_date})
    return planned


@transaction.atomic
def plan_edition(edition: Edition, *, by: Person | None) -> int:
    """Plan the questions of every venture of an edition, from the last day of its last activity.

    Ventures that did not agree are left out. Returns how many ventures are planned anew;
    safe to run again.

    Raises:
        WrongState: that last day is not known yet.
    """
    last = edition.activities.order_by("-position").first()
    if last is None or last.actual_ends_on is None:
        raise WrongState(_("Say first on which day the last activity really ended."))
    ventures = Venture.objects.filter(team__edition=edition, follow_up_agreed=True)
    ended = last.actual_ends_on
    return sum(bool(plan_follow_ups(one, from_date=ended, by=by)) for one in ventures)


@transaction.atomic
def ask_follow_up(follow_up: FollowUp, *, by: Person | None) -> FollowUp:
    """Write to the members of a venture and ask; asked again it writes no second letter."""
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.state in (FollowUp.State.ANSWERED, FollowUp.State.SILENT):
        raise WrongState(_("This question is closed."))
    follow_up.state, follow_up.asked_at = FollowUp.State.ASKED, clock.now()
    follow_up.save(update_fields=["state", "asked_at"])
    for member in members_of(follow_up.venture).filter(email__isnull=False):
        write_message(
            "ventures/follow_up",
            to=member,
            key=f"follow-up:{follow_up.pk}:{member.pk}",
            context={"follow_up": follow_up, "venture": follow_up.venture},
            scope=follow_up.scope,
            by=by,
        )
    record("follow-up asked", follow_up.venture, by=by, after={"months": follow_up.months})
    return follow_up


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp, *, answers: Mapping[str, Any], by: Person | None = None
) -> FollowUp:
    """Write down a venture's answer; what was not answered stays unknown.

    Raises:
        WrongState: a question nobody asks, or more women than jobs.
    """
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    strange = set(answers) - set(ANSWERS)
    if strange:
        raise ValueError(f"no such answers: {sorted(strange)}")
    jobs, women = answers.get("paid_jobs"), answers.get("paid_jobs_women")
    if jobs is not None and women is not None and women > jobs:
        raise WrongState(_("There cannot be more women in paid jobs than paid jobs."))
    for name, value in answers.items():
        setattr(follow_up, name, value)
    follow_up.state, follow_up.answered_at = FollowUp.State.ANSWERED, clock.now()
    follow_up.save()
    after = {"months": follow_up.months, "active": follow_up.is_active}
    record("follow-up answered", follow_up.venture, by=by, after=after)
    return follow_up


def ask_due_follow_ups(*, by: Person | None = None) -> int:
    """Ask what has fallen due and close what nobody answered; returns how many were asked.

    Safe to run again.
    """
    today = clock.today()
    asked = 0
    for follow_up in due_follow_ups(today):
        ask_follow_up(follow_up, by=by)
        asked += 1
    cut = today - timedelta(days=DAYS_TO_ANSWER)
    for follow_up in FollowUp.objects.filter(state=FollowUp.State.ASKED, due_on__lt=cut):
        _close_silent(follow_up, by=by)
    return asked


@transaction.atomic
def _close_silent(follow_up: FollowUp, *, by: Person | None) -> None:
    follow_up.state = FollowUp.State.SILENT
    follow_up.save(update_fields=["state"])
    record("follow-up unanswered", follow_up.venture, by=by, after={"months": follow_up.months})


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(start.month - 1 + months, 12)
    first_of_next = date(start.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(start.year + year, month + 1, min(start.day, last))
