"""Letters to those whom a version, or a session called off, concerns: only what is new to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.foundation.messages.models import Message
from karvan.foundation.messages.services import Preview, preview_message, write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.models import Record
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Activity

from ..feeds import feed_path
from ..models import Placement, Session, Timetable
from ..queries import placements_of

NOWHERE: frozenset[int | None] = frozenset()


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
        named = self._named(self.now)
        if self.before is None:
            return _("%(session)s: %(when)s, %(room)s") % named
        was = self._named(self.before)
        now = {**named, **{f"{key}_was": value for key, value in was.items()}, "was": was["when"]}
        if named["when"] != was["when"]:
            return _("%(session)s: now %(when)s, %(room)s (before: %(was)s)") % now
        if named["room"] != was["room"]:
            return _("%(session)s: %(when)s, now in %(room)s (before: %(room_was)s)") % now
        if named["until"] != was["until"]:
            return (
                _("%(session)s: %(when)s, %(room)s, now until %(until)s (before: %(until_was)s)")
                % now
            )
        return _("%(session)s: %(when)s, %(room)s, now with %(with)s (before: %(with_was)s)") % now

    def _named(self, placement: Placement) -> dict[str, str]:
        zone = self.session.activity.edition.time_zone
        trainers = pgettext("list", ", ").join(str(trainer) for trainer in placement.trainers.all())
        return {
            "session": str(self.session),
            "when": formats.datetime_in_words(placement.starts_at, zone=zone),
            "until": formats.datetime_in_words(placement.ends_at, zone=zone),
            "room": str(placement.room) if placement.room else _("no room"),
            "with": trainers or _("nobody"),
        }


@dataclass(frozen=True)
class Reader:
    """Somebody whom a timetable concerns: as a trainer, as one of a group, or as both.

    ``attends`` are the groups whose sessions the person attends, None for those of all, and
    ``attended`` those of the time when the version before was published: none for somebody
    who came after that and has been told nothing yet. ``since`` is when he or she came.
    """

    person: Person
    teaches: bool = False
    attends: frozenset[int | None] = NOWHERE
    attended: frozenset[int | None] = NOWHERE
    since: datetime | None = None

    def is_in(self, placement: Placement | None, *, before: bool = False) -> bool:
        """True if the person is to be at this placement, or was to be by what was told before."""
        if placement is None:
            return False
        if self.teaches and self._teaches(placement):
            return True
        return placement.session.group_id in (self.attended if before else self.attends)

    def _teaches(self, placement: Placement) -> bool:
        return any(t.person_id == self.person.pk for t in placement.trainers.all())


def readers_of(activity: Activity, standing: Timetable | None = None) -> list[Reader]:
    """Everybody with an address who teaches or takes part in an activity, once. Four queries.

    ``standing`` is the version that each was told last.
    """
    teaching = {one.person_id: one.person for one in activity.trainers.select_related("person")}
    readers: dict[int, Reader] = {pk: Reader(who, teaches=True) for pk, who in teaching.items()}
    enrolments = list(activity.enrolments.filter(state="enrolled").select_related("person"))
    at = standing.published_at if standing else None
    moved = _groups_before(activity, [one.pk for one in enrolments], at)
    for one in enrolments:
        is_new = at is None or one.enrolled_at > at
        readers[one.person_id] = Reader(
            one.person,
            teaches=one.person_id in teaching,
            attends=frozenset({None, one.group_id}),
            attended=NOWHERE if is_new else frozenset({None, moved.get(one.pk, one.group_id)}),
            since=one.enrolled_at if at and is_new else None,
        )
    return [reader for reader in readers.values() if reader.person.email]


def _groups_before(
    activity: Activity, enrolments: Iterable[int], at: datetime | None
) -> dict[int, int | None]:
    """Enrolment → the group it was in at a moment, for those put into another one since."""
    listed = [str(pk) for pk in enrolments]
    if at is None or not listed:
        return {}
    codes = dict(activity.groups.values_list("code", "pk"))
    changes = Record.objects.filter(
        subject_kind=activity.enrolments.model._meta.label_lower,
        subject_id__in=listed,
        act="changed group",
        at__gt=at,
    )
    found: dict[int, int | None] = {}
    for change in changes.order_by("number"):
        found.setdefault(int(change.subject_id), codes.get(change.before.get("group") or ""))
    return found


def changes_for(
    reader: Reader, now: Mapping[int, Placement], before: Mapping[int, Placement]
) -> list[Change]:
    """What two versions, session → placement, mean for one person, by time."""
    found: list[tuple[Placement, Change]] = []
    for pk in {*now, *before}:
        new = now.get(pk) if reader.is_in(now.get(pk)) else None
        old = before.get(pk) if reader.is_in(before.get(pk), before=True) else None
        either = new or old
        if either is None or (new and old and is_same(new, old)):
            continue
        if reader.since is None or either.ends_at > reader.since:
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


@dataclass(frozen=True)
class Letter:
    """What one person is told of a version."""

    reader: Reader
    kind: str
    changes: list[Change]
    context: Mapping[str, Any] = field(repr=False)

    def preview(self) -> Preview:
        """The letter as this person will read it; nothing is written."""
        person = self.reader.person
        return preview_message(self.kind, context=self.context, language=person.language)


def letters_about(timetable: Timetable) -> list[Letter]:
    """The letters that publishing this draft would write, by name. Nine queries, no letter."""
    standing = timetable.activity.timetables.filter(state=Timetable.State.PUBLISHED).first()
    before = told_before(standing) if standing else {}
    return _letters(timetable, standing, by_session(placements_of(timetable)), before)


def tell_published(
    timetable: Timetable,
    standing: Timetable | None,
    now: Mapping[int, Placement],
    *,
    by: Person | None,
) -> dict[str, Any]:
    """Write to everybody for whom something is new since the version ``standing``.

    Returns what the record keeps: how many letters, to whom, and how many in each language.
    """
    before = told_before(standing) if standing else {}
    letters = _letters(timetable, standing, now, before)
    for letter in letters:
        person = letter.reader.person
        write_message(
            letter.kind,
            to=person,
            key=f"{letter.kind}:{timetable.pk}:{person.pk}",
            context=letter.context,
            scope=timetable.scope,
            by=by,
        )
    return {
        "told": len(letters),
        "readers": sorted(letter.reader.person.pk for letter in letters),
        "languages_told": languages_of(letters),
    }


def languages_of(letters: Iterable[Letter]) -> dict[str, int]:
    """Language → how many of the letters are written in it."""
    listed = [letter.reader.person.language for letter in letters]
    return {code: listed.count(code) for code in sorted(set(listed))}


def people_to_tell(timetable: Timetable) -> int:
    """How many people publishing this draft would write to."""
    return len(letters_about(timetable))


def letters_written(timetable: Timetable) -> list[Message]:
    """The letters that a published version was told with, by their readers' names."""
    keys = [f"timetables/{kind}:{timetable.pk}:" for kind in ("changes", "published")]
    written = Message.objects.filter(key__startswith=keys[0]) | Message.objects.filter(
        key__startswith=keys[1]
    )
    return list(written.select_related("to_person").order_by("to_person__full_name", "pk"))


