"""After all migrations the database has every trigger that the tests install themselves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import TRIGGERS

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite makes its tables again")
def test_no_migration_loses_a_trigger(tmp_path):
    """SQLite makes a table again to add a column to it, and drops its triggers on the way."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "karvan.config.settings",
        "KARVAN_DATA": str(tmp_path),
        "KARVAN_SECRET_KEY": "only-for-this-test",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)

    [database] = [path for path in tmp_path.rglob("*") if path.suffix in (".sqlite3", ".db")]
    with sqlite3.connect(database) as migrated:
        rows = migrated.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    found = {name for (name,) in rows}

    assert found == _installed_by_hand()


def _installed_by_hand() -> set[str]:
    """The triggers that the modules install into an empty copy of the tables' names."""
    statements: list[str] = []

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_raised):
            return None

        def execute(self, statement):
            statements.append(statement)

    class Listening:
        vendor = "sqlite"

        def cursor(self):
            return Cursor()

    for one in TRIGGERS:
        one.install(Listening())
    return {statement.split("IF NOT EXISTS ")[1].split()[0] for statement in statements}
