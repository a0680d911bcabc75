"""Every string a person reads exists in the four languages, and the catalogues are compiled."""

from __future__ import annotations

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from karvan.foundation.records.words import ACTS

ROOT = Path(__file__).parents[1] / "karvan"
LANGUAGES = ("fr", "ar", "az")
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
IN_TEMPLATE = re.compile(
    r"""\b(n)?gettext\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\w+\}")


@cache
def marked() -> frozenset[str]:
    """Every string marked for translation in Python and in templates."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        if "migrations" not in path.parts:
            found |= in_python(path.read_text())
    for path in [*ROOT.rglob("templates/**/*.html"), *ROOT.rglob("templates/**/*.txt")]:
        for match in IN_TEMPLATE.finditer(templatize(path.read_text())):
            found.add(ast.literal_eval(match[2]))
    return frozenset(found - {""})


def in_python(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = node.args[1:] if name in WITH_CONTEXT else node.args if name in CALLS else []
        if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
            found.add(given[0].value)
    return found


@cache
def catalogue(language: str):
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def texts_of(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def ids_of(message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def context_of(message) -> str:
    """What tells two equal words apart; the compiled file gives it as bytes."""
    context = message.context or ""
    return context.decode() if isinstance(context, bytes) else context


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_string_is_translated(language):
    known = {
        one: message for message in catalogue(language) if message.id for one in ids_of(message)
    }

    assert sorted(one for one in marked() if one not in known)[:20] == []
    empty = [one for one in marked() if not all(texts_of(known[one])) or known[one].fuzzy]
    assert sorted(empty)[:20] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_or_invents_a_placeholder(language):
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = {p for one in ids_of(message) for p in PLACEHOLDER.findall(one)}
        for text in texts_of(message):
            found = set(PLACEHOLDER.findall(text))
            plural = len(ids_of(message)) > 1
            if found - wanted or (not plural and found != wanted):
                wrong.append(f"{ids_of(message)[0]!r} → {text!r}")

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language):
    compiled = (ROOT / f"locale/{language}/LC_MESSAGES/django.mo").read_bytes()
    shipped = {
        (context_of(m), str(ids_of(m)[0])): texts_of(m) for m in read_mo(BytesIO(compiled)) if m.id
    }
    written = {
        (context_of(m), str(ids_of(m)[0])): texts_of(m)
        for m in catalogue(language)
        if m.id and all(texts_of(m)) and not m.fuzzy
    }

    assert shipped == written


def test_every_act_that_code_records_has_its_words():
    """The history of a record page shows acts in the reader's language."""
    written = set()
    for path in ROOT.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            name = isinstance(node, ast.Call) and getattr(
                node.func, "id", getattr(node.func, "attr", "")
            )
            if name in ("record", "Act") and node.args and isinstance(node.args[0], ast.Constant):
                written.add(str(node.args[0].value).replace("_", " "))

    assert sorted(written - set(ACTS)) == []
