"""Where an edition differs from its blueprint: only as far as the locks allow, and with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    Refusal,
    UnknownPath,
    allowed,
    changes,
    lock_of,
    with_value,
)
from karvan.stages.blueprints.document.paths import named, split
from karvan.stages.blueprints.document.structure import structure_findings

from .. import queries
from ..errors import Locked, Malformed, NoSuchPart, NothingChanges, ReasonMissing, WrongState
from ..models import Activity, Departure, Edition
from .standing import Standing, Step, is_at, standing_of, steps_at, value_or_none

# What a departure on a whole part is allowed by, when several locks reach inside it.
_STRICTEST = (Level.BOUNDED, Level.TO_SUPPLY, Level.FREE)
_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)
# Who may change what is the blueprint's to say; a design does not free itself.
LAW = ("karvan", "code", "locks", "default_lock")


@dataclass(frozen=True, slots=True)
class _Written:
    """What one step wrote: a departure that began, or those that ended."""

    begun: Departure | None
    ended: tuple[Departure, ...]


@transaction.atomic
def depart(edition: Edition, *, path: str, after: Any, reason: str, by: Person | None) -> Departure:
    """Let the edition differ from its blueprint at one part; returns the departure.

    ``after`` is the new value, or ``REMOVED`` (None is the same) to take the part away.
    An earlier departure at this part, or inside it, is superseded and stays in the list.
    Going back to the blueprint's own value supersedes without a new one: the departure
    that ended is returned. On a part that holds what no country may change, each smallest
    part that differs departs by itself; the last one is returned.

    Raises:
        Locked: the lock in force does not allow it; the message names lock and reason.
        Malformed: the value has not the shape that this part must have.
        NoSuchPart: the blueprint has no such part.
        NothingChanges: the part has this value already.
        ReasonMissing: no reason was given.
        WrongState: the edition is over.
    """
    edition = edition_to_change(edition, reason)
    value = REMOVED if after is None else after
    held = standing_of(edition)
    refuse_locked(edition, held, path, value)
    try:
        steps = steps_at(held, path, value)
    except ValueError as error:
        raise NoSuchPart(str(error)) from error
    if is_at(held.design, path, value) or not steps:
        raise NothingChanges(_("This part has that value already."))
    return write_steps(edition, held, steps, reason=reason, by=by)[-1]


def edition_to_change(edition: Edition, reason: str) -> Edition:
    """The edition, locked, once it is known that it can depart and that somebody says why.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: the edition is over.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("blueprint", "programme__owner")
        .get(pk=edition.pk)
    )
    if edition.state in _OVER:
        raise WrongState(_("This edition is over; its design stays as it was."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the edition departs from the blueprint."))
    return edition


def write_steps(
    edition: Edition, held: Standing, steps: Sequence[Step], *, reason: str, by: Person | None
) -> list[Departure]:
    """Write these departures with one reason and one record; returns those begun, else those ended.

    The edition is locked and a reason given. Every step is held against its lock.

    Raises:
        Locked, Malformed, NoSuchPart: as for ``depart``; nothing is written.
    """
    before = held.design
    begun: list[Departure] = []
    ended: list[Departure] = []
    for path, value in steps:
        written = _write(edition, held, path, value, reason, by)
        held = _after(held, written)
        ended += written.ended
        begun += [written.begun] if written.begun else []
    _refuse_malformed(before, held.design)
    _follow(edition, (path for path, _value in steps))
    told = {one.path: one.before for one in begun}
    if begun:
        made = {one.path: one.after for one in begun}
        record("departed", edition, by=by, before=told, after=made, reason=reason)
    else:
        old = {one.path: one.after for one in ended}
        record("departure ended", edition, by=by, before=old, reason=reason)
    return begun or ended


def refusal_of(edition: Edition, held: Standing, path: str, value: Any) -> Refusal | None:
    """What refuses a step, in words that name the lock, who keeps it and why; None if nothing does.

    Raises:
        UnknownPath: there is no such part.
    """
    without = held.without(path)
    if split(path)[:1] and split(path)[0] in LAW:
        lock = lock_of(without, path)
        return Refusal(path, _("Locks are the blueprint's; an edition changes none of them."), lock)
    version = edition.blueprint.number
    owner = str(edition.programme.owner)
    for one, part in steps_at(held, path, value):
        refusal = allowed(held.without(one), one, part, owner=owner, version=version)
        if refusal is not None:
            return refusal
    return None


def refuse_locked(edition: Edition, held: Standing, path: str, value: Any) -> None:
    """Let a step pass, or raise.

    Raises:
        Locked: its lock refuses it.
        NoSuchPart: there is no such part.
    """
    try:
        refusal = refusal_of(edition, held, path, value)
    except UnknownPath as error:
        raise NoSuchPart(str(error)) from error
    except ValueError as error:
        raise Locked(str(error)) from error
    if refusal is not None:
        raise Locked(refusal.message)


def level_of(held: Standing, path: str, value: Any) -> str:
    """The level of the lock that lets a step in: the strictest of those that reach inside it."""
    without = held.without(path)
    levels = {
        lock_of(without, one.path).level
        for one in changes(without, with_value(without, path, value))
    } or {lock_of(without, path).level}
    return next(level for level in _STRICTEST if level in levels).value


def _write(
    edition: Edition, held: Standing, path: str, value: Any, reason: str, by: Person | None
) -> _Written:
    refuse_locked(edition, held, path, value)
    inside, without = held.inside(path), held.without(path)
    _supersede(inside)
    if is_at(without, path, value):
        last = [one for one in inside if one.path == path]
        return _Written(None, (*(one for one in inside if one not in last), *last))
    before = value_or_none(without, path)
    departure = Departure.objects.create(
        edition=edition,
        path=path,
        before=None if before is REMOVED else before,
        after=None if value is REMOVED else value,
        level=level_of(held, path, value),
        cause=Departure.Cause.LOCAL,
        version=edition.blueprint.number,
        reason=reason.strip(),
        made_by=by,
        made_at=clock.now(),
    )
    return _Written(departure, inside)


def _after(held: Standing, written: _Written) -> Standing:
    kept = tuple(one for one in held.standing if one not in written.ended)
    return Standing(held.base, (*kept, written.begun) if written.begun else kept)


def _refuse_malformed(before: Any, after: Any) -> None:
    """Parts may be at odds with others for a while, but never of a shape that nobody can read."""
    found = malformed(after)
    new = found - malformed(before) if found else found
    if new:
        listed = "\n".join(str(Problem(where, None, what)) for where, what in sorted(new))
        raise Malformed(listed)


def malformed(data: Any) -> set[tuple[str, str]]:
    """What of a document has not the shape it must have: where, and what in words."""
    return {(named(data, raw), message) for raw, message in structure_findings(data)}


def _supersede(departures: Iterable[Departure]) -> None:
    listed = list(departures)
    ids = [one.pk for one in listed]
    Departure.objects.filter(pk__in=ids).update(superseded_at=clock.now())
    for one in listed:
        one.superseded_at = clock.now()


def _follow(edition: Edition, paths: Iterable[str]) -> None:
    """An activity's places follow the greatest cohort of its design."""
    parts = [split(path) for path in paths]
    codes = {one[1] for one in parts if one[0] == "activities" and len(one) > 1}
    if not codes:
        return
    for activity in Activity.objects.filter(edition=edition, code__in=codes):
        places = queries.activity_document(activity).get("cohort", {}).get("max")
        if places != activity.places:
            activity.places = places
            activity.save(update_fields=["places"])
