"""Fields in which places, years and lists are typed as people write them."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..reading.countries import countries_of
from ..reading.lists import named_entry
from ..reading.places import Place, place_of
from ..reading.values import many
from ..reading.years import years_of

LEFT = {"dir": "ltr"}


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, *, hint: Any = "", **options: Any) -> None:
        widget = forms.Textarea({"rows": 2, "dir": "auto"})
        super().__init__(required=False, help_text=hint, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line[:300] for line in lines if line))


class ValuesField(forms.CharField):
    """Several words told apart by semicolons."""

    def __init__(self, *, hint: Any = "", **options: Any) -> None:
        widget = forms.TextInput({"dir": "auto"})
        super().__init__(required=False, help_text=hint, max_length=600, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        return many(super().clean(value))


class YearField(forms.CharField):
    """A year, negative before our era: "1230", "-500", "500 BCE"."""

    def __init__(self, *, hint: Any = "", **options: Any) -> None:
        widget = forms.TextInput(LEFT)
        super().__init__(required=False, help_text=hint, max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        span = years_of(typed)
        if span is None and typed.lstrip("-+").isdecimal():
            span = (int(typed), int(typed))
        if span is None or span[0] != span[1] or not -32_000 <= span[0] <= 32_000:
            raise ValidationError(
                _now("“%(typed)s” is no single year. Write it as 1230, -500 or 500 BCE.")
                % {"typed": typed}
            )
        return span[0]


class CountriesField(forms.CharField):
    """Several states by name or code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=300, widget=forms.TextInput({"dir": "auto"}),
            help_text=_("For a monument that lies in several: names or two letters, with commas."),
            **options,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        found, unknown = countries_of(super().clean(value))
        if unknown:
            raise ValidationError(
                _now("No country is called “%(word)s”. Write its name or two letters.")
                % {"word": unknown[0]}
            )
        return found


class PlaceField(forms.CharField):
    """A point in degrees, typed in any of the usual ways."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=200, widget=forms.TextInput(LEFT),
            help_text=_("Such as “40.3667, 49.8333” or “40°22′N 49°50′E”."),
            **options,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        return _place(super().clean(value))


class ShapeField(forms.CharField):
    """An outline as GeoJSON or WKT."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=100_000, widget=forms.Textarea({**LEFT, "rows": 2}),
            help_text=_("As GeoJSON or WKT, longitude first, where more than a point is known."),
            **options,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        return _place(super().clean(value))

    @staticmethod
    def shown(geometry: dict[str, Any] | None) -> str:
        return json.dumps(geometry, ensure_ascii=False) if geometry else ""


class ListsField(forms.CharField):
    """Lists with their years, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, widget=forms.Textarea({"rows": 2, "dir": "auto"}),
            help_text=_("One a line with the years: “List of World Heritage in Danger, 2003–2009”."),
            **options,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        found = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            entry = named_entry(line)
            if entry is None:
                raise ValidationError(
                    _now("“%(line)s” names no list. Write the name first, then the years.")
                    % {"line": line.strip()}
                )
            if entry["to"] and entry["from"] > entry["to"]:
                raise ValidationError(
                    _now("In “%(line)s” the years run backwards.") % {"line": line.strip()}
                )
            found.append(entry)
        return found


def _place(typed: str) -> Place | None:
    if not typed.strip():
        return None
    try:
        found = place_of(typed)
    except ValueError:
        raise ValidationError(
            _now("This place cannot be read. Write it as the example says.")
        ) from None
    if not found.is_on_earth:
        raise ValidationError(
            _now("A latitude is between -90 and 90, a longitude between -180 and 180.")
        )
    return found
