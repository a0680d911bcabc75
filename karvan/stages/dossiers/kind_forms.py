"""A kind of device as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.ui.texts_field import TextsField

from .bench_forms import lines
from .models import DeviceType


class KindForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40)
    names = TextsField(label=_("Name"), max_length=120)
    default_emdn = forms.CharField(label=_("EMDN code"), max_length=13, required=False)
    standards = lines(_("Standards, one a line"))
    note = lines(_("Note"))

    def __init__(self, *args: Any, kind: DeviceType | None = None, **more: Any) -> None:
        if kind is not None:
            given = {name: getattr(kind, name) for name in ("names", "default_emdn", "note")}
            more["initial"] = {**given, "standards": "\n".join(kind.standards)}
        super().__init__(*args, **more)
        if kind is not None:
            del self.fields["code"]

    def clean_standards(self) -> list[str]:
        typed = self.cleaned_data["standards"].splitlines()
        return [line.strip() for line in typed if line.strip()]
