"""Locks: each points at a part that exists, with limits that the part itself keeps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..locks import choices_of
from ..nodes import Findings, Node
from ..paths import UnknownPath, identity_of, is_named_list, split, value_at
from ..patterns import bound, first_lost, is_pattern, matches
from ..problems import did_you_mean

LIMITS = ("min", "max", "options", "from")


def locks_can_hold(root: Node) -> Findings:
    """No lock is lost, said twice, without limits it needs, or broken by the document itself."""
    seen: set[str] = set()
    for lock in root.entries("locks"):
        path = lock.text("path")
        if path and path in seen:
            yield (*lock.raw, "path"), _("“%(path)s” is locked twice.") % {"path": path}
        seen.add(path)
        found = list(matches(root.value, path)) if path else []
        if not found:
            yield (*lock.raw, "path"), _lost(root, path)
            continue
        if lock.text("level") != "bounded":
            yield from _without_limits(lock)
            continue
        yield from _bounds(lock)
        if "from" in lock:
            yield from _source(root, lock)
        for at, value in found:
            yield from _kept(root, lock, at, value)


def _lost(root: Node, path: str) -> str:
    lost = first_lost(root.value, path)
    if lost is None:
        return _("A lock says its path.")
    part, held = lost
    if is_pattern(path):
        message = _("No part is like “%(path)s”: nothing stands at “%(part)s”.")
    else:
        message = _("There is no part “%(path)s”: “%(part)s” is not found.")
    return message % {"path": path, "part": part} + did_you_mean(part, _names(held))


def _names(held: object) -> list[str]:
    if isinstance(held, dict):
        return list(held)
    items = held if isinstance(held, list) else []
    return [name for item in items if (name := identity_of(item))]


def _without_limits(lock: Node) -> Findings:
    if any(name in lock for name in (*LIMITS, "where")):
        yield lock.raw, _("Only a bounded part has min, max, options or from.")


def _bounds(lock: Node) -> Findings:
    given = [name for name in LIMITS if name in lock]
    if not given:
        yield lock.raw, _("A bounded part says its min, max, options or from.")
    if "options" in given and "from" in given:
        yield lock.raw, _("A bounded part has options or from, not both.")
    if "where" in lock and "from" not in given:
        yield (*lock.raw, "where"), _("Only what is chosen from a list says where.")
    least, most = lock.number("min"), lock.number("max")
    if least is not None and most is not None and least > most:
        message = _("The least, %(least)s, is more than the most, %(most)s.")
        yield (*lock.raw, "min"), message % {"least": least, "most": most}


def _source(root: Node, lock: Node) -> Findings:
    """The list that a part is chosen from is there, has codes, and some item passes."""
    source = lock.text("from")
    found = list(matches(root.value, source)) if source else []
    if not found:
        yield (*lock.raw, "from"), _lost(root, source)
        return
    for at, listed in found:
        if not listed or not is_named_list(listed):
            message = _("“%(path)s” is not a list whose items have codes.")
            yield (*lock.raw, "from"), message % {"path": at}
    where = dict(_asked(lock))
    if where and not any(choices_of(root.value, at, where) for at, _listed in found):
        message = _("No item of “%(path)s” has what is asked: %(asked)s.")
        asked = ", ".join(f"{key}: {wanted}" for key, wanted in where.items())
        yield (*lock.raw, "where"), message % {"path": source, "asked": asked}


def _asked(lock: Node) -> list[tuple[str, object]]:
    return [(key, node.value) for key, node in lock.at("where").pairs()]


def _kept(root: Node, lock: Node, at: str, value: object) -> Findings:
    """The document's own value keeps the limits; a list does so entry by entry."""
    options = _options(root, lock, at)
    if options is not None:
        plain = _plain_entries(value)
        if plain is None:
            yield lock.raw, _("Only a plain value, or a list of them, has options.")
        for one in plain or ():
            if one not in options:
                message = _("The document's own value, “%(value)s”, is not among the options.")
                key = "from" if "from" in lock else "options"
                yield (*lock.raw, key), _at(lock, at) + message % {"value": one}
    least, most = lock.number("min"), lock.number("max")
    if least is None and most is None:
        return
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield lock.raw, _at(lock, at) + _("Only a number has a least and a most.")
    elif (least is not None and value < least) or (most is not None and value > most):
        message = _("The document's own value, %(value)s, lies outside the bounds.")
        yield lock.raw, _at(lock, at) + message % {"value": value}


def _options(root: Node, lock: Node, at: str) -> list[object] | None:
    if "from" in lock:
        source = bound(lock.text("from"), lock.text("path"), split(at))
        try:
            value_at(root.value, source)
        except UnknownPath:
            return None  # said once for the lock itself
        return list(choices_of(root.value, source, dict(_asked(lock))))
    options = lock.at("options").value
    return options if isinstance(options, list) else None


def _plain_entries(value: object) -> list[object] | None:
    entries = value if isinstance(value, list) else [value]
    return None if any(isinstance(one, dict | list) for one in entries) else list(entries)


def _at(lock: Node, at: str) -> str:
    """Which of the parts is meant, where the lock stands for several."""
    return f"{at}: " if at != lock.text("path") else ""
