"""Drafts made from a version, locked in parts, held against what is in force, or thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import WrongState
from ..models import Placement, Session, Timetable
from ..queries import placements_of, published_timetable
from .letters import by_session


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft does to one session. ``now`` is None where it is no longer held."""

    session: Session
    now: Placement | None
    before: Placement | None

    @property
    def what(self) -> tuple[str, ...]:
        """In the reader's language: new, no longer held, moved, another room, other trainers."""
        if self.before is None:
            return (_("new"),)
        if self.now is None:
            return (_("no longer held"),)
        times = (self.now.starts_at, self.now.ends_at)
        found = [_("moved")] if times != (self.before.starts_at, self.before.ends_at) else []
        if self.now.room_id != self.before.room_id:
            found.append(_("another room"))
        if _who(self.now) != _who(self.before):
            found.append(_("other trainers"))
        return tuple(found)


@transaction.atomic
def copy_as_draft(timetable: Timetable, *, by: Person | None) -> Timetable:
    """A new draft with everything where the version has it, to be changed by hand.

    Times, rooms, trainers with their roles, locks and calendar sequences are taken over;
    sessions called off since are not. Cost: about six queries.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=timetable.activity_id)
    last = activity.timetables.aggregate(last=Max("number"))["last"] or 0
    draft = Timetable.objects.create(
        activity_id=timetable.activity_id,
        number=last + 1,
        made=Timetable.Made.COPIED,
        based_on=timetable,
        seed=timetable.seed,
        cost=timetable.cost,
        bound=timetable.bound,
        is_proved=timetable.is_proved,
        costs=timetable.costs,
        closed_days=timetable.closed_days,
        note=timetable.note,
        made_by=by,
        made_at=clock.now(),
    )
    held = list(timetable.placements.filter(session__is_cancelled=False).order_by("pk"))
    copies = Placement.objects.bulk_create(
        Placement(
            timetable=draft,
            session_id=one.session_id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            room_id=one.room_id,
            roles=one.roles,
            is_locked=one.is_locked,
            sequence=one.sequence,
        )
        for one in held
    )
    _copy_trainers(dict(zip((one.pk for one in held), copies, strict=True)))
    after = {"version": draft.number, "from": timetable.number, "sessions": len(copies)}
    record("copied", draft, by=by, after=after)
    return draft


@transaction.atomic
def throw_away(timetable: Timetable, *, by: Person | None) -> None:
    """Delete a draft; nobody was told of it.

    Raises:
        WrongState: it is or was in force.
    """
    timetable = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    if timetable.state != Timetable.State.DRAFT:
        raise WrongState(_("Only a draft can be thrown away; what was in force stays on record."))
    before = {"version": timetable.number, "sessions": timetable.placements.count()}
    record("draft thrown away", timetable.activity, by=by, before=before)
    timetable.delete()


@transaction.atomic
def lock_placements(placements: Iterable[Placement], *, locked: bool, by: Person | None) -> int:
    """Lock sessions in their places, or unlock them; returns how many it changed.

    A locked one is moved neither by hand nor by anything that builds, improves or repairs.
    All must be of one version.

    Raises:
        WrongState: the version was superseded.
    """
    keys = [placement.pk for placement in placements]
    changing = Placement.objects.filter(pk__in=keys).exclude(is_locked=locked)
    of = Timetable.objects.filter(placements__in=keys).distinct().values_list("pk", flat=True)
    timetables = list(Timetable.objects.select_for_update(of=("self",)).filter(pk__in=list(of)))
    if any(one.state == Timetable.State.SUPERSEDED for one in timetables):
        raise WrongState(_("This version was superseded; lock sessions in a newer one."))
    codes = sorted(changing.values_list("session__code", flat=True))
    count = changing.update(is_locked=locked)
    for one in timetables if count else ():
        act = "locked sessions" if locked else "unlocked sessions"
        record(act, one, by=by, after={"sessions": ", ".join(codes)})
    return count


def differences(timetable: Timetable, placements: Sequence[Placement]) -> list[Difference]:
    """What a draft with these placements changes in the version in force, by time.

    Empty where nothing is in force. Three queries.
    """
    in_force = published_timetable(timetable.activity)
    if in_force is None or in_force.pk == timetable.pk:
        return []
    before = by_session(placements_of(in_force))
    now = {one.session_id: one for one in placements}
    found = []
    for key in {*now, *before}:
        new, old = now.get(key), before.get(key)
        either = new or old
        if either is not None and not (new is None and either.session.is_cancelled):
            found.append(Difference(either.session, new, old))
    changed = [one for one in found if one.what]
    return sorted(changed, key=_when)


def _when(one: Difference) -> tuple[str, int]:
    either = one.now or one.before
    return (either.starts_at.isoformat() if either else "", one.session.pk)


def _who(placement: Placement) -> set[int]:
    return {trainer.pk for trainer in placement.trainers.all()}


def _copy_trainers(copies: dict[int, Placement]) -> None:
    """Write who teaches in the copies, old placement → new one. Two queries."""
    through = Placement.trainers.through
    rows = through.objects.filter(placement__in=copies).values_list("placement_id", "trainer_id")
    through.objects.bulk_create(
        through(placement_id=copies[placement].pk, trainer_id=trainer)
        for placement, trainer in rows.order_by("pk")
    )
