"""How many a budget line counts, as the edition's design proposes: participants, teams, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from .models import Activity

Data = Mapping[str, Any]

BASES: dict[str, str | Promise] = {
    "per_participant": gettext_lazy("each participant"),
    "per_team": gettext_lazy("each team"),
    "per_day": gettext_lazy("each day"),
    "per_trainer_day": gettext_lazy("each day of a trainer"),
    "per_cohort": gettext_lazy("each cohort"),
    "lump_sum": gettext_lazy("a lump sum"),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A quantity and where it comes from, in words; None where the design does not say."""

    quantity: Decimal | None
    words: str


def basis_word(basis: str) -> str:
    """What a line is counted by, in words."""
    return str(BASES.get(basis, basis.replace("_", " ")))


def proposed_quantity(basis: str, document: Data, activities: Iterable[Activity]) -> Proposed:
    """How many of what the basis counts the design asks for; for the coordinator to correct.

    Participants and teams are counted once, where an edition has most of them, as those of a
    course come from its camp. Days and days of trainers are added up over all activities.
    """
    places = {one.code: one.places for one in activities}
    parts = [one for one in document.get("activities", ()) if one["code"] in places]
    if basis == "per_participant":
        return _largest({_title(one): places[one["code"]] for one in parts})
    if basis == "per_team":
        return _largest({_title(one): teams_of(one) for one in parts})
    if basis == "per_day":
        return _added({_title(one): teaching_days(one) for one in parts})
    if basis == "per_trainer_day":
        return _added({_title(one): trainer_days(one) for one in parts})
    if basis == "per_cohort":
        return _added({_title(one): 1 for one in parts})
    return Proposed(Decimal(1), _("a lump sum"))


def teams_of(part: Data) -> int | None:
    """The most teams an activity takes: as it says, else its places by the least size of a team."""
    cohort = part.get("cohort", {})
    if "max_teams" in cohort:
        return int(cohort["max_teams"])
    least = cohort.get("team_size", {}).get("min")
    most = cohort.get("max")
    return most // least if most and least else None


def teaching_days(part: Data) -> int:
    """The days on which an activity is taught: its days, or its sessions where it lasts weeks."""
    duration = part.get("duration", {})
    if "days" in duration:
        return int(duration["days"])
    return len({_day(one) for one in part.get("sessions", ())}) or int(duration.get("weeks", 0))


def trainer_days(part: Data) -> int:
    """Days of all trainers: each role on the days of the sessions that need it."""
    return sum(
        _how_many(role, part) * _days_of_role(role, part) for role in part.get("trainer_roles", ())
    )


def _how_many(role: Data, part: Data) -> int:
    if "per_teams" in role:
        return -(-(teams_of(part) or 0) // int(role["per_teams"]))
    return int(role.get("per_cohort", 1))


def _days_of_role(role: Data, part: Data) -> int:
    only = role.get("sessions_only")
    sessions = part.get("sessions", ())
    if only is not None:
        return len({_day(one) for one in sessions if one.get("id") in only})
    named = {_day(one) for one in sessions if role["code"] in one.get("roles", ())}
    return len(named) or teaching_days(part)


def _day(session: Data) -> tuple[Any, Any]:
    """One day of a camp, or one live session of a week: a course is taught on some evenings."""
    if "week" in session:
        return session["week"], session.get("slot", session.get("day", session.get("id")))
    return None, session.get("day")


def _title(part: Data) -> str:
    return in_language(part.get("title")) or str(part["code"])


def _largest(counts: Mapping[str, int | None]) -> Proposed:
    known = {title: count for title, count in counts.items() if count is not None}
    if not known:
        return Proposed(None, _("the design does not say how many"))
    title = max(known, key=lambda one: known[one])
    words = {"activity": title, "count": formats.number(known[title])}
    return Proposed(Decimal(known[title]), _("%(activity)s: %(count)s") % words)


def _added(counts: Mapping[str, int]) -> Proposed:
    if not counts:
        return Proposed(None, _("the design does not say how many"))
    listed = [
        _("%(activity)s: %(count)s") % {"activity": title, "count": formats.number(count)}
        for title, count in counts.items()
    ]
    return Proposed(Decimal(sum(counts.values())), formats.in_a_row(listed, ";"))
