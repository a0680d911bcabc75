"""Components that hold content: panel, facts, empty, keys."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from karvan.foundation.ui.marks import Tone, Words

register = template.Library()

LOOKS_EVERY = 3  # seconds between two looks at a part of a page
LOOKS_EVERY_PLAIN = 5  # at a whole page, where there are no scripts


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


@register.simple_block_tag(takes_context=True)
def watched(context: Context, content: str, id: str, waits: bool = True) -> SafeString:
    """What changes while a long act goes on: ``{% watched id="state" waits=waits %}…``.

    While ``waits`` it is fetched again every few seconds from the page's own address; the page
    says ``{% looks_again waits %}`` in its block of scripts, and has no other part of that id.
    """
    if not waits:
        return format_html('<div id="{}">{}</div>', id, content)
    return format_html(
        '<div id="{0}" hx-get="{1}" hx-trigger="every {2}s" hx-select="#{0}" hx-swap="outerHTML">'
        "{3}</div>",
        id,
        context["request"].get_full_path(),
        LOOKS_EVERY,
        content,
    )


@register.inclusion_tag("ui/parts/looks_again.html")
def looks_again(waits: bool) -> dict[str, Any]:
    """In a page's block of scripts: what ``watched`` needs, and for a browser without scripts
    that the whole page looks again: ``{% looks_again waits %}``."""
    return {"waits": waits, "every": LOOKS_EVERY_PLAIN}


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
