"""The blueprints that come with the platform: their codes, their text, their data."""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from importlib import resources
from typing import Any

from ..document import parse

_CODE = re.compile(rb"^code: *(\S+)", re.MULTILINE)


def codes() -> tuple[str, ...]:
    """The codes of the programmes in the library, in alphabetical order."""
    return tuple(sorted(_texts()))


def source(code: str) -> bytes:
    """The blueprint's YAML, byte for byte.

    Raises:
        KeyError: the library has no programme of this code.
    """
    return _texts()[code]


def data(code: str) -> dict[str, Any]:
    """The blueprint's parsed document, a copy of one's own.

    Raises:
        KeyError: the library has no programme of this code.
    Cost: the first call of a code about 0.1 s, later ones a copy of some milliseconds.
    """
    return copy.deepcopy(_data(code))


@lru_cache(maxsize=1)
def _texts() -> dict[str, bytes]:
    found = {}
    for entry in resources.files(__package__).iterdir():
        if entry.name.endswith(".yaml"):
            text = entry.read_bytes()
            match = _CODE.search(text)
            if match is None:
                raise ValueError(f"{entry.name} names no code")
            found[match[1].decode()] = text
    return found


@lru_cache(maxsize=8)
def _data(code: str) -> dict[str, Any]:
    return dict(parse(source(code).decode("utf-8")).data)
