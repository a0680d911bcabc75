"""These tests read sentences, so each begins in English, whatever a test before it asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from karvan.foundation import clock


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def before_september() -> Iterator[None]:
    """The first of August 2027: camps of that September are still to come, whenever this runs."""
    with clock.replaying(datetime(2027, 8, 1, 9, tzinfo=UTC)):
        yield
