"""Forms for taking a guide over: the file, and which of its guides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import TeardownStep


class GuideFileForm(forms.Form):
    """A guide's file."""

    file = forms.FileField(
        label=_("Guide"),
        help_text=_("oManual XML or JSON, or a list with a guide as JSON a line."),
        widget=forms.ClearableFileInput({"accept": ".xml,.json,application/json"}),
    )


class GuideChosenForm(forms.Form):
    """One guide of a file that was read, and what is done in its steps."""

    file = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.IntegerField(label=_("Guide"), min_value=1, initial=1)
    direction = forms.ChoiceField(
        label=_("What is done in its steps"),
        help_text=_("The file does not say; each step can be changed afterwards."),
        choices=TeardownStep.Direction.choices,
    )

    def __init__(self, data: Any = None, *, many: int = 0, **more: Any) -> None:
        super().__init__(data, **more)
        if many == 1:
            self.fields["number"].widget = forms.HiddenInput()
