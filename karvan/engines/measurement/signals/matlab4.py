"""MAT-files of level 4, as WFDB writes them: one matrix, a row a signal, samples by column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .recording import BadRecording, Samples

KINDS = {0: "f8", 1: "f4", 2: "i4", 3: "i2", 4: "u2", 5: "u1"}
HEAD = 20


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A matrix and where its first number stands in the file."""

    name: str
    values: Samples
    offset: int
    whole: bool


def is_matlab4(data: bytes) -> bool:
    """True if the file begins as a MAT-file of level 4."""
    return _head(data) is not None


def read_matlab4(data: bytes, name: str = "") -> Matrix:
    """The first matrix of the file.

    Raises:
        BadRecording: "matlab5" for a later form, "bad_matlab".
    """
    if data[:6] == b"MATLAB":
        raise BadRecording("matlab5", name)
    head = _head(data)
    if head is None:
        raise BadRecording("bad_matlab", name, byte=0)
    kind, rows, columns, length, ends = head
    offset = HEAD + length
    dtype = np.dtype(f"{'<' if ends == 0 else '>'}{kind}")
    there = min(rows * columns, max(0, len(data) - offset) // dtype.itemsize)
    full = there // rows
    if full == 0:
        raise BadRecording("bad_matlab", name, byte=min(offset, len(data)))
    values = np.frombuffer(data, dtype, count=full * rows, offset=offset).reshape(full, rows).T
    label = data[HEAD:offset].split(b"\0")[0].decode("latin-1")
    return Matrix(label, values.astype(float), offset, full == columns)


def _head(data: bytes) -> tuple[str, int, int, int, int] | None:
    if len(data) < HEAD:
        return None
    for ends, order in ((0, "<"), (1, ">")):
        form, rows, columns, imaginary, length = (
            int(one) for one in np.frombuffer(data[:HEAD], f"{order}i4")
        )
        thousands, rest = divmod(form, 1000)
        precision, matrix = divmod(rest, 10)
        fits = thousands == ends and matrix == 0 and precision % 10 == precision
        if fits and precision in KINDS and rows > 0 and columns > 0 and imaginary == 0:
            return (KINDS[precision], rows, columns, length, ends) if 0 < length < 64 else None
    return None
