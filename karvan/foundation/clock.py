"""What time it is, and the one place where a replay may say that it is another time.

Services ask ``now()``. History that is entered after the fact (the demo world, an
import of old papers) runs inside ``replaying(moment)``; every record written there
says that it was replayed, so a replayed past can never pass for a witnessed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_replayed: ContextVar[datetime | None] = ContextVar("replayed_moment", default=None)


def now() -> datetime:
    """The present moment, aware, or the moment being replayed."""
    return _replayed.get() or timezone.now()


def today() -> date:
    """The date of ``now()`` in the active time zone."""
    return timezone.localtime(now()).date()


def is_replaying() -> bool:
    """True inside ``replaying``."""
    return _replayed.get() is not None


@contextmanager
def replaying(moment: datetime) -> Iterator[None]:
    """Let ``now()`` be ``moment`` inside the block.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if timezone.is_naive(moment):
        raise ValueError(f"a replayed moment needs a time zone, got {moment!r}")
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)
