"""Whether a value keeps a question's limits, and how to say the limits to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.texts import fold, in_language

from .orcid import orcid_of
from .questions import FILE_ENDINGS, Question
from .typed import count_words

MEBIBYTE = 1024 * 1024


def broken_limit(question: Question, value: Any) -> str:
    """What a value breaks, in words that say how to put it right; "" where it keeps all."""
    return next(_broken(question, value), "")


def limits_in_words(question: Question) -> str:
    """A question's limits as a short hint, "" where it has none worth telling."""
    limits = question.limits
    if limits.min_words or limits.max_words:
        return _span(limits.min_words, limits.max_words, _("words"))
    if question.type in ("group", "team", "choices") and (limits.min_items or limits.max_items):
        return _span(limits.min_items, limits.max_items, "")
    if question.type == "number" and (limits.min is not None or limits.max is not None):
        return _span(limits.min, limits.max, "")
    if question.type == "file":
        return _file_hint(question)
    return ""


def _broken(question: Question, value: Any) -> Iterator[str]:
    if question.type in ("text", "long_text"):
        yield from _broken_text(question, value)
    elif question.type in ("number", "scale", "date"):
        yield from _broken_range(question, value)
    elif question.type == "file":
        yield from _broken_file(question, value)
    elif isinstance(value, list):
        yield from _broken_count(question, len(value))
        yield from _broken_rows(question, value)


def _broken_text(question: Question, value: str) -> Iterator[str]:
    limits, words = question.limits, count_words(value)
    if limits.format == "orcid" and not orcid_of(value):
        yield _(
            "This is no ORCID: it has 16 signs such as 0000-0002-1825-0097, and the last one "
            "checks the others. Copy it from your ORCID page."
        )
    if limits.min_words and words < limits.min_words:
        yield _("Write at least %(limit)d words; there are %(count)d.") % {
            "limit": limits.min_words,
            "count": words,
        }
    if limits.max_words and words > limits.max_words:
        yield _("Write at most %(limit)d words; there are %(count)d.") % {
            "limit": limits.max_words,
            "count": words,
        }
    if limits.max_length and len(value) > limits.max_length:
        yield _("Write at most %(limit)d characters; there are %(count)d.") % {
            "limit": limits.max_length,
            "count": len(value),
        }


def _broken_range(question: Question, value: Any) -> Iterator[str]:
    limits = question.limits
    given = date.fromisoformat(value) if question.type == "date" else value
    if limits.min is not None and given < limits.min:
        if question.type == "date":
            yield _("The date must not be before %(limit)s.") % {"limit": _day(limits.min)}
        else:
            yield _("The number must be at least %(limit)s.") % {"limit": limits.min}
    if limits.max is not None and given > limits.max:
        if question.type == "date":
            yield _("The date must not be after %(limit)s.") % {"limit": _day(limits.max)}
        else:
            yield _("The number must be at most %(limit)s.") % {"limit": limits.max}


def _broken_file(question: Question, value: Any) -> Iterator[str]:
    name, size = (value.name, value.size) if isinstance(value, UploadedFile) else (
        value.get("name"), value.get("size")
    )  # fmt: skip
    ending = str(name or "").rpartition(".")[2].lower()
    kinds = question.limits.file_kinds
    if kinds and ending not in {end for kind in kinds for end in FILE_ENDINGS[kind]}:
        yield _("This file is not of a kind that can be read here. %(hint)s.") % {
            "hint": _file_hint(question)
        }
    if size is not None and question.limits.max_mb and size > question.limits.max_mb * MEBIBYTE:
        yield _("The file is larger than %(limit)s MB.") % {"limit": f"{question.limits.max_mb:g}"}


def _broken_count(question: Question, count: int) -> Iterator[str]:
    limits = question.limits
    if limits.min_items and count < limits.min_items:
        yield ngettext(
            "At least %(limit)d is needed; there are %(count)d.",
            "At least %(limit)d are needed; there are %(count)d.",
            limits.min_items,
        ) % {"limit": limits.min_items, "count": count}
    if limits.max_items is not None and count > limits.max_items:
        yield ngettext(
            "At most %(limit)d is possible; there are %(count)d.",
            "At most %(limit)d are possible; there are %(count)d.",
            limits.max_items,
        ) % {"limit": limits.max_items, "count": count}


def _broken_rows(question: Question, rows: list[Any]) -> Iterator[str]:
    limits = question.limits
    for key in limits.unique:
        seen: dict[str, int] = {}
        for number, row in enumerate(rows, start=1):
            value = fold(str(row.get(key) or ""))
            if value and value in seen:
                yield _("Rows %(one)d and %(other)d give the same: %(value)s. Name each once.") % {
                    "one": seen[value],
                    "other": number,
                    "value": row.get(key),
                }
            seen.setdefault(value, number)
    if limits.exactly_one:
        asked = next(one for one in question.questions if one.key == limits.exactly_one)
        chosen = sum(row.get(asked.key) == "yes" for row in rows)
        if chosen != 1:
            yield _("Just one row answers yes to “%(question)s”; there are %(count)d.") % {
                "question": in_language(asked.label),
                "count": chosen,
            }


def _span(least: Any, most: Any, unit: str) -> str:
    words = {"least": least, "most": most, "unit": unit}
    if least is not None and most is not None:
        return (_("%(least)s to %(most)s %(unit)s") % words).strip()
    if most is not None:
        return (_("at most %(most)s %(unit)s") % words).strip()
    return (_("at least %(least)s %(unit)s") % words).strip()


def _file_hint(question: Question) -> str:
    kinds = ", ".join(kind.upper() for kind in question.limits.file_kinds)
    if not question.limits.max_mb:
        return kinds
    size = _("at most %(limit)s MB") % {"limit": f"{question.limits.max_mb:g}"}
    return f"{kinds}, {size}" if kinds else size


def _day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
