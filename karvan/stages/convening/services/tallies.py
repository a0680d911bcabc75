"""Roll calls that others publish become votes of an organ: kept, read, and then taken whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..models import Majority, Organ
from .tallies_reading import Reading, read_roll_calls, unpacked
from .tallies_taking import begin_taking, locked_organ, refuse_majority, write_calls

MOST_BYTES = 64 * 1024 * 1024  # of one table that comes over the web, unpacked
STRAYS = [bytes([one]) for one in range(1, 32) if one not in b"\t\n\v\f\r\x1b"]
SPACED = bytes.maketrans(b"".join(STRAYS), b" " * len(STRAYS))
FEW = 1_000  # bytes for one stray control character, at the least


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import added; ``known`` votes were in the register before."""

    sessions: int
    members: int
    events: int
    votes: int
    known: int


@transaction.atomic
def keep_tables(
    organ: Organ, *, votes: File[Any], calls: File[Any] | None = None, by: Person | None
) -> tuple[StoredFile, StoredFile | None]:
    """Keep the tables as they came, unpacked, and read them once; nothing is taken yet.

    Returns the stored table of votes and that of roll calls.

    Raises:
        Unreadable: a table does not open or lacks a column; nothing is kept.
        FileTooLarge and its kin: see ``store_upload``.
    """
    kept = [
        store_upload(_plain(one), kinds=("csv",), scope=organ.scope, by=by, max_bytes=MOST_BYTES)
        for one in (votes, calls)
        if one is not None
    ]
    first, second = kept[0], (kept[1] if len(kept) > 1 else None)
    read_tables(first, second)
    record("roll calls uploaded", organ, by=by, after={"file": [one.name for one in kept]})
    return first, second


def read_tables(votes: StoredFile, calls: StoredFile | None = None) -> Reading:
    """What two kept tables say. Raises ``Unreadable``; see ``read_roll_calls`` for the cost."""
    with open_file(votes) as file:
        first = file.read()
    second = b""
    if calls is not None:
        with open_file(calls) as file:
            second = file.read()
    return read_roll_calls(first, second)


@transaction.atomic
def take_roll_calls(
    organ: Organ,
    reading: Reading,
    *,
    source: str,
    by: Person | None,
    requirement: str = Majority.SIMPLE,
    language: str = "en",
) -> Taken:
    """Make sessions, members, votes and single votes of what was read; returns how many.

    What is there already stays as it is: a session by its number, a member by its code, a vote
    by its number in the session. So the same tables may be taken again after a correction.
    A call without votes, without a session or without any date is not taken.

    Raises:
        NotGiven: nothing of it can be taken, or the majority is none that we know.

    Cost: 870,109 votes take about 25 s on SQLite and 350 MB, all in one transaction; a table so
    large is better left to ``tallies_importing``.
    """
    refuse_majority(requirement)
    taking = begin_taking(
        locked_organ(organ), reading, source=source, requirement=requirement, language=language
    )
    events, votes = write_calls(taking, list(taking.rows))
    done = Taken(
        taking.new_sessions, taking.new_members, events, votes, len(reading.votes_call) - votes
    )
    after = {"file": source, "sessions": done.sessions, "members": done.members}
    record("roll calls taken", taking.organ, by=by, after={**after, "votes": votes})
    return done


def _plain(upload: File[Any]) -> File[Any]:
    """The table unpacked, and a space for each stray control character: published ones have some.

    Where there are many of them it is no table, and is left to be refused as what it is.
    """
    if upload.size > MOST_BYTES:
        return upload
    data, name = upload.read(), upload.name or "votes.csv"
    if name.lower().endswith(".gz"):
        name = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
        data = unpacked(data, name, most=MOST_BYTES)
    strays = sum(data.count(one) for one in STRAYS)
    if strays and strays * FEW < len(data):
        data = data.translate(SPACED)
    return ContentFile(data, name=name)
