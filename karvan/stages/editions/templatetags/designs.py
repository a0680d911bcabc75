"""Filters for parts of a design: as they are written, and as one reads them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from karvan.stages.blueprints.document import REMOVED
from karvan.stages.blueprints.document.writing import in_lines
from karvan.stages.blueprints.values_in_words import in_words

register = template.Library()


@register.filter
def as_written(value: Any) -> str:
    """A value in a sentence; a part that is not there says so, a larger one stands as YAML."""
    if value is REMOVED or value is None:
        return _("left out")
    return in_lines(value).strip() if isinstance(value, dict) else in_words(value)


@register.filter
def yaml_text(value: Any) -> str:
    """A part as YAML, "" where there is none."""
    return "" if value is REMOVED or value is None else in_lines(value).removesuffix("...").strip()
