"""What the worker does, by the clock or when asked."""

from __future__ import annotations

from django_tasks import task

from .models import SelectionRun
from .services import expire_offers as expire
from .services import work_out_sureness as work_out


def expire_offers() -> int:
    """Let run out the offers nobody answered in time; returns how many."""
    return expire(by=None)


@task()
def work_out_sureness(run: int) -> int:
    """Work out how sure the places of a run are; returns how many draws. Safe to run again."""
    return work_out(SelectionRun.objects.get(pk=run), by=None)
