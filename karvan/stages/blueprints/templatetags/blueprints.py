"""Components for designs: a lock with its mark, limits and reason; a value of a document."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.foundation.texts import in_language
from karvan.foundation.ui import marks
from karvan.stages.blueprints.document import REMOVED, Level, Lock, identity_of
from karvan.stages.blueprints.document.differences import shown
from karvan.stages.blueprints.document.languages import is_words
from karvan.stages.blueprints.wording import lock_words

register = template.Library()


@register.simple_tag
def lock(of: Lock, reason: bool = False) -> SafeString:
    """The lock on a part: ``{% lock fact.lock reason=True %}``; a fixed one bears the locked mark."""
    words = lock_words(of)
    if of.level is Level.FIXED:
        said = marks.state("locked", label=words)
    elif of.level is Level.TO_SUPPLY:
        said = marks.state("waiting", label=words)
    else:
        said = marks.badge(words, "quiet" if of.level is Level.FREE else "plain")
    why = in_language(of.reason) if reason else ""
    return format_html("{} <small>{}</small>", said, why) if why else said


@register.filter
def in_words(value: Any) -> str:
    """A value of a document as one reads it: texts in the reader's language, lists with commas."""
    if value is None:
        return "–"
    if is_words(value):
        return in_language(value)
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return ", ".join(map(_item, value))
    return shown(value).strip("“”") if isinstance(value, str) else shown(value)


def _item(item: Any) -> str:
    """An item of a list by its title, else by its code."""
    if not isinstance(item, dict):
        return in_words(item)
    title = next((item[key] for key in ("title", "label", "item", "text") if key in item), None)
    return in_language(title) or str(identity_of(item) or shown(item))


@register.filter
def spaced(code: str) -> str:
    """A code word with its dashes made spaces: "lecture+exercise" → "lecture + exercise"."""
    return str(code).replace("_", " ").replace("+", " + ")


@register.filter
def is_removed(value: Any) -> bool:
    """True where a part is absent."""
    return value is REMOVED
