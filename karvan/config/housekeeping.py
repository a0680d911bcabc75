"""Rows that nobody needs after a while."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=30)


def clear_sessions() -> None:
    """Remove sign-ins that have run out."""
    call_command("clearsessions")


def clear_finished_work() -> int:
    """Remove background work that ended a month ago; returns how many rows went."""
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    removed: int = ended.delete()[0]
    return removed
