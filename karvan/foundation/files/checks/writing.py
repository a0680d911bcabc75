"""Text in any script and encoding, as long as it is text and nothing a browser would run."""

from __future__ import annotations

import json

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from karvan.foundation.files.errors import FileDamaged, FileUnsafe
from karvan.foundation.files.sniffing import begins_as_markup


def checked_writing(data: bytes, kind: str) -> bytes:
    """The same bytes: whoever reads them later decodes them by ``decoded``."""
    text = decoded(data)
    if begins_as_markup(text[:4096].encode()):
        raise FileUnsafe(_("This is a web page under another name. Send plain text."))
    if kind == "json":
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            raise FileDamaged(_("This JSON does not read as JSON.")) from None
    return data


def decoded(data: bytes) -> str:
    """The text: UTF-8 or UTF-16 where it says or shows so, else the likeliest old encoding.

    Raises:
        FileDamaged: no encoding fits.
    """
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in _MARKS else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data[:200_000]).best()
    try:
        return data.decode(best.encoding if best else "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise FileDamaged(
            _("This text does not read in any encoding we know. Save it as UTF-8.")
        ) from None


_MARKS = (b"\xff\xfe", b"\xfe\xff")
