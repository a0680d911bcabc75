"""What would free a clash, as the engine tried it out, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _


def remedy_words(kind: str) -> str:
    """The sentence of a kind of remedy, with places for names."""
    return {**_of_sessions(), **_of_people(), **_of_things()}.get(kind, "")


def _of_sessions() -> dict[str, str]:
    return {
        "shorter": _("Make %(session)s %(amount)s minutes shorter."),
        "days_widened": _("Let %(session)s be held up to %(amount)s days earlier or later."),
        "unfixed": _("Let %(session)s move: unlock it."),
        "order_dropped": _("Let %(other)s begin before %(session)s is over."),
        "no_later_dropped": _("Let %(other)s begin longer after %(session)s."),
        "same_day_dropped": _("Let %(session)s and %(other)s be held on different days."),
        "other_day_dropped": _("Let %(session)s and %(other)s be held on one day."),
        "session_dropped": _("Leave out %(session)s."),
    }


def _of_people() -> dict[str, str]:
    return {
        "more_days": _("%(trainer)s would have to come on these days too: %(days)s."),
        "more_minutes_a_day": _("Let %(trainer)s teach %(amount)s minutes more a day."),
        "more_minutes_a_week": _("Let %(trainer)s teach %(amount)s minutes more a week."),
        "more_trainers": _("Add %(amount)s × %(role)s."),
        "language_learnt": _("Give %(trainer)s an interpreter for %(group)s."),
    }


def _of_things() -> dict[str, str]:
    return {
        "more_rooms": _("Add %(amount)s more that serves as %(kind)s."),
        "more_seats": _("Find %(kind)s with %(amount)s seats more."),
        "room_opened": _("Free %(room)s on %(days)s."),
        "more_equipment": _("Bring %(amount)s × %(item)s more."),
        "day_opened": _("Open %(day)s for the activity."),
    }
