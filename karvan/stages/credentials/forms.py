"""What is typed about certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .checking import read_text
from .errors import NotReadable
from .signing.bounds import LARGEST_DOCUMENT

PUBLIC_REASON = gettext_lazy(
    "Read by whoever checks the certificate, and kept for ever: no names, nothing private."
)


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=PUBLIC_REASON)


class CorrectForm(forms.Form):
    """How the name should be written, and why it was wrong."""

    name = forms.CharField(label=gettext_lazy("Name as it should be"), max_length=150)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=PUBLIC_REASON)


class CheckForm(forms.Form):
    """A certificate somebody was shown: its number, its file or its text.

    `document` is what file or text hold; it is not there where a number was given.
    """

    number = forms.CharField(
        label=gettext_lazy("The number on the paper"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the file credential.json"), required=False, allow_empty_file=True
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the one that was given; the file wins over the text, both over the number."""
        given = super().clean() or {}
        upload, text = given.get("file"), given.get("text", "")
        if not upload and not text.strip():
            if given.get("number"):
                return given
            raise forms.ValidationError(_("Write the number, choose the file or paste its text."))
        try:
            # One byte more than is allowed is enough to know that it is too long.
            raw = upload.read(LARGEST_DOCUMENT + 1) if upload else text
            given["document"] = read_text(raw)
        except NotReadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable
        return given
