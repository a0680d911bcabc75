"""Why there is no timetable, in words: the engine's clashes with names and what would free them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.engines.timetabling import Clash, ClashKind, NoTimetable, Session, TimetableProblem
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from ..errors import Reason
from .days import clock_words
from .remedies import remedy_words
from .rule_words import rule_words
from .translating import BUSY, Given

MOST_SESSIONS_NAMED = 6


def reasons_in_words(
    given: Given, clashes: Iterable[Clash], problem: TimetableProblem
) -> list[Reason]:
    """One sentence a clash, each once; the sessions that clash with nothing but rules come last."""
    listed = list(clashes)
    said = _Words(given, problem)
    words = [said.of(clash) for clash in listed if clash.kind != ClashKind.SESSION]
    bound = [clash.keys[0] for clash in listed if clash.kind == ClashKind.SESSION]
    if bound:
        words.append(said.sessions_bound(bound))
    holidays = _holidays(given)
    if words and holidays:
        words.append(
            Reason(
                _("Holidays between the activity's dates: %(days)s.") % {"days": holidays},
                _("Open one of them for the activity, or plan other dates."),
            )
        )
    return list(dict.fromkeys(words))


def remedies_in_words(given: Given, answer: NoTimetable, problem: TimetableProblem) -> list[Reason]:
    """What the engine found to free the clash, tried out one by one; none where it tried none."""
    said = _Words(given, problem)
    found: list[Reason] = []
    for remedy in getattr(answer, "remedies", ()):
        words = said.remedy(str(remedy.kind), remedy.keys, remedy.amount)
        if words:
            text = _("This alone would free it, as was tried out: %(remedy)s")
            if not remedy.suffices:
                text = _("This would free the clash above, and leave another: %(remedy)s")
            found.append(Reason(text % {"remedy": words}))
    return list(dict.fromkeys(found))


def no_holidays(given: Given) -> list[Reason]:
    """The years for which no holidays are on file, in a sentence each."""
    return [
        Reason(
            _("No holidays are on file for %(country)s in %(year)s: any day may be one.")
            % {"country": given.activity.edition.country, "year": year},
            _("Note the holidays in the edition's calendar, or build all the same."),
        )
        for year in given.open.unknown_years
    ]


def too_few_days(given: Given) -> Reason:
    """The design asks for more days than are open between the activity's dates."""
    asked, there = given.last_day_asked(), len(given.open.opened)
    closed = "; ".join(
        f"{formats.date_in_words(on)}: {in_language(why)}" for on, why in given.open.closed.items()
    )
    text = ngettext(
        "The design asks for %(asked)s day; open between the activity's dates: %(there)s.",
        "The design asks for %(asked)s days; open between the activity's dates: %(there)s.",
        asked,
    ) % {"asked": asked, "there": there}
    if closed:
        text = _("%(text)s Closed: %(closed)s.") % {"text": text, "closed": closed}
    return Reason(text, _("Plan the activity over more days, or open a closed day for it."))


def unknown_in_words(given: Given, codes: list[str]) -> str:
    """The first few items that nobody has counted, by name, and how many more there are."""
    named = _item_names(given)
    shown = ", ".join(named.get(code, code) for code in codes[:MOST_SESSIONS_NAMED])
    more = len(codes) - MOST_SESSIONS_NAMED
    if more > 0:
        shown = ngettext("%(named)s and %(more)s more", "%(named)s and %(more)s more", more) % {
            "named": shown,
            "more": more,
        }
    return _("Not known whether there is enough of: %(items)s.") % {"items": shown}


def _item_names(given: Given) -> dict[str, str]:
    """Item → its name, from the design's equipment and the needs of its rooms."""
    needs = [need for room in given.document.get("rooms", ()) for need in room.get("needs", ())]
    return {
        item["code"]: in_language(item.get("item")) or item["code"]
        for item in (*given.document.get("equipment", ()), *needs)
    }


def _holidays(given: Given) -> str:
    """The closed days that are no days of rest of every week, with their names."""
    worked = {given.open.days[number].isoweekday() for number in given.open.opened}
    return "; ".join(
        f"{formats.date_in_words(on)}: {in_language(why)}"
        for on, why in given.open.closed.items()
        if on.isoweekday() in worked
    )


