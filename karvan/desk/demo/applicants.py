"""Invented applicants by the hundred: written in bulk, with the same checks and hashes as any other."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from karvan.foundation.forms.answers import attributes, check_answers, content_hash, eligibility
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record_many
from karvan.foundation.texts import fold
from karvan.stages.calls.asking import first_day_of, form_of
from karvan.stages.calls.models import Application, Call
from karvan.stages.calls.receipts import new_number

from .essays import essay
from .names import Invented
from .world import World

INSTITUTIONS = (
    "State University", "Technical University", "Medical University", "University of Architecture",
    "Pedagogical University", "College of Technology", "Agrarian University", "School of Economics",
    "Institute of Physics", "Polytechnic",
)  # fmt: skip
DISCIPLINES = ("engineering", "computing", "science", "business", "design", "trade")
SECTORS = ("health", "agriculture", "education", "environment", "transport", "culture", "other")
DOMAIN = "applicant.karvan.example"


@dataclass(frozen=True, slots=True)
class Intake:
    """How many applied to a call, when, and in which languages."""

    call: Call
    sent: int
    ineligible: int
    first: datetime
    last: datetime
    languages: tuple[str, ...]
    drafts: int = 0


def take_in(world: World, intake: Intake) -> list[Application]:
    """Write the applications of an intake and their records; returns those that are eligible.

    Cost: about 3 ms an application.
    """
    call = intake.call
    country = call.activity.edition.country_id
    definition, first_day = form_of(call), first_day_of(call)
    rows: list[Application] = []
    persons: list[Person] = []
    for number in range(intake.sent + intake.drafts):
        one = world.name(country)
        language = world.random.choice(intake.languages)
        is_draft = number >= intake.sent
        is_barred = number < intake.ineligible
        year = first_day.year if first_day else world.today.year
        raw = _answers(world.random, one, language, year, is_barred=is_barred)
        moment = intake.first + (intake.last - intake.first) * world.random.random() ** 0.5
        row = _row(call, one, language, moment)
        raw |= {"full_name": one.latin, "email": row.email}
        sheet = check_answers(definition, raw, complete=True, first_day=first_day)
        if sheet.errors:
            raise ValueError(f"an invented application does not fit its form: {sheet.errors}")
        row.answers = sheet.draft
        row.attributes = attributes(definition, sheet.answers, first_day=first_day)
        if not is_draft:
            refusals = eligibility(definition, sheet.answers, first_day=first_day)
            row.refusals = [
                {"question": refusal.question, "message": str(refusal.message)}
                for refusal in refusals
            ]
            row.state = "ineligible" if refusals else "submitted"
            row.number, row.submitted_at = _fresh_number(world), moment
            row.content_hash = content_hash(sheet.answers)
            person = _person(one, row, country)
            persons.append(person)
            row.person = person
        rows.append(row)
    Person.objects.bulk_create(persons, batch_size=500)
    Application.objects.bulk_create(rows, batch_size=300)
    record_many(
        (Act("submitted", row, after={"state": row.state}) for row in rows if row.number), by=None
    )
    return [row for row in rows if row.state == "submitted"]


def _fresh_number(world: World) -> str:
    """A receipt's number that no other application of the demo has."""
    while (number := new_number(5)) in world.used:
        continue
    world.used.add(number)
    return number


def _row(call: Call, one: Invented, language: str, moment: datetime) -> Application:
    email = f"{secrets.token_hex(5)}@{DOMAIN}"
    return Application(
        call=call,
        token=secrets.token_urlsafe(32),
        email=email,
        full_name=one.latin,
        search_key=fold(f"{one.latin} {' '.join(one.native.values())}")[:400],
        language=language,
        created_at=moment - timedelta(hours=2),
        saved_at=moment,
        state="draft",
    )


def _person(one: Invented, row: Application, country: str) -> Person:
    person = Person(
        email=row.email,
        full_name=one.latin,
        names=one.native,
        language=row.language,
        country_id=country,
        search_key=row.search_key,
    )
    person.set_unusable_password()
    return person


def _answers(
    random: Random, one: Invented, language: str, year: int, *, is_barred: bool
) -> dict[str, Any]:
    """What one person answered. Those who are barred live elsewhere, are too old or cannot come."""
    barred = random.choice(("residence", "availability", "age")) if is_barred else ""
    age = random.randint(37, 52) if barred == "age" else random.randint(19, 34)
    studies = random.choices(
        ("university", "college", "company", "public_body", "none"), (50, 15, 18, 7, 10)
    )[0]
    has_disability = random.choices(("no", "yes", "undisclosed"), (91, 6, 3))[0]
    raw: dict[str, Any] = {
        "birth_date": f"{year - age}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        "residence": "no" if barred == "residence" else "yes",
        "language": "yes",
        "availability": "no" if barred == "availability" else "yes",
        "consent": True,
        "sex": one.sex if random.random() > 0.02 else "undisclosed",
        "region": random.choices(("capital", "outside"), (66, 34))[0],
        "disability": has_disability,
        "institution_type": studies,
        "discipline": random.choice(DISCIPLINES),
        "first_time": random.choices(("yes", "no"), (83, 17))[0],
        "problem": essay(language, 90, random),
        "sector": random.choice(SECTORS),
        "feasibility": essay(language, 60, random),
        "benefit": essay(language, 50, random),
        "skills": essay(language, 50, random),
        "applying_as": "alone",
        "commitment": essay(language, 40, random),
    }
    if studies != "none":
        raw["institution"] = random.choice(INSTITUTIONS)
    if has_disability == "yes":
        raw["support"] = essay(language, 12, random)
    return raw
