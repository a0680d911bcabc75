"""Publish a version."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import PlacementClashes, SessionsUnplaced, WrongState
from ..models import Placement, Timetable
from ..queries import placements_of
from .clashes import clashes_elsewhere, clashes_within, in_words, lock_what_is_shared
from .letters import by_session, is_same, tell_published
from .repairs import settle_repairs


@transaction.atomic
def publish_timetable(timetable: Timetable, *, by: Person | None) -> Timetable:
    """Put a draft in force; the version before it is superseded.

    Sessions keep their calendar entries, those that moved with a higher sequence. Trainers
    and enrolled people get a letter with what is new to them, and nobody else does.
    Locks the activity, and the rooms and trainers it shares with others.

    Raises:
        WrongState: it is no draft.
        SessionsUnplaced: sessions laid out since have no time in it.
        PlacementClashes: a room, trainer or group would be in two sessions at once.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=timetable.activity_id)
    timetable = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    if timetable.state != Timetable.State.DRAFT:
        raise WrongState(_("Only a draft can be published."))
    listed = [p for p in placements_of(timetable) if not p.session.is_cancelled]
    _refuse_unplaced(timetable, {placement.session_id for placement in listed})
    lock_what_is_shared(listed)
    wrong = clashes_within(listed) + clashes_elsewhere(timetable, listed)
    if wrong:
        raise PlacementClashes(in_words(wrong))

    standing = timetable.activity.timetables.filter(state=Timetable.State.PUBLISHED).first()
    before = by_session(placements_of(standing)) if standing else {}
    now = by_session(listed)
    moved = _carry_sequences(timetable, now, before)
    if standing:
        standing.state = Timetable.State.SUPERSEDED
        standing.save(update_fields=["state"])
    timetable.state, timetable.published_at = Timetable.State.PUBLISHED, clock.now()
    timetable.save(update_fields=["state", "published_at"])
    told = tell_published(timetable, standing, now, by=by)
    settled = settle_repairs(timetable.activity)
    after = {
        "version": timetable.number,
        "sessions": len(now),
        "moved": moved,
        **told,
        "repairs_settled": settled,
    }
    record("published", timetable, by=by, after=after)
    return timetable


def _refuse_unplaced(timetable: Timetable, placed: set[int]) -> None:
    live = timetable.activity.sessions.filter(is_cancelled=False)
    unplaced = [session for session in live if session.pk not in placed]
    if unplaced:
        raise SessionsUnplaced(
            ngettext(
                "%(count)s session has no time in this version: %(sessions)s. Build a new one.",
                "%(count)s sessions have no time in this version: %(sessions)s. Build a new one.",
                len(unplaced),
            )
            % {"count": len(unplaced), "sessions": ", ".join(s.code for s in unplaced[:6])}
        )


def _carry_sequences(
    timetable: Timetable, now: Mapping[int, Placement], before: Mapping[int, Placement]
) -> int:
    """Number the calendar entries so that they only grow; returns how many sessions moved."""
    last: dict[int, Placement] = {}
    earlier = Placement.objects.filter(session__in=now).exclude(timetable__state="draft")
    for placement in earlier.order_by("timetable__number"):
        last[placement.session_id] = placement
    moved = 0
    for pk, placement in now.items():
        known, old = last.get(pk), before.get(pk)
        if known is None:
            continue
        if old is None:  # called off in between, which counted one already
            placement.sequence = known.sequence + 2
        else:
            placement.sequence = known.sequence + (0 if is_same(placement, old) else 1)
            moved += not is_same(placement, old)
    Placement.objects.bulk_update(now.values(), ["sequence"])
    return moved
