"""Sessions that an edition adds to its design: its own, and those of published blueprints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.stages.blueprints.document import UnknownPath, identity_of, value_at
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.sessions import origin_of

from .. import queries
from ..errors import NoSuchPart, SessionThere
from ..models import Departure, Edition
from .departing import depart

# What a session names in its own activity, and the list in which the other must have it.
_NAMED = {"room": "rooms", "roles": "trainer_roles", "outcomes": "outcomes"}
# What belongs to the place where it stood.
_PLACE = ("id", "day", "week", "slot", "gate", "origin")


@dataclass(frozen=True, slots=True)
class TakenSession:
    """The departure that brought a session in, and what of it its new activity does not have."""

    departure: Departure
    left_out: tuple[str, ...]


@transaction.atomic
def add_session(
    edition: Edition, *, activity: str, session: Mapping[str, Any], reason: str, by: Person | None
) -> Departure:
    """Add a session of one's own to an activity's design; ``session`` is as in a blueprint.

    Raises:
        SessionThere: the activity has a session of this code.
        Locked, Malformed, NoSuchPart, ReasonMissing, WrongState: as for ``depart``.
    """
    design = queries.departed_document(edition)
    if str(session["id"]) in _codes(_activity_of(design, activity)):
        raise SessionThere(
            _("This activity has a session %(code)s already. Choose another code.")
            % {"code": session["id"]}
        )
    path = f"activities.{activity}.sessions.{session['id']}"
    return depart(edition, path=path, after=dict(session), reason=reason, by=by)


@transaction.atomic
def take_session(
    edition: Edition,
    *,
    activity: str,
    version: Blueprint,
    of: str,
    session: str,
    place: int,
    reason: str,
    by: Person | None,
) -> TakenSession:
    """Copy a session of a published version (its activity ``of``) into an activity's design.

    It is held on the day, or in the week, ``place`` and says where it came from. Rooms, roles
    and outcomes that the activity does not have are left out and told.

    Raises:
        NoSuchPart: there is no such session, or its version is not published.
        Locked, Malformed, ReasonMissing, WrongState: as for ``depart``.
    """
    source = _published(version, of, session)
    design = queries.departed_document(edition)
    target = _activity_of(design, activity)
    fitted, left_out = _fitted(source, target)
    languages = design.get("languages", ())
    titles = {key: text for key, text in source["title"].items() if key in languages}
    copy = {
        "id": _free_code(str(source["id"]), target),
        ("week" if "weeks" in target["duration"] else "day"): place,
        **fitted,
        "title": titles or source["title"],
        "origin": origin_of(version, of, session),
    }
    made = add_session(edition, activity=activity, session=copy, reason=reason, by=by)
    return TakenSession(made, left_out)


def _published(version: Blueprint, of: str, session: str) -> Mapping[str, Any]:
    if version.state != Blueprint.State.PUBLISHED:
        raise NoSuchPart(_("Sessions are taken from published versions."))
    try:
        found: Mapping[str, Any] = value_at(version.data, f"activities.{of}.sessions.{session}")
    except UnknownPath as error:
        raise NoSuchPart(str(error)) from error
    return found


def _activity_of(design: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = value_at(design, f"activities.{code}")
    except UnknownPath as error:
        raise NoSuchPart(str(error)) from error
    return found


def _fitted(
    source: Mapping[str, Any], target: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What of a session its new activity can hold, and the names in it that lead nowhere there."""
    fitted: dict[str, Any] = {}
    left_out: list[str] = []
    for key, value in source.items():
        if key in _PLACE:
            continue
        if key not in _NAMED:
            fitted[key] = value
            continue
        known = {identity_of(one) for one in target.get(_NAMED[key], ())}
        named = value if isinstance(value, list) else [value]
        kept = [one for one in named if one in known]
        left_out += [one for one in named if one not in known]
        if kept:
            fitted[key] = kept if isinstance(value, list) else kept[0]
    return fitted, tuple(left_out)


def _codes(activity: Mapping[str, Any]) -> set[str]:
    return {str(one["id"]) for one in activity.get("sessions", ())}


def _free_code(wanted: str, target: Mapping[str, Any]) -> str:
    """The session's own code, or that with a number where it is taken."""
    taken, code, number = _codes(target), wanted, 2
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code
