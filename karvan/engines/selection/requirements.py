"""What every problem of the engine asks of its rows. Each refusal names the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def require_key(key: str, noun: str) -> None:
    """Refuse an empty key."""
    if not isinstance(key, str) or not key:
        raise ValueError(f"{noun} key must be a non-empty text, got {key!r}")


def require_count(value: int, name: str) -> None:
    """Refuse what is no whole number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be 0 or more, got {value}")


def require_seed(seed: str) -> None:
    """Refuse a missing seed."""
    if not isinstance(seed, str) or not seed.strip():
        raise ValueError(f"seed must be a non-empty text, got {seed!r}")


def require_unique(keys: Iterable[str], name: str) -> None:
    """Refuse keys that appear more than once, and name them."""
    repeated = sorted(key for key, n in Counter(keys).items() if n > 1)
    if repeated:
        raise ValueError(f"{name} appear more than once: {repeated}")
