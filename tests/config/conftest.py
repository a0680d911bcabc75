"""One installation a session is slow to make, so tests work on copies of it."""

from __future__ import annotations

import pytest

from .installations import Installation, made


@pytest.fixture(scope="session")
def original(tmp_path_factory) -> Installation:
    return made(tmp_path_factory.mktemp("installation") / "data")


@pytest.fixture
def installation(original, tmp_path) -> Installation:
    return original.copy_to(tmp_path / "data")
