"""Is the platform able to work? What ``/health`` and ``karvan doctor`` say."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

HEARTBEAT_FILE = "worker-heartbeat"  # touched by the worker in the data folder
WORKER_IS_LATE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """``worker`` is "ok", "late" or "unknown"; a late worker is told but does not make it ill.

    Letters and long work then wait; pages still open, so a balancer must not take
    the platform away from people because of it.
    """

    database: bool
    storage: bool
    worker: str
    tasks_waiting: int | None
    version: str

    @property
    def is_well(self) -> bool:
        """True if pages can be served and nothing sent in would be lost."""
        return self.database and self.storage

    def as_json(self) -> dict[str, Any]:
        """For the answer: no addresses, no names, no reasons."""
        return {"status": "ok" if self.is_well else "ill", **asdict(self)}


def look() -> Health:
    """Try the database and the storage now. Cost: two queries and one small file."""
    database = _database_answers()
    waiting, oldest = _waiting_tasks() if database else (None, None)
    return Health(
        database=database,
        storage=_storage_takes_files(),
        worker=_worker(oldest),
        tasks_waiting=waiting,
        version=_version(),
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def _storage_takes_files() -> bool:
    """Write a small file and take it away: the only sign that counts for a full disk or a lost key."""
    try:
        name = default_storage.save("health/probe", ContentFile(b"karvan"))
        default_storage.delete(name)
    except Exception:  # every storage has errors of its own, and all mean the same here
        return False
    return True


def _waiting_tasks() -> tuple[int | None, timedelta | None]:
    """How many tasks are due, and how long the oldest has been."""
    now = timezone.now()
    try:
        found = (
            DBTaskResult.objects.ready()
            .order_by()
            .aggregate(n=Count("pk"), first=Min("enqueued_at"))
        )
    except Error:
        return None, None
    return found["n"], (now - found["first"] if found["first"] else None)


def _worker(oldest: timedelta | None) -> str:
    """From its heartbeat if it leaves one, else from how long work has been waiting."""
    heartbeat = Path(settings.DATA) / HEARTBEAT_FILE
    if heartbeat.exists():
        age = timedelta(seconds=time.time() - heartbeat.stat().st_mtime)
        return "ok" if age < WORKER_IS_LATE_AFTER else "late"
    return "late" if oldest and oldest > WORKER_IS_LATE_AFTER else "unknown"


def _version() -> str:
    try:
        return version("karvan")
    except PackageNotFoundError:
        return "unknown"
