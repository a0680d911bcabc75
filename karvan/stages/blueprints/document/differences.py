"""What changed between two versions, in words: "Boot camp: days 3 → 2"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .changes import Change, changes
from .labels import owner_and_field
from .paths import REMOVED, UnknownPath, value_at

_SHOWN_LENGTH = 80


@dataclass(frozen=True)
class Difference:
    """One part that differs. `before` and `after` are `REMOVED` where the part is absent."""

    path: str
    before: Any
    after: Any
    words: str

    @property
    def is_addition(self) -> bool:
        return self.before is REMOVED

    @property
    def is_removal(self) -> bool:
        return self.after is REMOVED


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every part in which two blueprints differ, by key, in the order of the document.

    Args: the data of two documents (`Document.data`), or of a blueprint and an edition's design.
    """
    return tuple(
        Difference(change.path, change.before, change.after, _words(change, before, after))
        for change in changes(before, after)
    )


def _words(change: Change, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    data = before if change.after is REMOVED else after
    owner, field = owner_and_field(data, change.path)
    return f"{owner}: {_said(change, before, field)}" if owner else _said(change, before, field)


def _said(change: Change, before: Mapping[str, Any], field: str) -> str:
    if change.before is REMOVED:
        return _added(field, change.after)
    if change.after is REMOVED:
        return _("%(part)s removed") % {"part": field}
    if _is_of_order(change, before):
        # A change of order holds the names of the items, not the items that stand there.
        detail = {"part": field, "order": ", ".join(map(str, change.after))}
        return _("order of %(part)s is now %(order)s") % detail
    if _is_rows(change.before) or _is_rows(change.after):
        return _("%(part)s changed") % {"part": field}
    detail = {"part": field, "before": shown(change.before), "after": shown(change.after)}
    return _("%(part)s %(before)s → %(after)s") % detail


def _is_of_order(change: Change, before: Mapping[str, Any]) -> bool:
    """Whether the change holds names of items: what stands there is the items themselves."""
    try:
        return bool(change.before != value_at(before, change.path))
    except UnknownPath:  # rows that had names and lost them cannot be addressed
        return False


def _added(field: str, value: Any) -> str:
    if isinstance(value, dict):
        title = next((value[key] for key in ("title", "label", "text") if key in value), None)
        if isinstance(title, dict):
            detail = {"part": field, "title": in_language(title)}
            return _("%(part)s added, “%(title)s”") % detail
        return _("%(part)s added") % {"part": field}
    return _("%(part)s added, %(value)s") % {"part": field, "value": shown(value)}


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def shown(value: Any) -> str:
    """A value as one reads it in a sentence: numbers bare, texts quoted and cut short."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value) or _("none")
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(item)}" for key, item in value.items()) or _("none")
    text = str(value)
    if not isinstance(value, str) or (text.isascii() and " " not in text):
        return text
    return f"“{text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + '…'}”"
