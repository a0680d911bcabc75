"""What every test stands on: append-only records, and a client that is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from karvan.foundation.people.models import Person
from karvan.foundation.records import triggers

TRANSACTIONAL = {"transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Races need a database with two writers."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


@pytest.fixture(autouse=True)
def append_only_records(request: pytest.FixtureRequest) -> Iterator[None]:
    """The real triggers, in every test that has a database.

    The tests build their tables without migrations, so the triggers are installed
    here. A transactional test ends by emptying all tables, which the triggers
    would refuse: they are taken away just before that.
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None and not {"db", *TRANSACTIONAL} & set(request.fixturenames):
        yield
        return
    is_transactional = bool(marker and marker.kwargs.get("transaction")) or bool(
        TRANSACTIONAL & set(request.fixturenames)
    )
    request.getfixturevalue("transactional_db" if is_transactional else "db")
    triggers.install(connection)
    yield
    if is_transactional:
        triggers.remove(connection)


@pytest.fixture
def sign_in(db: None) -> Callable[[Person | None], Client]:
    """``sign_in(person)`` is a client of that person; ``sign_in(None)`` one of a stranger."""

    def client_of(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return client_of
