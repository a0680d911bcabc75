"""What a cohort is chosen from, and under which quotas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .candidate import NOT_GIVEN, Candidate, Quota
from .candidate_table import CandidateTable, NumberedKeys
from .requirements import require_count, require_key, require_seed, require_unique

__all__ = ["NOT_GIVEN", "Candidate", "ChoiceProblem", "Quota", "share_to_people"]


@dataclass(frozen=True, slots=True)
class ChoiceProblem:
    """Candidates, places and quotas; ``seed`` decides the public lottery among equals.

    candidates: a tuple of ``Candidate``, or a ``CandidateTable``.

    Raises:
        ValueError: a key or a person that appears twice, with both rows, a
            quota's key that does, a missing seed, places below 0.
    """

    candidates: tuple[Candidate, ...] | CandidateTable
    places: int
    quotas: tuple[Quota, ...] = ()
    seed: str = ""

    def __post_init__(self) -> None:
        require_count(self.places, "places")
        require_seed(self.seed)
        require_unique((q.key for q in self.quotas), "quota keys")
        if isinstance(self.candidates, CandidateTable):
            _require_own_keys(self.candidates.keys)
        else:
            _require_own_keys([c.key for c in self.candidates])
            _require_own_persons(self.candidates)


def _require_own_keys(keys: Sequence[str]) -> None:
    if isinstance(keys, NumberedKeys):
        return
    known = set(keys)
    if len(known) == len(keys) and "" not in known:
        return
    rows: dict[str, int] = {}
    for row, key in enumerate(keys, start=1):
        require_key(key, f"row {row}: candidate")
        if key in rows:
            raise ValueError(f"row {rows[key]} and row {row} have the same key {key!r}")
        rows[key] = row


def _require_own_persons(candidates: Sequence[Candidate]) -> None:
    found: dict[str, tuple[int, str]] = {}
    for row, candidate in enumerate(candidates, start=1):
        for person in candidate.persons:
            if person in found:
                before, key = found[person]
                raise ValueError(
                    f"row {before} {key!r} and row {row} {candidate.key!r} "
                    f"share the person {person!r}"
                )
            found[person] = (row, candidate.key)


def share_to_people(percent: int, places: int, kind: Literal["floor", "ceiling"]) -> int:
    """Return a share of the places as people.

    A floor is rounded up and a ceiling down, so that the count never falls
    short of the promised share nor exceeds the allowed one.

    Args:
        percent: whole per cent, 0 to 100.
        places: people in all.
        kind: ``"floor"`` or ``"ceiling"``.

    Raises:
        ValueError: a share outside 0 to 100, negative places, unknown kind.
    """
    require_count(places, "places")
    if not 0 <= percent <= 100:
        raise ValueError(f"percent must be 0 to 100, got {percent}")
    if kind not in ("floor", "ceiling"):
        raise ValueError(f"kind must be 'floor' or 'ceiling', got {kind!r}")
    return -(-percent * places // 100) if kind == "floor" else percent * places // 100
