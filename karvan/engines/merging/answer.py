"""What a merge answers: the document, what each side changed, and what must be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Literal

#: Mapping keys; items of named lists by identity; rows without identity by position as text.
Path = tuple[str, ...]
Kind = Literal["changed", "removed", "added", "order"]

IDENTITIES: Final = ("code", "id", "key", "value")


class Absent(Enum):
    """The type of `ABSENT`; an enumeration, so copies and pickles stay the one member."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


#: Stands where a document has no such part; no value of a document is equal to it.
ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs between two documents.

    before, after: the parts of the given documents themselves, not copies; `ABSENT` where there
    is none. When a named list only stands in another order, the identities of the items that
    both have, in the two orders.
    """

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """One part that both sides changed and that a person must decide; ours stands until then.

    kind: "changed": both changed it differently; "removed": one removed what the other changed;
          "added": both added it differently; "order": the orders of a list cannot both hold.
    base, ours, theirs: the three values, `ABSENT` where there is none; for "order" the
          identities of the list's items in the order of each document.
    """

    path: Path
    kind: Kind
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged document and who changed what.

    document:   a new document; it shares nothing with those given.
    conflicts:  what to decide, each with a path of its own; the document holds our value there.
    ours, theirs, both: what only we, only they, and both alike changed and the document has.
    kept:       what theirs wanted inside a kept part and did not get.
    identities: the keys that name the items of lists.
    places:     for every list on the way to a conflict whose items are named, the order of its
                items, those in dispute included.
    """

    document: Any
    conflicts: tuple[Conflict, ...] = ()
    ours: tuple[Change, ...] = ()
    theirs: tuple[Change, ...] = ()
    both: tuple[Change, ...] = ()
    kept: tuple[Change, ...] = ()
    identities: tuple[str, ...] = IDENTITIES
    places: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
