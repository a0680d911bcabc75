"""ORCID: the number of a researcher, whose last sign checks the others."""

from __future__ import annotations

import re

SHAPE = re.compile(r"[0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X]")
ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)


def orcid_of(typed: str) -> str:
    """The number as it is written, "0000-0002-1825-0097"; "" if it is none.

    The address of its page and missing hyphens are taken. The check sign is that of ISO 7064
    MOD 11-2. Source: https://support.orcid.org/hc/en-us/articles/360006897674.
    """
    bare = ADDRESS.sub("", typed.strip()).upper().strip("/")
    if not SHAPE.fullmatch(bare):
        return ""
    signs = bare.replace("-", "")
    if check_sign(signs[:-1]) != signs[-1]:
        return ""
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def check_sign(digits: str) -> str:
    """The sign that ISO 7064 MOD 11-2 puts behind these digits: "0" to "9" or "X"."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
