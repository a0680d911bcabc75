"""What stands within a line, as functions: state, badge, name, date, number. Tags and registers use them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation import texts
from karvan.foundation.ui import formats
from karvan.foundation.ui.states import state_of

Tone = Literal["plain", "good", "wait", "bad", "now", "quiet"]
Words = str | Promise


def state(key: str, label: Words = "", detail: Words = "", bare: bool = False) -> SafeString:
    """A state as shape and word: ``{% state "late" detail=_("12 days") %}``.

    ``label`` says the state in the stage's own word; ``bare`` shows the shape alone
    and gives the word to screen readers (for the narrow cells of a board).
    """
    known = state_of(key)
    word = f"{label or known.word}"
    return format_html(
        '<span class="mark" data-state="{}" data-tone="{}">'
        '<svg aria-hidden="true"><use href="{}#{}"/></svg><span{}>{}{}</span></span>',
        known.key,
        known.tone,
        static("ui/marks.svg"),
        known.key,
        format_html(' class="{}"', "unseen") if bare else "",
        word,
        format_html(" <small>{}</small>", detail) if detail else "",
    )


def badge(label: Words, tone: Tone = "plain") -> SafeString:
    """A short word in a frame, such as a role or a format: ``{% badge activity.format %}``."""
    return format_html('<span class="badge" data-tone="{}">{}</span>', tone, label)


def name(of: Any, url: str = "") -> SafeString:
    """A name as its bearer writes it, kept apart from the text around it: ``{% name person %}``."""
    text = texts.in_language(of) if isinstance(of, dict) else of
    if url:
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, text)
    return format_html("<bdi>{}</bdi>", text)


def when(
    value: date | None, zone: str | None = None, near: bool = False, unknown: Words = ""
) -> SafeString:
    """A date or a moment in words: ``{% when call.closes_at zone="Asia/Baku" near=True %}``.

    ``near`` adds how far off it is; ``unknown`` is what to say where there is none.
    """
    if value is None:
        return format_html('<span class="unknown">{}</span>', unknown or _("not known"))
    is_moment = isinstance(value, datetime)
    words = (
        formats.datetime_in_words(value, zone=zone)
        if isinstance(value, datetime)
        else formats.date_in_words(value)
    )
    return format_html(
        '<time datetime="{}">{}</time>{}',
        value.isoformat(timespec="minutes") if is_moment else value.isoformat(),  # type: ignore[call-arg]
        words,
        format_html(' <small class="near">{}</small>', formats.relative(value)) if near else "",
    )


def number(value: formats.Number | None, digits: int | None = None) -> str:
    """``{{ places|number }}``: separators of the reader's language, "unknown" for None.

    ``{{ mean|number:1 }}`` has always one figure after the separator.
    """
    return _("unknown") if value is None else formats.number(value, digits=digits)


def percent(value: formats.Number | None, digits: int = 0) -> str:
    """``{{ share|percent }}``: a share of 1; ``{{ share|percent:1 }}`` with one decimal."""
    return _("unknown") if value is None else formats.percent(value, digits=digits)


def money(value: formats.Number | None, currency: str) -> str:
    """``{{ budget|money:"AZN" }}``."""
    return _("unknown") if value is None else formats.money(value, currency)


def local(value: texts.Texts | str | None) -> str:
    """``{{ party.names|local }}``: the text in the reader's language, else the nearest."""
    return texts.in_language(value)


def local_lang(value: texts.Texts | str | None) -> str:
    """``<p lang="{{ call.texts|local_lang }}">``: the language that ``local`` answered in."""
    return texts.language_of(value)


def in_one(value: texts.Texts | str | None, language: str) -> str:
    """``{{ item.texts|in_one:"ar" }}``: the text in just that language, a dash where there is none."""
    if isinstance(value, str):
        return value
    return (value or {}).get(language) or "–"


def own_language(code: str) -> str:
    """``{{ code|own_language }}``: a language by its own name, "Қазақ тілі"."""
    return texts.language_name(code)


def language_direction(code: str) -> str:
    """``dir="{{ code|language_direction }}"``: how the language is written, "ltr" or "rtl"."""
    return texts.direction_of(code)
