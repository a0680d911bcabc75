"""Office documents: a ZIP that opens, is no bomb, and holds no macro."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from karvan.foundation.files.errors import FileDamaged, FileUnsafe

MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_PARTS = 5_000
STEEPEST = 300  # times larger when unpacked, for parts above 1 MB

_PROGRAMS = ("vbaproject.bin", "macrosheets/", "activex/", "basic/", "scripts/", ".exe", ".dll")
_HIDDEN = ("embeddings/oleobject",)


def checked_container(data: bytes, kind: str) -> bytes:
    """The same bytes, after a look at every part's name and size.

    Cost: one reading of the list of parts; a workbook is opened once, no cell is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as document:
            _check_parts(document.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _damaged() from None
    if kind in ("xlsx", "ods"):
        _open_workbook(data)
    return data


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileUnsafe(_("This document unpacks to far more than it seems to hold."))
    for part in parts:
        name = part.filename.lower()
        if part.flag_bits & 1:
            raise FileUnsafe(_("This document is locked with a password. Save a copy without one."))
        if part.file_size > 1024 * 1024 and part.file_size > STEEPEST * max(part.compress_size, 1):
            raise FileUnsafe(_("This document unpacks to far more than it seems to hold."))
        if any(sign in name for sign in (*_PROGRAMS, *_HIDDEN)):
            raise FileUnsafe(
                _("This document holds a macro or another file. Save a copy without it.")
            )


def _open_workbook(data: bytes) -> None:
    try:
        names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    except (CalamineError, OSError, ValueError):
        raise _damaged() from None
    if not names:
        raise _damaged()


def _damaged() -> FileDamaged:
    return FileDamaged(_("This document does not open. Save it again and send the new file."))
