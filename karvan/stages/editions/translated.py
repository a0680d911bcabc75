"""How far an edition's texts exist in each of its languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .models import Edition
from .queries import translations_of
from .wording import Text, missing_in


@dataclass(frozen=True, slots=True)
class Progress:
    """The texts that one language asks for, and those written: by path what each reads."""

    language: str
    texts: tuple[Text, ...]
    written: Mapping[str, str]

    @property
    def total(self) -> int:
        return len(self.texts)

    @property
    def done(self) -> int:
        return sum(text.path in self.written for text in self.texts)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def is_done(self) -> bool:
        return not self.left


def progress_of(edition: Edition, document: Mapping[str, Any]) -> list[Progress]:
    """Each language of the edition that asks for texts; one that the blueprint has whole asks for none.

    ``document`` is the design without translations. One query.
    """
    written: dict[str, dict[str, str]] = {}
    for one in translations_of(edition):
        written.setdefault(one.language, {})[one.path] = one.text
    found = (
        Progress(language, tuple(missing_in(document, language)), written.get(language, {}))
        for language in edition.languages
    )
    return [one for one in found if one.texts]
