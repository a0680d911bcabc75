"""Which column says what: guessed from the headings and from what stands under them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import fold, language_name

from .heading_words import FILLERS, LANGUAGE_WORDS, LANGUAGES, WORDS
from .places import place_of
from .tables import Table, heading_of

SAMPLED = 200
FIELDS: dict[str, str | Promise] = {
    "number": _("number in the register"),
    "name": _("name"),
    "aka": _("also called"),
    "kind": _("type"),
    "importance": _("importance"),
    "text": _("description"),
    "date": _("date"),
    "year_from": _("from year"),
    "year_to": _("until year"),
    "builder": _("builder"),
    "country": _("country"),
    "adm1": _("region"),
    "adm2": _("district"),
    "address": _("address"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "geometry": _("coordinates in one column"),
    "certainty": _("how sure the place is"),
    "materials": _("materials"),
    "owner": _("owner"),
    "use": _("use"),
    "designation": _("legal status"),
    "designation_from": _("legal status from"),
    "designation_to": _("legal status until"),
    "authority": _("authority or decision"),
    "whs_id": _("World Heritage number"),
    "inscribed": _("year on the World Heritage List"),
    "lists": _("lists it stands on"),
    "commons": _("Commons category"),
    "source": _("source"),
    "condition": _("condition"),
    "trend": _("trend of damage"),
    "surveyed_on": _("condition seen on"),
    "surveyor": _("surveyor"),
    "looting": _("looting is a danger"),
}
IN_LANGUAGES = ("name", "text")
Mapping_ = dict[str, str]


def field_keys() -> list[str]:
    """Every field a column can be read as; name and description also one a language."""
    keys = []
    for key in FIELDS:
        keys.append(key)
        if key in IN_LANGUAGES:
            keys += [f"{key}:{language}" for language in LANGUAGES]
    return keys


def field_name(key: str) -> str:
    """A field in the reader's words, with the language's own name behind it."""
    stem, _colon, language = key.partition(":")
    words = str(FIELDS.get(stem, stem))
    return f"{words} ({language_name(language)})" if language else words


def signature_of(table: Table) -> str:
    """A hash of the headings, however ordered: the same table of another year has the same."""
    folded = sorted(fold(key) for key in table.keys)
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def guessed_mapping(table: Table) -> Mapping_:
    """Field to column, as far as it can be told. Right to be shown and changed, never final."""
    mapping: Mapping_ = {}
    taken: dict[str, str] = {}
    for _score, field, key in sorted(_candidates(table), reverse=True):
        if field not in mapping and key not in taken:
            mapping[field] = key
            taken[key] = field
    _name_and_number(table, mapping)
    _place(table, mapping)
    if "inscribed" in mapping and "number" in mapping and "whs_id" not in mapping:
        mapping["whs_id"] = mapping["number"]  # a table of the World Heritage List itself
    return {field: mapping[field] for field in field_keys() if field in mapping}


def fitting(mapping: Mapping[str, str], table: Table) -> Mapping_:
    """What of a mapping still stands in this table."""
    known, keys = set(field_keys()), set(table.keys)
    return {field: key for field, key in mapping.items() if field in known and key in keys}


def _candidates(table: Table) -> Iterable[tuple[float, str, str]]:
    for place, key in enumerate(table.keys):
        if heading_of(key) != key:
            continue  # the second of two columns of one name
        for field, score in _meanings(heading_of(key)).items():
            yield score - place * 0.01, field, key


def _meanings(heading: str) -> dict[str, float]:
    """Fields that a heading may mean, with how sure that is; 100 for the very word."""
    folded = _plain(heading)
    tokens = folded.split()
    language = _language_of(heading, tokens)
    stripped = [token for token in tokens if token not in _language_tokens()] or tokens
    bare = [token for token in stripped if token not in _fillers()] or stripped
    found: dict[str, float] = {}
    for weight, words in ((100, tokens), (96, stripped), (90, bare)):
        for field, rank in _fields_by_phrase().get(" ".join(words), ()):
            score = weight - rank * 0.5
            if language and field.partition(":")[0] in IN_LANGUAGES:
                field = f"{field.partition(':')[0]}:{language}"
            elif language and language != "en":
                score -= 8  # of a column in two languages the English one is read
            found[field] = max(score, found.get(field, 0))
    return found


def _language_of(heading: str, tokens: Sequence[str]) -> str:
    """The language a heading names at its end or in brackets: "name_fr", "Name (Arabic)"."""
    if len(tokens) > 1 and tokens[-1] in LANGUAGES:
        return tokens[-1]
    return next(
        (code for code, words in LANGUAGE_WORDS.items() if set(tokens[1:]) & set(words)), ""
    )


@cache
def _language_tokens() -> frozenset[str]:
    return frozenset({*LANGUAGES, *(word for words in LANGUAGE_WORDS.values() for word in words)})


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_plain(word) for word in FILLERS)


@cache
def _fields_by_phrase() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for field, phrases in WORDS.items():
        for rank, phrase in enumerate(phrases):
            found.setdefault(_plain(phrase), []).append((field, rank))
    return {phrase: tuple(listed) for phrase, listed in found.items()}


def _plain(heading: str) -> str:
    """Folded words without what Arches and others hang on: "NAME_TYPE.E55" is "name type"."""
    stem = re.sub(r"\.[A-Z]+\d+$", "", heading.strip())
    stem = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    words = re.sub(r"[^\w№]+|_", " ", fold(stem))
    return " ".join(words.split())


def _name_and_number(table: Table, mapping: Mapping_) -> None:
    """Settle by the cells what headings leave open: numbers are unique codes, names are words."""
    cells = {key: _cells(table, key) for key in table.keys if heading_of(key) == key}
    for key in cells:
        if _plain(key) in ("primary name", "label", "title", "name") and _is_code(cells[key]):
            _free(mapping, key)
            mapping["number"] = key
            break
    if "name" not in mapping and not any(field.startswith("name:") for field in mapping):
        _take_named(mapping, "name", table)
    used = set(mapping.values())
    free = [key for key in cells if key not in used]
    if not any(field.partition(":")[0] == "name" for field in mapping):
        words = [key for key in free if _is_words(cells[key])]
        if words:
            mapping["name"] = max(words, key=lambda key: len(set(cells[key])))
    if "number" not in mapping:
        codes = [key for key in free if _is_code(cells[key]) and key != mapping.get("name")]
        if codes:
            mapping["number"] = codes[0]


def _take_named(mapping: Mapping_, field: str, table: Table) -> None:
    for key in table.keys:
        if key not in mapping.values() and field in _meanings(heading_of(key)):
            mapping[field] = key
            return


def _free(mapping: Mapping_, key: str) -> None:
    for field in [field for field, column in mapping.items() if column == key]:
        del mapping[field]


def _place(table: Table, mapping: Mapping_) -> None:
    """A column of places under a heading that nobody knows, found by its cells."""
    if "geometry" in mapping or ("latitude" in mapping and "longitude" in mapping):
        return
    for field in ("latitude", "longitude"):
        mapping.pop(field, None)
    for key in table.keys:
        cells = _cells(table, key)[:20] if key not in mapping.values() else []
        if cells and sum(map(_is_place, cells)) * 10 >= 8 * len(cells):
            mapping["geometry"] = key
            return


def _cells(table: Table, key: str) -> list[str]:
    at = table.keys.index(key)
    found = (line.cells[at].strip() for line in table.lines[:SAMPLED])
    return [cell for cell in found if cell]


def _is_code(cells: Sequence[str]) -> bool:
    """True if every cell is another short word with a figure in it."""
    if not cells or len(set(cells)) < len(cells) * 0.95:
        return False
    fits = [
        cell for cell in cells if len(cell) <= 40 and " " not in cell and re.search(r"\d", cell)
    ]
    return len(fits) >= 0.9 * len(cells)


def _is_words(cells: Sequence[str]) -> bool:
    fits = [cell for cell in cells if sum(map(str.isalpha, cell)) >= 3 and len(cell) < 200]
    return bool(cells) and len(fits) >= 0.8 * len(cells)


def _is_place(cell: str) -> bool:
    try:
        return place_of(cell).is_on_earth and bool(re.search(r"[.,°({]", cell))
    except ValueError:
        return False
