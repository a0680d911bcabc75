"""backup and restore: a round trip through real commands, and archives that were tampered with."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import uuid

import pytest
from django.db import connection

from .installations import Installation, made

LOOK = """
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file
from karvan.foundation.people.models import Person
from karvan.foundation.records.models import Record
print(sorted(Person.objects.values_list("email", flat=True)), Record.objects.count(),
      [open_file(f).read() for f in StoredFile.objects.all()])
"""


def test_backup_and_restore_bring_everything_back_to_an_empty_place(installation, tmp_path):
    before = installation.python(LOOK)
    secret = (installation.data / "secret-key").read_text()
    archive = tmp_path / "copies" / "a.tar.gz"

    assert "1 files" in installation.karvan("backup", str(archive))
    empty = Installation(tmp_path / "other")
    said = empty.karvan("restore", str(archive))

    assert "1 files" in said and "none broken" in said
    assert empty.python(LOOK) == before
    assert (empty.data / "secret-key").read_text() == secret
    assert [oct(p.stat().st_mode & 0o777) for p in (archive, empty.data / "secret-key")] == [
        "0o600",
        "0o600",
    ]


def test_rows_as_json_lines_come_back_too(installation, empty, tmp_path):
    before = installation.python(LOOK)
    archive = tmp_path / "a.tar.gz"
    installation.karvan("backup", "--portable", str(archive))

    empty.karvan("restore", str(archive))

    assert empty.python(LOOK) == before
    empty.karvan("verify-records")


def test_people_are_replaced_only_when_asked_and_are_kept_aside(installation, tmp_path):
    archive = tmp_path / "a.tar.gz"
    installation.karvan("backup", str(archive))
    before = installation.python(LOOK)
    installation.python(
        "from karvan.foundation.people.services import create_person\n"
        "create_person(full_name='Later', email='later@example.org', by=None)"
    )
    after = installation.python(LOOK)

    assert "--replace" in installation.karvan("restore", str(archive), code=2)
    assert installation.python(LOOK) == after
    said = installation.karvan("restore", "--replace", str(archive))

    assert installation.python(LOOK) == before
    (aside,) = installation.data.glob("before_restore_*")
    assert aside.name in said
    assert {"karvan.sqlite3", "files", "secret-key"} <= {p.name for p in aside.iterdir()}


def rewritten(archive, change):
    """The archive with each member's bytes passed through ``change(name, data)``."""
    out = io.BytesIO()
    with tarfile.open(archive) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for entry in old:
            data = change(entry.name, old.extractfile(entry).read())
            if data is not None:
                entry.size = len(data)
                new.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def test_an_archive_that_was_changed_is_refused_before_anything_moves(original, tmp_path):
    archive = tmp_path / "a.tar.gz"
    original.karvan("backup", str(archive))
    whole = archive.read_bytes()
    changes = {
        "changed": lambda name, data: data + b"x" if name.startswith("files/") else data,
        "missing": lambda name, data: None if name.startswith("files/") else data,
        "no manifest": lambda name, data: None if name == "manifest.json" else data,
    }
    target = Installation(tmp_path / "other")

    for change in changes.values():
        archive.write_bytes(rewritten(archive, change))
        target.karvan("restore", str(archive), code=2)
        archive.write_bytes(whole)
    archive.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read" in target.karvan("restore", str(archive), code=2)
    archive.write_bytes(gzip.compress(json.dumps({}).encode()))
    target.karvan("restore", str(archive), code=2)

    assert not (target.data / "karvan.sqlite3").exists()


def test_a_backup_names_lost_files_and_never_overwrites(installation, tmp_path):
    for path in (installation.data / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    archive = tmp_path / "a.tar.gz"

    assert "missing or changed" in installation.karvan("backup", str(archive), code=1)
    assert "never writes over" in installation.karvan("backup", str(archive), code=2)
    assert ".tar.gz" in installation.karvan("backup", str(tmp_path / "a.zip"), code=2)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("flags", [[], ["--portable"]])
def test_a_postgresql_installation_comes_back(tmp_path, flags):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    name = f"karvan_copies_{uuid.uuid4().hex[:8]}"
    server = os.environ["DATABASE_URL"].rpartition("/")[0]

    def on_server(statement):
        import psycopg

        with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
            link.execute(statement)

    on_server(f"CREATE DATABASE {name}")
    try:
        place = made(tmp_path / "data", DATABASE_URL=f"{server}/{name}")
        before = place.python(LOOK)
        place.karvan("backup", *flags, str(tmp_path / "a.tar.gz"))

        place.karvan("restore", str(tmp_path / "a.tar.gz"), code=2)
        place.karvan("restore", "--replace", str(tmp_path / "a.tar.gz"))

        assert place.python(LOOK) == before
        place.python(
            "from karvan.foundation.people.services import create_person\n"
            "create_person(full_name='New', email='new@example.org', by=None)"
        )
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
