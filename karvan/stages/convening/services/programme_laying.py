"""The programme goes to the timetable: sessions, who speaks in them, and what people want to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.people.services import create_person
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold
from karvan.stages.timetables.models import Session, SessionWish, Trainer
from karvan.stages.timetables.queries import rooms_of

from ..errors import WrongState
from ..models import Author, Paper, ProgrammeSession, Symposium
from ..queries.programme_clashes import wished_sessions
from ..symposium_design import design_of

Kind = ProgrammeSession.Kind
ORDER = (Kind.OPENING, Kind.PLENARY, Kind.KEYNOTE, Kind.PAPERS, Kind.PANEL, Kind.POSTERS, Kind.CLOSING)  # fmt: skip
PLACES_A_KIND = 1000


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Sessions that the timetable has now, people who speak in them, and wishes it is told."""

    sessions: int
    speakers: int
    wishes: int


@transaction.atomic
def lay_out_programme(symposium: Symposium, *, by: Person | None) -> LaidOut:
    """Tell the timetable of every session of the programme; it is built there.

    Sessions of papers and panels are held beside each other; who presents, presides or speaks is
    in one place at a time; what each person wants to hear is held apart as far as it can be.
    Sessions keep their rows, so their calendar entries stay. Safe to run again.

    Raises:
        WrongState: the programme has no session yet.

    Cost: about six queries a session.
    """
    symposium = Symposium.objects.select_for_update(of=("self",)).select_related(
        "activity__edition"
    ).get(pk=symposium.pk)  # fmt: skip
    sessions = list(symposium.sessions.select_related("timetabled", "chair", "speaker"))
    if not sessions:
        raise WrongState(_("The programme has no session yet. Make sessions of the papers first."))
    crowd = wished_sessions(symposium)
    asked = Counter(session for held in crowd.values() for session in held)
    setting = _Setting(symposium)
    speaking: set[int] = set()
    sessions.sort(key=lambda one: (ORDER.index(Kind(one.kind)), one.code))
    for number, session in enumerate(sessions):
        timed = setting.timed(session, position=number + PLACES_A_KIND, wished=asked[session.pk])
        people = setting.people_in(session, by=by)
        timed.speakers.set([setting.trainer(person) for person in people])
        speaking |= {person.pk for person in people}
    wishes = _tell_wishes(symposium, sessions, crowd)
    after = {"sessions": len(sessions), "speakers": len(speaking), "wishes": wishes}
    record("laid out programme", symposium, by=by, after=after)
    return LaidOut(len(sessions), len(speaking), wishes)


def _tell_wishes(
    symposium: Symposium, sessions: Iterable[ProgrammeSession], crowd: Mapping[int, set[int]]
) -> int:
    """Replace what the timetable knows of wishes; people who want the same are counted together."""
    codes = {one.pk: one.timetabled.code for one in sessions if one.timetabled}
    wanted = Counter(
        tuple(sorted(codes[pk] for pk in held if pk in codes)) for held in crowd.values()
    )
    symposium.activity.session_wishes.all().delete()
    made = SessionWish.objects.bulk_create(
        SessionWish(activity=symposium.activity, sessions=list(held), people=people)
        for held, people in sorted(wanted.items())
        if held
    )
    return sum(one.people for one in made)


class _Setting:
    """Rooms, trainers and persons of the activity, read once."""

    def __init__(self, symposium: Symposium) -> None:
        self.symposium, self.activity = symposium, symposium.activity
        designed = {
            room["code"]: int(room["seats"]) for room in design_of(self.activity).get("rooms", ())
        }
        there: dict[str, int] = {}
        for room in rooms_of(self.activity.edition):
            for kind in room.kinds or [room.code]:
                there[kind] = max(room.seats, there.get(kind, 0))
        # Of the kinds that there are, those that the design speaks of come first.
        known = {kind: seats for kind, seats in there.items() if kind in designed}
        self.seats: dict[str, int] = known or there or designed
        self.trainers = {one.person_id: one for one in self.activity.trainers.all()}
        self.persons: dict[str, Person] = {}

    def timed(self, session: ProgrammeSession, *, position: int, wished: int) -> Session:
        """The session as the timetable has it, made or brought up to date."""
        kind = session.room_kind or self._room_kind(session)
        fields: dict[str, Any] = {
            "titles": session.titles,
            "kind": session.kind,
            "minutes": session.length,
            "room_kind": kind,
            "is_choice": session.is_choice,
            "seats": min(wished, self.seats.get(kind, wished)) if session.is_choice else None,
            "day_from": session.day,
            "day_to": session.day,
            "position": position,
        }
        if session.timetabled is None:
            session.timetabled = Session.objects.create(
                activity=self.activity, code=self._code(session), blueprint_code="", **fields
            )
            session.save(update_fields=["timetabled"])
        else:
            Session.objects.filter(pk=session.timetabled.pk).update(**fields)
        return session.timetabled

    def people_in(self, session: ProgrammeSession, *, by: Person | None) -> list[Person]:
        """Who presides, speaks or presents; a withdrawn paper holds nobody."""
        people = {one.pk: one for one in (session.chair, session.speaker) if one}
        authors = Author.objects.filter(
            paper__session=session, is_presenter=True, paper__state=Paper.State.TALK
        ).select_related("person", "country")
        for author in authors:
            person = author.person or self._person(author, by=by)
            people[person.pk] = person
        return list(people.values())

    def trainer(self, person: Person) -> Trainer:
        """The person among those who are in one place at a time; it gives no role and no rights."""
        if person.pk not in self.trainers:
            self.trainers[person.pk] = Trainer.objects.create(
                activity=self.activity, person=person, roles=[]
            )
        return self.trainers[person.pk]

    def _person(self, author: Author, *, by: Person | None) -> Person:
        """The person behind an author: by address, ORCID, or name and institution; else a new one."""
        keys = [author.email, author.orcid, f"{fold(author.name)}/{fold(author.affiliation)}"]
        found = next((self.persons[key] for key in keys if key and key in self.persons), None)
        if found is None and author.email:
            found = Person.objects.filter(email=author.email).first()
        if found is None:
            found = create_person(
                full_name=author.name, email=author.email or None, country=author.country, by=by
            )
        self.persons |= {key: found for key in keys if key}
        author.person = found
        author.save(update_fields=["person"])
        return found

    def _room_kind(self, session: ProgrammeSession) -> str:
        """The largest kind of room for what all attend, the smallest that there is for the rest."""
        if not self.seats:
            return ""
        ordered = sorted(self.seats, key=lambda kind: (self.seats[kind], kind))
        return ordered[0] if session.is_choice else ordered[-1]

    def _code(self, session: ProgrammeSession) -> str:
        taken = set(self.activity.sessions.values_list("code", flat=True))
        stem, number = session.code.upper()[:20], 1
        code = stem
        while code in taken:
            number += 1
            code = f"{stem}-{number}"
        return code
