"""What a file is, by its bytes alone. Its name and the browser's word count for nothing here."""

from __future__ import annotations

import io
import zipfile

import puremagic
from django.utils.translation import gettext as _

_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe")
_PROGRAMS = {b"MZ": "Windows", b"\x7fELF": "Linux", b"#!": "script", b"\xca\xfe\xba\xbe": "Java"}
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def kind_of(data: bytes) -> str:
    """The code of the kind, "written" for text of any kind, or "" for something else.

    Reads the first bytes, and for a ZIP container its list of parts.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return _container(data)
    if begins_as_markup(data) or any(data.startswith(sign) for sign in _PROGRAMS):
        return ""
    return "written" if looks_written(data) else ""


def begins_as_markup(data: bytes) -> bool:
    """True for HTML, SVG and XML, which a browser might run."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_MARKUP) or b"<script" in head or b"<svg" in head


def looks_written(data: bytes) -> bool:
    """True if there is no byte that no text has. UTF-16 is text when it says so."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in set(data))


def said_plainly(data: bytes) -> str:
    """What the bytes are, in words for the person who sent them."""
    if data[:4096].lower().find(b"<svg") >= 0:
        return _("an SVG drawing, which can carry programs")
    if begins_as_markup(data):
        return _("a web page")
    if any(data.startswith(sign) for sign in _PROGRAMS):
        return _("a program")
    if data.startswith(b"PK\x03\x04"):
        return _("a ZIP archive")
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        found = []
    if found and found[0].name:
        return str(found[0].name)
    return _("something we do not recognise")


def _container(data: bytes) -> str:
    """Which office document a ZIP holds, or "" for any other archive."""
    if _OPEN_DOCUMENT in data[:120]:
        return "ods"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    return ""
