"""Nobody and no room in two sessions at once: the check every published version has passed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Room

from ..models import Placement, Timetable
from ..queries import placements_listed

MOST_NAMED = 5


def lock_what_is_shared(placements: Iterable[Placement]) -> None:
    """Lock the rooms and the trainers' persons of these placements, in one order.

    Two activities that are published at once and share a room or a trainer then wait for
    each other, and the second one sees the first.
    """
    listed = list(placements)
    rooms = {placement.room_id for placement in listed if placement.room_id}
    persons = {trainer.person_id for p in listed for trainer in p.trainers.all()}
    list(Room.objects.select_for_update().filter(pk__in=rooms).order_by("pk").values("pk"))
    list(
        Person.objects.select_for_update(of=("self",))
        .filter(pk__in=persons)
        .order_by("pk")
        .values("pk")
    )


def clashes_within(placements: Iterable[Placement]) -> list[str]:
    """What is in two sessions at once among these placements of one version, in sentences."""
    ordered = sorted(placements, key=lambda p: (p.starts_at, p.pk))
    found: list[str] = []
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            found += _shared(one, other)
    return list(dict.fromkeys(found))


def clashes_elsewhere(timetable: Timetable, placements: Iterable[Placement]) -> list[str]:
    """The same against the versions in force of other activities. Two queries."""
    listed = list(placements)
    if not listed:
        return []
    rooms = {placement.room_id for placement in listed if placement.room_id}
    persons = {trainer.person_id for p in listed for trainer in p.trainers.all()}
    shared = Placement.objects.filter(
        Q(room__in=rooms) | Q(trainers__person__in=persons),
        timetable__state=Timetable.State.PUBLISHED,
        session__is_cancelled=False,
        starts_at__lt=max(p.ends_at for p in listed),
        ends_at__gt=min(p.starts_at for p in listed),
    ).exclude(timetable__activity=timetable.activity_id)
    others = list(placements_listed().filter(pk__in=shared.values("pk")))
    found: list[str] = []
    for one in listed:
        for other in others:
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                found += _shared(one, other)
    return list(dict.fromkeys(found))


def in_words(clashes: list[str]) -> str:
    """The first few sentences of a list of clashes, and how many more there are."""
    shown = " ".join(clashes[:MOST_NAMED])
    more = len(clashes) - MOST_NAMED
    return _("%(shown)s And %(more)s more.") % {"shown": shown, "more": more} if more > 0 else shown


def _shared(one: Placement, other: Placement) -> list[str]:
    """What two placements at the same time share."""
    named = {
        "one": one.session,
        "other": other.session,
        "when": formats.datetime_in_words(
            max(one.starts_at, other.starts_at), zone=one.session.activity.edition.time_zone
        ),
    }
    found = []
    if one.room_id is not None and one.room_id == other.room_id:
        found.append(
            _("%(room)s would hold “%(one)s” and “%(other)s” at once, %(when)s.")
            % {**named, "room": one.room}
        )
    theirs = {trainer.person_id for trainer in other.trainers.all()}
    for trainer in one.trainers.all():
        if trainer.person_id in theirs:
            found.append(
                _("%(trainer)s would teach “%(one)s” and “%(other)s” at once, %(when)s.")
                % {**named, "trainer": trainer}
            )
    if one.session.activity_id == other.session.activity_id and _same_people(one, other):
        group = one.session.group or other.session.group or _("The cohort")
        found.append(
            _("%(group)s would sit in “%(one)s” and “%(other)s” at once, %(when)s.")
            % {**named, "group": group}
        )
    return found


def _same_people(one: Placement, other: Placement) -> bool:
    if one.session.is_choice and other.session.is_choice:
        return False
    first, second = one.session.group_id, other.session.group_id
    return first is None or second is None or first == second
