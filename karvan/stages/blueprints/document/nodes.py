"""A careful way to walk data that may be malformed: what is missing or odd is simply not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .reading import RawPath

# What a check reports: where, as raw keys and positions, and what, in words.
Finding = tuple[RawPath, str]
Findings = Iterator[Finding]


@dataclass(frozen=True)
class Node:
    """A value in the document and the raw path that leads to it."""

    value: Any
    raw: RawPath = ()

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def at(self, key: str) -> Node:
        """The part under this key; its value is None when there is none."""
        held = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(held, (*self.raw, key))

    def entries(self, key: str) -> list[Node]:
        """The mappings in the list under this key."""
        return [item for item in self.at(key).items() if isinstance(item.value, dict)]

    def texts(self, key: str) -> list[Node]:
        """The texts in the list under this key."""
        return [item for item in self.at(key).items() if isinstance(item.value, str)]

    def items(self) -> list[Node]:
        held = self.value if isinstance(self.value, list) else []
        return [Node(item, (*self.raw, at)) for at, item in enumerate(held)]

    def pairs(self) -> list[tuple[str, Node]]:
        held = self.value if isinstance(self.value, dict) else {}
        return [(key, Node(item, (*self.raw, key))) for key, item in held.items()]

    def text(self, key: str) -> str:
        """The text under this key, or the empty text."""
        held = self.at(key).value
        return held if isinstance(held, str) else ""

    def number(self, key: str) -> int | float | None:
        """The number under this key, or None."""
        held = self.at(key).value
        return held if isinstance(held, int | float) and not isinstance(held, bool) else None

    def codes(self, key: str, name: str = "code") -> dict[str, Node]:
        """The entries of a list by their code (or the identity named)."""
        return {item.text(name): item for item in self.entries(key) if item.text(name)}


def every(node: Node) -> Iterator[Node]:
    """This node and all below it, top down."""
    yield node
    for _key, below in node.pairs():
        yield from every(below)
    for item in node.items():
        yield from every(item)
