"""Two ways a view lets a person act: by a form, or by a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from karvan.foundation.errors import RuleBroken


def done(form: forms.Form, act: Callable[..., Any]) -> Any:
    """What ``act(**cleaned)`` gives when the form is valid and no rule is broken, else None.

    A broken rule becomes an error of the form, so that what was typed stays.
    """
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None


def stated(request: HttpRequest, act: Callable[[], Any], success: str = "") -> Any:
    """What ``act()`` gives; its success, or the rule it broke, is stated on the next page.

    Returns None when a rule was broken.
    """
    try:
        outcome = act()
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return None
    if success:
        messages.success(request, success)
    return outcome
