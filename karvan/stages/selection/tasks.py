"""What the worker does, by the clock or when asked."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call

from .models import SelectionRun
from .services import expire_offers as expire
from .services import propose_by_lottery as propose
from .services import work_out_sureness as work_out


def expire_offers() -> int:
    """Let run out the offers nobody answered in time; returns how many."""
    return expire(by=None)


@task()
def work_out_sureness(run: int) -> int:
    """Work out how sure the places of a run are; returns how many draws. Safe to run again."""
    return work_out(SelectionRun.objects.get(pk=run), by=None)


@task()
def propose_by_lottery(call: int, number: int, typed: dict[str, Any], by: int) -> int:
    """Draw a cohort by lot as it was asked for; returns the run's number.

    Safe to run again: the run that was asked for has a number, and is drawn once.
    """
    found = Call.objects.select_related("activity__edition").get(pk=call)
    if found.selection_runs.filter(number__gte=number).exists():
        return number
    return propose(found, **typed, by=Person.objects.get(pk=by)).number