def told_before(standing: Timetable) -> dict[int, Placement]:
    """Session → its place in the version in force, as people know it.

    A session a person called off was told of at once and is left out; one that the design has
    no more is in, since nobody was told that it vanished.
    """
    return {
        p.session_id: p
        for p in placements_of(standing)
        if not (p.session.is_cancelled and p.session.cancel_reason)
    }


def by_session(placements: Iterable[Placement]) -> dict[int, Placement]:
    """Session → its placement, for those sessions that are held."""
    return {p.session_id: p for p in placements if not p.session.is_cancelled}


def _letters(
    timetable: Timetable,
    standing: Timetable | None,
    now: Mapping[int, Placement],
    before: Mapping[int, Placement],
) -> list[Letter]:
    letters = []
    for reader in readers_of(timetable.activity, standing):
        changes = changes_for(reader, now, before)
        if not changes:
            continue
        knows_some = any(reader.is_in(old, before=True) for old in before.values())
        person = reader.person
        context = {
            "activity": timetable.activity,
            "changes": changes,
            "feed": settings.SITE_ADDRESS + feed_path("person", person.pk, person.language),
        }
        kind = "timetables/changes" if knows_some else "timetables/published"
        letters.append(Letter(reader, kind, changes, context))
    return sorted(letters, key=lambda letter: (str(letter.reader.person), letter.reader.person.pk))


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
