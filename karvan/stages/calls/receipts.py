"""Numbers that can be read out over a bad telephone line: KV-7Q2M-19.

Four signs of an alphabet without look-alikes, then two check digits: the value of the
signs modulo 97. One wrong sign, or two neighbours swapped, never gives a valid number:
97 is a prime, and neither a difference of two signs nor 31 is a multiple of it (the
method of ISO 7064 MOD 97-10 with another radix).
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_NUMBER = re.compile(r"KV-?([0-9A-Z]{4,6})-?(\d{2})")


def new_number(length: int = 4) -> str:
    """A number drawn at random; ``length`` signs give 32 to that power of them."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(length))
    return f"KV-{signs}-{check_digits(signs)}"


def check_digits(signs: str) -> str:
    """The two digits that belong to the signs.

    Raises:
        ValueError: a sign is not of the alphabet.
    """
    value = 0
    for sign in signs:
        value = value * 32 + ALPHABET.index(sign)
    return f"{value % 97:02}"


def read_number(typed: str) -> str:
    """The number as it is written, from what somebody typed; "" if it cannot be one.

    Small letters, spaces and the look-alikes O, I and L are forgiven.
    """
    tidy = re.sub(r"\s+", "", typed).upper()
    match = _NUMBER.fullmatch(tidy)
    if not match:
        return ""
    signs = match[1].translate(_TAKEN_FOR)
    if any(sign not in ALPHABET for sign in signs) or check_digits(signs) != match[2]:
        return ""
    return f"KV-{signs}-{match[2]}"
