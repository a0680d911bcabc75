"""The blueprints that come with the platform: their codes, their text, their data."""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from importlib import resources
from typing import Any

from ..document import parse

_CODE = re.compile(rb"^code: *(\S+)", re.MULTILINE)
_NUMBERED = re.compile(r"-([0-9]+)\.yaml$")


def codes() -> tuple[str, ...]:
    """The codes of the programmes in the library, in alphabetical order."""
    return tuple(sorted({code for code, _version in _texts()}))


def versions(code: str) -> tuple[int, ...]:
    """The numbers of a programme's versions in the library, the first one first."""
    return tuple(sorted(version for known, version in _texts() if known == code))


def source(code: str, version: int = 1) -> bytes:
    """The YAML of a version, byte for byte.

    Raises:
        KeyError: the library has no such version.
    """
    return _texts()[code, version]


def data(code: str, version: int = 1) -> dict[str, Any]:
    """The parsed document of a version, a copy of one's own.

    Raises:
        KeyError: the library has no such version.
    Cost: the first call about 0.1 s, later ones a copy of some milliseconds.
    """
    return copy.deepcopy(_data(code, version))


@lru_cache(maxsize=1)
def _texts() -> dict[tuple[str, int], bytes]:
    """The texts by code and version; a later version's file is named for it: "…-2.yaml"."""
    found = {}
    for entry in resources.files(__package__).iterdir():
        if entry.name.endswith(".yaml"):
            text = entry.read_bytes()
            match = _CODE.search(text)
            if match is None:
                raise ValueError(f"{entry.name} names no code")
            numbered = _NUMBERED.search(entry.name)
            found[match[1].decode(), int(numbered[1]) if numbered else 1] = text
    return found


@lru_cache(maxsize=8)
def _data(code: str, version: int) -> dict[str, Any]:
    return dict(parse(source(code, version).decode("utf-8")).data)
