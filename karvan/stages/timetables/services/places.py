"""Where a session of a draft may be moved to, and why not elsewhere, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.stages.editions.models import Room

from ..errors import WrongState
from ..models import Placement, Timetable
from ..queries import placements_of
from .answering import stands_of, with_busy
from .closing import Pause, clock_time, closed_period_name, pauses_between
from .periods import CLOSES, OPENS, STEP
from .reasons import reasons_in_words
from .translating import BUSY, Given, place_of, problem_of, read_rows

Kind = engine.ClashKind

# What a person may decide against the design when moving a session by hand.
LEFT_TO_THE_PERSON = (Kind.ROLE, Kind.FIXED)
MEETS_OTHERS = (Kind.GROUP_BUSY, Kind.TRAINER_BUSY, Kind.ROOM_BUSY)


@dataclass(frozen=True, slots=True)
class Place:
    """A start and a room for a session. ``why_not`` is empty where it may be held there."""

    on: date
    minute: int
    room: Room | None
    why_not: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """The start as hours and minutes."""
        return clock_time(self.minute)


class Setting:
    """One version and all that the engine must know of it, read once.

    Raises:
        WrongState: what is on file is no plan, such as days that are all closed.

    Cost: about fifteen queries, however many sessions there are.
    """

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.given: Given = read_rows(timetable.activity, base=timetable)
        try:
            self.problem = problem_of(self.given, in_order=False)
        except (IndexError, ValueError) as wrong:
            raise WrongState(
                _("The plan contradicts itself; the page that builds it says what to change.")
            ) from wrong
        self._said: dict[engine.Clash, str] = {}

    @cached_property
    def placements(self) -> list[Placement]:
        """The placements of sessions that are to be held."""
        return [p for p in placements_of(self.timetable) if not p.session.is_cancelled]

    @cached_property
    def answer(self) -> engine.Timetable:
        """The version as the engine knows it."""
        placed = with_busy(self.problem, self._stands(self.placements))
        return engine.Timetable(placed, engine.Costs(), bound=0, proved=False)

    def placed(self, placement: Placement) -> engine.Placement:
        """One placement as the engine knows it.

        Raises:
            WrongState: the activity is not held on that day.
        """
        self.place_of(placement.starts_at)
        return self._stands([placement])[placement.session.code]

    def _stands(self, listed: list[Placement]) -> dict[str, engine.Placement]:
        """Placements for the engine; trainers who fill no role are there all the same."""
        found = stands_of(self.given, listed)
        for one in listed:
            there = found.get(one.session.code)
            if there is not None:
                keys = {str(trainer.pk) for trainer in one.trainers.all()}
                named = {*there.role_trainers(), *self.given.speakers.get(one.session.code, ())}
                rest = tuple(sorted(keys - named))
                roles = {**there.roles, "": rest} if rest else there.roles
                found[one.session.code] = replace(there, roles=roles)
        return found

    def place_of(self, starts_at: datetime) -> tuple[int, int]:
        """A moment as day of the horizon and minute of that day.

        Raises:
            WrongState: the activity is not held on that day.
        """
        found = place_of(self.given, starts_at)
        if found is None:
            raise WrongState(_("The activity is not held on that day."))
        return found

    def pauses(self) -> dict[date, tuple[Pause, ...]]:
        """The closed stretches inside each open day."""
        return pauses_between(self.given, self.problem)

    def hours_between(self, first: date, last: date) -> tuple[int, int]:
        """The first and last minute of the hours in which anything is open in these days."""
        days = [n for n, on in enumerate(self.given.open.days) if first <= on <= last]
        return hours_of(self.problem, days)

    def closed_then(self, day: int, start: int, minutes: int) -> str:
        """What the time is closed for, in a sentence; "" where it is open."""
        name = closed_period_name(self.given, self.problem, day, start, minutes)
        return _("Closed: %(name)s.") % {"name": name} if name else ""

    def minutes_of(self, placement: Placement) -> int:
        """The length of a session as it is now, which may have changed since the design."""
        return self.problem.session(placement.session.code).minutes

    def sentence(self, clash: engine.Clash, about: str) -> str:
        """One clash in words, as it concerns one session; the other sessions are named."""
        if clash not in self._said:
            self._said[clash] = self._meeting(clash, about) or self._rule(clash)
        return self._said[clash]

    def _rule(self, clash: engine.Clash) -> str:
        reasons = reasons_in_words(self.given, [clash], self.problem)
        return reasons[0].text if reasons else ""

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {s.code: f"“{s}” ({s.group or s.code})" for s in self.given.sessions}

    @cached_property
    def _names(self) -> dict[Kind, dict[str, str]]:
        return {
            Kind.GROUP_BUSY: {group.code: str(group) for group in self.given.groups},
            Kind.TRAINER_BUSY: {str(one.pk): str(one) for one in self.given.trainers},
            Kind.ROOM_BUSY: {str(room.pk): str(room) for room in self.given.rooms},
        }

    def _meeting(self, clash: engine.Clash, about: str) -> str:
        """A sentence for somebody or a room that has another session then; "" for other rules."""
        if clash.kind not in MEETS_OTHERS or about not in clash.keys[1:]:
            return ""
        others = [key for key in clash.keys[1:] if key != about]
        other = others[0] if others else about
        named = {
            "who": self._names[clash.kind].get(clash.keys[0], _("The cohort")),
            "session": self._titles.get(other, other),
        }
        if other.startswith(BUSY):
            return _("%(who)s is away or teaches elsewhere then.") % named
        return {
            Kind.GROUP_BUSY: _("%(who)s has %(session)s then."),
            Kind.TRAINER_BUSY: _("%(who)s teaches %(session)s then."),
            Kind.ROOM_BUSY: _("%(who)s holds %(session)s then."),
        }[clash.kind] % named


def where_it_may_go(
    placement: Placement, *, first: date, last: date, setting: Setting | None = None
) -> list[Place]:
    """Every start of the step from ``first`` to ``last`` in every suitable room, with why not.

    Starts run over the hours in which anything is open in these days. Rooms are those of the
    kind that seat everybody, the present one first; a session without a room has none.

    Cost: the queries of ``Setting``, and one question to the engine for all places.
    """
    setting = setting or Setting(placement.timetable)
    problem, session = setting.problem, placement.session
    known = problem.session(session.code)
    shown = [n for n, on in enumerate(setting.given.open.days) if first <= on <= last]
    opens, closes = hours_of(problem, shown)
    starts = [(day, minute) for day in shown for minute in range(opens, closes, STEP)]
    rooms = _suitable(setting, known, placement.room)
    keys = [str(room.pk) if room else None for room in rooms]
    found = engine.where_may_it_go(problem, setting.answer, session.code, starts, keys)
    places = []
    for day, minute in starts:
        closed = setting.closed_then(day, minute, known.minutes)
        for room, key in zip(rooms, keys, strict=True):
            against = [c for c in found[day, minute, key] if c.kind not in LEFT_TO_THE_PERSON]
            why = _in_words(setting, against, closed, session.code)
            places.append(Place(setting.given.open.days[day], minute, room, why))
    return places


def hours_of(problem: engine.TimetableProblem, shown: Iterable[int]) -> tuple[int, int]:
    """The first and the last open minute of these days, in full hours; the usual ones if none."""
    periods = [period for day in shown for period in problem.days[day].periods]
    opens = min((start for start, _end in periods), default=OPENS)
    closes = max((end for _start, end in periods), default=CLOSES)
    return opens // 60 * 60, -(-closes // 60) * 60


def _in_words(
    setting: Setting, against: list[engine.Clash], closed: str, about: str
) -> tuple[str, ...]:
    """What is closed comes first; a clash that says the same without its name is left out."""
    words = [closed] if closed else []
    rest = [c for c in against if not (closed and c.kind == Kind.CLOSED_TIME)]
    words += [setting.sentence(clash, about) for clash in rest]
    return tuple(dict.fromkeys(word for word in words if word)) if against else ()


def _suitable(setting: Setting, session: engine.Session, present: Room | None) -> list[Room | None]:
    if session.room_kind is None:
        return [None]
    needed = setting.problem.seats_needed(session)
    fitting: list[Room | None] = []
    for room in setting.given.rooms:
        known = setting.problem.room(str(room.pk))
        if known.serves(session.room_kind) and known.seats >= needed:
            fitting.append(room)
    rest = [room for room in fitting if room != present]
    return [*([present] if present in setting.given.rooms else []), *rest]
