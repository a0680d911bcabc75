"""Locks: each points at a part that exists, with limits that the part itself keeps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..nodes import Findings, Node
from ..paths import UnknownPath, identity_of, split, value_at
from ..problems import did_you_mean

LIMITS = ("min", "max", "options")


def locks_can_hold(root: Node) -> Findings:
    """No lock is lost, said twice, without limits it needs, or broken by the document itself."""
    seen: set[str] = set()
    for lock in root.entries("locks"):
        path = lock.text("path")
        if path and path in seen:
            yield (*lock.raw, "path"), _("“%(path)s” is locked twice.") % {"path": path}
        seen.add(path)
        try:
            value = value_at(root.value, path)
        except UnknownPath:
            yield (*lock.raw, "path"), _lost(root, path)
            continue
        yield from _limits(lock, value)


def _lost(root: Node, path: str) -> str:
    held = root.value
    for part in split(path):
        try:
            held = value_at(held, part)
        except UnknownPath:
            message = _("There is no part “%(path)s”: “%(part)s” is not found.")
            return message % {"path": path, "part": part} + did_you_mean(part, _names(held))
    return ""


def _names(held: object) -> list[str]:
    if isinstance(held, dict):
        return list(held)
    items = held if isinstance(held, list) else []
    return [name for item in items if (name := identity_of(item))]


def _limits(lock: Node, value: object) -> Findings:
    given = [name for name in LIMITS if name in lock]
    if lock.text("level") != "bounded":
        if given:
            yield lock.raw, _("Only a bounded part has min, max or options.")
        return
    if not given:
        yield lock.raw, _("A bounded part says its min, max or options.")
    least, most = lock.number("min"), lock.number("max")
    if least is not None and most is not None and least > most:
        message = _("The least, %(least)s, is more than the most, %(most)s.")
        yield (*lock.raw, "min"), message % {"least": least, "most": most}
    options = lock.at("options").value
    if isinstance(options, list) and value not in options:
        message = _("The document's own value, “%(value)s”, is not among the options.")
        yield (*lock.raw, "options"), message % {"value": value}
    if least is None and most is None:
        return
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield lock.raw, _("Only a number has a least and a most.")
    elif (least is not None and value < least) or (most is not None and value > most):
        message = _("The document's own value, %(value)s, lies outside the bounds.")
        yield lock.raw, message % {"value": value}
