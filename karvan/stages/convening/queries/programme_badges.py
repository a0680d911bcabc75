"""Who gets a badge: those who attend, and those who speak or preside."""

from __future__ import annotations

from dataclasses import dataclass

from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.timetables.models import Trainer

from ..models import Author, ProgrammeSession, Symposium


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: the name as passports have it and in the person's own script, and what the person does."""

    person: Person
    own: str
    institution: str
    country: str
    does: str  # "chair", "speaker" or "attends"


def badges_of(symposium: Symposium) -> list[Badge]:
    """A badge for each person once, by name. Five queries."""
    attending = Enrolment.objects.filter(activity=symposium.activity).exclude(
        state=Enrolment.State.LEFT
    )
    speaking = Trainer.objects.filter(activity=symposium.activity)
    people = {
        one.person_id: one.person
        for rows in (attending, speaking)
        for one in rows.select_related("person__country")
    }
    wrote = Author.objects.filter(paper__symposium=symposium, person__in=people)
    affiliated = dict(wrote.exclude(affiliation="").values_list("person_id", "affiliation"))
    chairs = set(
        ProgrammeSession.objects.filter(symposium=symposium, chair__isnull=False).values_list(
            "chair_id", flat=True
        )
    )
    speakers = set(speaking.values_list("person_id", flat=True))
    return [
        Badge(
            person,
            next((n for n in person.names.values() if n and n != person.full_name), ""),
            affiliated.get(pk, ""),
            str(person.country or ""),
            "chair" if pk in chairs else "speaker" if pk in speakers else "attends",
        )
        for pk, person in sorted(people.items(), key=lambda one: (one[1].full_name, one[0]))
    ]
