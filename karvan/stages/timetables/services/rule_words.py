"""A sentence for each rule of the engine that can stand in the way, and what would help."""

from __future__ import annotations

from django.utils.translation import gettext as _

Words = dict[str, tuple[str, str]]


def rule_words(kind: str) -> tuple[str, str]:
    """The sentence of a kind of clash and its remedy, both with places for names."""
    known = {**_of_sessions(), **_of_places(), **_of_trainers(), **_of_people(), **_of_input()}
    return known.get(kind, (_("A rule cannot be kept: %(session)s."), ""))


def _of_sessions() -> Words:
    return {
        "order": (
            _("%(session)s must be over before %(other)s begins."),
            _("Give the two sessions another order or another day."),
        ),
        "no_later": (
            _("%(other)s may not begin so long after %(session)s."),
            _("Allow more time between the two, or hold them on days nearer to each other."),
        ),
        "day_range": (
            _("%(session)s is to be held on its own day or in its own week."),
            _("Let it be held on another day, or open a closed day."),
        ),
        "fixed": (
            _("%(session)s is locked or fixed to a time at which it cannot be held."),
            _("Unlock it, or free that time."),
        ),
        "held": (
            _("%(session)s is held in place."),
            _("Unlock it, so that it may move."),
        ),
        "same_day": (
            _("%(session)s and %(other)s belong on one day."),
            _("Let them be held on different days."),
        ),
        "other_day": (
            _("%(session)s and %(other)s are held on different days."),
            _("Open a closed day in that week."),
        ),
        "closed_time": (
            _("%(session)s does not fit into the open hours."),
            _("Shorten it, or open another day."),
        ),
        "no_open_time": (
            _("%(session)s fits into no open stretch of its days."),
            _("Shorten it, or plan the activity on other dates."),
        ),
    }


def _of_places() -> Words:
    return {
        "room": (
            _("%(session)s needs a free room of its kind that seats everybody."),
            _("Add a room of that kind, or make smaller groups."),
        ),
        "room_busy": (
            _("%(room)s holds one session at a time."),
            _("Add another room of that kind."),
        ),
        "room_closed": (
            _("%(room)s is taken by another activity at times."),
            _("Use another room, or move the other activity."),
        ),
        "room_kind": (_("%(room)s does not serve as the room that %(other)s needs."), ""),
        "room_seats": (_("%(room)s has too few seats for %(other)s."), ""),
        "rooms_overfull": (
            _(
                "The rooms that serve as %(kind)s are open for fewer minutes than %(sessions)s need."
            ),
            _("Add a room of that kind, or plan the activity over more days."),
        ),
        "equipment": (
            _("There is not enough of %(item)s for two sessions at once."),
            _("Bring more of it."),
        ),
        "equipment_overfull": (
            _("There is not enough of %(item)s for all of %(sessions)s."),
            _("Bring more of it, or plan the activity over more days."),
        ),
        "travel": (
            _("%(who)s needs time to travel between two cities."),
            _("Hold the sessions in one city that day, or leave more time between them."),
        ),
    }


def _of_trainers() -> Words:
    return {
        "trainer_busy": (
            _("%(trainer)s can be in one session at a time."),
            _("Add another trainer with the same role."),
        ),
        "trainer_away": (
            _("%(trainer)s is not there on every day, or teaches elsewhere."),
            _("Ask the trainer for more days, or add another one."),
        ),
        "trainer_load": (
            _("%(trainer)s has a most minutes a day that this would exceed."),
            _("Raise the most minutes a day, or add another trainer."),
        ),
        "trainer_week": (
            _("%(trainer)s has a most minutes a week that this would exceed."),
            _("Raise the most minutes a week, or add another trainer."),
        ),
        "language": (
            _("%(trainer)s and %(other_group)s have no language in common."),
            _("Let another trainer teach them, or note a language that both speak."),
        ),
        "no_shared_language": (
            _("For %(session)s nobody as %(role)s shares a language with %(language_of)s."),
            _("Add a trainer who speaks their language, or note a language that both speak."),
        ),
        "role_overfull": (
            _(
                "All trainers with the role %(role_first)s together have too few minutes for %(sessions)s."
            ),
            _("Add a trainer with that role, or raise the most minutes a day."),
        ),
    }


def _of_people() -> Words:
    return {
        "group_busy": (
            _("%(group)s can be in one session at a time."),
            _("Plan the activity over more days, or shorten a session."),
        ),
        "groups_share": (
            _("%(group)s and %(other_group)s have people in common and cannot sit at once."),
            _("Change who is in which group, or hold the sessions one after the other."),
        ),
    }


def _of_input() -> Words:
    return {
        "too_long": (
            _("%(session)s is longer than every open stretch of the activity's days."),
            _("Shorten it, or divide it into two sessions in the design."),
        ),
        "fixed_together": (
            _("%(session)s and %(other)s are locked at the same time and share %(what)s."),
            _("Unlock one of them."),
        ),
        "order_cycle": (
            _("These sessions wait for each other in a ring: %(chain)s."),
            _("Mend the order in the design."),
        ),
        "no_time_in_order": (
            _("There is too little time for these sessions one after the other: %(chain)s."),
            _("Plan the activity over more days, or shorten one of them."),
        ),
        "no_times": (
            _(
                "There are no times that keep every rule for all of these, however they are moved: "
                "%(chain)s."
            ),
            _("Open a closed day, give the activity more days, or add rooms or trainers."),
        ),
        "work_limit": (
            _("The search was stopped before it could tell whether there is a timetable."),
            _("Let it work longer, or make the task smaller: fewer groups or more rooms."),
        ),
    }
