"""A broken rule said beside the field that broke it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from karvan.foundation.errors import RuleBroken


def done_at_field(form: forms.Form, act: Callable[..., Any]) -> Any:
    """What ``act(**cleaned)`` gives, else None: the rule's words stand at the field the error names.

    An error that names no field of the form is said above it. What was typed stays.
    """
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except RuleBroken as broken:
        field = getattr(broken, "field", None)
        form.add_error(field if field in form.fields else None, str(broken))
        return None
