"""Where an edition differs from its blueprint: only as far as the locks allow, and with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    Problem,
    UnknownPath,
    allowed,
    changes,
    lock_of,
    value_at,
    with_value,
)
from karvan.stages.blueprints.document.paths import named
from karvan.stages.blueprints.document.structure import structure_findings

from .. import queries
from ..errors import Locked, Malformed, NoSuchPart, NothingChanges, ReasonMissing, WrongState
from ..models import Activity, Departure, Edition

# What a departure on a whole part is allowed by, when several locks reach inside it.
_STRICTEST = (Level.BOUNDED, Level.TO_SUPPLY, Level.FREE)
_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@transaction.atomic
def depart(edition: Edition, *, path: str, after: Any, reason: str, by: Person | None) -> Departure:
    """Let the edition differ from its blueprint at one part; returns the departure.

    ``after`` is the new value, or ``REMOVED`` (None is the same) to take the part away.
    An earlier departure at this part, or inside it, is superseded and stays in the list.
    Going back to the blueprint's own value supersedes without a new one: the departure
    that ended is returned.

    Raises:
        Locked: the lock in force does not allow it; the message names lock and reason.
        Malformed: the value has not the shape that this part must have.
        NoSuchPart: the blueprint has no such part.
        NothingChanges: the part has this value already.
        ReasonMissing: no reason was given.
        WrongState: the edition is over.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in _OVER:
        raise WrongState(_("This edition is over; its design stays as it was."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the edition departs from the blueprint."))
    value = REMOVED if after is None else after
    standing = list(queries.standing_departures(edition))
    inside = [one for one in standing if one.path == path or one.path.startswith(f"{path}.")]
    present = queries.with_departures(edition.blueprint.data, standing)
    without = queries.with_departures(
        edition.blueprint.data, [one for one in standing if one not in inside]
    )
    level = _level_allowing(present, without, path, value)
    _refuse_malformed(without, path, value)
    _supersede(inside)
    before = _value(without, path)
    if _same(without, path, value):
        return _gone_back(edition, inside, path, reason, by)
    departure = Departure.objects.create(
        edition=edition,
        path=path,
        before=None if before is REMOVED else before,
        after=None if value is REMOVED else value,
        level=level,
        reason=reason.strip(),
        made_by=by,
        made_at=clock.now(),
    )
    _follow(edition, path)
    written = {path: departure.after}
    record(
        "departed", edition, by=by, before={path: departure.before}, after=written, reason=reason
    )
    return departure


def _level_allowing(present: Any, without: Any, path: str, value: Any) -> str:
    """The level of the lock that lets the value in, or an error in words."""
    try:
        refusal = allowed(without, path, value)
        if refusal is not None:
            raise Locked(refusal.message)
        if _same(present, path, value):
            raise NothingChanges(_("This part has that value already."))
        levels = {
            lock_of(without, one.path).level
            for one in changes(without, with_value(without, path, value))
        }
    except UnknownPath as error:
        raise NoSuchPart(str(error)) from error
    found = levels or {lock_of(without, path).level}
    return next(level for level in _STRICTEST if level in found).value


def _refuse_malformed(without: Any, path: str, value: Any) -> None:
    """A part may be at odds with others for a while, but never of a shape that nobody can read."""
    changed = with_value(without, path, value)
    found = _malformed(changed)
    new = found - _malformed(without) if found else found
    if new:
        listed = "\n".join(str(Problem(where, None, what)) for where, what in sorted(new))
        raise Malformed(listed)


def _malformed(data: Any) -> set[tuple[str, str]]:
    return {(named(data, raw), message) for raw, message in structure_findings(data)}


def _supersede(departures: list[Departure]) -> None:
    ids = [one.pk for one in departures]
    Departure.objects.filter(pk__in=ids).update(superseded_at=clock.now())
    for one in departures:
        one.superseded_at = clock.now()


def _gone_back(
    edition: Edition, ended: list[Departure], path: str, reason: str, by: Person | None
) -> Departure:
    """The part has the blueprint's value again: the earlier departure ends, none begins."""
    last = next((one for one in reversed(ended) if one.path == path), ended[-1])
    _follow(edition, path)
    before = {one.path: one.after for one in ended}
    record("departure ended", edition, by=by, before=before, reason=reason)
    return last


def _follow(edition: Edition, path: str) -> None:
    """An activity's places follow the greatest cohort of its design."""
    parts = path.split(".")
    if parts[0] != "activities" or len(parts) < 2:
        return
    for activity in Activity.objects.filter(edition=edition, code=parts[1]):
        places = queries.activity_document(activity).get("cohort", {}).get("max")
        if places != activity.places:
            activity.places = places
            activity.save(update_fields=["places"])


def _value(data: Any, path: str) -> Any:
    try:
        return value_at(data, path)
    except UnknownPath:
        return REMOVED


def _same(data: Any, path: str, value: Any) -> bool:
    held = _value(data, path)
    if held is REMOVED or value is REMOVED:
        return held is value
    return next(changes(held, value), None) is None
