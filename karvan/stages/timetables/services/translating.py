"""From rows to the engine's problem: days, sessions in their order, rooms, trainers, groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from karvan.engines import timetabling as engine

from ..cohorts import cohort_of
from ..models import Session, Trainer
from .given import EVERYBODY, Given, moment_of, place_of, read_rows
from .periods import EVENING, STEP, Periods, Span, day_periods, evening_periods, without

__all__ = [
    "BUSY",
    "Given",
    "busy_key",
    "moment_of",
    "place_of",
    "problem_of",
    "read_rows",
    "unknown_items",
]

BUSY = "~"  # begins the key of a stretch in which a trainer is away or teaches elsewhere
MIDNIGHT = 24 * 60
MISSED = 60  # what two wished sessions at once cost each person, where people choose
OPENING, CLOSING = "opening", "closing"  # kinds of session before and after all others


def problem_of(given: Given, *, in_order: bool) -> engine.TimetableProblem:
    """The engine's problem. ``in_order`` keeps the design's order within each day or week;
    without it only what opens, gates and assessments need.

    Sessions that have begun are left out, with all the time before ``given.since``. Hours in
    which a trainer is away are sessions of their own, fixed and for nobody else; their keys
    begin with ``BUSY``.
    """
    long_days = _long_days(given)
    after = _order(given, in_order=in_order)
    late_from = EVENING[1] if given.is_evening else 17 * 60
    days = tuple(_days(given, long_days))
    listed = [s for s in given.sessions if s.code not in given.begun]
    sessions = [_session(given, s, after, long_days) for s in listed]
    return engine.TimetableProblem(
        days=days,
        sessions=(*sessions, *_away(given, days)),
        rooms=tuple(_rooms(given)),
        trainers=tuple(_trainers(given, days)),
        groups=tuple(_groups(given)),
        weights=_weights(given, late_from),
        step=STEP,
        travel=given.travel,
        wishes=tuple(_wishes(given)),
        week_offset=given.week_offset,
    )


def _weights(given: Given, late_from: int) -> engine.Weights:
    """The usual weights; where people choose, they sit in one of the choices between two sessions."""
    if any(session.is_choice for session in given.sessions):
        return engine.Weights(late_from=late_from, gap=0, room_change=0, missed=MISSED)
    return engine.Weights(late_from=late_from)


def _wishes(given: Given) -> Iterator[engine.Wish]:
    """What people want to attend among that which is still to be held."""
    for wanted, people in given.wishes:
        left = tuple(code for code in wanted if code not in given.begun)
        if len(left) > 1:
            yield engine.Wish(left, people)


def busy_key(trainer: Trainer, day: int, number: int) -> str:
    """The key of one stretch in which a trainer is taken."""
    return f"{BUSY}{trainer.pk}.{day}.{number}"


def unknown_items(given: Given) -> list[str]:
    """Items that sessions need and of which no room says how many there are."""
    known = {item for room in given.rooms for item in room.equipment}
    needed = {item for session in given.sessions for item in session.equipment}
    return sorted(needed - known)


def _days(given: Given, long_days: Mapping[str, int]) -> Iterator[engine.Day]:
    lengths = {day: _minutes(given, code) for code, day in long_days.items()}
    opened = set(given.open.opened)
    for number, on in enumerate(given.open.days):
        periods: Periods = ()
        if number in opened and given.is_evening:
            periods = evening_periods(lengths.get(number, 0))
        elif number in opened:
            hours, prayer = given.open.hours.get(number), given.open.prayers.get(number)
            periods = day_periods(_chains(given, number), hours=hours, prayer=prayer)
        cuts = [span for span, _why in given.open.cuts.get(number, ())]
        periods = without(periods, [*cuts, *_past(given, number)])
        yield engine.Day(on.isoformat(), on.isoformat(), periods)


def _past(given: Given, day: int) -> list[Span]:
    """The part of a day that is over."""
    if given.since is None or day > given.since[0]:
        return []
    return [(0, MIDNIGHT if day < given.since[0] else given.since[1])]


def _chains(given: Given, day: int) -> list[list[int]]:
    """For each group, the minutes of what it must do on just this day, in order."""
    mine = [s for s in given.sessions if _range(given, s) == (day, day)]
    return [
        [session.minutes for session in mine if key in given.groups_of(session)]
        for key in given.group_keys
    ]


def _range(given: Given, session: Session) -> tuple[int, int]:
    """First and last day of the horizon a session may be held on.

    Days of the design are counted in open days, weeks in calendar days.
    """
    first, last = _designed(given, session)
    stands = given.stands.get(session.code)
    if stands is not None:
        first, last = min(first, stands.day), max(last, stands.day)
    is_whole = given.open.planned == given.open.opened
    if given.since is None and is_whole and not given.stands:
        return (first, last)
    left = [day for day in given.open.opened if given.since is None or day >= given.since[0]]
    if any(first <= day <= last for day in left):
        return (first, last)
    return (0, len(given.open.days) - 1)  # its day is lost or over: any that is left will do


def _designed(given: Given, session: Session) -> tuple[int, int]:
    """The days the design has for a session."""
    end = len(given.open.days) - 1
    if session.day_from is None or session.day_to is None:
        return (0, end)
    if given.counts_weeks:
        return (min(session.day_from - 1, end), min(session.day_to - 1, end))
    planned = given.open.planned
    last = len(planned) - 1
    return (planned[min(session.day_from - 1, last)], planned[min(session.day_to - 1, last)])


def _long_days(given: Given) -> dict[str, int]:
    """For each session longer than an evening, the day that is opened for it: its last one."""
    found: dict[str, int] = {}
    if not given.is_evening:
        return found
    for session in given.sessions:
        if session.minutes > EVENING[1] - EVENING[0]:
            first, last = _range(given, session)
            fitting = [day for day in given.open.opened if first <= day <= last]
            if fitting:
                found[session.code] = fitting[-1]
    return found


def _minutes(given: Given, code: str) -> int:
    return next(session.minutes for session in given.sessions if session.code == code)


def _session(
    given: Given,
    session: Session,
    after: Mapping[str, set[str]],
    long_days: Mapping[str, int],
) -> engine.Session:
    known = {item for room in given.rooms for item in room.equipment}
    day = long_days.get(session.code)
    fixed: tuple[int, int, str | None] | None = None
    if day is not None:
        fixed = (day, EVENING[1] - session.minutes, None)
    days = _range(given, session)
    roles = {role: many for role, many in session.trainer_roles.items() if many}
    pinned = given.pinned.get(session.code)
    trainers = given.speakers.get(session.code, ())
    if pinned is not None:
        fixed = (pinned.day, pinned.start, pinned.room)
        days, roles = (pinned.day, pinned.day), {}
        trainers = tuple(sorted({*trainers, *pinned.role_trainers()}))
    waits = after.get(session.code, set()) - given.begun
    return engine.Session(
        key=session.code,
        minutes=session.minutes,
        groups=given.groups_of(session),
        trainers=trainers,
        trainer_roles=roles,
        room_kind=session.room_kind or None,
        seats=session.seats or 0,
        # Nobody has counted what no room lists, so it is not known to be too little.
        equipment={item: n for item, n in session.equipment.items() if n and item in known},
        day_range=days,
        fixed=fixed,
        after=tuple((code, 0) for code in sorted(waits)),
        not_same_day_as=tuple(sorted(_other_evenings(given, session) - given.begun)),
        preferred=tuple((int(first), int(last)) for first, last in session.preferred),
    )


def _other_evenings(given: Given, session: Session) -> set[str]:
    """A week's live evenings and its studio are held on different days."""
    if not given.is_evening or not session.slot:
        return set()
    mine = set(given.groups_of(session))
    return {
        other.code
        for other in given.sessions
        if other.slot
        and other.slot != session.slot
        and other.day_from == session.day_from
        and mine & set(given.groups_of(other))
    }


