"""S-expressions as KiCad writes them: nested lists of words and quoted texts."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

_TOKEN = re.compile(r'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+))', re.S)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
MOST_DEEP = 200

Node = list[Any]


def parsed(text: str) -> Node:
    """The first expression of a text, as nested lists.

    Raises:
        Unreadable: a bracket or a quotation mark is not closed, or nothing is there; says
            up to which line it could be read.
    """
    open_lists: list[tuple[Node, int]] = []
    at, end = 0, len(text)
    while at < end:
        found = _TOKEN.match(text, at)
        if not found:
            if not text[at:].strip():
                break
            raise _broken(text, at, _("a text in quotation marks is not closed"))
        at = found.end()
        opened, closed, quoted, word = found.groups()
        if opened:
            if len(open_lists) >= MOST_DEEP:
                raise _broken(text, at, _("it is nested too deeply"))
            open_lists.append(([], found.start()))
        elif closed:
            if not open_lists:
                raise _broken(text, at, _("a bracket closes that was never opened"))
            node, _start = open_lists.pop()
            if not open_lists:
                return node
            open_lists[-1][0].append(node)
        elif open_lists:
            value = (
                re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), quoted, flags=re.S)
                if quoted is not None
                else word
            )
            open_lists[-1][0].append(value)
        else:
            raise _broken(text, at, _("it does not begin with a bracket"))
    start = open_lists[-1][1] if open_lists else 0
    line = text[:start].count("\n") + 1
    raise _broken(
        text, end, _("the bracket opened on line %(line)d is not closed") % {"line": line}
    )


def _broken(text: str, at: int, why: str) -> Unreadable:
    return Unreadable(
        _("It can be read up to line %(line)d: %(why)s.")
        % {"line": text[:at].count("\n") + 1, "why": why}
    )


def children(node: Node, name: str) -> list[Node]:
    """The inner lists that begin with ``name``."""
    return [one for one in node if isinstance(one, list) and one and one[0] == name]


def word_of(node: Node, name: str, default: str = "") -> str:
    """The first word after ``name`` in the inner list of that name."""
    found = next(iter(children(node, name)), None)
    return str(found[1]) if found and len(found) > 1 and not isinstance(found[1], list) else default
