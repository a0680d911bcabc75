"""Letters to those whom a version, or a session called off, concerns: only what is new to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Activity

from ..feeds import feed_path
from ..models import Placement, Session, Timetable
from ..queries import placements_of


@dataclass(frozen=True)
class Change:
    """What is new about one session for one person. ``words`` speaks the active language."""

    session: Session
    now: Placement | None
    before: Placement | None

    def words(self) -> str:
        """One line: what, when and where it is now, and where it was."""
        if self.now is None and self.before is not None:
            return _("no longer for you: %(session)s, %(when)s") % self._named(self.before)
        assert self.now is not None
        if self.before is None:
            return _("%(session)s: %(when)s, %(room)s") % self._named(self.now)
        was = self._named(self.before)
        now = {**self._named(self.now), "was": was["when"], "room_was": was["room"]}
        if was["when"] != now["when"]:
            return _("%(session)s: now %(when)s, %(room)s (before: %(was)s)") % now
        if was["room"] != now["room"]:
            return _("%(session)s: %(when)s, now in %(room)s (before: %(room_was)s)") % now
        return _("%(session)s: %(when)s, %(room)s, with other trainers") % now

    def _named(self, placement: Placement) -> dict[str, str]:
        zone = self.session.activity.edition.time_zone
        return {
            "session": str(self.session),
            "when": formats.datetime_in_words(placement.starts_at, zone=zone),
            "room": str(placement.room) if placement.room else _("no room"),
        }


@dataclass(frozen=True)
class Reader:
    """Somebody whom a timetable concerns: as a trainer, or as one of a group."""

    person: Person
    teaches: bool
    group_id: int | None = None

    def is_in(self, placement: Placement | None) -> bool:
        """True if the person is to be at this placement."""
        if placement is None:
            return False
        if self.teaches:
            return any(t.person_id == self.person.pk for t in placement.trainers.all())
        return placement.session.group_id in (None, self.group_id)


def readers_of(activity: Activity) -> list[Reader]:
    """Everybody with an address who teaches or takes part in an activity. Two queries."""
    teaching = [
        Reader(trainer.person, teaches=True)
        for trainer in activity.trainers.select_related("person")
        if trainer.person.email
    ]
    taught = [
        Reader(enrolment.person, teaches=False, group_id=enrolment.group_id)
        for enrolment in activity.enrolments.filter(state="enrolled").select_related("person")
        if enrolment.person.email
    ]
    return [*teaching, *taught]


def changes_for(
    reader: Reader, now: Mapping[int, Placement], before: Mapping[int, Placement]
) -> list[Change]:
    """What two versions, session → placement, mean for one person, by time."""
    found: list[tuple[Placement, Change]] = []
    for pk in {*now, *before}:
        new = now.get(pk) if reader.is_in(now.get(pk)) else None
        old = before.get(pk) if reader.is_in(before.get(pk)) else None
        either = new or old
        if either is not None and not (new and old and is_same(new, old)):
            found.append((either, Change(either.session, new, old)))
    found.sort(key=lambda pair: (pair[0].starts_at, pair[0].pk))
    return [change for _placement, change in found]


def is_same(one: Placement, other: Placement) -> bool:
    """True if two versions hold a session at the same time, in the same room, by the same people."""
    return (
        one.starts_at == other.starts_at
        and one.ends_at == other.ends_at
        and one.room_id == other.room_id
        and {t.pk for t in one.trainers.all()} == {t.pk for t in other.trainers.all()}
    )


def tell_published(
    timetable: Timetable,
    now: Mapping[int, Placement],
    before: Mapping[int, Placement],
    *,
    by: Person | None,
) -> int:
    """Write to everybody for whom something is new; returns how many letters were written."""
    told = 0
    for reader in readers_of(timetable.activity):
        changes = changes_for(reader, now, before)
        if changes:
            _write("changes" if before else "published", timetable, reader, changes, by)
            told += 1
    return told


def people_to_tell(timetable: Timetable) -> int:
    """How many people publishing this draft would write to. Six queries, no letter."""
    now = by_session(placements_of(timetable))
    standing = timetable.activity.timetables.filter(state=Timetable.State.PUBLISHED).first()
    before = by_session(placements_of(standing)) if standing else {}
    return sum(bool(changes_for(r, now, before)) for r in readers_of(timetable.activity))


def by_session(placements: Iterable[Placement]) -> dict[int, Placement]:
    """Session → its placement, for those sessions that are held."""
    return {p.session_id: p for p in placements if not p.session.is_cancelled}


def tell_cancelled(session: Session, in_force: Timetable, *, by: Person | None) -> int:
    """Write to everybody who would have been at a session; returns how many letters."""
    placement = placements_of(in_force).filter(session=session).first()
    told = 0
    for reader in readers_of(session.activity) if placement else []:
        if reader.is_in(placement):
            write_message(
                "timetables/cancelled",
                to=reader.person,
                key=f"timetables/cancelled:{session.pk}:{reader.person.pk}",
                context={
                    "session": session,
                    "change": Change(session, placement, None),
                    "activity": session.activity,
                    "reason": session.cancel_reason,
                },
                scope=session.scope,
                by=by,
            )
            told += 1
    return told


def _write(
    name: str, timetable: Timetable, reader: Reader, changes: list[Change], by: Person | None
) -> None:
    person = reader.person
    part = "teacher" if reader.teaches else "participant"
    write_message(
        f"timetables/{name}",
        to=person,
        key=f"timetables/{name}:{timetable.pk}:{part}:{person.pk}",
        context={
            "activity": timetable.activity,
            "changes": changes,
            "feed": settings.SITE_ADDRESS + feed_path("person", person.pk, person.language),
        },
        scope=timetable.scope,
        by=by,
    )
