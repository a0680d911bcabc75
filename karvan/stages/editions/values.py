"""How a value of a design is typed by a person: which field, and what it was before."""

from __future__ import annotations

import re
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.blueprints.document import DocumentProblems, Level, Lock
from karvan.stages.blueprints.document.languages import is_words
from karvan.stages.blueprints.document.reading import read

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
        return as_yaml(value)

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


class _WholeDumper(yaml.SafeDumper):
    """Writes what repeats as often as it stands: an alias would be read, and not understood."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(value: Any) -> str:
    """A part as it is written in a blueprint; read back, it is the same part."""
    return yaml.dump(
        value,
        Dumper=_WholeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=110,
    )


def field_for(value: Any, lock: Lock) -> forms.Field:
    """The field in which a person types a new value for a part with this value and lock."""
    limits = lock.limits
    if limits.options:
        return _choice([(one, str(one)) for one in limits.options])
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


def _choice(options: list[tuple[Any, str]]) -> forms.TypedChoiceField:
    """A choice that gives back the value itself, not its text."""
    by_text = {str(value): value for value, _words in options}
    return forms.TypedChoiceField(
        label=_LABEL,
        choices=[(str(value), words) for value, words in options],
        coerce=lambda text: by_text[text],
    )
