"""Why there is no timetable, in words: the engine's clashes with names and what would free them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.engines.timetabling import Clash, ClashKind, TimetableProblem
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from ..errors import Reason
from .translating import Given

MOST_SESSIONS_NAMED = 6


def reasons_in_words(
    given: Given, clashes: Iterable[Clash], problem: TimetableProblem
) -> list[Reason]:
    """One sentence a clash, each once; the sessions that clash with nothing but rules come last."""
    listed = list(clashes)
    words = [
        _Words(given, problem).of(clash) for clash in listed if clash.kind != ClashKind.SESSION
    ]
    bound = [clash.keys[0] for clash in listed if clash.kind == ClashKind.SESSION]
    if bound:
        words.append(_Words(given, problem).sessions_bound(bound))
    holidays = _holidays(given)
    if words and holidays:
        words.append(
            Reason(
                _("Holidays between the activity's dates: %(days)s.") % {"days": holidays},
                _("Open one of them for the activity, or plan other dates."),
            )
        )
    return list(dict.fromkeys(words))


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
        return self._rule(kind, keys)

    def sessions_bound(self, codes: list[str]) -> Reason:
        """The sessions that these rules cannot all let through."""
        named = ", ".join(self.titles.get(code, code) for code in codes[:MOST_SESSIONS_NAMED])
        more = len(codes) - MOST_SESSIONS_NAMED
        if more > 0:
            named = ngettext("%(named)s and %(more)s more", "%(named)s and %(more)s more", more) % {
                "named": named,
                "more": more,
            }
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
        sessions = ", ".join(self.titles.get(code, code) for code in codes)
        who = self.trainers.get(key) if kind == ClashKind.TRAINER_OVERFULL else self._group(key)
        return Reason(
            _("%(who)s would have more minutes than are open, with %(sessions)s.")
            % {"who": who, "sessions": sessions},
            _("Plan the activity over more days, open a closed day, or shorten a session."),
        )

    def _group(self, key: str) -> str:
        return self.groups.get(key, _("The cohort"))

    def _rule(self, kind: ClashKind, keys: tuple[str, ...]) -> Reason:
        first, second = (*keys, "", "")[:2]
        session, other = self.titles.get(first, first), self.titles.get(second, second)
        room, trainer = self.rooms.get(first, first), self.trainers.get(first, first)
        text, remedy = {
            ClashKind.ORDER: (
                _("%(session)s must be over before %(other)s begins."),
                _("Give the two sessions another order or another day."),
            ),
            ClashKind.DAY_RANGE: (
                _("%(session)s is to be held on its own day or in its own week."),
                _("Let it be held on another day, or open a closed day."),
            ),
            ClashKind.FIXED: (_("%(session)s is fixed to the last open day of its week."), ""),
            ClashKind.SAME_DAY: (_("%(session)s and %(other)s belong on one day."), ""),
            ClashKind.OTHER_DAY: (
                _("%(session)s and %(other)s are held on different days."),
                _("Open a closed day in that week."),
            ),
            ClashKind.ROOM: (
                _("%(session)s needs a free room of its kind that seats everybody."),
                _("Add a room of that kind, or make smaller groups."),
            ),
            ClashKind.GROUP_BUSY: (_("%(group)s can be in one session at a time."), ""),
            ClashKind.TRAINER_BUSY: (
                _("%(trainer)s can be in one session at a time."),
                _("Add another trainer with the same role."),
            ),
            ClashKind.TRAINER_AWAY: (
                _("%(trainer)s is not there on every day, or teaches elsewhere."),
                _("Ask the trainer for more days, or add another one."),
            ),
            ClashKind.TRAINER_LOAD: (
                _("%(trainer)s has a most minutes a day that this would exceed."),
                _("Raise the most minutes a day, or add another trainer."),
            ),
            ClashKind.ROOM_BUSY: (
                _("%(room)s holds one session at a time."),
                _("Add another room of that kind."),
            ),
            ClashKind.ROOM_CLOSED: (
                _("%(room)s is taken by another activity at times."),
                _("Use another room, or move the other activity."),
            ),
            ClashKind.EQUIPMENT: (
                _("There is not enough of %(item)s for two sessions at once."),
                _("Bring more of it."),
            ),
            ClashKind.CLOSED_TIME: (
                _("%(session)s does not fit into the open hours."),
                _("Shorten it, or open another day."),
            ),
            ClashKind.NO_OPEN_TIME: (
                _("%(session)s fits into no open stretch of its days."),
                _("Shorten it, or plan the activity on other dates."),
            ),
            ClashKind.ROOM_KIND: (
                _("%(room)s does not serve as the room that %(other)s needs."),
                "",
            ),
            ClashKind.ROOM_SEATS: (_("%(room)s has too few seats for %(other)s."), ""),
            ClashKind.ORDER_CYCLE: (
                _("%(session)s and %(other)s each wait for the other."),
                _("Mend the order in the design."),
            ),
            ClashKind.WORK_LIMIT: (
                _("The search was stopped before it could tell whether there is a timetable."),
                _("Let it work longer, or make the task smaller: fewer groups or more rooms."),
            ),
        }.get(kind, (_("A rule cannot be kept: %(session)s."), ""))
        named = {
            "session": session,
            "other": other,
            "room": room,
            "trainer": trainer,
            "group": self._group(first),
            "item": self.items.get(first, first),
        }
        return Reason(text % named, remedy)
