"""Components that hold content: panel, facts, empty, keys."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from karvan.foundation.ui.marks import Tone, Words

register = template.Library()


@register.simple_block_tag
def panel(content: str, title: Words, tone: Tone = "plain", id: str = "") -> SafeString:
    """A titled part of a page, set off by a hairline: ``{% panel title=title %}…{% endpanel %}``."""
    return format_html(
        '<section class="panel" data-tone="{}"{}><h2>{}</h2>{}</section>',
        tone,
        format_html(' id="{}"', id) if id else "",
        title,
        content,
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A definition list: ``{% facts %}{% fact _("Places") %}24{% endfact %}{% endfacts %}``."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, term: Words) -> SafeString:
    """One fact of ``facts``; an empty one says so rather than leave a hole."""
    return format_html(
        "<div><dt>{}</dt><dd>{}</dd></div>", term, SafeString(content.strip() or "–")
    )


@register.simple_block_tag
def fold(content: str, title: Words, open: bool = False) -> SafeString:
    """Something most readers may pass over: ``{% fold title=title %}…{% endfold %}``."""
    return format_html(
        '<details class="fold"{}><summary>{}</summary>{}</details>',
        SafeString(" open") if open else "",
        title,
        content,
    )


@register.simple_block_tag
def statement(content: str, tone: Tone = "plain") -> SafeString:
    """What has just happened or holds now, in a sentence: ``{% statement tone="good" %}…``."""
    role = "alert" if tone == "bad" else "status"
    return format_html(
        '<div class="statement" role="{}" data-tone="{}">{}</div>', role, tone, content
    )


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Words, text: Words = "", url: str = "", label: Words = "") -> dict[str, Any]:
    """What will be here, and how to begin: ``{% empty title=… text=… url=… label=… %}``."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.simple_tag
def parties(listed: Any, label: Words = "") -> SafeString:
    """The names of the partners, in their order: ``{% parties edition.partners %}``."""
    return SafeString(
        render_to_string("ui/parts/parties.html", {"parties": list(listed or ()), "label": label})
    )


@register.filter
def anchor(value: Any) -> str:
    """A name that can stand in an address: ``id="{{ question.key|anchor }}"``."""
    return slugify(str(value), allow_unicode=True)
