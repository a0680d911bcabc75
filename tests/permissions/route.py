"""One line of the permission matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

EVERY_ROLE = (
    "stranger",
    "participant",
    "reviewer",
    "trainer",
    "mentor",
    "partner",
    "auditor",
    "neighbour",  # a coordinator of another country
    "coordinator",
    "officer",
    "administrator",
)
SIGNED_IN = EVERY_ROLE[1:]
RUNNERS = ("coordinator", "officer", "administrator")
READERS = ("auditor", *RUNNERS)


@dataclass(frozen=True, slots=True)
class Route:
    """Who may call a view, and with which arguments in the world of the matrix.

    ``allowed`` names roles; everybody else must get 403, 404 or the sign-in page.
    ``arguments`` takes the world and gives the view's keyword arguments.
    """

    allowed: tuple[str, ...]
    method: str = "get"
    arguments: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    data: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})


def public(**more: Any) -> Route:
    """Everybody, signed in or not."""
    return Route(allowed=EVERY_ROLE, **more)


def only(allowed: Iterable[str], **more: Any) -> Route:
    """These roles and nobody else."""
    return Route(allowed=tuple(allowed), **more)
