"""Why a team's year cannot be ordered, in words, with the countries' names and what would help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .errors import Reason
from .models import Rollout, RolloutStop
from .rollout_quarters import quarter_in_words
from .rollout_windows import Window

Windows = dict[str, tuple[Window, ...]]


def reasons_of(rollout: Rollout, stops: list[RolloutStop], windows: Windows) -> list[Reason]:
    """A sentence for each rule that clashes with the others; ``windows`` by the edition's code."""
    return [_Words(rollout, stops, windows).of(one) for one in rollout.reasons]


def window_in_words(window: Window) -> str:
    """Its name; Ramadan by its own."""
    return _("Ramadan") if window.kind == "ramadan" else window.name


class _Words:
    """The sentences of one rollout."""

    def __init__(self, rollout: Rollout, stops: list[RolloutStop], windows: Windows) -> None:
        self.rollout = rollout
        self.stops = {stop.edition.code: stop for stop in stops}
        self.windows = windows

    def of(self, said: dict[str, Any]) -> Reason:
        """The rule as a sentence; what would help only where giving way was tried and helps."""
        write: Callable[[dict[str, Any]], tuple[str, str]] = getattr(
            self, f"_{said['kind']}", self._unknown
        )
        text, remedy = write(said)
        return Reason(text, remedy if said.get("amount") is not None else "")

    def _unknown(self, _said: dict[str, Any]) -> tuple[str, str]:
        return _(
            "The search was stopped before it could tell. Fix more days, or take a longer year."
        ), ""

    def _visit(self, said: dict[str, Any]) -> tuple[str, str]:
        country = self._country(said)
        return (
            _("%(country)s is to be held between %(days)s, with the way there and home.")
            % {
                "country": country,
                "days": formats.days_in_words(self.rollout.day_from, self.rollout.day_to),
            },
            _("Leave %(country)s to another year.") % {"country": country},
        )

    def _ready(self, said: dict[str, Any]) -> tuple[str, str]:
        return (
            _("%(country)s is not ready before %(day)s.")
            % {"country": self._country(said), "day": self._day(said, "ready_from")},
            _("Let it be ready %(days)s earlier.") % {"days": _days(said)},
        )

    def _visa(self, said: dict[str, Any]) -> tuple[str, str]:
        days = self._stop(said).visa_days
        return (
            _("The visa for %(country)s takes %(days)s from when it is ready.")
            % {"country": self._country(said), "days": _count(days)},
            _("Get the visa %(days)s sooner.") % {"days": _days(said)},
        )

    def _done_by(self, said: dict[str, Any]) -> tuple[str, str]:
        return (
            _("%(country)s is to be over by %(day)s.")
            % {"country": self._country(said), "day": self._day(said, "done_by")},
            _("Let it be over %(days)s later.") % {"days": _days(said)},
        )

    def _fixed(self, said: dict[str, Any]) -> tuple[str, str]:
        return (
            _("%(country)s is fixed to begin on %(day)s.")
            % {"country": self._country(said), "day": self._day(said, "fixed_on")},
            _("Take another day."),
        )

    def _closed(self, said: dict[str, Any]) -> tuple[str, str]:
        listed = self.windows.get(said["keys"][0], ())
        window = next((one for one in listed if one.key == said["keys"][1]), None)
        if window is None:
            return _("%(country)s is closed.") % {"country": self._country(said)}, ""
        return (
            _("Nothing is held in %(country)s on %(days)s: %(name)s.")
            % {
                "country": self._country(said),
                "days": formats.days_in_words(window.first, window.last),
                "name": window_in_words(window),
            },
            _("Let the team be there on these days all the same."),
        )

    def _quarter(self, said: dict[str, Any]) -> tuple[str, str]:
        key, currency = said["keys"][0], self.rollout.programme.currency
        most = self.rollout.quarters.get(key, 0)
        return (
            _("In %(quarter)s no more than %(sum)s may be spent.")
            % {"quarter": quarter_in_words(key), "sum": formats.money(most, currency)},
            _("Allow %(sum)s more.") % {"sum": formats.money(said["amount"] or 0, currency)},
        )

    def _handover(self, said: dict[str, Any]) -> tuple[str, str]:
        return (
            _("Between two editions the team has %(days)s for the handover.")
            % {"days": _count(self.rollout.handover_days)},
            _("Make it %(days)s fewer.") % {"days": _days(said)},
        )

    def _stop(self, said: dict[str, Any]) -> RolloutStop:
        return self.stops[said["keys"][0]]

    def _country(self, said: dict[str, Any]) -> str:
        return str(self._stop(said).edition.country)

    def _day(self, said: dict[str, Any], field: str) -> str:
        day = getattr(self._stop(said), field)
        return formats.date_in_words(day) if day else ""


def _days(said: dict[str, Any]) -> str:
    return _count(said["amount"] or 0)


def _count(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": formats.number(days)}
