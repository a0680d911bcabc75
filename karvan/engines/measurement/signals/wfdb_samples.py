"""The forms in which WFDB keeps samples: 8, 16, 24, 32, 61, 80, 160, 212, 310 and 311."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .recording import Samples

Decoder = Callable[[bytes], Samples]


def _as(kind: str, less: int = 0) -> Decoder:
    size = np.dtype(kind).itemsize

    def decode(data: bytes) -> Samples:
        whole = np.frombuffer(data, kind, count=len(data) // size)
        return whole.astype(np.int32) - less

    return decode


def _24(data: bytes) -> Samples:
    three = np.frombuffer(data, np.uint8, count=len(data) // 3 * 3).reshape(-1, 3).astype(np.int32)
    return _signed(three[:, 0] | three[:, 1] << 8 | three[:, 2] << 16, 24)


def _212(data: bytes) -> Samples:
    """Two samples of 12 bits in three bytes; a lone last sample has two."""
    whole = len(data) // 3
    three = np.frombuffer(data, np.uint8, count=3 * whole).reshape(-1, 3).astype(np.int16)
    found = np.empty(2 * whole, np.int16)
    found[0::2] = three[:, 0] | (three[:, 1] & 0x0F) << 8
    found[1::2] = three[:, 2] | (three[:, 1] & 0xF0) << 4
    rest = data[3 * whole :]
    if len(rest) == 2:
        found = np.append(found, np.int16(rest[0] | (rest[1] & 0x0F) << 8))
    return ((found << 4) >> 4).astype(np.int32)


def _310(data: bytes) -> Samples:
    first, second, lone = _pairs(data)
    found = np.empty(3 * len(first), np.int32)
    found[0::3] = first >> 1 & 0x3FF
    found[1::3] = second >> 1 & 0x3FF
    found[2::3] = (first >> 11 & 0x1F) | (second >> 11 & 0x1F) << 5
    return _signed(np.append(found, lone >> 1 & 0x3FF), 10)


def _311(data: bytes) -> Samples:
    first, second, lone = _pairs(data)
    found = np.empty(3 * len(first), np.int32)
    found[0::3] = first & 0x3FF
    found[1::3] = first >> 10 & 0x3F | (second & 0x0F) << 6
    found[2::3] = second >> 4 & 0x3FF
    return _signed(np.append(found, lone & 0x3FF), 10)


def _pairs(data: bytes) -> tuple[Samples, Samples, Samples]:
    """Pairs of words, and the words of an unfinished last group."""
    words = np.frombuffer(data, "<u2", count=len(data) // 2).astype(np.int32)
    whole = len(words) // 2
    return words[0 : 2 * whole : 2], words[1 : 2 * whole : 2], words[2 * whole :]


def _signed(values: Samples, bits: int) -> Samples:
    half = np.int32(1 << (bits - 1))
    return np.asarray((values ^ half) - half, np.int32)


# How many bytes hold how many samples.
PACKED = {
    8: (1, 1), 16: (2, 1), 24: (3, 1), 32: (4, 1), 61: (2, 1), 80: (1, 1), 160: (2, 1),
    212: (3, 2), 310: (4, 3), 311: (4, 3),
}  # fmt: skip
DECODERS: dict[int, Decoder] = {
    8: _as("i1"),
    16: _as("<i2"),
    24: _24,
    32: _as("<i4"),
    61: _as(">i2"),
    80: _as("u1", 128),
    160: _as("<u2", 32_768),
    212: _212,
    310: _310,
    311: _311,
}
# The sample that says "nothing was measured here".
GAPS = {
    16: -(1 << 15), 24: -(1 << 23), 32: -(1 << 31), 61: -(1 << 15), 80: -(1 << 7),
    160: -(1 << 15), 212: -(1 << 11), 310: -(1 << 9), 311: -(1 << 9),
}  # fmt: skip
