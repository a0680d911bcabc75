"""How a value of a design is typed by a person: which field, and what it was before."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui.texts_field import TextsField

from .document import DocumentProblems, Level, Limits, Lock
from .document.languages import is_words
from .document.locks import choices_of
from .document.paths import split
from .document.reading import read
from .document.shapes import choices_at, kind_at
from .document.writing import in_lines

_LABEL = gettext_lazy("New value")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")


class LinesField(forms.CharField):
    """A list of plain words, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]


class NumberOrWordField(forms.CharField):
    """What a country supplies: a number where there is one, else a word such as "unknown"."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not _NUMBER.fullmatch(text):
            return text
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number


class YamlField(forms.CharField):
    """A whole part, written as in the blueprint."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return in_lines(value)

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        if not text.strip():
            return text
        try:
            data, _positions, problems = read(text)
        except DocumentProblems as refused:
            raise forms.ValidationError([str(one) for one in refused.problems]) from refused
        if problems:
            raise forms.ValidationError([str(one) for one in problems])
        return data


def field_for(value: Any, lock: Lock) -> forms.Field:
    """The field in which a person types a new value for a part with this value and lock."""
    limits = lock.limits
    if limits.options and not isinstance(value, list):
        return _choice([(one, str(one)) for one in limits.options])
    if limits.options:
        return _choices(limits.options)
    if isinstance(value, bool):
        return _choice([(True, _("yes")), (False, _("no"))])
    if lock.level is Level.TO_SUPPLY and isinstance(value, int | float | str):
        return NumberOrWordField(
            label=_LABEL, help_text=_("A number, or “unknown” or “not_collected”."), max_length=80
        )
    if isinstance(value, int | float):
        kind = forms.IntegerField if isinstance(value, int) else forms.FloatField
        return kind(label=_LABEL, min_value=limits.min, max_value=limits.max)  # type: ignore[arg-type]
    if is_words(value):
        return TextsField(label=_LABEL, rows=2, max_length=2000)
    if isinstance(value, str):
        return forms.CharField(label=_LABEL, max_length=2000)
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return LinesField(label=_LABEL, required=False, help_text=_("One a line."))
    attributes = {"rows": 18, "dir": "ltr", "spellcheck": "false", "class": "code"}
    return YamlField(
        label=_LABEL,
        widget=forms.Textarea(attributes),
        help_text=_("As in the blueprint. Keep the codes: they name the parts."),
    )


# Which list of its activity a part of a draft names, by its own key.
_NAMED = {"room": "rooms", "roles": "trainer_roles", "operator": "trainer_roles"}


def field_of_draft(data: Any, path: str, value: Any) -> forms.Field:
    """The field for a part of a draft: its author is held by the format alone, not by locks.

    A part that is not there yet (``value`` None) gets the field for what may stand there.
    """
    options = (*choices_at(path), *_named_at(data, path))
    if options and (value is None or not isinstance(value, dict)):
        field = _of_options(options, value, kind_at(path))
    elif value is None:
        field = field_for(_SAMPLES.get(kind_at(path), ""), _FREE)
    else:
        field = field_for(value, _FREE)
        field.initial = str(value) if isinstance(value, bool) else value
    field.label = _("Value")
    return field


_FREE = Lock(Level.FREE, Limits(), "", {})
_SAMPLES: dict[str, Any] = {
    "words": {"en": ""},
    "object": {"": {}},
    "array": [{}],
    "integer": 1,
    "number": 1.0,
    "boolean": True,
}


def _of_options(options: tuple[Any, ...], value: Any, kind: str) -> forms.Field:
    held = value if isinstance(value, list) else [] if value is None else [value]
    known = tuple(dict.fromkeys([*options, *(one for one in held if isinstance(one, str))]))
    if kind == "array" or isinstance(value, list):
        field: forms.Field = _choices(known)
        field.initial = held
        return field
    field = _choice([(one, str(one).replace("_", " ")) for one in known])
    field.initial = value
    return field


def _named_at(data: Any, path: str) -> tuple[str, ...]:
    """The codes a part of a session may name: those of its own activity's lists."""
    parts = split(path)
    listed = _NAMED.get(parts[-1]) if parts else None
    if parts[-1:] == ("outcomes",) and len(parts) > 3:
        listed = "outcomes"
    if listed is None or parts[0] != "activities" or len(parts) < 3:
        return ()
    return choices_of(data, f"activities.{parts[1]}.{listed}", {})


def _choices(options: tuple[Any, ...]) -> forms.TypedMultipleChoiceField:
    """Several of the options, as boxes; gives back the values themselves."""
    by_text = {str(value): value for value in options}
    return forms.TypedMultipleChoiceField(
        label=_LABEL,
        choices=[(text, text) for text in by_text],
        coerce=lambda text: by_text[text],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _choice(options: list[tuple[Any, str]]) -> forms.TypedChoiceField:
    """A choice that gives back the value itself, not its text."""
    by_text = {str(value): value for value, _words in options}
    return forms.TypedChoiceField(
        label=_LABEL,
        choices=[(str(value), words) for value, words in options],
        coerce=lambda text: by_text[text],
    )
