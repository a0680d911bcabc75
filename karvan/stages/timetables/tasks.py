"""What the worker does for timetables when asked."""

from __future__ import annotations

from django.utils.translation import override
from django_tasks import task

from .models import Search
from .services import run_search as run


@task()
def run_search(search: int) -> str:
    """Run a search of a large activity; returns its state. Safe to run again: it runs once."""
    found = Search.objects.select_related("activity__edition", "asked_by").get(pk=search)
    with override(found.asked_by.language if found.asked_by else "en"):
        return run(found).state
