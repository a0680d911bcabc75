"""The parts of taking roll calls: sessions and members first, then votes, some or all at once.

Each part may be repeated: what is in the register already is found and left as it is.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.places.models import Country
from karvan.foundation.texts import languages, said_later

from ..errors import NotGiven
from ..models import Majority, Membership, Organ, StatutorySession, Vote, VoteEvent
from .tallies_reading import OPTIONS, Call, Reading
from .tallies_results import reckoned

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Taking:
    """What was read, with the sessions and members of the register that it is about.

    ``rows`` are the places of the votes of each call that can be taken, by the call's place.
    """

    organ: Organ
    reading: Reading
    source: str
    requirement: str
    language: str
    rows: Mapping[int, Sequence[int]]
    sessions: Mapping[str, StatutorySession]
    members: Sequence[Membership]
    new_sessions: int
    new_members: int


def refuse_majority(requirement: str) -> None:
    """Raise ``NotGiven`` where the majority is none that we know."""
    if requirement not in Majority.values:
        raise NotGiven(_("Choose the majority that these votes needed."))


def locked_organ(organ: Organ) -> Organ:
    """The organ, locked, so that its roll calls are taken by one act at a time."""
    return Organ.objects.select_for_update().get(pk=organ.pk)


def begin_taking(
    organ: Organ, reading: Reading, *, source: str, requirement: str, language: str
) -> Taking:
    """Make the sessions and members that are not there yet, in the caller's transaction, in which
    the organ is locked.

    Raises:
        NotGiven: none of the calls has votes, a session and a date.
    """
    rows = _rows(reading)
    sessions, new_sessions = _sessions(organ, _days(reading, rows), source)
    if not sessions:
        raise NotGiven(
            said_later(
                lambda: _("None of these roll calls has both votes and a session with a date.")
            )
        )
    members, new_members = _members(organ, reading, language)
    taken = {at: listed for at, listed in rows.items() if reading.calls[at].session in sessions}
    return Taking(
        organ,
        reading,
        source,
        requirement,
        language,
        taken,
        sessions,
        members,
        new_sessions,
        new_members,
    )


def write_calls(taking: Taking, places: Sequence[int]) -> tuple[int, int]:
    """Write the calls at these places with their votes; returns how many calls and votes are new.

    A call whose number is in the register is left as it is, so the same places may be written
    again. In the caller's transaction, in which the organ is locked.
    """
    reading = taking.reading
    sessions = {reading.calls[place].session for place in places}
    known = set(
        VoteEvent.objects.filter(
            session__in={taking.sessions[one].pk for one in sessions}
        ).values_list("session_id", "identifier")
    )
    events: dict[int, VoteEvent] = {}
    votes = 0
    for place in places:
        call = reading.calls[place]
        session = taking.sessions[call.session]
        if (session.pk, call.number[:80]) not in known:
            known.add((session.pk, call.number[:80]))
            events[place] = _event(taking, session, call, _counts(reading, taking.rows[place]))
            votes += len(taking.rows[place])
    VoteEvent.objects.bulk_create(events.values(), batch_size=BATCH)
    rows = _votes(taking, events)
    while some := list(islice(rows, 4 * BATCH)):  # never all of them in memory at once
        Vote.objects.bulk_create(some, batch_size=BATCH)
    return len(events), votes


def _rows(reading: Reading) -> dict[int, array[int]]:
    """The places of the votes of each call, by the call's place; in the order they were read."""
    rows: dict[int, array[int]] = {}
    for row, place in enumerate(reading.votes_call):
        if place not in rows:
            rows[place] = array("I")
        rows[place].append(row)
    return rows


def _counts(reading: Reading, rows: Sequence[int]) -> Counter[str]:
    return Counter(OPTIONS[reading.votes_option[row]] for row in rows)


def _days(reading: Reading, rows: Mapping[int, Any]) -> dict[str, tuple[date, date]]:
    """First and last day of each session that has a vote with a date."""
    days: dict[str, list[date]] = {}
    for place, call in enumerate(reading.calls):
        if place in rows and call.session and call.day:
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
    for written, name in reading.members:
        code = written[:12]
        one = there.get(code) if code else named.get(name)
        if one is None:
            code = code or _code_of(name, there)
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
    taking: Taking, session: StatutorySession, call: Call, counts: Counter[str]
) -> VoteEvent:
    moment = _noon(call.day or session.starts_on)
    cast = sum(counts.values())
    result, reason = reckoned(
        counts,
        taking.requirement,
        base=cast,
        abstention_is_voting=taking.organ.abstention_is_voting,
    )
    return VoteEvent(
        session=session,
        identifier=call.number[:80],
        titles={taking.language: call.title},
        method=VoteEvent.Method.ROLL_CALL,
        requirement=taking.requirement,
        options=["yes", "no", "abstain"],
        eligible=cast,
        present=cast - counts.get("absent", 0),
        counts=dict(counts),
        result=result,
        result_reason=reason,
        opened_at=moment,
        closed_at=moment,
        source=f"{taking.source} · {call.symbol}".strip(" ·")[:300],
    )


def _votes(taking: Taking, events: Mapping[int, VoteEvent]) -> Iterator[Vote]:
    reading = taking.reading
    who = [one.pk for one in taking.members]
    shared = len(set(who)) < len(who)  # two members read are one of ours: it still votes once
    for place, event in events.items():
        voted: set[int] = set()
        for row in taking.rows[place]:
            member = who[reading.votes_member[row]]
            if shared and member in voted:
                continue
            voted.add(member)
            yield Vote(
                event_id=event.pk, membership_id=member, option=OPTIONS[reading.votes_option[row]]
            )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
