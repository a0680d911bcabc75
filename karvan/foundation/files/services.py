"""Take a file in, give it out, sweep what was left behind."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.http import FileResponse, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from karvan.foundation import clock

from .checks import checked
from .errors import FileEmpty, FileNotAllowed, FileTooLarge
from .kinds import KINDS, PICTURES, RAW, WRITTEN, Kind, listed, named_kind
from .models import StoredFile
from .sniffing import kind_of, said_plainly
from .storing import put

_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def store_upload(
    upload: File[Any],
    *,
    kinds: Iterable[str],
    scope: str,
    by: Any,
    max_bytes: int | None = None,
) -> StoredFile:
    """Check an upload by its content, keep it, and return its row.

    ``kinds`` are codes of ``kinds.KINDS``; ``scope`` says who may reach it; ``by`` is
    the Person, or None for an applicant without an account. Pictures are drawn anew
    without place or camera. The bytes are on the disk before the row is written; if
    the row is not committed, ``delete_orphans`` removes them a day later.

    Raises:
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull:
            each with a sentence for the person; nothing is kept.
        ValueError: ``kinds`` names a kind that does not exist.

    Cost: the file is held in memory once or twice; a 1 MB PDF takes about 10 ms.
    """
    wanted = tuple(kinds)
    if not wanted or set(wanted) - set(KINDS):
        raise ValueError(f"kinds must be among {sorted(KINDS)}, got {wanted!r}")
    name = clean_name(upload.name or "")
    data = _read_bounded(upload, max_bytes or settings.MAX_UPLOAD_BYTES)
    kind = _kind_wanted(data, name, wanted)

    kept = checked(data, kind.code)
    storage_name = put(default_storage, kept)
    try:
        return StoredFile.objects.create(
            name=_with_ending(name, kind),
            kind=kind.code,
            content_type=kind.content_type,
            size=len(kept),
            sha256=hashlib.sha256(kept).hexdigest(),
            storage_name=storage_name,
            scope=scope,
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
    except BaseException:
        default_storage.delete(storage_name)
        raise


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes as an open file; use it in a ``with``.

    Raises:
        FileNotFoundError: the storage has lost them (``karvan doctor`` says more).
    """
    return cast(BinaryIO, default_storage.open(stored.storage_name, "rb"))


def serve(stored: StoredFile, *, inline: bool = False) -> HttpResponse:
    """The file as a download, streamed. The caller has checked who asks.

    ``inline`` shows a picture in the page; every other kind is always a download.
    """
    answer = FileResponse(
        open_file(stored),
        as_attachment=not (inline and stored.kind in PICTURES),
        filename=stored.name,
        content_type=_told_type(stored),
    )
    answer["Content-Length"] = str(stored.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, answer)


def delete_orphans(*, older_than: timedelta = timedelta(days=1), by: Any = None) -> int:
    """Remove stored bytes that no row knows and that are older than ``older_than``.

    Returns how many files went. Safe to run at any time: a file is written before its
    row, and a day is longer than any request.
    Cost: one listing of the storage, one query a folder.
    """
    before, removed = timezone.now() - older_than, 0
    folders, _files = default_storage.listdir("") if _exists(default_storage) else ([], [])
    for folder in folders:
        _inner, files = default_storage.listdir(folder)
        names = {f"{folder}/{file}" for file in files}
        known = set(
            StoredFile.objects.filter(storage_name__startswith=f"{folder}/").values_list(
                "storage_name", flat=True
            )
        )
        for name in sorted(names - known):
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                removed += 1
    return removed


def clean_name(name: str) -> str:
    """The name without folders, control characters or tricks of direction; never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    shown = re.sub(r'[<>:"|?*]+', "_", " ".join(shown.split())).lstrip(".")
    stem, dot, ending = shown.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:150]}.{ending}" if stem else f"file.{ending}"
    return shown[:160] or "file"


def _read_bounded(upload: File[Any], most: int) -> bytes:
    """All bytes, or a refusal as soon as there are more than ``most``."""
    if (upload.size or 0) > most:
        raise _too_large(most, upload.size)
    read, parts = 0, []
    for part in upload.chunks():
        read += len(part)
        if read > most:
            raise _too_large(most, None)
        parts.append(part)
    if not read:
        raise FileEmpty(_("This file is empty. Choose another one."))
    return b"".join(parts)


def _too_large(most: int, found: int | None) -> FileTooLarge:
    if found is None:
        return FileTooLarge(
            _("This file is too large: %(most)s is the most we take.")
            % {"most": filesizeformat(most)}
        )
    return FileTooLarge(
        _("This file has %(found)s; %(most)s is the most we take. Make it smaller or send a part.")
        % {"found": filesizeformat(found), "most": filesizeformat(most)}
    )


def _kind_wanted(data: bytes, name: str, wanted: tuple[str, ...]) -> Kind:
    """The kind the content is, if it is asked for and the name does not say otherwise.

    A raw kind (a signal, a design) goes by the name, where no other kind that was asked for
    is what the content is; its bytes are never shown, only read and given back.
    """
    raw = _raw_kind(data, name, wanted)
    if raw is not None:
        return raw
    found, promised = kind_of(data), named_kind(name)
    if found == "written":
        asked = [code for code in wanted if code in WRITTEN]
        found = promised.code if promised and promised.code in WRITTEN else (asked or ["text"])[0]
    if found not in wanted:
        what = str(KINDS[found].label) if found else said_plainly(data)
        raise FileNotAllowed(
            _("“%(name)s” is: %(what)s. Here we take: %(wanted)s.")
            % {"name": name, "what": what, "wanted": listed(wanted)}
        )
    if promised and promised.code != found:
        raise FileNotAllowed(
            _(
                "“%(name)s” is named as %(promised)s, but it is: %(what)s. "
                "Save it again under its right name. Here we take: %(wanted)s."
            )
            % {
                "name": name,
                "promised": promised.label,
                "what": KINDS[found].label,
                "wanted": listed(wanted),
            }
        )
    return KINDS[found]


def _raw_kind(data: bytes, name: str, wanted: tuple[str, ...]) -> Kind | None:
    ending = name.rpartition(".")[2].lower()
    known = kind_of(data)
    if known in wanted or (known == "written" and _written_under(name, wanted)):
        return None
    return next(
        (KINDS[code] for code in RAW if code in wanted and ending in KINDS[code].extensions), None
    )


def _written_under(name: str, wanted: tuple[str, ...]) -> bool:
    """True if the name promises a kind of text that is asked for."""
    promised = named_kind(name)
    return promised is not None and promised.code in WRITTEN and promised.code in wanted


def _with_ending(name: str, kind: Kind) -> str:
    return name if named_kind(name) else f"{name}.{kind.extensions[0]}"


def _told_type(stored: StoredFile) -> str:
    """Text is always told as plain text, so that no browser ever runs it."""
    return "text/plain; charset=utf-8" if stored.kind in WRITTEN else stored.content_type


def _exists(storage: Storage) -> bool:
    """True if the storage's own folder is there; a bucket always is."""
    try:
        storage.listdir("")
    except FileNotFoundError:
        return False
    return True
