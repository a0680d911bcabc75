"""After all migrations the database has every trigger that the tests install themselves."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection

from tests.conftest import TRIGGERS


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite makes its tables again")
def test_no_migration_loses_a_trigger(migrated_database):
    """SQLite makes a table again to add a column to it, and drops its triggers on the way."""
    with sqlite3.connect(migrated_database) as link:
        rows = link.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
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
