"""Put bytes where they stay: whole and on the disk, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.translation import gettext as _

from .errors import StorageFull

INCOMING = "incoming"  # where half-written files are; swept after a day
_FULL = (errno.ENOSPC, errno.EDQUOT)


def put(storage: Storage, data: bytes) -> str:
    """Write the bytes under a random name and return it. On the disk before it returns.

    Raises:
        StorageFull: less room than the watermark (settings.MIN_FREE_BYTES) would be left.
    """
    token = secrets.token_hex(16)
    name = f"{token[:2]}/{token}"
    if not isinstance(storage, FileSystemStorage):
        return str(storage.save(name, ContentFile(data)))
    try:
        _check_room(Path(storage.location), len(data))
        _write_whole(Path(storage.location), name, data, storage.file_permissions_mode)
    except OSError as failed:
        if failed.errno in _FULL:
            raise _full() from failed
        raise
    return name


def free_bytes(folder: Path) -> int:
    """How many bytes the disk under ``folder`` still takes."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _check_room(folder: Path, size: int) -> None:
    if free_bytes(folder) - size < settings.MIN_FREE_BYTES:
        raise _full()


def _full() -> StorageFull:
    return StorageFull(
        _("There is no room for files just now. Your answers are kept; send the file again later.")
    )


def _write_whole(root: Path, name: str, data: bytes, mode: int | None) -> None:
    """Write aside, force it to the disk, then give it its name; leave nothing behind on failure."""
    final, aside = root / name, root / INCOMING / Path(name).name
    final.parent.mkdir(parents=True, exist_ok=True)
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.chmod(0o640 if mode is None else mode)
        aside.rename(final)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _force_folder(final.parent)


def _force_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
