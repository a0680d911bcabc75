"""What a register is made of: columns, filters in words, picks, and acts on chosen rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

Kind = Literal["text", "name", "number", "percent", "date", "moment", "state", "flag"]
Words = str | Promise

FIGURES = ("number", "percent")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    value:  how to get it from a row: a path such as "edition.country.names" (the key
            when None), or a function of the row.
    sort:   the ordering the database uses, such as "closes_at"; "" cannot be sorted.
    kind:   how it is shown; "name" takes a text or a mapping of languages, "state" a key
            of ``states``, "flag" a yes or no.
    detail: a second, smaller line: a function of the row.
    word:   for "state": the stage's own word, a function of the row.
    shown:  whether it is there before the reader chooses columns.
    """

    key: str
    title: Words
    value: str | Callable[[Any], Any] | None = None
    kind: Kind = "text"
    sort: str = ""
    detail: Callable[[Any], Any] | None = None
    word: Callable[[Any], Words] | None = None
    shown: bool = True

    @property
    def is_figure(self) -> bool:
        """Figures stand at the end of their cell, one under the other."""
        return self.kind in FIGURES

    def of(self, row: Any) -> Any:
        """The value in one row; None where the path ends early."""
        if callable(self.value):
            return self.value(row)
        path = (self.value or self.key).split(".")
        found = reduce(lambda at, part: None if at is None else _step(at, part), path, row)
        return found() if callable(found) else found


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved filter, shown as a word with its count: Late 12. ``where`` may span joins."""

    key: str
    title: Words
    where: Q


@dataclass(frozen=True, slots=True)
class Pick:
    """A narrowing by one of several values, shown as a list to pick from.

    options: value and words; a value that is not among them is ignored.
    where:   the lookup that takes the value, such as "country_id".
    """

    key: str
    title: Words
    options: Sequence[tuple[str, Words]]
    where: str


@dataclass(frozen=True, slots=True)
class Selection:
    """An act on the chosen rows: posts their keys as ``chosen`` to ``url``."""

    label: Words
    url: str


Search = Callable[[QuerySet[Any], str], QuerySet[Any]]


def _step(at: Any, part: str) -> Any:
    return at.get(part) if isinstance(at, dict) else getattr(at, part)
