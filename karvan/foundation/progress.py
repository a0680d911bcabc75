"""Say how far a long job has come, without a dependency."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Writable(Protocol):
    """Anything a line can be written to."""

    def write(self, text: str, /) -> object: ...


def track(items: Sequence[T], verb: str, *, to: Writable, every: float = 1.0) -> Iterator[T]:
    """Yield each item; write one progress line to ``to`` at most every ``every`` seconds."""
    start = last = time.monotonic()
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - last >= every:
            left = (now - start) / done * (len(items) - done) if done else 0.0
            to.write(f"{verb} {done}/{len(items)}, about {left:.0f} s left\n")
            last = now
        yield item
