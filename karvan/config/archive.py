"""A backup's archive: members with their hashes, and a manifest that names them all."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from .console import Trouble

FORMAT = "karvan-backup/1"
MANIFEST = "manifest.json"
_PART = 1024 * 1024


@dataclass
class Manifest:
    """``database`` is "sqlite", "pg_dump" or "rows"; ``members`` maps a name to its SHA-256."""

    made_at: str
    version: str
    database: str
    format: str = FORMAT
    members: dict[str, str] = field(default_factory=dict)


class Packer:
    """Writes members into a new archive and hashes them on the way."""

    def __init__(self, archive: tarfile.TarFile, manifest: Manifest) -> None:
        self.archive, self.manifest = archive, manifest

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Add ``size`` bytes of ``source``; returns their SHA-256."""
        hashing = _Hashing(source)
        self.archive.addfile(_entry(name, size), hashing)
        self.manifest.members[name] = hashing.sha256.hexdigest()
        return self.manifest.members[name]

    def add_path(self, name: str, path: Path) -> None:
        """Add one file of the disk."""
        with path.open("rb") as source:
            self.add(name, source, path.stat().st_size)

    def close(self) -> None:
        """Add the manifest, which comes last since it holds what was counted on the way."""
        text = json.dumps(asdict(self.manifest), indent=1).encode()
        self.archive.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))


@contextmanager
def packing(path: Path, manifest: Manifest) -> Iterator[Packer]:
    """A new archive at ``path``, readable by its owner only."""
    path.touch(mode=0o600)
    with tarfile.open(path, "w:gz", compresslevel=6) as archive:
        packer = Packer(archive, manifest)
        yield packer
        packer.close()


def verified(path: Path) -> Manifest:
    """The manifest, after every member was read and its hash compared.

    Raises:
        Trouble: no backup, cut off, or a member changed, missing or added.
    """
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in archive:
                source = archive.extractfile(entry)
                if source is None:
                    raise Trouble(f"{path.name} holds {entry.name}, which is no file.")
                if entry.name == MANIFEST:
                    manifest = _read(json.load(source))
                else:
                    found[entry.name] = _hash(source)
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError) as broken:
        raise Trouble(f"{path.name} cannot be read as a backup: {broken}") from broken
    if manifest is None:
        raise Trouble(f"{path.name} is not a backup of Karvan, or was cut off.")
    wrong = sorted(
        name
        for name in {*found, *manifest.members}
        if found.get(name) != manifest.members.get(name)
    )
    if wrong:
        raise Trouble(f"{path.name} was changed after it was made: {', '.join(wrong[:5])}")
    return manifest


def unpack(path: Path, name: str, target: Path) -> None:
    """Write one member to ``target``, which must not be there."""
    with tarfile.open(path, "r:gz") as archive:
        source = archive.extractfile(name)
        assert source is not None
        _copy(source, target)


def unpack_folder(path: Path, prefix: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The members under ``prefix`` as (name without it, open file), in the archive's order."""
    with tarfile.open(path, "r:gz") as archive:
        for entry in archive:
            if entry.name.startswith(prefix) and ".." not in entry.name.split("/"):
                source = archive.extractfile(entry)
                assert source is not None
                yield entry.name.removeprefix(prefix), source


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.source.read(size)
        self.sha256.update(part)
        return part


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _read(data: dict[str, Any]) -> Manifest:
    if data.get("format") != FORMAT:
        raise ValueError(f"its format is {data.get('format')!r}, not {FORMAT!r}")
    return Manifest(**data)


def _hash(source: IO[bytes]) -> str:
    found = hashlib.sha256()
    while part := source.read(_PART):
        found.update(part)
    return found.hexdigest()


def _copy(source: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while part := source.read(_PART):
            out.write(part)
