"""``karvan restore FILE``: put a backup back, keeping what was there aside."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from karvan.foundation.people.models import Person
from karvan.foundation.records.queries import verify_chain
from karvan.foundation.web.health import HEARTBEAT_FILE

from . import postgres
from .archive import Manifest, unpack, unpack_folder, verified
from .backup import DATABASE_FILES
from .console import Trouble
from .rows import load_rows
from .tables import prepare_tables

RUNNING_WITHIN = 30  # seconds since the worker's last sign of life


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the old state was kept ("" if there was none)."""

    manifest: Manifest
    files: int
    records: int
    kept_at: str


def restore_backup(source: Path, *, replace: bool = False) -> Restored:
    """Check every hash, set aside what is there, put the backup in its place, and verify it.

    Raises:
        Trouble: the archive is not whole, the target holds people and ``replace`` was not
            asked for, Karvan is running, the backup is of another kind of database, or the
            restored records do not verify.
    """
    manifest = verified(source)
    _check_target(manifest, replace=replace)
    label = f"before_restore_{time.strftime('%Y%m%d_%H%M%S')}"
    aside = Path(settings.DATA) / label

    kept = _set_aside(aside, label)
    _restore_database(source, manifest, Path(settings.DATA) / f".{label}.part")
    prepare_tables()
    _restore_keys(source)
    files = _restore_files(source)
    report = verify_chain()
    if report.broken_at is not None:
        raise Trouble(f"The backup is in place, but its records do not verify: {report.why}.")
    return Restored(manifest, files, report.checked, label if kept else "")


def _check_target(manifest: Manifest, *, replace: bool) -> None:
    heartbeat = Path(settings.DATA) / HEARTBEAT_FILE
    if heartbeat.exists() and time.time() - heartbeat.stat().st_mtime < RUNNING_WITHIN:
        raise Trouble("Karvan is running on this data. Stop it first, then restore.")
    fitting = {"sqlite": "sqlite", "pg_dump": "postgresql"}.get(manifest.database)
    if fitting and fitting != connection.vendor:
        raise Trouble(
            f"This backup is of a {fitting} database and this is {connection.vendor}. "
            "Make one with: karvan backup --portable FILE"
        )
    if not replace and _has_people():
        raise Trouble(
            "There are people in this database. To put the backup in their place "
            "(the old state is kept aside): karvan restore --replace FILE"
        )


def _has_people() -> bool:
    tables = connection.introspection.table_names()
    return "people_person" in tables and Person.objects.exists()


def _set_aside(aside: Path, label: str) -> bool:
    """Move database, files and keys out of the way; returns whether there was anything."""
    moved = False
    if connection.vendor == "postgresql":
        if connection.introspection.table_names():
            postgres.set_aside(label)
            moved = True
    else:
        moved = _move_sqlite(aside)
    folders = [Path(settings.SECRET_FILE), Path(settings.CREDENTIAL_KEY_FILE)]
    if isinstance(default_storage, FileSystemStorage):
        folders.append(Path(default_storage.location))
    for path in folders:
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.rename(aside / path.name)
            moved = True
    return moved


def _move_sqlite(aside: Path) -> bool:
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    moved = False
    for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.rename(aside / path.name)
            moved = True
    return moved


def _restore_database(source: Path, manifest: Manifest, part: Path) -> None:
    member = DATABASE_FILES[manifest.database]
    if manifest.database == "sqlite":
        unpack(source, member, Path(str(connection.settings_dict["NAME"])))
    elif manifest.database == "pg_dump":
        _with_part(source, member, part, postgres.restore)
    else:
        prepare_tables()
        _with_part(source, member, part, _load)


def _with_part(source: Path, member: str, part: Path, use: Callable[[Path], None]) -> None:
    """Unpack one member beside the data, use it, and remove it."""
    try:
        unpack(source, member, part)
        use(part)
    finally:
        part.unlink(missing_ok=True)


def _load(part: Path) -> None:
    with part.open(encoding="utf-8") as lines:
        load_rows(lines)


def _restore_keys(source: Path) -> None:
    named = {
        path.name: path for path in (Path(settings.SECRET_FILE), Path(settings.CREDENTIAL_KEY_FILE))
    }
    for name, content in unpack_folder(source, "keys/"):
        if name in named:
            path = named[name]
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(content.read())


def _restore_files(source: Path) -> int:
    restored = 0
    for name, content in unpack_folder(source, "files/"):
        if default_storage.exists(name):  # in a bucket, which was not set aside
            continue
        if default_storage.save(name, File(content)) != name:
            raise Trouble(f"The storage gave {name} another name; it is not empty.")
        restored += 1
    return restored
