"""Take a session of a published blueprint into a draft, with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person

from ..document import UnknownPath, identity_of, value_at, with_value
from ..errors import NoSuchSession
from ..models import Blueprint
from ..sessions import origin_of
from .saving import Saved, base_of, locked_draft, save_data

# What a session names in its own activity, and the list in which the draft must have it.
_NAMED = {"room": "rooms", "roles": "trainer_roles", "outcomes": "outcomes"}
# What belongs to the place where it stood.
_PLACE = ("id", "day", "week", "slot", "gate", "origin")


@dataclass(frozen=True, slots=True)
class Taken:
    """The session as it came in: its new id, and what its new activity does not have."""

    saved: Saved
    session: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fitted:
    session: dict[str, Any]
    left_out: tuple[str, ...]


@transaction.atomic
def take_session(
    draft: Blueprint,
    *,
    activity: str,
    version: Blueprint,
    of: str,
    session: str,
    note: str,
    base_revision: int,
    by: Person | None,
    day: int | None = None,
    week: int | None = None,
    slot: str = "",
) -> Taken:
    """Copy a session of a published version (its activity ``of``) into an activity of the draft.

    It stands after the other sessions of its day or week and says where it came from. Rooms,
    roles and outcomes that its new activity does not have are left out and told; languages the
    draft is not written in too. What it then lacks is among the draft's problems.

    Raises:
        NoSuchSession: the version or the draft has no such thing, or it is not published.
        NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    base = base_of(draft, base_revision)
    source = _session_of(version, of, session)
    try:
        target = value_at(base.data, f"activities.{activity}")
    except UnknownPath as error:
        raise NoSuchSession(str(error)) from error
    place: dict[str, Any] = {"day": day, "week": week, "slot": slot}
    origin = origin_of(version, of, session)
    fitted = _fitted(source, target, base.data.get("languages", ()), place, origin)
    sessions = _inserted(target.get("sessions", []), fitted.session)
    wanted = with_value(base.data, f"activities.{activity}.sessions", sessions)
    said = note or _("Taken from %(origin)s") % {"origin": origin}
    saved = save_data(draft, base=base, wanted=wanted, act="session taken", note=said, by=by)
    return Taken(saved, fitted.session["id"], fitted.left_out)


def _session_of(version: Blueprint, activity: str, session: str) -> Mapping[str, Any]:
    try:
        found = value_at(version.data, f"activities.{activity}.sessions.{session}")
    except UnknownPath as error:
        raise NoSuchSession(str(error)) from error
    if version.state != Blueprint.State.PUBLISHED or not isinstance(found, dict):
        raise NoSuchSession(_("Sessions are taken from published versions."))
    return found


def _fitted(
    source: Mapping[str, Any],
    target: Mapping[str, Any],
    languages: Any,
    place: Mapping[str, Any],
    origin: str,
) -> _Fitted:
    left_out: list[str] = []
    copy: dict[str, Any] = {"id": _free_id(str(source["id"]), target)}
    copy |= {key: value for key, value in place.items() if value}
    for key, value in source.items():
        if key in _PLACE:
            continue
        if key in _NAMED:
            known = {identity_of(one) for one in target.get(_NAMED[key], ())}
            left_out += [str(one) for one in _each(value) if one not in known]
            value = _kept(value, known)
        elif key == "title":
            value = {name: text for name, text in value.items() if name in languages} or value
        if value not in (None, []):
            copy[key] = value
    return _Fitted({**copy, "origin": origin}, tuple(left_out))


def _kept(value: Any, known: set[str | None]) -> Any:
    if isinstance(value, list):
        return [one for one in value if one in known]
    return value if value in known else None


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _free_id(wanted: str, target: Mapping[str, Any]) -> str:
    taken = {identity_of(one) for one in target.get("sessions", ())}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _inserted(sessions: list[Any], session: dict[str, Any]) -> list[Any]:
    """After the last session of the same day or an earlier one; the same for weeks."""
    key = "week" if "week" in session else "day"
    wanted = session.get(key)
    at = len(sessions)
    if isinstance(wanted, int):
        earlier = [
            place
            for place, one in enumerate(sessions)
            if isinstance(one.get(key), int) and one[key] <= wanted
        ]
        at = earlier[-1] + 1 if earlier else 0
    return [*sessions[:at], session, *sessions[at:]]
