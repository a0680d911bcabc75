"""What the worker does for roll calls when asked."""

from __future__ import annotations

from django.utils.translation import override
from django_tasks import task

from .models import RollCallImport
from .services.tallies_importing import run_import as run


@task()
def run_import(imported: int) -> str:
    """Take kept tables over; returns the import's state. Safe to run again: none is taken twice."""
    found = RollCallImport.objects.select_related("asked_by").get(pk=imported)
    with override(found.asked_by.language if found.asked_by else "en"):
        return run(found, by=found.asked_by).state
