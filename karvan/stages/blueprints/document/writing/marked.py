"""A YAML text as a tree of what stands where: every key, value and item with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from ..reading import plain_events


class CannotEdit(Exception):
    """The text is written in a way that is not edited in place; it is written out as a whole."""


@dataclass(eq=False)
class Marked:
    """One value in the text, from `start` to `end` (anchor included, comments not).

    pairs: the keys and values of a mapping; items: those of a list; target: what an alias repeats.
    """

    kind: Literal["map", "seq", "scalar", "alias"]
    start: int
    end: int
    is_flow: bool = False
    style: str = ""
    word: str = ""
    anchor: str = ""
    pairs: list[tuple[Marked, Marked]] = field(default_factory=list)
    items: list[Marked] = field(default_factory=list)
    target: Marked | None = None
    has_alias: bool = False

    def below(self) -> list[Marked]:
        """What stands directly in it, in the order of the text."""
        return [one for pair in self.pairs for one in pair] if self.pairs else self.items


def marked(text: str) -> Marked:
    """The tree of a text that has been read without a problem of form.

    Raises:
        CannotEdit: it uses what is not edited in place, such as keys that are no words.
    """
    return _Marking(text).document()


class _Marking:
    """Turns the events of the parser into a tree; knows which anchor an alias means."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events: list[Any] = list(plain_events(text))
        self.at = 0
        self.anchors: dict[str, Marked] = {}

    def document(self) -> Marked:
        while not isinstance(self.events[self.at], yaml.NodeEvent):
            self.at += 1
        return self.node()

    def node(self) -> Marked:
        event = self.events[self.at]
        self.at += 1
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return Marked(
                "alias", start, end, target=self.anchors[str(event.anchor)], has_alias=True
            )
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            if style in ("|", ">"):
                end = len(self.text[:end].rstrip())
            made = Marked("scalar", start, end, style=style, word=event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            made = self.mapping(start, bool(event.flow_style))
        else:
            made = self.sequence(start, bool(event.flow_style))
        made.anchor = event.anchor or ""
        if made.anchor:
            self.anchors[made.anchor] = made
        return made

    def mapping(self, start: int, is_flow: bool) -> Marked:
        made = Marked("map", start, start, is_flow)
        while not isinstance(self.events[self.at], yaml.MappingEndEvent):
            key = self.node()
            if key.kind != "scalar" or key.anchor:
                raise CannotEdit
            made.pairs.append((key, self.node()))
        if len({key.word for key, _value in made.pairs}) < len(made.pairs):
            raise CannotEdit
        return self.closed(made)

    def sequence(self, start: int, is_flow: bool) -> Marked:
        made = Marked("seq", start, start, is_flow)
        while not isinstance(self.events[self.at], yaml.SequenceEndEvent):
            made.items.append(self.node())
        return self.closed(made)

    def closed(self, made: Marked) -> Marked:
        # The parser ends a block only where the next part begins, after comments and blank lines.
        last = self.events[self.at].end_mark.index
        below = made.below()
        made.end = last if made.is_flow else max((one.end for one in below), default=last)
        made.has_alias = any(one.has_alias for one in below)
        self.at += 1
        return made
