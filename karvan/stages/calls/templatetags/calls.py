"""A call's sentences in the words of its kind: ``{% load calls %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from karvan.stages.calls.wording import OfFormat
from karvan.stages.calls.wording import worded as in_words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def worded(context: Context, of: OfFormat | bool, sentence: str, **values: Any) -> str:
    """The sentence as this activity's call says it: ``{% worded activity "Withdraw my application" %}``.

    The sentence is ours and may hold markup; values are escaped, in letters as little as the rest.
    """
    if not isinstance(getattr(of, "format", of), bool | str) or isinstance(of, str):
        raise TypeError(f"no activity says whose words “{sentence}” are: {of!r}")
    if context.autoescape:
        values = {
            name: value if isinstance(value, int) else conditional_escape(value)
            for name, value in values.items()
        }
    return mark_safe(in_words_of(of, sentence, **values))
