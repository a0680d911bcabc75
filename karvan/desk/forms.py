"""Typed text → values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CancelForm(forms.Form):
    """Why an edition is called off; ``sure`` is set by the second of the two pages only."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who gets a letter reads it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
