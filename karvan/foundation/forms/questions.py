"""What a form is: sections of questions, as plain frozen data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .conditions import Condition

TYPES = (
    "text", "long_text", "number", "date", "choice", "choices", "scale", "file", "consent",
    "group", "team",
)  # fmt: skip
REPEATED = ("group", "team")
ATTRIBUTES = (
    "sex", "birth_date", "region", "disability", "institution", "institution_type", "first_time",
    "sector", "discipline",
)  # fmt: skip
LIMITS: Mapping[str, frozenset[str]] = {
    "text": frozenset({"min_words", "max_words", "max_length", "format"}),
    "long_text": frozenset({"min_words", "max_words", "max_length"}),
    "number": frozenset({"min", "max"}),
    "date": frozenset({"min", "max"}),
    "choice": frozenset(),
    "choices": frozenset({"min_items", "max_items"}),
    "scale": frozenset({"min", "max"}),
    "file": frozenset({"file_kinds", "max_mb"}),
    "consent": frozenset(),
    "group": frozenset({"min_items", "max_items", "unique", "exactly_one"}),
    "team": frozenset({"min_items", "max_items"}),
}
FILE_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "webp": ("webp",),
    "csv": ("csv",),
    "xlsx": ("xlsx",),
    "text": ("txt",),
}


FORMATS = ("orcid",)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen; ``value`` is stored, ``label`` is shown."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer has to keep; None where there is no limit. ``min`` and ``max`` of a date are dates.

    ``format`` is one of ``FORMATS``. Of a group: no two rows may give the same to a question of
    ``unique``, and just one row answers "yes" to the question ``exactly_one``.
    """

    min: Any = None
    max: Any = None
    min_words: int | None = None
    max_words: int | None = None
    max_length: int | None = None
    file_kinds: tuple[str, ...] = ()
    max_mb: float | None = None
    min_items: int | None = None
    max_items: int | None = None
    format: str = ""
    unique: tuple[str, ...] = ()
    exactly_one: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Which answers let a person take part. Ages are whole years on ``on`` (None: the first day)."""

    equals: Any = None
    among: tuple[Any, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    on: date | None = None
    message: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``questions`` are those of one row of a group or one member of a team."""

    key: str
    type: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    show_if: Condition | None = None
    limits: Limits = field(default_factory=Limits)
    choices: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    low: Mapping[str, str] = field(default_factory=dict)
    high: Mapping[str, str] = field(default_factory=dict)
    purpose: Mapping[str, str] = field(default_factory=dict)
    retention_months: int | None = None
    blind: bool = False
    attribute: str = ""
    eligibility: Eligibility | None = None

    @property
    def is_repeated(self) -> bool:
        """True for a group and a team: the answer is a list of rows."""
        return self.type in REPEATED


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    key: str
    title: Mapping[str, str]
    questions: tuple[Question, ...]
    help: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormDefinition:
    """A whole form. Made by ``parse_form`` only, so it is known to be sound."""

    sections: tuple[Section, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by key, rows' own questions left out, in their order."""
        return {question.key: question for question in self}

    def __iter__(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions
