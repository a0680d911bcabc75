"""What is typed of photographs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.ui.texts_field import TextsField

from ..models import Element, Monument, Photo


class WordsForm(forms.Form):
    """What a photograph shows, when, by whom, and who may see it."""

    captions = TextsField(label=_("Caption"), required=False)
    element = forms.ModelChoiceField(
        label=_("Part of the monument"), queryset=Element.objects.none(), required=False
    )
    taken_on = forms.DateField(
        label=_("Taken"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Left empty, it is read out of the picture, if the picture says it."),
    )
    photographer = forms.CharField(
        label=_("Photographer"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    rights = forms.CharField(
        label=_("Rights"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Such as “CC BY 4.0” or “Ministry of Culture, by permission”."),
    )
    is_public = forms.BooleanField(label=_("May be shown in public"), required=False)

    def __init__(
        self, *args: Any, monument: Monument, photo: Photo | None = None, **options: Any
    ) -> None:
        if photo is not None:
            names = ("captions", "element", "taken_on", "photographer", "rights", "is_public")
            options.setdefault("initial", {name: getattr(photo, name) for name in names})
        super().__init__(*args, **options)
        self.fields["element"].queryset = monument.elements.all()  # type: ignore[attr-defined]


class PhotoForm(WordsForm):
    """A photograph with its words."""

    upload = forms.FileField(
        label=_("Photograph"),
        help_text=_("JPEG, PNG or WebP. Place and camera are taken out of it."),
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    field_order = ("upload", "captions")
