"""A value of a document as one reads it."""

from __future__ import annotations

from typing import Any

from karvan.foundation.texts import in_language

from .document import REMOVED, identity_of
from .document.differences import shown
from .document.languages import is_words


def in_words(value: Any) -> str:
    """A value of a document as one reads it: texts in the reader's language, lists with commas."""
    if value is None or value is REMOVED:
        return "–"
    if is_words(value):
        return str(in_language(value))
    if isinstance(value, dict):
        return _item(value)
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return ", ".join(map(_item, value))
    if identity_of(value) is not None:
        return _item(value)
    return shown(value).strip("“”") if isinstance(value, str) else shown(value)


def _item(item: Any) -> str:
    """An item of a list by its title, else by its code."""
    if not isinstance(item, dict):
        return in_words(item)
    title = next((item[key] for key in ("title", "label", "item", "text") if key in item), None)
    return in_language(title) or str(identity_of(item) or shown(item))
