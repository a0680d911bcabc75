"""Acts: buttons that say the act and its object, and the links that look like them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script as script_of_htmx

from karvan.foundation.ui.marks import Words

register = template.Library()

Rank = Literal["main", "plain", "grave"]


@register.inclusion_tag("ui/parts/act.html", takes_context=True)
def act(
    context: Context,
    label: Words,
    url: str,
    rank: Rank = "main",
    confirm: Words = "",
    values: Mapping[str, Any] | None = None,
    key: str = "",
) -> dict[str, Any]:
    """A button that posts: ``{% act label=_("Send 41 offers") url=url confirm=sentence %}``.

    ``confirm`` says what will happen, to how many, and whether it can be undone; the
    button then opens it first. ``values`` are sent along; ``key`` is a keyboard key.
    """
    return {
        "label": label,
        "url": url,
        "rank": rank,
        "confirm": confirm,
        "values": values or {},
        "key": key,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def link_act(label: Words, url: str, rank: Rank = "plain", key: str = "") -> SafeString:
    """A link that looks like an act because it begins one: ``{% link_act label=… url=… %}``."""
    return format_html(
        '<a class="button" data-rank="{}" href="{}"{}>{}</a>',
        rank,
        url,
        format_html(' data-key="{}"', key) if key else "",
        label,
    )


@register.simple_tag
def htmx_script() -> SafeString:
    """htmx with the settings our content policy needs; in ``{% block scripts %}`` only.

    The page must also work without it.
    """
    return format_html(
        '<meta name="htmx-config" content="{}">{}',
        '{"includeIndicatorStyles":false,"allowEval":false}',
        script_of_htmx(),
    )
