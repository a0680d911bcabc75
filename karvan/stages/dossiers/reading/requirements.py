"""Requirements out of a file: reStructuredText with items, tables, Markdown tables.

Bytes in, frozen rows out. Nothing is dropped or guessed without a doubt that names its place;
a doubt is data, ``requirements_words.said`` puts it in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.files.tables import encoding_of
from karvan.stages.dossiers.errors import Unreadable

from . import requirements_rst, requirements_tables

CODE_LENGTH = 40
TYPES = ("need", "system", "hardware", "software", "safety", "usability", "regulatory")
TABLES = ("csv", "tsv", "xlsx", "ods")
TEXTS = ("rst", "md", "markdown", "txt")
# Words in a code that say what kind of requirement it is; whole parts of the code only.
_HINTS = {
    "need": ("need", "un", "sr", "stk", "str", "sh", "stakeholder", "user", "besoin"),
    "system": ("sys", "system", "syst", "sysrs"),
    "hardware": ("hw", "hard", "hardware", "mech", "elec", "pcb"),
    "software": ("sw", "soft", "software", "fw", "srs", "gui"),
    "safety": ("saf", "safety", "risk", "haz"),
    "usability": ("use", "usab", "usability", "ux", "hf"),
    "regulatory": ("reg", "regulatory", "iso", "iec", "std", "legal"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement as the file has it; "" where the file says nothing."""

    code: str
    statement: str
    type: str = ""
    rationale: str = ""
    priority: str = ""
    verification: str = ""
    fulfils: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the file that a person should look at."""

    code: str
    where: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRequirements:
    """What a file holds. ``columns`` and ``mapping`` (field to column) are of tables only."""

    items: tuple[Item, ...]
    doubts: tuple[Doubt, ...]
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, int] = field(default_factory=dict)


def read_requirements(
    data: bytes, name: str, *, mapping: Mapping[str, int] | None = None, prefix: str = ""
) -> ReadRequirements:
    """The requirements in a file, by what its name ends in.

    ``mapping`` says which column holds which field, where the guess was wrong; ``prefix``
    numbers what has no code of its own by its place in the file.

    Raises:
        Unreadable: not a file of ours, or nothing in it that could be a requirement; says
            up to where it was read.
    Cost: a file of 300 items takes about 10 ms.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending in TABLES:
        found = requirements_tables.from_table(data, ending, mapping)
    elif ending in TEXTS:
        found = _from_text(data, name, ending, mapping)
    else:
        raise Unreadable(
            _("Requirements are read from %(kinds)s; “%(name)s” is none of these.")
            % {"kinds": ", ".join((*TEXTS, *TABLES)), "name": name}
        )
    raw, doubts, columns, used = found
    items, more = _settled(raw, prefix)
    return ReadRequirements(
        tuple(items), (*(Doubt(*one) for one in doubts), *more), tuple(columns), used
    )


def guessed_type(codes: Iterable[str]) -> str:
    """The kind that most of these codes speak of, "" where none of them does."""
    counted = Counter(kind for code in codes if (kind := _type_in(code)))
    return counted.most_common(1)[0][0] if counted else ""


def known_type(text: str) -> str:
    """The type a word of a file stands for, "" where it is none of ours."""
    word = text.strip().lower()
    if word in TYPES:
        return word
    return next((kind for kind, hints in _HINTS.items() if word in hints), "")


def split_codes(text: str) -> tuple[str, ...]:
    """The codes named in a text, each once, in their order."""
    found = [one.strip("`<>()[]") for one in re.split(r"[\s,;|،]+", text)]
    return tuple(dict.fromkeys(one for one in found if one and one not in ("-", "–", "—", "n/a")))


def _from_text(data: bytes, name: str, ending: str, mapping: Mapping[str, int] | None) -> Any:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            _("“%(name)s” is not text: byte %(at)d of it is empty.")
            % {"name": name, "at": data.index(b"\0") + 1}
        )
    text = data.decode(encoding_of(data), errors="replace")
    lines = text.splitlines()
    doubts: list[tuple[str, str, dict[str, Any]]] = [
        ("unread_line", str(number), {}) for number, line in enumerate(lines, 1) if "\ufffd" in line
    ]
    if ending == "rst" or requirements_rst.DIRECTIVE.search(text):
        raw, more = requirements_rst.from_lines(lines)
        columns: list[str] = []
        used: dict[str, int] = {}
    else:
        raw, more, columns, used = requirements_tables.from_markdown(lines, mapping)
    if not raw:
        raise Unreadable(
            _(
                "No requirement was found in the %(lines)d lines of “%(name)s”. In "
                "reStructuredText one begins with “.. item:: CODE”; in Markdown they stand in "
                "a table with a column for the code and one for the text."
            )
            % {"lines": len(lines), "name": name}
        )
    return raw, [*doubts, *more], columns, used


def _settled(raw: Iterable[Mapping[str, str]], prefix: str) -> tuple[list[Item], list[Doubt]]:
    """Items with a code each; what cannot be kept is named in a doubt."""
    items: dict[str, Item] = {}
    doubts: list[Doubt] = []
    for number, one in enumerate(raw, 1):
        where, text = one["where"], one.get("statement", "").strip()
        code = one.get("code", "").strip()
        if not code and prefix:
            code = f"{prefix}-{number}"
            doubts.append(Doubt("numbered", where, {"code": code}))
        if not code:
            doubts.append(Doubt("no_code", where, {"text": text[:60]}))
            continue
        if len(code) > CODE_LENGTH:
            doubts.append(Doubt("long_code", where, {"code": code, "most": CODE_LENGTH}))
            continue
        if code in items:
            doubts.append(Doubt("repeated", where, {"code": code, "first": items[code].where}))
            continue
        item, more = _item(one, code, text)
        items[code] = item
        doubts += more
    return list(items.values()), doubts


def _item(one: Mapping[str, str], code: str, text: str) -> tuple[Item, list[Doubt]]:
    where, doubts = one["where"], []
    named = split_codes(one.get("fulfils", ""))
    if code in named:
        doubts.append(Doubt("fulfils_itself", where, {"code": code}))
    item = Item(
        code,
        text,
        rationale=one.get("rationale", "").strip(),
        fulfils=tuple(other for other in named if other != code),
        where=where,
    )
    if not text:
        doubts.append(Doubt("no_statement", where, {"code": code}))
    for key, known in (
        ("type", known_type),
        ("priority", requirements_tables.known_priority),
        ("verification", requirements_tables.known_verification),
    ):
        said = one.get(key, "").strip()
        value = known(said) if said else ""
        if said and not value:
            doubts.append(Doubt("unknown_word", where, {"code": code, "field": key, "word": said}))
        item = replace(item, **{key: value})  # type: ignore[arg-type]
    return item, doubts


def _type_in(code: str) -> str:
    parts = re.split(r"[^a-z]+", code.lower())
    for kind, hints in reversed(_HINTS.items()):
        if any(part in hints for part in parts):
            return kind
    return ""
