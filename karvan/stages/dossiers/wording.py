"""Words for parts, fields and changes, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .carried import BY_NAME
from .diffing import Change

PART_WORDS: dict[str, str | Promise] = {
    "blocks": gettext_lazy("Block"),
    "links": gettext_lazy("Link"),
    "parts": gettext_lazy("Line of the bill of materials"),
    "offers": gettext_lazy("Offer"),
    "steps": gettext_lazy("Teardown step"),
    "requirements": gettext_lazy("Requirement"),
    "risks": gettext_lazy("Risk"),
    "controls": gettext_lazy("Control of a risk"),
    "tests": gettext_lazy("Test"),
    "runs": gettext_lazy("Test run"),
    "measurements": gettext_lazy("Measurement"),
    "alternatives": gettext_lazy("Alternative"),
    "building": gettext_lazy("Build step"),
    "design_files": gettext_lazy("Design file"),
}
WHAT_WORDS = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("taken out"),
    "changed": gettext_lazy("changed"),
}
MARKS = {"added": "done", "removed": "dropped", "changed": "changed"}


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """A change as a person reads it; ``mark`` is a key of the states of the house."""

    part: str
    what: str
    mark: str
    label: str
    fields: tuple[tuple[str, str, str], ...]


def change_in_words(change: Change) -> ChangeInWords:
    """The change with its words; values are shown as they are, lists in a row."""
    return ChangeInWords(
        part=str(PART_WORDS[change.part]),
        what=str(WHAT_WORDS[change.what]),
        mark=MARKS[change.what],
        label=change.label,
        fields=tuple(
            (_field(change.part, name), _shown(before), _shown(after))
            for name, before, after in change.fields
        ),
    )


def _field(part: str, name: str) -> str:
    try:
        column: Any = BY_NAME[part].model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(column, "verbose_name", name))


def _shown(value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or _("nothing")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items() if one != "")
    return str(value)
