"""Small pictures within text and tables: shares, bars, progress."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.foundation.ui.marks import Tone, Words

register = template.Library()

WIDTH = 100


@register.simple_tag
def bar(
    value: formats.Number | None,
    most: formats.Number,
    label: Words = "",
    tone: Tone = "now",
    planned: formats.Number | None = None,
) -> SafeString:
    """A bar from zero to ``most``, its figure written beside it.

    ``planned`` is drawn as an outline behind it; a value of None is hatched and says
    "unknown". ``label`` replaces the figure.
    """
    if value is None:
        return format_html(
            '<span class="bar"><svg data-unknown aria-hidden="true"></svg> {}</span>',
            label or _("unknown"),
        )
    outline = (
        format_html(
            '<rect class="planned" x=".5" y=".5" width="{}" height="9"/>', _width(planned, most)
        )
        if planned is not None
        else ""
    )
    return format_html(
        '<span class="bar" data-tone="{}"><svg viewBox="0 0 100 10" preserveAspectRatio="none"'
        ' aria-hidden="true">{}<rect width="{}" height="10"/></svg> {}</span>',
        tone,
        outline,
        _width(value, most),
        label or formats.number(value),
    )


@register.simple_tag
def share(part: int | None, whole: int | None, tone: Tone = "now") -> SafeString:
    """A part of a whole as bar, per cent and count: ``{% share kept promised %}``.

    Unknown, not zero, where either is not known or there is nothing to share.
    """
    if part is None or not whole:
        return bar(None, 1)
    words = _("%(percent)s (%(part)s of %(whole)s)") % {
        "percent": formats.percent(part / whole),
        "part": formats.number(part),
        "whole": formats.number(whole),
    }
    return bar(part, whole, label=words, tone=tone)


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: Words) -> dict[str, Any]:
    """How far a long act has come: ``{% progress done=40 total=120 label=_("Sending offers") %}``."""
    return {"done": done, "total": total, "label": label, "is_done": done >= total > 0}


def _width(value: formats.Number, most: formats.Number) -> str:
    """Out of 100 as text with a point, whatever the language."""
    if not most:
        return "0"
    return f"{max(0.0, min(1.0, float(value) / float(most))) * WIDTH:.4g}"
