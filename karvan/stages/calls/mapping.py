"""Which column of a table answers which question: guessed, then put right by a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from karvan.foundation.files.tables import Line
from karvan.foundation.forms.questions import FormDefinition, Question
from karvan.foundation.forms.spreadsheet import Column, columns
from karvan.foundation.texts import fold

# What people call these columns when they make their own table.
KNOWN_HEADS: Mapping[str, tuple[str, ...]] = {
    "full_name": (
        "name", "name and surname", "full name", "ad soyad", "ad, soyad", "nom et prenom",
        "nom complet", "الاسم", "الاسم واللقب", "фио", "имя",
    ),
    "email": ("e-mail", "mail", "email address", "courriel", "البريد", "e-poct", "почта"),
    "phone": ("phone", "mobile", "tel", "telephone", "telefon", "هاتف", "телефон"),
    "birth_date": ("date of birth", "birthday", "born", "dogum tarixi", "تاريخ الميلاد"),
    "sex": ("gender", "cins", "sexe", "الجنس", "пол"),
}  # fmt: skip


def importable(definition: FormDefinition, head: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns a table may fill: every question but files, with rows as far as the head goes."""
    listed = list(head)
    rows: dict[str, list[dict[str, Any]]] = {
        question.key: [{}] * (1 + max(_row_numbers(question, listed), default=-1))
        for question in definition
        if question.is_repeated
    }
    return tuple(c for c in columns(definition, [rows]) if c.question.type != "file")


def guess_mapping(definition: FormDefinition, head: Iterable[str]) -> dict[str, str]:
    """Question's path → column's name, where a name says it: a path, a label, a known word."""
    listed = list(head)
    by_name: dict[str, str] = {}
    for name in listed:
        by_name.setdefault(fold(name), name)
    found: dict[str, str] = {}
    for column in importable(definition, listed):
        words = (column.path, *column.label.values(), *KNOWN_HEADS.get(column.path, ()))
        name = next((by_name[fold(word)] for word in words if fold(word) in by_name), "")
        if name and name not in found.values():
            found[column.path] = name
    return found


def row_of(line: Line, head: tuple[str, ...], mapping: Mapping[str, str]) -> dict[str, Any]:
    """One line by question's path, as ``from_spreadsheet_row`` takes it."""
    at = {name: number for number, name in reversed(list(enumerate(head)))}
    return {
        path: line.cells[at[name]]
        for path, name in mapping.items()
        if name in at and at[name] < len(line.cells)
    }


def _row_numbers(question: Question, head: Iterable[str]) -> list[int]:
    pattern = re.compile(rf"{re.escape(question.key)}-(\d{{1,2}})-")
    return [int(match[1]) for name in head if (match := pattern.match(name))]
