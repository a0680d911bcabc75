"""The order of work of a session: which items of its agenda are taken in which sitting.

Each morning and afternoon is a day of the timetabling engine, and every item a session that all
members sit in. Items are taken in the order of the agenda; one that has to wait for a day is taken
once that day has come. Sittings are filled in turn; only where that leaves an item over does the
engine look for another way to pack them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.engines.timetabling import (
    Day,
    Group,
    Session,
    Timetable,
    TimetableProblem,
    Weights,
    build_timetable,
)
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.places.prayers import keeps_friday_prayer
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import in_a_row

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import AgendaItem, Sitting, StatutorySession

STEP = 15  # minutes
PRAYER = (12 * 60 + 30, 14 * 60 + 30)  # kept free on Fridays where the common prayer is kept
FRIDAY = 4
HALL = "hall"
PIECE = 60  # minutes of the parts into which an item is cut that no morning holds
WORK = 2  # units of the engine, about a second each
FEASIBLE = Weights(gap=0, group_day=0, room_change=0, late=0)  # any timetable will do


@dataclass(frozen=True, slots=True)
class Taken:
    """An item that is to be taken, for so many minutes, and not before a day where one is given."""

    item: AgendaItem
    minutes: int
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When sittings may be held on every day, in the hall's own time."""

    morning: tuple[time, time]
    afternoon: tuple[time, time] | None = None

    def spans(self) -> list[tuple[int, int]]:
        """Morning and afternoon in minutes after midnight."""
        given = [self.morning, *([self.afternoon] if self.afternoon else [])]
        return [(_minute(first), _minute(last)) for first, last in given]


@dataclass(frozen=True, slots=True)
class Part:
    """An item, or a part of one, as it stands in a sitting."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime
    is_continued: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A sitting as it would be planned."""

    parts: tuple[Part, ...]

    @property
    def starts_at(self) -> datetime:
        """When its first item begins."""
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When its last item ends."""
        return self.parts[-1].ends_at

    @property
    def items(self) -> list[AgendaItem]:
        """The items it takes, each once."""
        return list(dict.fromkeys(part.item for part in self.parts))


def lay_out_work(
    session: StatutorySession, taken: Sequence[Taken], *, hours: Hours, days: Collection[date]
) -> list[Laid]:
    """Return the sittings in which the items could be taken, in their order; nothing is written.

    An item longer than any part of a day goes on in the next one. Hours that have passed, and those
    of sittings that were opened, are left out.

    Raises:
        NotGiven: no item, no day or no time is left; the items need more than there is, or cannot
            be held in whole parts of days; with how much is missing, or which items they are.
        NotOfThisSession: an item belongs to another session.

    Cost: where filling in turn does not do, one CP-SAT model; at most some seconds.
    """
    foreign = [str(one.item) for one in taken if one.item.session_id != session.pk]
    if foreign:
        raise NotOfThisSession(_("Not of this session: %(names)s.") % {"names": in_a_row(foreign)})
    wanted = [one for one in taken if one.minutes > 0]
    if not wanted:
        raise NotGiven(_("Give at least one item its minutes."))
    periods = _periods(session, hours, days)
    if not periods:
        raise NotGiven(_("No time is left on these days. Choose other days or hours."))
    _fits(wanted, sum(one.minutes for one in periods))
    parts = list(_parts(wanted, periods))
    held = _in_turn(periods, parts) or _packed(periods, parts)
    if held is None:
        raise NotGiven(_cannot(wanted, periods))
    return _sittings(session, periods, parts, held, wanted)


@transaction.atomic
def plan_work(session: StatutorySession, laid: Sequence[Laid], *, by: Person | None) -> int:
    """Plan these sittings instead of those that were planned and not opened; returns how many.

    Sittings keep their chair, rapporteur, title and notes in turn; those beyond the last are
    taken away, those that lack are made.

    Raises:
        WrongState: the session is closed.
    """
    session = StatutorySession.objects.select_for_update().get(pk=session.pk)
    if session.state == StatutorySession.State.CLOSED:
        raise WrongState(_("The session is closed; no sitting can be planned in it."))
    standing = list(replaced(session).order_by("number"))
    kept = session.sittings.exclude(pk__in=[one.pk for one in standing])
    number = kept.order_by("-number").values_list("number", flat=True).first() or 0
    Sitting.objects.filter(pk__in=[one.pk for one in standing[len(laid) :]]).delete()
    for index, one in enumerate(standing[: len(laid)]):  # out of the way of the new numbers
        Sitting.objects.filter(pk=one.pk).update(number=30_000 + index)
    for index, planned in enumerate(laid):
        sitting = standing[index] if index < len(standing) else Sitting(session=session)
        sitting.number = number + index + 1
        sitting.planned_start, sitting.planned_end = planned.starts_at, planned.ends_at
        sitting.save()
        sitting.items.set(planned.items)
    after = {"sittings": len(laid), "items": len({i.pk for one in laid for i in one.items})}
    record("planned order of work", session, by=by, after=after)
    return len(laid)


def replaced(session: StatutorySession) -> QuerySet[Sitting]:
    """The sittings that a new order of work replaces: planned, never opened, without a vote."""
    return session.sittings.filter(opened_at=None, votes=None)


def keeps_prayer(session: StatutorySession) -> bool:
    """Whether work stops on Fridays for the common prayer where the session sits."""
    return session.country is not None and keeps_friday_prayer(session.country)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of a day in which a sitting may be held, in minutes after midnight."""

    on: date
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


