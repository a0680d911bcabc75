"""Components for designs: a lock with its mark, limits and reason; a value of a document."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import marks
from karvan.stages.blueprints.document import REMOVED, Level, Lock
from karvan.stages.blueprints.document.languages import is_words
from karvan.stages.blueprints.document.locks import Origin
from karvan.stages.blueprints.document.writing import in_lines
from karvan.stages.blueprints.values_in_words import in_words
from karvan.stages.blueprints.wording import lock_words

register = template.Library()


@register.simple_tag
def lock(of: Lock, reason: bool = False, at: str | None = None) -> SafeString:
    """The lock on a part: ``{% lock fact.lock reason=True %}``; a fixed one bears the locked mark.

    ``at`` is the part's own address: a lock declared elsewhere says where.
    """
    words = lock_words(of)
    if of.level is Level.FIXED:
        said = marks.state("locked", label=words)
    elif of.level is Level.TO_SUPPLY:
        said = marks.state("waiting", label=words)
    else:
        said = marks.badge(words, "quiet" if of.level is Level.FREE else "plain")
    why = in_language(of.reason) if reason else ""
    notes = [why] if why else []
    if at is not None and (of.declared_at != at or of.origin is Origin.RULE):
        notes.append(_declared(of))
    return (
        format_html(
            "{} {}", said, format_html_join("", "<small>{}</small>", [(note,) for note in notes])
        )
        if notes
        else said
    )


def _declared(of: Lock) -> SafeString:
    """Where an inherited lock was declared."""
    if of.origin is Origin.DEFAULT:
        return format_html("{}", _("the lock of the whole blueprint"))
    if of.origin is Origin.RULE:
        return format_html("{}", _("the rule of all blueprints"))
    path = format_html('<span class="code" dir="ltr">{}</span>', of.declared_at)
    return format_html("{} {}", _("inherited from"), path)


@register.simple_tag
def origin(of: str) -> SafeString:
    """Where a session was taken from, with a link to it: ``{% origin session.origin %}``."""
    parts = str(of).split("/")
    words = format_html('<span class="code" dir="ltr">{}</span>', of)
    if len(parts) != 4 or not parts[1].isdecimal():
        return words
    url = reverse("blueprints:blueprint", args=[parts[0], int(parts[1])])
    return format_html('{} <a href="{}#{}">{}</a>', _("from"), url, parts[2], words)


@register.simple_tag
def side(value: Any) -> SafeString:
    """One of the values in dispute: ``{% side part.ours %}``; a part with parts as it is written."""
    if value is REMOVED:
        return format_html("<p><em>{}</em></p>", _("taken out"))
    if isinstance(value, dict | list) and not is_words(value):
        return format_html('<pre class="yaml" dir="ltr" tabindex="0">{}</pre>', in_lines(value))
    return format_html("<p>{}</p>", in_words(value))


register.filter(in_words)


@register.filter
def spaced(code: str) -> str:
    """A code word with its dashes made spaces: "lecture+exercise" → "lecture + exercise"."""
    return str(code).replace("_", " ").replace("+", " + ")


@register.filter
def is_removed(value: Any) -> bool:
    """True where a part is absent."""
    return value is REMOVED
