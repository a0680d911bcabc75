"""The deep checks: the content opens as what it begins as, and can do nothing by itself."""

from __future__ import annotations

from collections.abc import Callable

from .containers import checked_container
from .pdf import checked_pdf
from .pictures import checked_picture
from .writing import checked_writing


def as_it_is(data: bytes, kind: str) -> bytes:
    """The same bytes: a raw file is never shown, only read by who asks for it, and given back."""
    return data


CHECKS: dict[str, Callable[[bytes, str], bytes]] = {
    "pdf": checked_pdf,
    "jpeg": checked_picture,
    "png": checked_picture,
    "webp": checked_picture,
    "xlsx": checked_container,
    "ods": checked_container,
    "docx": checked_container,
    "csv": checked_writing,
    "text": checked_writing,
    "yaml": checked_writing,
    "json": checked_writing,
    "capture": as_it_is,
    "design": as_it_is,
}


def checked(data: bytes, kind: str) -> bytes:
    """The bytes to keep: the same, or cleaned ones.

    Raises:
        FileDamaged: they do not open.
        FileUnsafe: they open, and hold what can act by itself.
    """
    return CHECKS[kind](data, kind)