def _order(given: Given, *, in_order: bool) -> dict[str, set[str]]:
    """Session → those that must be over before it begins, on its own day or in its week."""
    gates = {s["id"] for s in given.document.get("sessions", ()) if s.get("gate")}
    after: dict[str, set[str]] = {}
    for key in given.group_keys:
        stretches: dict[int | None, list[Session]] = {}
        for session in given.sessions:
            if key in given.groups_of(session):
                stretches.setdefault(session.day_from, []).append(session)
        for chain in stretches.values():
            for index, later in enumerate(chain):
                for place, earlier in enumerate(chain[:index]):
                    is_next = place == index - 1
                    if is_next if in_order else _must_wait(earlier, later, place, gates):
                        after.setdefault(later.code, set()).add(earlier.code)
    _first_and_last(given, after)
    return after


def _first_and_last(given: Given, after: dict[str, set[str]]) -> None:
    """Beside a design's sessions, an opening comes before all others and a closing after them."""
    codes = {session.code for session in given.sessions}
    for session in given.sessions:
        if session.blueprint_code:
            continue
        if session.kind == OPENING:
            for code in codes - {session.code}:
                after.setdefault(code, set()).add(session.code)
        elif session.kind == CLOSING:
            after.setdefault(session.code, set()).update(codes - {session.code})


