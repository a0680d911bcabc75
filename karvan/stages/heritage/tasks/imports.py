"""What the worker does for tables of monuments."""

from __future__ import annotations

from django.utils.translation import override
from django_tasks import task

from ..models import MonumentImport
from ..services.imports_taking import take_import as take


@task()
def take_import(imported: int) -> str:
    """Take a begun table over; returns its state. Safe to run again."""
    found = MonumentImport.objects.select_related("made_by").get(pk=imported)
    with override(found.made_by.language if found.made_by else "en"):
        return take(found, by=found.made_by).state
