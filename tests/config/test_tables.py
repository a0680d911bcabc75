"""A new database is made at once; it must be the one that the migrations make, in everything."""

from __future__ import annotations

import os
import sqlite3
import uuid
from contextlib import closing

import psycopg
import pytest
from psycopg import sql

from .installations import Installation

AT_ONCE = """
from karvan.config.tables import pending_migrations, prepare_tables
prepare_tables()
print(pending_migrations())
"""


def clauses(statement: str) -> list[str]:
    """What stands between the outermost parentheses, in an order that columns do not give."""
    inside = statement[statement.index("(") + 1 : statement.rindex(")")]
    parts, depth, quoted, began = [], 0, False, 0
    for at, sign in enumerate(inside):
        quoted ^= sign == "'"
        if not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == "," and depth == 0:
                parts.append(inside[began:at].strip())
                began = at + 1
    return sorted([*parts, inside[began:].strip()])


def of_sqlite(path) -> dict[str, object]:
    """Everything in a file: its tables clause by clause, indexes, triggers, and its rows."""
    with closing(sqlite3.connect(path)) as link:
        made = link.execute("SELECT type, name, sql FROM sqlite_master WHERE sql > ''").fetchall()
        tables = [name for kind, name, _ in made if kind == "table" and name != "sqlite_sequence"]
        found: dict[str, object] = {
            f"{kind} {name}": clauses(text) if kind == "table" else text
            for kind, name, text in made
        }
        for name in tables:
            rows = link.execute(f"SELECT count(*) FROM {name}").fetchone()
            found[f"rows of {name}"] = rows
        done = link.execute("SELECT app, name FROM django_migrations").fetchall()
        found["done"] = sorted(done)
        types = link.execute("SELECT app_label, model FROM django_content_type").fetchall()
        found["types"] = sorted(types)
    return found


def test_on_sqlite_both_ways_give_the_same(migrated_database, tmp_path):
    at_once = Installation(tmp_path / "data", KARVAN_SECRET_KEY="only-for-this")
    (tmp_path / "data").mkdir()

    assert at_once.python(AT_ONCE) == "0"

    made, migrated = of_sqlite(tmp_path / "data" / "karvan.sqlite3"), of_sqlite(migrated_database)
    assert len(made) > 300
    assert made == migrated


POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length,"
    " numeric_precision, numeric_scale, is_nullable, column_default, is_identity, collation_name"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "done": "SELECT app, name FROM django_migrations",
    "types": "SELECT app_label, model FROM django_content_type",
}


@pytest.mark.postgres
@pytest.mark.django_db
def test_on_postgresql_both_ways_give_the_same(tmp_path):
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    names = [f"karvan_{way}_{uuid.uuid4().hex[:8]}" for way in ("at_once", "migrated")]

    def on_server(statement: str, name: str) -> None:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
            link.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def place(name: str) -> Installation:
        on_server("CREATE DATABASE {}", name)
        data = tmp_path / name
        data.mkdir()
        return Installation(
            data, DATABASE_URL=f"{server}/{name}", KARVAN_SECRET_KEY="only-for-this"
        )

    def described(name: str) -> dict[str, list[tuple]]:
        with psycopg.connect(f"{server}/{name}") as link:
            return {
                what: sorted(link.execute(query).fetchall(), key=repr)
                for what, query in POSTGRESQL.items()
            }

    try:
        assert place(names[0]).python(AT_ONCE) == "0"
        place(names[1]).karvan("manage", "migrate", "--verbosity", "0")

        made, migrated = described(names[0]), described(names[1])
        assert len(made["constraints"]) > 300
        assert made == migrated
    finally:
        for name in names:
            on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
