"""Large tables of roll calls: asked for by a person, taken over by the worker, a part at a time.

Each part is one transaction under the organ's lock: it is seen at once, a crash loses none of it,
and a second run, even beside the first, finds it and goes on after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_every_language

from ..errors import WrongState
from ..models import Organ, RollCallImport
from .tallies import read_tables
from .tallies_asking import doubt_states
from .tallies_reading import Reading
from .tallies_taking import Taking, begin_taking, locked_organ, refuse_majority, write_calls

SMALL = 20_000  # rows up to which tables are taken over while the person waits
PART = 20_000  # votes that are written in one transaction, about half a second
STUCK_AFTER = timedelta(minutes=5)  # a worker that died is replaced within two
State = RollCallImport.State


def rows_in(votes: StoredFile) -> int:
    """How many lines a table has below its head, counted without reading it."""
    with open_file(votes) as file:
        breaks, last = 0, b"\n"
        while part := file.read(1024 * 1024):
            breaks, last = breaks + part.count(b"\n"), part[-1:]
    return max(0, breaks - (last == b"\n"))


def is_small(votes: StoredFile) -> bool:
    """True if a table of votes is taken over while the person waits."""
    return rows_in(votes) <= SMALL


def is_stuck(imported: RollCallImport) -> bool:
    """True if an import should be under way and nothing has come of it for a while."""
    return imported.waits and clock.now() - imported.moved_at > STUCK_AFTER


@transaction.atomic
def ask_import(
    organ: Organ,
    *,
    votes: StoredFile,
    calls: StoredFile | None = None,
    requirement: str,
    language: str,
    by: Person | None,
) -> tuple[RollCallImport, bool]:
    """Decide that kept tables are taken over; returns the import, and whether it is a new one.

    Tables are asked for once: a second time gives the import that there is, as it stands.

    Raises:
        NotGiven: the majority is none that we know.
    """
    refuse_majority(requirement)
    organ = locked_organ(organ)
    made, is_new = RollCallImport.objects.get_or_create(
        votes=votes,
        defaults={
            "organ": organ,
            "calls": calls,
            "requirement": requirement,
            "language": language,
            "rows_total": rows_in(votes),
            "asked_by": by,
            "asked_at": clock.now(),
            "moved_at": clock.now(),
        },
    )
    if is_new:
        after = {"file": votes.name, "lines": made.rows_total}
        record("roll call import asked", made, by=by, after=after)
    return made, is_new


@transaction.atomic
def ask_import_again(imported: RollCallImport, *, by: Person | None) -> RollCallImport:
    """Let an import that broke off or stands still be run once more.

    Raises:
        WrongState: it is taken over, or still coming on.
    """
    held = RollCallImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if held.state != State.FAILED and not is_stuck(held):
        raise WrongState(_("These tables are taken over, or still being taken over."))
    held.state, held.reason, held.ended_at = State.ASKED, {}, None
    held.moved_at = clock.now()
    held.save(update_fields=["state", "reason", "ended_at", "moved_at"])
    record("roll call import asked again", held, by=by)
    return held


def run_import(imported: RollCallImport, *, by: Person | None) -> RollCallImport:
    """Take kept tables over to their end. Safe to run again: it goes on after what is written.

    Where a rule refuses the tables the import ends with the reason. Whatever else goes wrong is
    raised, so that the worker tries again, and is said on the page until it has.

    Cost: 870,109 votes take about 20 s and 160 MB.
    """
    held = RollCallImport.objects.select_related("organ", "votes", "calls").get(pk=imported.pk)
    if held.state == State.TAKEN:
        return held
    try:
        _take(held, by)
    except RuleBroken as broken:
        return _break_off(held, in_every_language(broken), by=by)
    except Exception:
        _break_off(held, {}, by=by)
        raise
    held.refresh_from_db()
    return held


def _take(held: RollCallImport, by: Person | None) -> None:
    if not _moved(held, state=State.TAKING, reason={}, ended_at=None):
        return
    reading = read_tables(held.votes, held.calls)
    doubt_states(held.organ, reading)
    doubts = reading.doubts.kept()  # kept for themselves: they also say why nothing can be taken
    _moved(held, doubts=doubts, rows_total=reading.rows, rows_done=0)
    taking = _begin(held, reading)
    done = reading.rows - sum(map(len, taking.rows.values()))
    for places in _parts(taking):
        done += sum(len(taking.rows[place]) for place in places)
        _take_part(held, taking, places, done=done)
    _finish(held, by=by)


@transaction.atomic
def _begin(held: RollCallImport, reading: Reading) -> Taking:
    taking = begin_taking(
        locked_organ(held.organ),
        reading,
        source=held.votes.name,
        requirement=held.requirement,
        language=held.language,
    )
    _add(held, sessions=taking.new_sessions, members=taking.new_members)
    return taking


@transaction.atomic
def _take_part(held: RollCallImport, taking: Taking, places: list[int], *, done: int) -> None:
    locked_organ(held.organ)
    events, votes = write_calls(taking, places)
    _add(held, events=events, votes=votes)
    _moved(held, rows_done=done)


@transaction.atomic
def _finish(held: RollCallImport, *, by: Person | None) -> None:
    row = RollCallImport.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if row.state == State.TAKEN:  # by another run beside this one
        return
    _moved(held, state=State.TAKEN, reason={}, rows_done=row.rows_total, ended_at=clock.now())
    after = {key: row.taken.get(key, 0) for key in ("sessions", "members", "votes")}
    record("roll calls taken", held.organ, by=by, after={"file": held.votes.name, **after})


@transaction.atomic
def _break_off(
    held: RollCallImport, reason: dict[str, str], *, by: Person | None
) -> RollCallImport:
    row = RollCallImport.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if row.state != State.TAKEN:
        _moved(row, state=State.FAILED, reason=reason, ended_at=clock.now())
        record("roll call import broken off", row, by=by, after={"lines": row.rows_done})
    row.refresh_from_db()
    return row


def _parts(taking: Taking) -> Iterator[list[int]]:
    """The places of the calls, so many together that they have about ``PART`` votes."""
    places: list[int] = []
    votes = 0
    for place, rows in taking.rows.items():
        places.append(place)
        votes += len(rows)
        if votes >= PART:
            yield places
            places, votes = [], 0
    if places:
        yield places


def _add(held: RollCallImport, **more: int) -> None:
    """Add to what this import has brought, over all its runs; the organ is locked."""
    taken = RollCallImport.objects.values_list("taken", flat=True).get(pk=held.pk)
    _moved(held, taken={**taken, **{key: taken.get(key, 0) + n for key, n in more.items()}})


def _moved(held: RollCallImport, **values: Any) -> bool:
    """Set values and say that it comes on; False, and nothing, once it is taken by another run."""
    coming = RollCallImport.objects.filter(pk=held.pk).exclude(state=State.TAKEN)
    return bool(coming.update(moved_at=clock.now(), **values))
