"""Background work for the tests; a subprocess must be able to import it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, text: str) -> str:
    """Add a line to a file."""
    with Path(path).open("a") as out:
        out.write(f"{text}\n")
    return text


@task()
def fail(path: str) -> None:
    """Leave a line, then break."""
    with Path(path).open("a") as out:
        out.write("tried\n")
    raise RuntimeError("broken on purpose")


@task(takes_context=True)
def with_context(context) -> str:
    """Say which task this is."""
    return str(context.task_result.id)


@task()
def hang(path: str) -> None:
    """Leave the process's number, then take very long; the second time, end at once."""
    first = not Path(path).exists()
    with Path(path).open("a") as out:
        out.write(f"{os.getpid()}\n")
    if first:
        time.sleep(60)
