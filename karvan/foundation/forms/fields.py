"""A form as a page shows it, and a post as the check reads it. No script is needed.

Input names are paths: "key", or "key-0-sub" for the first row of a group. The page's
script only hides what does not apply; the server decides again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, override

from karvan.foundation.texts import Texts, in_language, language_of

from .conditions import as_data
from .limits import limits_in_words
from .questions import FILE_ENDINGS, FormDefinition, Question
from .wording import only_if

MOST_ROWS = 50  # of a group without a limit of its own
RADIOS_UP_TO = 7  # more choices than this become a list to open

# What a browser may fill in, and which keyboard a telephone shows, by the question's key.
KNOWN_TEXTS: Mapping[str, tuple[str, str]] = {
    "email": ("email", "email"),
    "phone": ("tel", "tel"),
    "telephone": ("tel", "tel"),
    "full_name": ("text", "name"),
    "name": ("text", "name"),
    "city": ("text", "address-level2"),
    "institution": ("text", "organization"),
    "organisation": ("text", "organization"),
    "website": ("url", "url"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button, tick box or entry of a list."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a group or one member of a team."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question ready to print; ``kind`` chooses the markup in the template."""

    name: str
    kind: str
    label: str
    value: Any
    error: str
    help: str
    hint: str
    purpose: str
    is_optional: bool
    only_if: str
    show_if: SafeString | str
    attributes: Mapping[str, str]
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    low: str = ""
    high: str = ""
    lang: str = ""
    can_add: bool = False

    @property
    def id(self) -> str:
        return f"q-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of the help and the error that exist, for ``aria-describedby``."""
        has_help = self.help or self.hint or self.only_if or self.purpose
        parts = ((has_help, f"{self.id}-help"), (self.error, f"{self.id}-error"))
        return " ".join(part for shown, part in parts if shown)


def render_questions(
    definition: FormDefinition, raw: Mapping[str, Any], errors: Mapping[str, str], language: str
) -> dict[str, Any]:
    """The context of ``forms/questions.html``.

    Args:
        raw: a ``Checked.draft``, or what ``from_post`` gave.
        errors: by path, as in ``Checked.errors``.
        language: of the labels; where one is missing the nearest there is, marked so.
    """
    with override(language):
        sections = [
            {
                "key": section.key,
                "title": in_language(section.title, language),
                "help": in_language(section.help, language),
                "fields": [
                    _Drawing(definition, question, errors, language).field(raw.get(question.key))
                    for question in section.questions
                ],
            }
            for section in definition.sections
        ]
        shown = [one for section in sections for one in _all(section["fields"])]
        return {
            "sections": sections,
            "summary": [one for one in shown if one.error],
            "language": language,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "has_files": any(one.kind == "file" for one in shown),
            "has_conditions": any(one.show_if for one in shown),
        }


