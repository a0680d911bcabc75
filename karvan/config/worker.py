"""The worker: sends letters, runs background work, and does what is due by the clock."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from karvan.foundation.messages.services import deliver_due
from karvan.foundation.web.health import HEARTBEAT_FILE

from . import background
from .periodic import PERIODIC, Periodic

IDLE = 1.0  # seconds between looks when there is nothing to do
REAPED_EVERY = 30

log = logging.getLogger("karvan.worker")


class Worker:
    """One loop in one process; several may run on one database.

    ``stop`` ends it after the work in hand. ``tick`` is one round, for tests and for
    ``--once``.
    """

    def __init__(self, periodic: Sequence[Periodic] = PERIODIC) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.heartbeat = Path(settings.DATA) / HEARTBEAT_FILE
        self.stopped = threading.Event()
        acts = [(one.load(), one.every) for one in periodic]
        self.clock = [_Due(act, every) for act, every in acts]
        self.clock.append(_Due(background.reap, REAPED_EVERY))

    def run(self) -> None:
        """Work until stopped; a broken database or mail server is logged and tried again."""
        pulse = threading.Thread(target=self._beat, daemon=True)
        pulse.start()
        while not self.stopped.is_set():
            try:
                worked = self.tick()
            except DatabaseError:
                log.exception("the database did not answer")
                worked = False
            close_old_connections()
            if not worked:
                self.stopped.wait(IDLE)
        pulse.join()
        self.heartbeat.unlink(missing_ok=True)

    def tick(self) -> bool:
        """One round; True if there may be more to do at once."""
        for due in self.clock:
            due.run_if_due()
        done = deliver_due(limit=20)
        return background.run_one(self.name) or done.sent > 0

    def stop(self, *_signal: Any) -> None:
        """End after the work in hand; a second call ends at once."""
        if self.stopped.is_set():
            os._exit(1)
        self.stopped.set()

    def _beat(self) -> None:
        """Touch the heartbeat file, also while long work runs."""
        self.heartbeat.parent.mkdir(parents=True, exist_ok=True)
        while True:
            self.heartbeat.touch()
            if self.stopped.wait(10):
                return


class _Due:
    """One act by the clock: first at the start, then every so many seconds."""

    def __init__(self, act: Callable[[], Any], every: int) -> None:
        self.act, self.every, self.next_at = act, every, 0.0

    def run_if_due(self) -> None:
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + self.every
        try:
            self.act()
        except Exception:  # one broken act must not stop letters and the others
            log.exception("an act by the clock failed: %s", getattr(self.act, "__name__", ""))


def work() -> int:
    """Run a worker until SIGTERM or Ctrl-C; returns the exit code."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
    return 0
