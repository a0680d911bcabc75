"""One installation a session is slow to make, so tests work on copies of it."""

from __future__ import annotations

import shutil

import pytest

from .installations import Installation, made


@pytest.fixture(scope="session")
def original(tmp_path_factory, migrated_database) -> Installation:
    data = tmp_path_factory.mktemp("installation") / "data"
    data.mkdir(mode=0o700)
    shutil.copy(migrated_database, data / "karvan.sqlite3")
    return made(data)


@pytest.fixture
def empty(tmp_path, migrated_database) -> Installation:
    """A place with tables and nothing in them, where nobody has begun yet."""
    data = tmp_path / "empty"
    data.mkdir(mode=0o700)
    shutil.copy(migrated_database, data / "karvan.sqlite3")
    return Installation(data)


@pytest.fixture
def installation(original, tmp_path) -> Installation:
    return original.copy_to(tmp_path / "data")
