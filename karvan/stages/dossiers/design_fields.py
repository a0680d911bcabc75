"""Fields of the forms of a design: figures as people write them, codes in a line, one a line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from .reading.requirements import split_codes

_SEPARATORS = str.maketrans({"٫": ".", "٬": "", " ": "", "\u00a0": "", "\u202f": "", "−": "-"})


class FigureField(forms.DecimalField):
    """A number with a point or a comma before its decimals, in any digits."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_digits", 24)
        options.setdefault("decimal_places", 12)
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "dir": "ltr"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.translate(_SEPARATORS)
            if value.count(",") == 1 and "." not in value:
                value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class CodesField(forms.CharField):
    """Codes in one line, parted by spaces or commas; gives them as a list."""

    def to_python(self, value: Any) -> Any:
        return list(split_codes(str(value or "")))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list | tuple) else value


class LinesField(forms.CharField):
    """Texts, one a line; gives them as a list."""

    widget = forms.Textarea({"rows": 3})

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


def plain(value: Decimal | None) -> str:
    """A figure without the zeros at its end: 0.1000 is "0.1"; "" for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
