"""Which texts of a design people read in a call, where each stands, and what they read in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import languages as interface_languages
from karvan.stages.blueprints.document import UnknownPath, human_title, value_at, with_value
from karvan.stages.blueprints.document.languages import WORD_LANGUAGES, is_words
from karvan.stages.blueprints.document.paths import identity_of, is_named_list

from .models import Translation

# What a call, its form and its certificate show; sessions and rooms are read on the desk.
_OF_DOCUMENT = ("title", "summary")
_OF_ACTIVITY = (
    "title",
    "prerequisites",
    "outcomes",
    "selection.quotas",
    "form",
    "award",
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the design. ``paths`` are all its places: the same words are asked for once."""

    paths: tuple[str, ...]
    source: Mapping[str, str]

    @property
    def path(self) -> str:
        return self.paths[0]


def texts_of(document: Mapping[str, Any]) -> list[Text]:
    """The texts people read in a call, in the order of the document.

    Cost: about 2 ms for the library's programmes.
    """
    places: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for path, words in _shown_in_a_call(document):
        places.setdefault(tuple(sorted(words.items())), []).append(path)
    return [Text(tuple(paths), dict(words)) for words, paths in places.items()]


def missing_in(document: Mapping[str, Any], language: str) -> list[Text]:
    """Those of ``texts_of`` that do not exist in the language."""
    return [one for one in texts_of(document) if not one.source.get(language)]


def where(document: Mapping[str, Any], text: Text) -> str:
    """Where a text stands, in words: "Boot camp, question sex: wording"."""
    return human_title(document, text.path)


def with_translations(
    data: Mapping[str, Any], translations: Iterable[Translation]
) -> dict[str, Any]:
    """A document whose texts gained the languages of the translations. The given data stay.

    A language that the text has already is never replaced; what stands at a part that is
    gone is passed over.
    """
    by_path: dict[str, dict[str, str]] = {}
    for one in translations:
        by_path.setdefault(one.path, {})[one.language] = one.text
    changed = dict(data)
    for path, said in by_path.items():
        try:
            words = value_at(changed, path)
        except UnknownPath:
            continue
        if is_words(words):
            changed = with_value(changed, path, {**said, **words})
    return changed


def languages_to_choose(official: Iterable[str], written: Iterable[str] = ()) -> tuple[str, ...]:
    """In which languages an edition may be held.

    The interface's, those its blueprint is written in, and the country's official ones as
    far as documents can hold them.
    """
    known = (one for one in official if one in WORD_LANGUAGES)
    return tuple(dict.fromkeys([*interface_languages(), *written, *known]))


def _shown_in_a_call(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name in _OF_DOCUMENT:
        yield from _words(document.get(name), name)
    for activity in document.get("activities", ()):
        for part in _OF_ACTIVITY:
            held: Any = activity
            for key in part.split("."):
                held = held.get(key) if isinstance(held, dict) else None
            yield from _words(held, f"activities.{activity['code']}.{part}")


def _words(held: Any, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in languages within a part, with its path."""
    if is_words(held):
        yield path, held
    elif isinstance(held, dict):
        for key, below in held.items():
            yield from _words(below, f"{path}.{key}")
    elif isinstance(held, list):
        has_names = bool(held) and is_named_list(held)
        for at, item in enumerate(held):
            yield from _words(item, f"{path}.{identity_of(item) if has_names else at}")
