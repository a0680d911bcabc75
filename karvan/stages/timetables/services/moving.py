"""Move a session of a draft by hand: to another time, another room, other trainers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Room

from ..errors import PlacementClashes, WrongState
from ..models import Placement, Timetable, Trainer
from ..queries import placements_of
from .clashes import clashes_within
from .places import LEFT_TO_THE_PERSON, Kind, Setting

# What can keep a trainer from a session.
OF_TRAINERS = (
    Kind.TRAINER_BUSY,
    Kind.TRAINER_AWAY,
    Kind.TRAINER_LOAD,
    Kind.TRAINER_WEEK,
    Kind.LANGUAGE,
    Kind.TRAVEL,
)


@transaction.atomic
def move_placement(
    placement: Placement, *, starts_at: datetime, room: Room | None, by: Person | None
) -> Placement:
    """Hold a session of a draft at another time or in another room.

    Its trainers stay with it. A place that breaks a rule is refused with every rule named.
    The version's cost is counted anew.

    Raises:
        WrongState: the version is published already, the session is locked, or the day is
            none of the activity's.
        PlacementClashes: why it cannot be held there.
    """
    placement = _held_in_draft(placement)
    timetable = placement.timetable
    setting = Setting(timetable)
    why_not = _against(setting, placement, starts_at=starts_at, room=room)
    if why_not:
        raise PlacementClashes(" ".join(why_not))
    before = {"starts_at": placement.starts_at, "room": placement.room and placement.room.code}
    placement.starts_at = starts_at
    placement.ends_at = starts_at + timedelta(minutes=setting.minutes_of(placement))
    placement.room = room
    placement.save(update_fields=["starts_at", "ends_at", "room"])
    _count_anew(timetable, setting, placement)
    after = {"starts_at": starts_at, "room": room and room.code, "version": timetable.number}
    record("moved", placement.session, by=by, before=before, after=after)
    return placement


@transaction.atomic
def change_trainers(
    placement: Placement, *, roles: Mapping[str, Sequence[Trainer]], by: Person | None
) -> Placement:
    """Let others teach a session of a draft, by role; returns the placement.

    The version's cost is counted anew. Fewer or more than the design asks for are let through: that is for people to decide.

    Raises:
        WrongState: the version is published already, the session is locked, or somebody is
            named in two roles.
        PlacementClashes: why one of them cannot teach it.
    """
    placement = _held_in_draft(placement)
    named = [trainer for held in roles.values() for trainer in held]
    if len({trainer.pk for trainer in named}) < len(named):
        raise WrongState(_("Nobody fills two roles in one session."))
    setting = Setting(placement.timetable)
    keys = {role: tuple(sorted(str(t.pk) for t in held)) for role, held in roles.items() if held}
    why_not = _against_trainers(setting, placement, keys)
    if why_not:
        raise PlacementClashes(
            " ".join(dict.fromkeys(w for words in why_not.values() for w in words))
        )
    before = {"trainers": sorted(trainer.pk for trainer in placement.trainers.all())}
    placement.roles = {role: list(held) for role, held in keys.items()}
    placement.save(update_fields=["roles"])
    placement.trainers.set(named)
    _count_anew(
        placement.timetable, setting, placements_of(placement.timetable).get(pk=placement.pk)
    )
    after = {
        "trainers": sorted(trainer.pk for trainer in named),
        "version": placement.timetable.number,
    }
    record("trainers changed", placement.session, by=by, before=before, after=after)
    return placement


def trainers_for(placement: Placement) -> dict[str, list[tuple[Trainer, tuple[str, ...]]]]:
    """For each role of a session, who has it, the free ones first, and why the others cannot.

    Cost: the queries of ``Setting``, and one question to the engine for each trainer.
    """
    setting = Setting(placement.timetable)
    found: dict[str, list[tuple[Trainer, tuple[str, ...]]]] = {}
    for role in placement.session.trainer_roles:
        choices = []
        for trainer in setting.given.trainers:
            if role in trainer.roles:
                key = str(trainer.pk)
                against = _against_trainers(setting, placement, {role: (key,)})
                choices.append((trainer, tuple(against.get(key, ()))))
        found[role] = sorted(choices, key=lambda pair: (bool(pair[1]), str(pair[0])))
    return found


def reasons_against(placement: Placement, *, starts_at: datetime, room: Room | None) -> list[str]:
    """Why a session of a draft cannot be held there, in sentences; none if it can.

    Raises:
        WrongState: the day is none of the activity's.
    """
    return _against(Setting(placement.timetable), placement, starts_at=starts_at, room=room)


def _held_in_draft(placement: Placement) -> Placement:
    """The placement read anew, its version locked; refused where it must stay as it is."""
    timetable = (
        Timetable.objects.select_for_update(of=("self",))
        .select_related("activity__edition")
        .get(pk=placement.timetable_id)
    )
    if timetable.state != Timetable.State.DRAFT:
        raise WrongState(
            _("A published version never changes; open a draft from it and move it there.")
        )
    placement = placements_of(timetable).get(pk=placement.pk)
    if placement.is_locked:
        raise WrongState(
            _("“%(session)s” is locked in its place. Unlock it first.")
            % {"session": placement.session}
        )
    placement.timetable = timetable
    return placement


def _against(
    setting: Setting, placement: Placement, *, starts_at: datetime, room: Room | None
) -> list[str]:
    day, start = setting.place_of(starts_at)
    if room is not None and room.pk not in {known.pk for known in setting.given.rooms}:
        raise WrongState(_("This room is in no venue of the edition."))
    found = engine.why_not_here(
        setting.problem,
        setting.answer,
        placement.session.code,
        day,
        start,
        str(room.pk) if room else None,
    )
    against = [clash for clash in found if clash.kind not in LEFT_TO_THE_PERSON]
    words = [setting.sentence(clash, placement.session.code) for clash in against]
    if not words:
        return []
    if any(clash.kind == Kind.CLOSED_TIME for clash in against):
        words.append(setting.closed_then(day, start, setting.minutes_of(placement)))
    moved = Placement(
        timetable=placement.timetable,
        session=placement.session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=setting.minutes_of(placement)),
        room=room,
    )
    named = _named_clashes(setting, placement, moved)
    return list(dict.fromkeys(word for word in (named or words) if word))


def _named_clashes(setting: Setting, placement: Placement, moved: Placement) -> list[str]:
    """What the moved placement would share with others at that time, with names and times."""
    others = [
        other
        for other in setting.placements
        if other.pk != placement.pk
        and moved.starts_at < other.ends_at
        and other.starts_at < moved.ends_at
    ]
    moved.pk = placement.pk
    return [text for other in others for text in clashes_within([moved, other])]


def _against_trainers(
    setting: Setting, placement: Placement, roles: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str]]:
    """For each of these trainers who cannot teach the session at its time, why, in sentences."""
    code, there = placement.session.code, setting.placed(placement)
    placed = {
        **setting.answer.placements,
        code: engine.Placement(there.day, there.start, there.room, roles),
    }
    tried = engine.Timetable(placed, engine.Costs(), bound=0, proved=False)
    found: dict[str, list[str]] = {}
    named = {key for held in roles.values() for key in held}
    for clash in engine.why_not_here(
        setting.problem, tried, code, there.day, there.start, there.room
    ):
        if clash.kind in OF_TRAINERS and clash.keys[0] in named:
            found.setdefault(clash.keys[0], []).append(setting.sentence(clash, code))
    return found


def _count_anew(timetable: Timetable, setting: Setting, moved: Placement) -> None:
    """What the version costs with one session changed; nothing is proved of it any more."""
    placed = {**setting.answer.placements, moved.session.code: setting.placed(moved)}
    costs = engine.costs_of(setting.problem, placed)
    timetable.cost, timetable.costs = costs.total, costs.by_goal()
    timetable.bound, timetable.is_proved = None, False
    timetable.save(update_fields=["cost", "costs", "bound", "is_proved"])