class _Words:
    """Sentences about one activity's rows."""

    def __init__(self, given: Given, problem: TimetableProblem) -> None:
        self.problem = problem
        self.given = given
        self.titles = {s.code: f"“{s}” ({s.code})" for s in given.sessions}
        self.rooms = {str(room.pk): str(room) for room in given.rooms}
        self.trainers = {str(trainer.pk): str(trainer) for trainer in given.trainers}
        self.groups = {group.code: str(group) for group in given.groups}
        self.kinds = {
            room["code"]: in_language(room.get("title")) or room["code"]
            for room in given.document.get("rooms", ())
        }
        self.roles = {
            role["code"]: in_language(role.get("title")) or role["code"]
            for role in given.document.get("trainer_roles", ())
        }
        self.items = _item_names(given)
        self.titles |= {s.key: self._away(s) for s in problem.sessions if s.key.startswith(BUSY)}

    def remedy(self, kind: str, keys: tuple[str, ...], amount: int) -> str:
        """The sentence for one remedy; "" for a kind without words."""
        first, second = (*keys, "", "")[:2]
        named = {
            "session": self.titles.get(first, first),
            "other": self.titles.get(second, second),
            "trainer": self.trainers.get(first, first),
            "group": self._group(second),
            "room": self.rooms.get(first, first),
            "kind": self.kinds.get(first, first),
            "role": self.roles.get(first, first),
            "item": self.items.get(first, first),
            "amount": amount,
            "day": _day_in_words(first),
            "days": ", ".join(_day_in_words(key) for key in keys[1:]),
        }
        return remedy_words(kind) % named

    def of(self, clash: Clash) -> Reason:
        """The sentence for one clash."""
        kind, keys = clash.kind, clash.keys
        if kind == ClashKind.NO_ROOM_OF_KIND:
            return self._no_room(*keys[:2])
        if kind == ClashKind.TOO_FEW_SEATS:
            return self._seats(*keys[:2])
        if kind in (ClashKind.ROLE_MISSING, ClashKind.ROLE):
            return self._role(*keys[:2], is_missing=kind == ClashKind.ROLE_MISSING)
        if kind == ClashKind.EQUIPMENT_SHORT:
            return self._equipment(*keys[:2])
        if kind in (ClashKind.GROUP_OVERFULL, ClashKind.TRAINER_OVERFULL):
            return self._overfull(kind, keys[0], keys[1:])
        if kind == ClashKind.NO_OPEN_TIME and len(keys) > 1:
            return self._nobody_there(keys[0], keys[1:])
        if kind in (ClashKind.TRAINER_AWAY, ClashKind.ROOM_CLOSED):
            noted = self._noted(kind, keys[0])
            if noted is not None:
                return noted
        return self._rule(kind, keys)

    def sessions(self, codes: Iterable[str]) -> str:
        """The first few sessions by name, and how many more there are."""
        codes = list(codes)
        named = ", ".join(self.titles.get(code, code) for code in codes[:MOST_SESSIONS_NAMED])
        more = len(codes) - MOST_SESSIONS_NAMED
        if more > 0:
            named = ngettext("%(named)s and %(more)s more", "%(named)s and %(more)s more", more) % {
                "named": named,
                "more": more,
            }
        return named

    def sessions_bound(self, codes: list[str]) -> Reason:
        """The sessions that these rules cannot all let through."""
        named = self.sessions(codes)
        return Reason(
            _("These sessions cannot all be held under the rules above: %(sessions)s.")
            % {"sessions": named},
            _("Change one of the rules above, or hold one of these sessions on another day."),
        )

    def _no_room(self, code: str, kind: str) -> Reason:
        named = {"session": self.titles[code], "kind": self.kinds.get(kind, kind), "code": kind}
        return Reason(
            _("No room of the edition's venues serves as %(kind)s (%(code)s), for %(session)s.")
            % named,
            _("Add such a room to a venue of the edition, or let a room serve as it too."),
        )

    def _seats(self, code: str, kind: str) -> Reason:
        session = self.problem.session(code)
        rooms = [room.seats for room in self.problem.rooms if room.serves(kind)]
        named = {
            "session": self.titles[code],
            "kind": self.kinds.get(kind, kind),
            "needed": self.problem.seats_needed(session),
            "seats": max(rooms, default=0),
        }
        return Reason(
            _("%(session)s needs %(needed)s seats; the largest %(kind)s has %(seats)s.") % named,
            _("Make groups of at most %(seats)s and lay the sessions out again.") % named,
        )

    def _role(self, code: str, role: str, *, is_missing: bool) -> Reason:
        needed = self.problem.session(code).trainer_roles.get(role, 0)
        there = sum(role in trainer.roles for trainer in self.problem.trainers)
        named = {
            "session": self.titles[code],
            "role": self.roles.get(role, role),
            "needed": needed,
            "there": there,
        }
        text = _("%(session)s needs %(needed)s × %(role)s at its time.")
        if is_missing:
            text = _("%(session)s needs %(needed)s × %(role)s; the activity has %(there)s.")
        return Reason(
            text % named,
            _("Add a trainer with the role %(role)s, or give it to one who is here.") % named,
        )

    def _equipment(self, code: str, item: str) -> Reason:
        needed = self.problem.session(code).equipment.get(item, 0)
        most = max((room.equipment.get(item, 0) for room in self.problem.rooms), default=0)
        named = {
            "session": self.titles[code],
            "item": self.items.get(item, item),
            "needed": needed,
            "most": most,
        }
        return Reason(
            _("%(session)s needs %(needed)s × %(item)s; no room that fits has more than %(most)s.")
            % named,
            _("Bring more of them into the room, or make smaller groups."),
        )

    def _overfull(self, kind: ClashKind, key: str, codes: Iterable[str]) -> Reason:
        sessions = self.sessions(codes)
        who = self.trainers.get(key) if kind == ClashKind.TRAINER_OVERFULL else self._group(key)
        return Reason(
            _("%(who)s would have more minutes than are open, with %(sessions)s.")
            % {"who": who, "sessions": sessions},
            _("Plan the activity over more days, open a closed day, or shorten a session."),
        )

    def _nobody_there(self, code: str, keys: Iterable[str]) -> Reason:
        """A session whose trainers are away whenever it may be held, and why they are."""
        named = []
        for key in keys:
            why = "; ".join(
                one.reason for one in self.given.disruptions if key == str(one.trainer_id)
            )
            who = self.trainers.get(key, key)
            named.append(f"{who} ({why})" if why else who)
        return Reason(
            _(
                "%(session)s fits into no open stretch of its days on which these are there: %(who)s."
            )
            % {"session": self.titles[code], "who": ", ".join(named)},
            _("Add a trainer with the same roles, or let it be held on another day."),
        )

    def _noted(self, kind: ClashKind, key: str) -> Reason | None:
        """What somebody noted of a trainer or a room, if anything."""
        is_trainer = kind == ClashKind.TRAINER_AWAY
        reasons = [
            one.reason
            for one in self.given.disruptions
            if key == str(one.trainer_id if is_trainer else one.room_id)
        ]
        if not reasons:
            return None
        named = {
            "what": (self.trainers if is_trainer else self.rooms).get(key, key),
            "why": "; ".join(reasons),
        }
        if is_trainer:
            return Reason(
                _("%(what)s cannot come at times, as was noted: %(why)s.") % named,
                _("Add a trainer with the same roles, or take back what was noted."),
            )
        return Reason(
            _("%(what)s cannot be used at times, as was noted: %(why)s.") % named,
            _("Use another room, or take back what was noted."),
        )

    def _away(self, session: Session) -> str:
        """Hours in which a trainer is away, in words."""
        assert session.fixed is not None
        day, start, _room = session.fixed
        return _("%(trainer)s is away or teaches elsewhere, %(day)s %(first)s to %(last)s") % {
            "trainer": self.trainers.get(session.trainers[0], ""),
            "day": formats.date_in_words(self.given.open.days[day]),
            "first": clock_words(start),
            "last": clock_words(start + session.minutes),
        }

    def _any(self, key: str) -> str:
        """A trainer, a room or a group by name."""
        return self.trainers.get(key) or self.rooms.get(key) or self._group(key)

    def _group(self, key: str) -> str:
        return self.groups.get(key, _("The cohort"))

    def _rule(self, kind: ClashKind, keys: tuple[str, ...]) -> Reason:
        first, second, third = (*keys, "", "", "")[:3]
        session, other = self.titles.get(first, first), self.titles.get(second, second)
        room, trainer = self.rooms.get(first, first), self.trainers.get(first, first)
        text, remedy = rule_words(str(kind))
        named = {
            "session": session,
            "other": other,
            "room": room,
            "trainer": trainer,
            "group": self._group(first),
            "item": self.items.get(first, first),
            "role": self.roles.get(second, self.trainers.get(second, second)),
            "language_of": self._group(third),
            "other_group": self._group(second),
            "kind": self.kinds.get(first, first),
            "sessions": self.sessions(keys[1:]),
            "chain": self.sessions(keys),
            "what": self._any(third),
            "who": self._any(first),
            "role_first": self.roles.get(first, first),
        }
        return Reason(text % named, remedy % named)


def _day_in_words(key: str) -> str:
    try:
        return formats.date_in_words(date.fromisoformat(key))
    except ValueError:
        return key
