"""Roll calls that others publish become votes of an organ: kept, read, and then taken whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import languages

from ..errors import NotGiven
from ..models import Majority, Membership, Organ, StatutorySession, Vote, VoteEvent
from .tallies_reading import OPTIONS, Call, Reading, read_roll_calls, unpacked
from .tallies_results import reckoned

MOST_BYTES = 64 * 1024 * 1024  # of one table that comes over the web, unpacked
BATCH = 5_000


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

    Cost: 870,109 votes take about 25 s on SQLite and 350 MB.
    """
    if requirement not in Majority.values:
        raise NotGiven(_("Choose the majority that these votes needed."))
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    counts = _counts(reading)
    days = _days(reading, counts)
    sessions, new_sessions = _sessions(organ, days, source)
    if not sessions:
        raise NotGiven(_("None of these roll calls has both votes and a session with a date."))
    members, new_members = _members(organ, reading, language)
    known = set(
        VoteEvent.objects.filter(session__in=[s.pk for s in sessions.values()]).values_list(
            "session_id", "identifier"
        )
    )
    events: dict[int, VoteEvent] = {}
    for place, call in enumerate(reading.calls):
        session = sessions.get(call.session)
        if place in counts and session and (session.pk, call.number) not in known:
            day = call.day or session.starts_on
            events[place] = _event(organ, session, call, counts[place], day)
    for event in events.values():
        event.requirement = requirement
        event.result, event.result_reason = reckoned(
            event.counts,
            requirement,
            base=event.eligible,
            abstention_is_voting=organ.abstention_is_voting,
        )
        event.titles = {language: event.titles["en"]}
        event.source = f"{source} · {event.source}".strip(" ·")[:300]
    VoteEvent.objects.bulk_create(events.values(), batch_size=BATCH)
    taken = sum(sum(counts[place].values()) for place in events)
    rows = _votes(reading, events, members)
    while some := list(islice(rows, 4 * BATCH)):  # never all of them in memory at once
        Vote.objects.bulk_create(some, batch_size=BATCH)
    done = Taken(new_sessions, new_members, len(events), taken, len(reading.votes_call) - taken)
    after = {"file": source, "sessions": done.sessions, "members": done.members}
    record("roll calls taken", organ, by=by, after={**after, "votes": taken})
    return done


def _plain(upload: File[Any]) -> File[Any]:
    name = re.sub(r"\.gz$", "", upload.name or "votes.csv", flags=re.IGNORECASE)
    if upload.size > MOST_BYTES or not (upload.name or "").lower().endswith(".gz"):
        return upload
    return ContentFile(unpacked(upload.read(), name, most=MOST_BYTES), name=name)


def _counts(reading: Reading) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = {}
    for place, option in zip(reading.votes_call, reading.votes_option, strict=True):
        counts.setdefault(place, Counter())[OPTIONS[option]] += 1
    return counts


def _days(reading: Reading, counts: Mapping[int, Any]) -> dict[str, tuple[date, date]]:
    """First and last day of each session that has a vote with a date."""
    days: dict[str, list[date]] = {}
    for place, call in enumerate(reading.calls):
        if place in counts and call.session and call.day:
            days.setdefault(call.session, []).append(call.day)
    return {session: (min(listed), max(listed)) for session, listed in days.items()}


def _sessions(
    organ: Organ, days: Mapping[str, tuple[date, date]], source: str
) -> tuple[dict[str, StatutorySession], int]:
    there = {(one.kind, one.ordinal): one for one in organ.sessions.all()}
    found: dict[str, StatutorySession] = {}
    made = 0
    for written, (first, last) in sorted(days.items(), key=lambda item: item[1]):
        figures = re.search(r"\d{1,4}", written)
        if figures is None:
            continue
        ordinal = int(figures[0])
        is_plain = figures[0] == written
        kind = "ordinary" if is_plain else "extraordinary"
        session = there.get((kind, ordinal))
        if session is None:
            session = there[kind, ordinal] = _session(organ, kind, ordinal, (first, last), source)
            made += 1
        found[written] = session
    return found, made


def _session(
    organ: Organ, kind: str, ordinal: int, days: tuple[date, date], source: str
) -> StatutorySession:
    slug = f"{organ.code}-{'' if kind == 'ordinary' else 'x'}{ordinal}"
    titles = {}
    for code in languages():
        with override(code):
            word = (
                _("Session %(number)d") if kind == "ordinary" else _("Special session %(number)d")
            )
            titles[code] = word % {"number": ordinal}
    closed = _noon(days[1])
    return StatutorySession.objects.create(
        organ=organ,
        slug=slug,
        ordinal=ordinal,
        kind=kind,
        titles=titles,
        starts_on=days[0],
        ends_on=days[1],
        state=StatutorySession.State.CLOSED,
        closed_at=closed,
        source=source[:300],
        scope=f"{organ.scope}/{slug}",
    )


def _members(organ: Organ, reading: Reading, language: str) -> tuple[list[Membership], int]:
    """The membership of each member read, in its place; members with one code are one."""
    there = {one.code: one for one in organ.memberships.all()}
    named = {name: one for one in there.values() for name in one.names.values()}
    countries = set(Country.objects.values_list("pk", flat=True))
    made: list[Membership] = []
    found = []
    for code, name in reading.members:
        one = there.get(code) if code else named.get(name)
        if one is None:
            code = code[:12] or _code_of(name, there)
            country = code if code in countries else None
            one = Membership(organ=organ, code=code, names={language: name}, country_id=country)
            there[code] = named[name] = one
            made.append(one)
        found.append(one)
    Membership.objects.bulk_create(made)
    return found, len(made)


def _code_of(name: str, taken: Mapping[str, Any]) -> str:
    """A code for a member that has none: its first letters, and a figure if they are taken."""
    words = slugify(name).upper().split("-")
    code = "".join(word[0] for word in words if word)[:10] or "X"
    code = code if len(code) > 2 else slugify(name).replace("-", "").upper()[:10] or "X"
    return next(one for one in (code, *(f"{code}{n}" for n in range(2, 99))) if one not in taken)


def _event(
    organ: Organ, session: StatutorySession, call: Call, counts: Counter[str], day: date
) -> VoteEvent:
    moment = _noon(day)
    cast = sum(counts.values())
    return VoteEvent(
        session=session,
        identifier=call.number[:80],
        titles={"en": call.title},
        method=VoteEvent.Method.ROLL_CALL,
        requirement=Majority.SIMPLE,
        options=["yes", "no", "abstain"],
        eligible=cast,
        present=cast - counts.get("absent", 0),
        counts=dict(counts),
        opened_at=moment,
        closed_at=moment,
        source=call.symbol,
    )


def _votes(
    reading: Reading, events: Mapping[int, VoteEvent], members: list[Membership]
) -> Iterator[Vote]:
    keys = {place: event.pk for place, event in events.items()}
    who = [one.pk for one in members]
    rows = zip(reading.votes_call, reading.votes_member, reading.votes_option, strict=True)
    twice: set[tuple[int, int]] = set()
    shared = len(set(who)) < len(who)  # two members read are one of ours: it still votes once
    for place, member, option in rows:
        if place not in keys:
            continue
        if shared:
            if (keys[place], who[member]) in twice:
                continue
            twice.add((keys[place], who[member]))
        yield Vote(event_id=keys[place], membership_id=who[member], option=OPTIONS[option])


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