def _must_wait(earlier: Session, later: Session, place: int, gates: set[str]) -> bool:
    """What keeps its order even where the design's own does not fit into the hours."""
    return (
        place == 0
        or earlier.blueprint_code in gates
        or "assessment" in (earlier.kind, later.kind)
        or (earlier.room_kind == later.room_kind and earlier.group_id == later.group_id)
    )


def _rooms(given: Given) -> Iterator[engine.Room]:
    for room in given.rooms:
        kinds = list(room.kinds) or [room.code]
        taken = given.rooms_busy.get(room.pk, {})
        yield engine.Room(
            key=str(room.pk),
            kind=kinds[0],
            seats=room.seats,
            equipment={item: int(count) for item, count in room.equipment.items()},
            closed=tuple((day, *span) for day, spans in taken.items() for span in spans),
            kinds=frozenset(kinds[1:]),
            city=room.venue.city if given.travel else "",
        )


def _trainers(given: Given, days: tuple[engine.Day, ...]) -> Iterator[engine.Trainer]:
    for trainer in given.trainers:
        there = {
            n
            for n, on in enumerate(given.open.days)
            if (trainer.present_from is None or trainer.present_from <= on)
            and (trainer.present_to is None or on <= trainer.present_to)
        } - {
            day
            for day in given.trainers_busy.get(trainer.pk, {})
            if _all_day(given, trainer, day, days)
        }
        yield engine.Trainer(
            key=str(trainer.pk),
            roles=frozenset(trainer.roles),
            days=None if len(there) == len(given.open.days) else frozenset(there),
            max_minutes_per_day=trainer.most_minutes_a_day,
            max_minutes_per_week=trainer.most_minutes_a_week,
            languages=frozenset(trainer.languages),
            travels=trainer.travels,
        )


def _all_day(given: Given, trainer: Trainer, day: int, days: tuple[engine.Day, ...]) -> bool:
    """Whether a trainer is taken for a whole day, or must be held to be.

    Hours are taken from a day as a session of its own. It would count as work, so somebody with
    few minutes a day or a limit a week, or who travels, is held to be away all day.
    """
    spans = given.trainers_busy[trainer.pk][day]
    taken = _taken(spans, days[day].periods)
    minutes = sum(end - start for start, end in taken)
    left = without(days[day].periods, spans)
    is_weighed = trainer.most_minutes_a_week is not None or trainer.travels
    return not left or is_weighed or minutes >= trainer.most_minutes_a_day


def _taken(spans: list[Span], periods: Periods) -> list[Span]:
    """The parts of some stretches that lie in the open hours."""
    cut = [(max(s, a), min(e, b)) for s, e in spans for a, b in periods]
    return sorted((start, end) for start, end in cut if start < end)


def _away(given: Given, days: tuple[engine.Day, ...]) -> Iterator[engine.Session]:
    """Each stretch in which a trainer is taken, as a fixed session with nobody else in it."""
    for trainer in given.trainers:
        for day, spans in given.trainers_busy.get(trainer.pk, {}).items():
            if _all_day(given, trainer, day, days):
                continue
            for number, (start, end) in enumerate(_taken(spans, days[day].periods)):
                yield engine.Session(
                    key=busy_key(trainer, day, number),
                    minutes=end - start,
                    trainers=(str(trainer.pk),),
                    fixed=(day, start, None),
                )


def _groups(given: Given) -> Iterator[engine.Group]:
    spoken = frozenset(given.activity.edition.languages)
    if not given.groups:
        people = cohort_of(given.activity, given.document, []).people
        yield engine.Group(EVERYBODY, people, spoken)
    for group in given.groups:
        yield engine.Group(
            group.code,
            group.size,
            frozenset(group.languages) or spoken,
            frozenset(other.code for other in group.shares_with.all()) - {group.code},
        )
    for session in given.sessions:
        if session.is_choice:
            (key,) = given.groups_of(session)
            yield engine.Group(key, shares_with=frozenset(given.group_keys))
