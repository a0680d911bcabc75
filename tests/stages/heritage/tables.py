"""Tables of monuments for tests, and a short way to read and take them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.heritage.models import MonumentImport, Register
from karvan.stages.heritage.services.imports import read_file
from karvan.stages.heritage.services.imports_taking import begin_import, take_import

HEAD = "Number,Name,Type,Date,Latitude,Longitude"


def upload(text: str | bytes, name: str = "list.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def read(register: Register, text: str | bytes, name: str = "list.csv") -> MonumentImport:
    """A table that is read and not taken."""
    return read_file(register, upload=upload(text, name), by=None)


def taken(register: Register, text: str | bytes | MonumentImport) -> MonumentImport:
    """A table that is read and taken over."""
    one = text if isinstance(text, MonumentImport) else read(register, text)
    return take_import(begin_import(one, by=None), by=None)


def rows(*lines: str, head: str = HEAD) -> str:
    return "\n".join((head, *lines)) + "\n"


def doubts(one: MonumentImport) -> list[tuple[int, str]]:
    """The doubts of a table as line and code."""
    return sorted((doubt["line"], doubt["code"]) for doubt in one.report["doubts"])


def fields(changed: dict[str, Any]) -> list[str]:
    return [name for name, _before, _after in changed["fields"]]
