"""Revocation: one bit per credential in a public list that says nothing about anyone.

Source: W3C Recommendation "Bitstring Status List v1.0" (2025).
"""

from __future__ import annotations

import binascii
import gzip
import io
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from karvan.stages.credentials.signing.contexts import VC_V2
from karvan.stages.credentials.signing.keys import SigningKey
from karvan.stages.credentials.signing.proofs import sign
from karvan.stages.credentials.signing.times import stamp

# The standard's minimum, in bits: in a shorter list a looked-up index would point at a person.
SMALLEST_LIST = 131_072
# What a foreign list may unpack to, in bytes; a small file can otherwise fill the memory.
LARGEST_LIST = 4 * 1024 * 1024
REVOCATION = "revocation"


@dataclass(frozen=True)
class StatusEntry:
    """Where a credential's bit is: the address of the list and the index in it."""

    list_url: str
    index: int

    def __post_init__(self) -> None:
        if not self.list_url.startswith("https://"):
            raise ValueError(f"status list {self.list_url!r} is not an https address")
        if self.index < 0:
            raise ValueError(f"status index {self.index} is below 0")

    def as_json(self) -> dict[str, str]:
        return {
            "id": f"{self.list_url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": REVOCATION,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }


def choose_index(
    taken: Container[int], *, below: Callable[[int], int], length: int = SMALLEST_LIST
) -> int:
    """A free index, drawn at random so that the order of issue cannot be read from it.

    Args: `below(n)` draws from 0..n-1; pass `secrets.randbelow`. Start a new list when half of one
    is taken: the draw is repeated until it hits a free index.
    Raises: ValueError when 1,000 draws hit none.
    """
    for _ in range(1000):
        index = below(length)
        if index not in taken:
            return index
    raise ValueError(f"no free index found in a status list of {length}")


def bits_of(revoked: Iterable[int], *, length: int = SMALLEST_LIST) -> bytes:
    """The list as bytes, with a 1 at each revoked index; index 0 is the leftmost bit.

    Raises: ValueError for a length below the standard's minimum or not a multiple of 8, or an
    index outside the list.
    """
    if length < SMALLEST_LIST or length % 8:
        raise ValueError(f"status list of {length} bits: needs {SMALLEST_LIST} or more, by eights")
    return set_bits(bytes(length // 8), revoked)


def set_bits(bits: bytes, revoked: Iterable[int]) -> bytes:
    """The list with these indexes set as well; a bit once set is never cleared here."""
    changed = bytearray(bits)
    for index in revoked:
        if not 0 <= index < len(bits) * 8:
            raise ValueError(f"status index {index} is outside a list of {len(bits) * 8}")
        changed[index // 8] |= 0x80 >> index % 8
    return bytes(changed)


def bit_is_set(bits: bytes, index: int) -> bool:
    """Whether an index is marked. Raises: ValueError when it is outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise ValueError(f"status index {index} is outside a list of {len(bits) * 8}")
    return bool(bits[index // 8] & (0x80 >> index % 8))


def encode(bits: bytes) -> str:
    """The list as the standard writes it: gzip, then multibase base64url (`u…`).

    The gzip header has no time, so equal lists give equal text.
    """
    return "u" + urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    """The bytes of an encoded list.

    Raises: ValueError when it is not one, or is shorter than the standard allows or longer than
    we unpack.
    """
    if not text.startswith("u"):
        raise ValueError(f"encoded list {text[:8]!r}… is not multibase base64url")
    padded = text[1:] + "=" * (-len(text[1:]) % 4)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(urlsafe_b64decode(padded))) as packed:
            bits = packed.read(LARGEST_LIST + 1)
    except (OSError, EOFError, zlib.error, binascii.Error) as error:
        raise ValueError(f"encoded list does not unpack: {error}") from error
    if not SMALLEST_LIST <= len(bits) * 8 <= LARGEST_LIST * 8:
        raise ValueError(f"status list of {len(bits) * 8} bits is too short or too long")
    return bits


def status_list_credential(
    bits: bytes, *, url: str, key: SigningKey, created: datetime
) -> dict[str, Any]:
    """The signed list, to be served at `url` for as long as any credential names it."""
    document = {
        "@context": [VC_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": key.public.controller,
        "validFrom": stamp(created),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": REVOCATION,
            "encodedList": encode(bits),
        },
    }
    return sign(document, key=key, created=created)
