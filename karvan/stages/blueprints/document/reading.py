"""Turn YAML text into plain data, and remember on which line each part stands.

Nothing here writes: an edit goes into the text itself (see `writing`).
Words follow YAML 1.2: only `true` and `false` are booleans, so `no`, `on` and `12:30` stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .problems import DocumentProblems, Problem

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_VALUES = 100_000

RawPath = tuple[str | int, ...]
Positions = Mapping[RawPath, tuple[int, int]]

_TAG = "tag:yaml.org,2002:"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Loader):  # type: ignore[misc]
    """A composer with the few scalar kinds of YAML 1.2 and nothing else."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}


for _kind, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(_TAG + _kind, re.compile(_pattern), list(_first))


@dataclass
class _Reading:
    """The work in hand: positions found so far, problems met, values counted."""

    positions: dict[RawPath, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    values: int = 0

    def mark(self, raw: RawPath, node: yaml.Node) -> None:
        self.positions[raw] = (node.start_mark.line + 1, node.start_mark.column + 1)

    def report(self, raw: RawPath, node: yaml.Node, message: str) -> None:
        path = ".".join(map(str, raw))
        mark = node.start_mark
        self.problems.append(Problem(path, mark.line + 1, message, mark.column + 1))


def read(text: str) -> tuple[Any, Positions, list[Problem]]:
    """The data in the text, the (line, column) of every path, and duplicate or foreign keys met.

    Raises:
        DocumentProblems: too large, too deep, not YAML, or repeated beyond reason by aliases.
    """
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise _refused(line, _("The text holds a character that YAML forbids.")) from error
    if size > MOST_BYTES:
        raise _refused(
            1,
            _("The document has %(size)s bytes; the most is %(most)s.")
            % {"size": size, "most": MOST_BYTES},
        )
    try:
        _refuse_depth(text)
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refused(line, _("The text holds a character that YAML forbids.")) from error
    if node is None:
        raise _refused(1, _("The document is empty."))
    reading = _Reading()
    data = _value(node, (), (), reading)
    return data, reading.positions, reading.problems


def plain_events(text: str) -> Iterator[yaml.Event]:
    """The parser's events, each with where it stands in the text."""
    yield from yaml.parse(text, Loader=_PlainLoader)


def _refuse_depth(text: str) -> None:
    # The composer calls itself once a level, so depth is bounded before it runs.
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise _refused(
                    event.start_mark.line + 1 if event.start_mark else 1,
                    _("Parts are nested more than %(most)s deep.") % {"most": MOST_DEPTH},
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: yaml.Node, raw: RawPath, above: tuple[int, ...], reading: _Reading) -> Any:
    reading.values += 1
    if reading.values > MOST_VALUES or id(node) in above:
        message = _("Aliases repeat the same part beyond measure; write it out instead.")
        raise _refused(node.start_mark.line + 1, message)
    reading.positions.setdefault(raw, (node.start_mark.line + 1, node.start_mark.column + 1))
    above = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, raw, above, reading)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*raw, at), above, reading) for at, item in enumerate(node.value)]
    return _scalar(node, raw, reading)


def _mapping(
    node: yaml.MappingNode, raw: RawPath, above: tuple[int, ...], reading: _Reading
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            reading.report(raw, key_node, _("A key must be a single word."))
            continue
        key = str(key_node.value)
        here = (*raw, key)
        if key in data:
            first = reading.positions[here][0]
            reading.report(
                here,
                key_node,
                _("The key “%(key)s” is written twice; it stands on line %(line)s already.")
                % {"key": key, "line": first},
            )
            continue
        reading.mark(here, key_node)
        data[key] = _value(value_node, here, above, reading)
    return data


def _scalar(node: yaml.Node, raw: RawPath, reading: _Reading) -> Any:
    kind = node.tag.removeprefix(_TAG)
    written = str(node.value)
    try:
        if kind == "int":
            return int(written)
        if kind == "float":
            return float(written)
    except ValueError:
        kind = "unreadable"
    if kind == "bool":
        return written == "true"
    if kind == "null":
        return None
    if kind != "str":
        message = _("“%(value)s” carries the tag %(tag)s; use plain values only.")
        reading.report(raw, node, message % {"value": written[:40], "tag": node.tag})
    return written


def _refused(line: int, message: str) -> DocumentProblems:
    return DocumentProblems([Problem("", line, message, 1)])


def _broken(error: yaml.MarkedYAMLError) -> DocumentProblems:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    detail = " ".join(part for part in (error.context, error.problem) if part)
    message = _("This is not readable as YAML: %(detail)s.") % {"detail": detail}
    return DocumentProblems([Problem("", line, message, column)])
