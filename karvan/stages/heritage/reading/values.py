"""Single cells: markup taken out, several values in one, words of importance and condition."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html.parser import HTMLParser

from karvan.foundation.texts import fold

_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]+|#\d+);|\[\[")
_WIKI_LINK = re.compile(r"\[\[(?:[^|\[\]]*\|)?([^\[\]]*)\]\]")
_UNCLEAN = re.compile(r"[<&\[\s\u200e\u200f\u202a-\u202e\ufeff](?<! )|  |^ | $")
_SILENT = ("script", "style")
_SEVERAL = re.compile(r"[;|\n]")
_BREAKS = ("p", "div", "br", "li", "tr")
_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"))

IMPORTANCE = {
    "world": ("world", "dunya", "мир", "mondial", "universel", "عالمي", "unesco", "mundial", "welt"),
    "national": ("national", "olke", "milli", "республик", "федерал", "национал", "государств", "وطني", "nacional", "state", "ulusal"),
    "local": ("local", "yerli", "местн", "муницип", "регион", "محلي", "municipal", "regional", "ortlich", "lokal", "yerel"),
}  # fmt: skip
CONDITIONS = {
    "destroyed": ("destroyed", "detruit", "dagilib", "dagilmis", "разрушен", "утрачен", "مدمر", "مهدم", "destruido", "zerstort", "yikilmis"),
    "very_bad": ("very bad", "very poor", "critical", "tres mauvais", "cox pis", "qezali", "аварийн", "سيئ جدا", "سيء جدا", "muy malo", "sehr schlecht"),
    "poor": ("poor", "bad", "mauvais", "pis", "плох", "неудовлетвор", "سيء", "سيئ", "malo", "schlecht", "kotu"),
    "fair": ("fair", "moderate", "moyen", "orta", "qenaetbexs", "удовлетвор", "средн", "متوسط", "مقبول", "regular", "mittel"),
    "good": ("good", "excellent", "bon", "yaxsi", "хорош", "جيد", "bueno", "gut", "iyi"),
    "unknown": ("unknown", "inconnu", "namelum", "неизвест", "غير معروف", "desconocido", "unbekannt", "no data"),
}  # fmt: skip
WORST_FIRST = ("destroyed", "very_bad", "poor", "fair", "good", "unknown")
TRENDS = {
    "worsening": ("increasing", "worsening", "declining", "deteriorating", "pislesir", "ухудш", "se degrade", "متزايد", "يتدهور"),
    "improving": ("decreasing", "improving", "yaxsilasir", "улучш", "s ameliore", "متناقص", "يتحسن"),
    "stable": ("stable", "sabit", "стабил", "مستقر", "estable", "stabil"),
    "unknown": ("unknown", "inconnu", "namelum", "неизвест", "غير معروف"),
}  # fmt: skip
YES = ("1", "yes", "true", "y", "oui", "beli", "he", "да", "نعم", "si", "ja", "x")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data.replace("\n", " "))


def has_markup(text: str) -> bool:
    """True if the text holds tags, entities or links of a wiki."""
    return bool(_MARKUP.search(text))


def clean(text: str) -> str:
    """The text alone: without tags, entities, wiki links, marks of direction and spare blanks."""
    if not _UNCLEAN.search(text):
        return text
    if has_markup(text):
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = _WIKI_LINK.sub(r"\1", "".join(reader.parts))
    text = text.translate(_DIRECTION).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def many(text: str) -> list[str]:
    """Several values in one cell, each once, in their order: "Slopes; Slopes; Wadi (dry; deep)".

    They are told apart by semicolons, bars and new lines, never by commas, which labels hold,
    and never within brackets.
    """
    if not _SEVERAL.search(text):
        return [one] if (one := " ".join(text.split())) else []
    found: list[str] = []
    depth, start = 0, 0
    for at, letter in enumerate(text):
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth = max(0, depth - 1)
        elif letter in ";|\n" and depth == 0:
            found.append(text[start:at])
            start = at + 1
    found.append(text[start:])
    stripped = (" ".join(one.split()) for one in found)
    return list(dict.fromkeys(one for one in stripped if one))


@lru_cache(maxsize=4096)
def importance_of(text: str) -> str | None:
    """ "world", "national" or "local" by a word in one of eight languages; None if none fits."""
    return _of(text, IMPORTANCE)


@lru_cache(maxsize=4096)
def condition_of(text: str) -> str | None:
    """A condition's code by a word in one of eight languages; None if none fits."""
    return _of(text, CONDITIONS)


@lru_cache(maxsize=4096)
def trend_of(text: str) -> str | None:
    """A trend's code by a word; None if none fits."""
    return _of(text, TRENDS)


def is_yes(text: str) -> bool:
    """True for a cell that says yes."""
    return fold(text) in YES


def script_of(text: str) -> str:
    """ "ar", "ru" or "" (Latin and others): the script that most letters of a text are of."""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    if arabic * 2 > letters:
        return "ar"
    return "ru" if cyrillic * 2 > letters else ""


def _of(text: str, words: dict[str, tuple[str, ...]]) -> str | None:
    folded = fold(text)
    for code, listed in words.items():
        if _pattern(listed).search(folded):
            return code
    return None


@cache
def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words at the beginning of a word."""
    return re.compile(rf"(?:^|\W|_)(?:{'|'.join(re.escape(fold(word)) for word in listed)})")
