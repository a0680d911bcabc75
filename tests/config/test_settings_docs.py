"""Every variable that is read is in docs/settings.md, and every one there is read."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_settings_lists_the_variables_that_are_read():
    code = (ROOT / "karvan/config/settings.py").read_text()
    page = (ROOT / "docs/settings.md").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", code))
    listed = set(re.findall(r"^\| `([A-Z0-9_]+)`", page, re.M))

    assert "KARVAN_DATA" in read
    assert listed == read
