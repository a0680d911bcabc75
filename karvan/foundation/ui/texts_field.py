"""A form field for one text in several languages: at least one of them must be there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

RIGHT_TO_LEFT = {"ar"}


class TextsWidget(forms.MultiWidget):
    """One input a language, each labelled with the language's own name."""

    template_name = "ui/parts/texts_widget.html"
    use_fieldset = True

    def __init__(self, *, rows: int = 0, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {}
        for code, _name in settings.LANGUAGES:
            own = {"lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr"}
            widgets[code] = forms.Textarea({**own, "rows": rows}) if rows else forms.TextInput(own)
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        texts = value or {}
        return [texts.get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for sub, (_code, own_name) in zip(
            context["widget"]["subwidgets"], settings.LANGUAGES, strict=True
        ):
            sub["language_name"] = own_name
            sub["attrs"]["aria-label"] = own_name
        return context


class TextsField(forms.MultiValueField):
    """``{"en": …, "ar": …}`` with only the languages that were filled in."""

    def __init__(self, *, rows: int = 0, max_length: int = 300, **options: Any) -> None:
        fields = [
            forms.CharField(required=False, max_length=max_length, strip=True)
            for _code in settings.LANGUAGES
        ]
        super().__init__(
            fields=fields,
            widget=TextsWidget(rows=rows),
            require_all_fields=False,
            error_messages={"required": _("Write this in at least one language.")},
            **options,
        )

    def compress(self, values: list[str]) -> dict[str, str]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: text for code, text in zip(codes, values, strict=False) if text}
