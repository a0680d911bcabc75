"""Background work on top of django-tasks-db, with what it lacks: a lease, a reaper, bounded tries.

A worker that dies leaves its task *running* for ever, since the table has no sign of
life. Ours renews ``started_at`` while it works, so a task whose ``started_at`` is older
than the lease has lost its worker and is put back. Tasks are idempotent by house rule.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks_db.compat import TaskContext
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

LEASE = timedelta(minutes=2)  # since the worker's last sign of life
RENEWED_EVERY = 20.0  # seconds
LONGEST = timedelta(minutes=30)  # a task that runs longer hangs; its lease is not renewed
MOST_TRIES = 3
WAITS = (10, 60)  # seconds after the first and the second failure

log = logging.getLogger("karvan.work")


class LostWorker(Exception):
    """The worker died with this task, as often as a task is tried."""


def run_one(worker_id: str) -> bool:
    """Claim the next ready task and run it; False if there is none."""
    with exclusive_transaction():
        task = DBTaskResult.objects.ready().get_locked()
        if task is None:
            return False
        task.claim(worker_id)
    with _Lease(task):
        _run(task)
    return True


def reap(lease: timedelta = LEASE) -> int:
    """Put back tasks whose worker is gone, give up those tried too often; returns how many."""
    lost = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - lease):
        lost += 1
        if len(task.worker_ids) >= MOST_TRIES:
            task.set_failed(LostWorker(f"{MOST_TRIES} workers died with it"))
            log.error("gave up %s %s", task.task_path, task.id)
        else:
            DBTaskResult.objects.filter(
                pk=task.pk, status="RUNNING", started_at=task.started_at
            ).update(status="READY", started_at=None)
            log.warning("put back %s %s", task.task_path, task.id)
    return lost


def _run(task: DBTaskResult[Any, Any]) -> None:
    try:
        task.set_successful(_call(task))
    except Exception as failure:  # whatever a task raises must not stop the worker
        _settle_failure(task, failure)


def _call(task: DBTaskResult[Any, Any]) -> Any:
    work, result = task.task, task.task_result
    if work.takes_context:
        return work.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    return work.call(*result.args, **result.kwargs)


def _settle_failure(task: DBTaskResult[Any, Any], failure: Exception) -> None:
    tries = len(task.worker_ids)
    log.error("failed %s %s, try %s", task.task_path, task.id, tries, exc_info=failure)
    if tries >= MOST_TRIES:
        task.set_failed(failure)
        return
    wait = timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1])
    DBTaskResult.objects.filter(pk=task.pk, status="RUNNING").update(
        status="READY", started_at=None, run_after=timezone.now() + wait
    )


class _Lease:
    """While it is open, a thread tells that the task's worker lives."""

    def __init__(self, task: DBTaskResult[Any, Any]) -> None:
        self.task, self.ended = task, threading.Event()
        self.thread = threading.Thread(target=self._renew, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_raised: object) -> None:
        self.ended.set()
        self.thread.join()

    def _renew(self) -> None:
        until = timezone.now() + LONGEST
        while not self.ended.wait(RENEWED_EVERY) and timezone.now() < until:
            try:
                DBTaskResult.objects.filter(pk=self.task.pk, status="RUNNING").update(
                    started_at=timezone.now()
                )
            except Exception:  # the next round tries again; the lease bears two misses
                log.warning("could not renew %s", self.task.id, exc_info=True)
                close_old_connections()
        connection.close()
