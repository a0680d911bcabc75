"""Form fields with their label, help and error tied together, and the summary of errors."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput

from karvan.foundation.ui.marks import Words

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, label: Words = "", hint: Words = "") -> dict[str, Any]:
    """One field of a form: ``{% field form.motivation %}``.

    The help text and the errors are named by ``aria-describedby``; a group of boxes is
    a fieldset. Says which fields may be left empty, since most may not.
    """
    is_group = bool(bound.field.widget.use_fieldset)
    described = [
        name
        for name, present in (
            (f"{bound.auto_id}_helptext", hint or bound.help_text),
            (f"{bound.auto_id}_error", bound.errors),
        )
        if present
    ]
    attributes: dict[str, Any] = {}
    if described and not is_group:
        attributes["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "described": " ".join(described),
        "is_group": is_group,
        "is_box": isinstance(bound.field.widget, CheckboxInput),
        "is_hidden": bound.is_hidden,
    }


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What to put right, at the head of a form, each with a link to its field."""
    wrong = [bound for bound in form if bound.errors]
    return {"form": form, "fields": wrong, "general": form.non_field_errors()}


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form in their order, hidden ones included: ``{% fields form %}``."""
    return {"form": form}


@register.inclusion_tag("ui/parts/autosave.html")
def autosave_state() -> dict[str, Any]:
    """Where ``autosave.js`` says whether what was typed is saved; goes inside the form."""
    return {}
