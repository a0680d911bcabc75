"""``karvan backup FILE``: database, files and keys in one archive, checked after writing."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from karvan.foundation.files.models import StoredFile

from . import postgres
from .archive import Manifest, Packer, packing, verified
from .console import Trouble
from .rows import dump_rows

DATABASE_FILES = {
    "sqlite": "database.sqlite3",
    "pg_dump": "database.dump",
    "rows": "database.jsonl",
}


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds. ``missing`` are names of stored files whose bytes are gone or changed."""

    path: Path
    database: str
    files: int
    missing: tuple[str, ...]


def make_backup(target: Path, *, portable: bool = False) -> BackedUp:
    """Write the archive beside its name, verify it, and give it its name.

    The database is copied as of one moment while people go on working; files never
    change and are copied after it. ``portable`` writes rows as JSON lines, which any
    database can take back. The archive holds the keys: keep it where they may be.

    Raises:
        Trouble: the name is taken or not .tar.gz, the database is damaged, or the
            archive did not read back as it was written.
    """
    if not target.name.endswith((".tar.gz", ".tgz")):
        raise Trouble(f"Give the backup a name that ends in .tar.gz, not {target.name}")
    if target.exists():
        raise Trouble(f"{target} exists; a backup never writes over another.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".karvan-backup-") as folder:
        kind, snapshot = _snapshot(Path(folder), portable=portable)
        manifest = Manifest(
            made_at=timezone.now().isoformat(), version=look_up_version(), database=kind
        )
        part = Path(folder) / "archive"
        with packing(part, manifest) as packer:
            packer.add_path(snapshot.name, snapshot)
            _add_keys(packer)
            files, missing = _add_files(packer)
        verified(part)
        part.rename(target)
    return BackedUp(target, kind, files, tuple(missing))


def look_up_version() -> str:
    """The installed version, or "unknown" where Karvan runs from its folder alone."""
    try:
        return version("karvan")
    except PackageNotFoundError:
        return "unknown"


def _snapshot(folder: Path, *, portable: bool) -> tuple[str, Path]:
    """The database as of one moment, and what kind of copy it is."""
    if not portable and connection.vendor == "sqlite":
        kind = "sqlite"
    elif not portable and postgres.has_tools():
        kind = "pg_dump"
    else:
        kind = "rows"
    path = folder / DATABASE_FILES[kind]
    if kind == "sqlite":
        _copy_sqlite(path)
    elif kind == "pg_dump":
        postgres.dump(path)
    else:
        with path.open("x", encoding="utf-8") as out:
            dump_rows(out)
    return kind, path


def _copy_sqlite(target: Path) -> None:
    """SQLite's online copy, after its own look at every page and constraint."""
    with connection.cursor() as cursor:
        (answer,) = cursor.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise Trouble(f"The database is damaged: {answer}. Restore an earlier backup.")
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _add_keys(packer: Packer) -> None:
    for path in (Path(settings.SECRET_FILE), Path(settings.CREDENTIAL_KEY_FILE)):
        if path.exists():
            packer.add_path(f"keys/{path.name}", path)


def _add_files(packer: Packer) -> tuple[int, list[str]]:
    """Every stored file of the register; those missing or changed are named, not passed over."""
    added, missing = 0, []
    for stored in StoredFile.objects.order_by("storage_name").iterator():
        name = stored.storage_name
        if not default_storage.exists(name) or default_storage.size(name) != stored.size:
            missing.append(name)
            continue
        with default_storage.open(name, "rb") as source:
            if packer.add(f"files/{name}", source, stored.size) != stored.sha256:
                missing.append(name)
        added += 1
    return added, missing
