"""Candidates as columns of numbers: a million of them without a million objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .candidate import MOST_MERIT, NOT_GIVEN, Candidate
from .requirements import require_count

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NumberedKeys(Sequence[str]):
    """The keys ``prefix0``, ``prefix1`` and so on, made only when asked for."""

    prefix: str
    rows: int

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(f"{self.prefix}{n}" for n in range(self.rows)[place])
        return f"{self.prefix}{range(self.rows)[place]}"


@dataclass(frozen=True, eq=False)
class CandidateTable(Sequence[Candidate]):
    """Candidates by column, taken wherever a tuple of ``Candidate`` is.

    keys:       one text a row, or how many rows there are; they are then
                ``prefix`` and the row's place, from 0.
    merit:      whole hundredths, 0 or more, one a row.
    attributes: by name, a code a row and the values the codes stand for; a
                negative code or an empty value is the group ``"not given"``.
    seats:      places each row takes, 1 or more; 1 for all if left out. Every
                member of a team then has the row's attributes; teams of unlike
                people need ``Candidate``.

    A row reads as a ``Candidate``, made when asked for.

    Raises:
        ValueError: what is wrong and in which row, counted from 1.

    Cost: O(rows x attributes); 1,000,000 rows of five attributes take 0.03
        CPU s to check if their keys are numbered, 0.3 if they are texts.
    """

    keys: Sequence[str]
    merit: Ints
    attributes: Mapping[str, tuple[NDArray[np.int32], tuple[str, ...]]] = field(
        default_factory=dict
    )
    seats: Ints | None = None

    def __init__(
        self,
        keys: Sequence[str] | NDArray[np.str_] | int,
        merit: ArrayLike,
        attributes: Mapping[str, tuple[ArrayLike, Sequence[str]]] | None = None,
        seats: ArrayLike | None = None,
        *,
        prefix: str = "",
    ) -> None:
        named = _keys(keys, prefix)
        rows = len(named)
        object.__setattr__(self, "keys", named)
        object.__setattr__(self, "merit", _whole(merit, "merit", named, 0, MOST_MERIT))
        columns = {
            name: _coded(name, codes, values, named)
            for name, (codes, values) in (attributes or {}).items()
        }
        object.__setattr__(self, "attributes", columns)
        taken = None if seats is None else _whole(seats, "seats", named, 1, 1_000_000)
        object.__setattr__(self, "seats", taken)
        for name, column in {"merit": self.merit, "seats": taken}.items():
            if column is not None and len(column) != rows:
                raise ValueError(f"{name} has {len(column)} rows, there are {rows} keys")

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, place: int | slice) -> Candidate | tuple[Candidate, ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(len(self))[place])
        row = range(len(self))[place]
        return Candidate(
            self.keys[row],
            int(self.merit[row]),
            {
                name: values[codes[row]] if codes[row] >= 0 else NOT_GIVEN
                for name, (codes, values) in self.attributes.items()
            },
            1 if self.seats is None else int(self.seats[row]),
        )

    def __iter__(self) -> Iterator[Candidate]:
        return (self[n] for n in range(len(self)))


def _keys(keys: Sequence[str] | NDArray[np.str_] | int, prefix: str) -> Sequence[str]:
    if isinstance(keys, int):
        require_count(keys, "number of candidates")
        return NumberedKeys(prefix, keys)
    if isinstance(keys, NumberedKeys):
        return keys
    return tuple(keys.tolist()) if isinstance(keys, np.ndarray) else tuple(keys)


def _whole(given: ArrayLike, name: str, keys: Sequence[str], least: int, most: int) -> Ints:
    """Return a column of whole numbers in range, or refuse the first row that is none."""
    column = np.asarray(given)
    if column.dtype.kind not in "iu":
        if column.size and column.dtype.kind != "f":
            raise ValueError(f"{name} must be whole numbers, got {column.dtype}")
        wrong = np.flatnonzero(~(np.floor(column) == column) | np.isinf(column))
        _refuse(wrong, column, f"{name} must be a whole number", keys)
    low = np.flatnonzero(column < least)
    _refuse(low, column, f"{name} must be {least} or more", keys)
    _refuse(np.flatnonzero(column > most), column, f"{name} must be at most {most}", keys)
    return _kept(column.astype(np.int64))


def _coded(
    name: str, given: ArrayLike, values: Sequence[str], keys: Sequence[str]
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    codes = np.asarray(given)
    if codes.dtype.kind not in "iu" and codes.size:
        raise ValueError(f"codes of attribute {name!r} must be whole numbers, got {codes.dtype}")
    if len(codes) != len(keys):
        raise ValueError(f"attribute {name!r} has {len(codes)} rows, there are {len(keys)} keys")
    known = tuple(value or NOT_GIVEN for value in values)
    if len(set(known)) < len(known):
        raise ValueError(f"values of attribute {name!r} appear more than once: {sorted(known)}")
    beyond = np.flatnonzero(codes >= len(known))
    _refuse(beyond, codes, f"code of attribute {name!r} must be below {len(known)}", keys)
    found = codes.astype(np.int32)
    found.flags.writeable = False
    return found, known


def _refuse(
    rows: Sequence[int] | NDArray[np.intp],
    column: NDArray[np.generic],
    rule: str,
    keys: Sequence[str],
) -> None:
    for row in rows[:1]:
        key = repr(keys[row]) if row < len(keys) else "(no key)"
        raise ValueError(f"row {row + 1} {key}: {rule}, got {column[row]}")


def _kept(column: Ints) -> Ints:
    column.flags.writeable = False
    return column
