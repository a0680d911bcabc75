"""What is missing, and how reviewers mark, in words and figures fit to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from .blind import reading_code
from .models import Reviewer


@dataclass(frozen=True, slots=True)
class Reader:
    """A reviewer with how far they are; mean and spread are points of 100, None before a mark."""

    reviewer: Reviewer
    given: int
    done: int
    mean: float | None
    spread: float | None
    conflicts: int


def reviewers_shown(reviewers: Iterable[Any]) -> list[Reader]:
    """The reviewers as the round's record shows them."""
    return [
        Reader(
            one,
            one.given,
            one.done,
            None if one.mean is None else round(one.mean / 100, 1),
            None if one.spread is None or one.done < 2 else round(one.spread / 100, 1),
            one.conflict_count,
        )
        for one in reviewers
    ]


def in_points(hundredths: float | None) -> float | None:
    """Hundredths of a point as points with one decimal, half a tenth rounded up; None stays."""
    return None if hundredths is None else int(hundredths / 10 + 0.5) / 10


def language_in_words(code: str) -> str:
    """A language by its name in the reader's language; the code itself where it has none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def disputed_shown(applications: Iterable[Any]) -> list[tuple[str, float, float, int]]:
    """Reading code, lowest and highest total of 100, and reads, where readers disagree."""
    return [(reading_code(a), a.lowest / 100, a.highest / 100, a.finished) for a in applications]


def missing_in_words(missing: Iterable[Any]) -> list[str]:
    """Who is needed: "2 more reviewers who read Arabic, for 2 reads that nobody can be given."."""
    said = []
    for needed in missing:
        spoken = ", ".join(language_in_words(code) for code in sorted(needed.languages))
        who = ngettext(
            "%(n)s more reviewer who reads %(languages)s is needed",
            "%(n)s more reviewers who read %(languages)s are needed",
            needed.reviewers,
        ) % {"n": needed.reviewers, "languages": spoken}
        what = ngettext(
            "%(n)s read nobody can be given", "%(n)s reads nobody can be given", needed.reads
        ) % {"n": needed.reads}
        said.append(_("%(who)s: %(what)s.") % {"who": who, "what": what})
    return said
