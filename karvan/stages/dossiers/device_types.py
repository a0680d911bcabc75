"""The kinds of device that come with the package: names, standards, hazards, tests, questions.

Limits of tests are those of the practice from which the workshop was designed; each comes into a
dossier unconfirmed, and a trainer confirms it before it counts. Standards are cited, never copied.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "data" / "device_types.json"


@lru_cache(maxsize=1)
def seeds() -> tuple[dict[str, Any], ...]:
    """The kinds, each a mapping with the field names of ``DeviceType``."""
    with TABLE.open(encoding="utf-8") as table:
        return tuple(json.load(table))