def from_post(
    definition: FormDefinition,
    post: MultiValueDict[str, str],
    files: MultiValueDict[str, Any],
    kept: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a posted page says, as ``raw`` for ``check_answers`` and ``render_questions``.

    ``kept`` is the draft so far: a file sent earlier stays unless another is sent or its
    removal is ticked. Where the button "add:key" was pressed, that group has one row more.
    """
    raw: dict[str, Any] = {}
    for question in definition:
        if question.is_repeated:
            raw[question.key] = _posted_rows(question, post)
        elif question.type == "file":
            stays = None if f"remove:{question.key}" in post else (kept or {}).get(question.key)
            raw[question.key] = files.get(question.key) or stays
        else:
            raw[question.key] = _posted(question, question.key, post)
    return raw


def row_asked(definition: FormDefinition, post: MultiValueDict[str, str]) -> str:
    """The key of the group for which one more row was asked, "" if none: then it is no sending."""
    return next((q.key for q in definition if q.is_repeated and f"add:{q.key}" in post), "")


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One question being drawn; in a row ``group`` and ``number`` say where."""

    definition: FormDefinition
    question: Question
    errors: Mapping[str, str]
    language: str
    group: Question | None = None
    number: int = 0

    def field(self, value: Any) -> Field:
        question, name = self.question, self._name(self.question.key)
        rows = self._rows(value) if question.is_repeated else ()
        return Field(
            name=name,
            kind=self._kind(),
            label=self._text(question.label),
            value="" if value is None else value,
            error=self.errors.get(name, ""),
            help=self._text(question.help),
            hint=limits_in_words(question),
            purpose=self._text(question.purpose),
            is_optional=not question.required and not question.limits.min_items,
            only_if=only_if(self.definition, question, self.group, self.language),
            show_if=self._show_if(),
            attributes=self._attributes(value),
            options=tuple(self._options(value)),
            rows=rows,
            low=self._text(question.low),
            high=self._text(question.high),
            lang=self._foreign(question.label),
            can_add=question.is_repeated and len(rows) < (question.limits.max_items or MOST_ROWS),
        )

    def _name(self, key: str) -> str:
        if self.group and key in {one.key for one in self.group.questions}:
            return f"{self.group.key}-{self.number}-{key}"
        return key

    def _kind(self) -> str:
        kind = self.question.type
        if kind == "choice":
            return "radios" if len(self.question.choices) <= RADIOS_UP_TO else "list"
        return {"choices": "boxes", "team": "group"}.get(kind, kind)

    def _text(self, texts: Texts) -> str:
        return in_language(texts, self.language)

    def _foreign(self, texts: Texts) -> str:
        found = language_of(texts, self.language)
        return "" if found == self.language else found

    def _rows(self, value: Any) -> tuple[Row, ...]:
        question = self.question
        given = value if isinstance(value, list) else []
        most = question.limits.max_items or MOST_ROWS
        count = min(max(len(given), question.limits.min_items or 1), most)
        count = max(count, len(given))  # rows over the limit are shown, so that one can be emptied
        rows = []
        for number in range(count):
            row = given[number] if number < len(given) and isinstance(given[number], dict) else {}
            fields = tuple(
                _Drawing(self.definition, one, self.errors, self.language, question, number).field(
                    row.get(one.key)
                )
                for one in question.questions
            )
            rows.append(Row(f"{self._text(question.label)} {number + 1}", fields))
        return tuple(rows)

    def _options(self, value: Any) -> Iterator[Option]:
        question, name = self.question, self._name(self.question.key)
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        if question.type == "scale":
            listed = [(str(n), str(n)) for n in range(question.limits.min, question.limits.max + 1)]
        else:
            listed = [(one.value, self._text(one.label)) for one in question.choices]
        for number, (one, label) in enumerate(listed):
            yield Option(one, label, one in chosen, f"q-{name}-{number}")

    def _show_if(self) -> SafeString | str:
        """The condition for a single-quoted attribute, "" where the question is always asked."""
        if self.question.show_if is None:
            return ""
        text = json.dumps(
            as_data(self.question.show_if, self._name), ensure_ascii=False, separators=(",", ":")
        )
        for sign in "&<>'":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        return mark_safe(text)

    def _attributes(self, value: Any) -> dict[str, str]:
        """The attributes of the input itself; never ``required`` on what may be hidden."""
        question, found = self.question, _input_attributes(self.question)
        if self.group:
            found.pop("autocomplete", None)
        missing_file = question.type != "file" or not value
        if question.required and not question.show_if and not self.group and missing_file:
            found["required"] = "required"
        if question.limits.max_length:
            found["maxlength"] = str(question.limits.max_length)
        return found


def _input_attributes(question: Question) -> dict[str, str]:
    if question.type == "number":
        whole = all(isinstance(b, int) for b in (question.limits.min, question.limits.max) if b)
        return {"type": "text", "inputmode": "numeric" if whole else "decimal", "dir": "ltr"}
    if question.type == "date":
        bounds = {"min": question.limits.min, "max": question.limits.max}
        found = {"type": "date", **{k: v.isoformat() for k, v in bounds.items() if v}}
        return found | ({"autocomplete": "bday"} if question.attribute == "birth_date" else {})
    if question.type == "file":
        ends = [f".{end}" for kind in question.limits.file_kinds for end in FILE_ENDINGS[kind]]
        return {"type": "file", **({"accept": ",".join(ends)} if ends else {})}
    if question.type == "text":
        kind, fill = KNOWN_TEXTS.get(question.key, ("text", ""))
        found = {"type": kind, "dir": "auto" if kind == "text" else "ltr"}
        return found | ({"autocomplete": fill} if fill else {})
    return {"dir": "auto", "rows": "6"} if question.type == "long_text" else {}


def _posted(question: Question, name: str, post: MultiValueDict[str, str]) -> Any:
    if question.type == "choices":
        return post.getlist(name)
    if question.type == "consent":
        return name in post
    return post.get(name)


def _posted_rows(question: Question, post: MultiValueDict[str, str]) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{question.key}-(\d{{1,3}})-")
    numbers = sorted({int(match[1]) for name in post if (match := pattern.match(name))})
    rows = [
        {one.key: _posted(one, f"{question.key}-{n}-{one.key}", post) for one in question.questions}
        for n in numbers[: 2 * MOST_ROWS]
    ]
    if f"add:{question.key}" in post and len(rows) < (question.limits.max_items or MOST_ROWS):
        rows.append({})
    return rows


def _all(fields: Any) -> Iterator[Field]:
    for one in fields:
        yield one
        for row in one.rows:
            yield from row.fields
