"""What every test stands on: rows that never change, and a client that is signed in."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from karvan.foundation.people.models import Person
from karvan.foundation.records import triggers as records
from karvan.stages.blueprints import triggers as blueprints
from karvan.stages.convening import papers_triggers as papers
from karvan.stages.convening import proceedings_triggers as proceedings
from karvan.stages.convening import triggers as hall
from karvan.stages.dossiers import triggers as dossiers
from karvan.stages.editions import plan_triggers as plans
from karvan.stages.editions import triggers as editions
from karvan.stages.heritage import surveys_triggers as surveys
from karvan.stages.selection import triggers as selection
from tests.config.installations import migrated

# A loaded machine is slow, not wrong.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

TRIGGERS = (
    records,
    blueprints,
    editions,
    plans,
    selection,
    dossiers,
    hall,
    papers,
    proceedings,
    surveys,
)
TAKEN_AWAY = pytest.StashKey[bool]()
TRANSACTIONAL = {"transactional_db", "django_db_reset_sequences", "live_server"}
ROWS = TRANSACTIONAL | {"db", "client", "admin_client"}
OWN_PLACE = "installation"  # a fixture that makes an installation of its own, on SQLite


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database under test anything; the rest is the same on every database.

    Where ``JOURNEYS_AGAIN`` is set, a journey through a browser that fails is tried once more
    (docs/decisions/0035): its end then says so, and the failure is shown.
    """
    is_again = "JOURNEYS_AGAIN" in os.environ
    for item in items:
        if is_again and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
        used = set(getattr(item, "fixturenames", ()))
        marks = {mark.name for mark in item.iter_markers()}
        asks = bool(marks & {"django_db", "postgres"} or used & ROWS)
        if asks and OWN_PLACE not in used:
            item.add_marker("database")
    items[:] = journeys_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def journeys_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Each worker begins its share of the list with its share of the journeys through a browser.

    They would else come last, together, and one worker would still be at them when the others
    have long been done. One block a worker, since each block starts Chromium.
    """
    journeys = [item for item in items if "browser" in Path(item.path).parts]
    rest = [item for item in items if "browser" not in Path(item.path).parts]
    share = -(-len(rest) // workers)
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        ordered += journeys[worker::workers]
        ordered += rest[worker * share : (worker + 1) * share]
    return ordered


def pytest_collection_finish() -> None:
    """What was imported stays to the end, so nobody need look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Races need a database with two writers."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real triggers: the tests build their tables without migrations, so they are put in here."""
    with django_db_blocker.unblock():
        _install()
    yield


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite in which every migration was run; copy it, and leave it as it is."""
    own = tmp_path_factory.getbasetemp()
    return migrated(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(autouse=True)
def english_first() -> Iterator[None]:
    """A page in another language leaves that language active; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def triggers_stand_aside(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying all tables, which the triggers would refuse.

    They are taken away just before that; ``pytest_runtest_teardown`` puts them back after.
    """
    marker = request.node.get_closest_marker("django_db")
    by_name = bool(TRANSACTIONAL & set(request.fixturenames))
    if not by_name and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    for one in TRIGGERS:
        one.remove(connection)
    request.node.stash[TAKEN_AWAY] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the triggers back once the tables have been emptied; after the last test there are none."""
    yield
    if nextitem is not None and item.stash.get(TAKEN_AWAY, False):
        with item.config.stash[blocking_manager_key].unblock():
            _install()


@pytest.fixture
def sign_in(db: None) -> Callable[[Person | None], Client]:
    """``sign_in(person)`` is a client of that person; ``sign_in(None)`` one of a stranger."""

    def client_of(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return client_of


def _install() -> None:
    for one in TRIGGERS:
        one.install(connection)
