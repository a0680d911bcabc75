"""A small activity with sessions, rooms and trainers enough to have a timetable."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.stages.editions.models import Activity, Edition, Room
from karvan.stages.timetables.services import add_trainer, lay_out_sessions
from tests import make


def design(sessions: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """The small document with these sessions; its trainer roles are HEAD and FACIL."""
    data = make.small_document("TVP")
    activity = data["activities"][0]
    activity["sessions"] = [
        {"kind": "plenary", "room": "HALL", "roles": ["HEAD"], "title": make.texts(s["id"]), **s}
        for s in sessions
    ]
    activity["trainer_roles"] = [
        {"code": "HEAD", "title": make.texts("Head trainer"), "per_cohort": 1},
        {"code": "FACIL", "title": make.texts("Facilitator"), "per_teams": 2},
    ]
    activity["rooms"] = [
        {"code": "HALL", "title": make.texts("Hall"), "seats": 40},
        {"code": "TEAM", "title": make.texts("Team room"), "seats": 12, "count": 2},
    ]
    activity["cohort"] = {"min": 2, "max": 20, "team_size": {"min": 2, "max": 5}}
    activity.update(more)
    return data


def activity(
    sessions: list[dict[str, Any]] | None = None,
    *,
    starts_on: date = date(2026, 9, 14),
    ends_on: date | None = None,
    country: str = "AZ",
    **more: Any,
) -> Activity:
    """An activity of this design, of 20 places, in an edition with a venue of no rooms."""
    listed = sessions if sessions is not None else [{"id": "D1S1", "day": 1, "minutes": 60}]
    base = make.blueprint(data=design(listed, **more))
    edition = make.edition(of=base, country=make.country(country))
    return make.activity(
        of=edition,
        format=more.get("format", "boot_camp"),
        planned_starts_on=starts_on,
        planned_ends_on=ends_on or starts_on,
        places=20,
    )


def room(of: Edition, code: str = "HALL", *, seats: int = 40, **fields: Any) -> Room:
    """A room of a venue the edition uses."""
    venue = of.venues.first() or make.venue(country=of.country)
    venue.editions.add(of)
    return make.room(code, venue=venue, seats=seats, kinds=fields.pop("kinds", ["HALL"]), **fields)


def ready(sessions: list[dict[str, Any]] | None = None, *, head: int = 1, **more: Any) -> Activity:
    """The same with a hall, ``head`` head trainers, and its sessions laid out."""
    made = activity(sessions, **more)
    room(made.edition)
    for _n in range(head):
        add_trainer(made, person=make.person(), roles=["HEAD"], by=None)
    lay_out_sessions(made, by=None)
    return made