def _periods(session: StatutorySession, hours: Hours, days: Collection[date]) -> list[_Period]:
    """What is open of the days chosen, in order."""
    zone = ZoneInfo(session.time_zone)
    taken = [
        (one.planned_start, max(one.planned_end, one.closed_at or one.planned_end))
        for one in session.sittings.exclude(opened_at=None)
    ]
    found = []
    for on in sorted(days):
        shut = [(_within(a, on, zone), _within(b, on, zone)) for a, b in taken]
        shut.append((0, _within(clock.now(), on, zone)))
        if on.weekday() == FRIDAY and keeps_prayer(session):
            shut.append(PRAYER)
        found += [_Period(on, a, b) for span in hours.spans() for a, b in _left(span, shut)]
    return found


def _within(moment: datetime, on: date, zone: ZoneInfo) -> int:
    """The minute of the day at which the moment lies: 0 before it, 1440 after it."""
    there = moment.astimezone(zone)
    if there.date() != on:
        return 0 if there.date() < on else 1440
    return -(-_minute(there.time()) // STEP) * STEP


def _left(span: tuple[int, int], shut: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a stretch of the day, as far as it holds a step."""
    start, end = span
    for first, last in sorted(shut):
        if first < end and start < last:
            if first - start >= STEP:
                yield start, first
            start = max(start, last)
    if end - start >= STEP:
        yield start, end


def _fits(wanted: Sequence[Taken], room: int) -> None:
    needed = sum(one.minutes for one in wanted)
    if needed > room:
        raise NotGiven(
            _("The items need %(needed)s; these days and hours hold %(room)s.")
            % {"needed": duration(needed), "room": duration(room)}
        )


def duration(minutes: int) -> str:
    """So many minutes in hours and minutes, in words: "14 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the wanted item at this index, or the whole of it.

    first: the first period in which it may be held. follows: index of the part before it, or None.
    """

    wanted: int
    piece: int
    minutes: int
    first: int
    follows: int | None


def _parts(wanted: Sequence[Taken], periods: Sequence[_Period]) -> Iterator[_Part]:
    longest = max(one.minutes for one in periods)
    in_order: int | None = None
    count = 0
    for index, one in enumerate(wanted):
        waits, left, piece = one.not_before, one.minutes, 0
        most = PIECE if left > longest else left
        first = sum(period.on < waits for period in periods) if waits else 0
        while left > 0:
            follows = count - 1 if piece else None if waits else in_order
            yield _Part(index, piece, min(left, most), first, follows)
            if not waits:
                in_order = count
            left, piece, count = left - most, piece + 1, count + 1


def _in_turn(periods: Sequence[_Period], parts: Sequence[_Part]) -> list[int] | None:
    """The period of each part when each period takes the first that may come and fits, again and
    again; None where some part is left over that way."""
    held: dict[int, int] = {}
    for n, period in enumerate(periods):
        left = period.minutes
        while True:
            fits = (
                index
                for index, part in enumerate(parts)
                if index not in held
                and part.first <= n
                and part.minutes <= left
                and (part.follows is None or part.follows in held)
            )
            index = next(fits, None)
            if index is None:
                break
            held[index] = n
            left -= parts[index].minutes
    return [held[index] for index in range(len(parts))] if len(held) == len(parts) else None


def _packed(periods: Sequence[_Period], parts: Sequence[_Part]) -> list[int] | None:
    """A period for each part, found by the engine; None where there is none, or none in time."""
    if any(part.first >= len(periods) for part in parts):
        return None
    sessions = [
        Session(
            f"{index:03}",
            part.minutes,
            (HALL,),
            day_range=(part.first, len(periods) - 1),
            after=() if part.follows is None else ((f"{part.follows:03}", 0),),
        )
        for index, part in enumerate(parts)
    ]
    days = [
        Day(f"{n:03}", one.on.isoformat(), ((one.start, one.end),)) for n, one in enumerate(periods)
    ]
    problem = TimetableProblem(
        days=tuple(days),
        sessions=tuple(sessions),
        rooms=(),
        trainers=(),
        groups=(Group(HALL, 1),),
        weights=FEASIBLE,
        step=STEP,
    )
    built = build_timetable(problem, work_limit=WORK)
    if not isinstance(built, Timetable):
        return None
    return [built.placements[one.key].day for one in sessions]


def _sittings(
    session: StatutorySession,
    periods: Sequence[_Period],
    parts: Sequence[_Part],
    held: Sequence[int],
    wanted: Sequence[Taken],
) -> list[Laid]:
    """The parts of each period in the order of the agenda, one when the other ends."""
    zone = ZoneInfo(session.time_zone)
    found = []
    for n, period in enumerate(periods):
        # The clock on the wall counts, also on a day on which it is changed.
        at = datetime.combine(period.on, time(0), tzinfo=zone) + timedelta(minutes=period.start)
        sitting: list[Part] = []
        for part in (part for part, where in zip(parts, held, strict=True) if where == n):
            ends = at + timedelta(minutes=part.minutes)
            item, starts, goes_on = wanted[part.wanted].item, at, part.piece > 0
            if goes_on and sitting and sitting[-1].item == item:
                before = sitting.pop()
                starts, goes_on = before.starts_at, before.is_continued
            sitting.append(Part(item, starts, ends, goes_on))
            at = ends
        if sitting:
            found.append(Laid(tuple(sitting)))
    return found


def _cannot(wanted: Sequence[Taken], periods: Sequence[_Period]) -> str:
    """Why no plan was found, though there is time enough in all."""
    waiting = [one for one in wanted if one.not_before]
    if not waiting:
        return _(
            "No way was found to fit the items into whole mornings and afternoons. Shorten an item, or give more hours."
        )
    last = max(one.not_before for one in waiting if one.not_before)
    room = sum(one.minutes for one in periods if one.on >= last)
    names = in_a_row([one.item.number for one in waiting])
    return ngettext(
        "Item %(names)s waits for a day after which %(room)s are left. Let it be taken sooner, or shorten items.",
        "Items %(names)s wait for days; after the last of these, %(room)s are left. Let them be taken sooner, or shorten items.",
        len(waiting),
    ) % {"names": names, "room": duration(room)}
