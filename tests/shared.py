"""Where real files nobody here wrote are found, and a skip where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("KARVAN_SHARED", Path(__file__).parents[2] / "shared"))


def shared_path(relative: str) -> Path:
    """The path of one shared file; skips the test where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"{relative} is not beside this checkout")
    return path
