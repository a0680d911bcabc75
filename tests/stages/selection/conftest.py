"""Runs and decisions that the database keeps: the product's own triggers, in every test here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from karvan.stages.selection import triggers


@pytest.fixture(autouse=True)
def runs_never_change(db: None) -> Iterator[None]:
    triggers.install(connection)
    yield
    triggers.remove(connection)
