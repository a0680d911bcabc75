"""Run the web server and the worker as one tree of processes that stops together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection

from .console import Trouble, say
from .tables import pending_migrations, prepare_tables

PATIENCE = 20.0  # seconds a child gets to finish its work
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def serve(*, host: str, port: int, workers: int, migrate: bool) -> int:
    """Check, prepare, and serve until stopped; returns the exit code.

    Raises:
        Trouble: the port is taken, or the database is behind the code and ``migrate`` was
            not asked for.
    """
    ensure_port_is_free(host, port)
    call_command("check", verbosity=0)
    if migrate:
        prepare_tables()
    elif pending := pending_migrations():
        raise Trouble(
            f"The database lacks {pending} changes of this version. "
            "Make a backup (karvan backup FILE), then start with: karvan serve --migrate"
        )
    collect_static()
    return run_tree(host=host, port=port, workers=workers)


def ensure_port_is_free(host: str, port: int) -> None:
    """Nothing, if one may listen there.

    Asked before anything is prepared: two servers could share a port without a word, and the
    web server itself would only show where in its own text it fell.

    Raises:
        Trouble: something else listens there, or this machine does not allow it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((host, port))
    except OSError as refused:
        raise Trouble(
            f"Karvan cannot listen at {host}:{port}: {refused.strerror}. "
            f"Choose another port: --port {port + 1} (make demo PORT={port + 1})"
        ) from refused


def collect_static() -> None:
    """Gather and name the static files, if they were not or have changed since."""
    if settings.DEBUG:
        return
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and _newest_static() <= manifest.stat().st_mtime:
        return
    call_command("collectstatic", interactive=False, verbosity=0)


def run_tree(*, host: str, port: int, workers: int) -> int:
    """Start both children and wait; a dead worker is started again, a dead server ends all."""
    connection.close()
    tree = _Tree(
        server_command(host, port, workers), [sys.executable, "-m", "karvan.config.cli", "worker"]
    )
    return tree.run()


def server_command(host: str, port: int, workers: int) -> list[str]:
    """How granian is started: few threads, so that one writer at a time is not starved."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "2", "--backpressure", "64", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "15"),
        "karvan.config.wsgi:application",
    ]


class _Tree:
    """The two children and the end they share."""

    def __init__(self, server: list[str], worker: list[str]) -> None:
        self.commands = {"server": server, "worker": worker}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        while not self.stopping and self._all_well():
            time.sleep(0.3)
        code = self.running["server"].poll()
        self._end_all()
        return 0 if self.stopping else code or 1

    def _start(self, name: str) -> None:
        self.running[name] = subprocess.Popen(
            self.commands[name],
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,  # Ctrl-C reaches us only, and we end them in order
            preexec_fn=_end_with_parent,  # noqa: PLW1509 -- this process has no threads
        )

    def _all_well(self) -> bool:
        if self.running["server"].poll() is not None:
            say("The web server has stopped.")
            return False
        if self.running["worker"].poll() is not None:
            say("The worker has stopped; starting it again.")
            time.sleep(2)
            self._start("worker")
        return True

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + PATIENCE
        for child in self.running.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _end_with_parent() -> None:
    """Let the system end this child when its parent is killed (Linux; elsewhere it lives on)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


def _newest_static() -> float:
    times = (
        os.path.getmtime(storage.path(name))  # noqa: PTH204 -- as the storage gives it
        for finder in finders.get_finders()
        for name, storage in finder.list([])
    )
    return max(times, default=0.0)
