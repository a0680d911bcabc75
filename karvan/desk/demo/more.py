"""What fills the corners: a memorandum with its clauses, nominations, mentors' notes, feedback."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from karvan.stages.agreements.models import Consultation
from karvan.stages.agreements.services import (
    add_obligation,
    add_signatory,
    clear_agreement,
    draft_agreement,
    promise_from_obligation,
    sign_agreement,
)
from karvan.stages.calls.models import Call
from karvan.stages.calls.services import nominate
from karvan.stages.delivery.models import Feedback
from karvan.stages.editions.models import Edition, EditionPartner
from karvan.stages.timetables.models import Session
from karvan.stages.ventures.models import Mentorship
from karvan.stages.ventures.services import note_mentoring

from .cast import coordinator
from .now import dates_of
from .world import World, at, texts

CLAUSES = (
    ("3.1", "commission-az", "rooms-baku", texts("The National Commission provides rooms and names the partners in the country.", "La Commission nationale fournit les salles et désigne les partenaires dans le pays.", "توفر اللجنة الوطنية القاعات وتسمي الشركاء في البلد.", "Milli Komissiya otaqları təmin edir və ölkədəki tərəfdaşları müəyyən edir.")),
    ("3.2", "organisation", "trainers-baku", texts("The Organisation sends trainers and the curriculum.", "L'Organisation envoie les formateurs et le programme.", "توفد المنظمة المدربين وتوفر المنهج.", "Təşkilat təlimçiləri və tədris proqramını göndərir.")),
    ("4.1", "organisation", "report-yearly", texts("The Organisation reports once a year on what became of each point.", "L'Organisation rend compte chaque année du sort de chaque point.", "تقدم المنظمة تقريرا سنويا عما آل إليه كل بند.", "Təşkilat hər il hər bəndin nəticəsi barədə hesabat verir.")),
)  # fmt: skip
NOTES = (
    ("Prices: they asked two shopkeepers only. Ask ten, and write down the words they use.", "Ten price interviews"),
    ("The prototype runs for an hour. Heat is the problem; try the lid without glue.", "Test the lid"),
    ("Two members cannot come on Thursdays; the roles are shared out anew.", "New role list"),
)  # fmt: skip


def memorandum(world: World) -> None:
    """A memorandum follows the meeting; two of its clauses become commitments."""
    officer = world.people["officer"]
    with at(2021, 2, 10):
        paper = draft_agreement(
            code="memorandum-2021",
            kind="memorandum",
            titles=texts("Memorandum of understanding", "Protocole d'accord", "مذكرة تفاهم", "Anlaşma memorandumu"),
            parties=[world.parties["organisation"], world.parties["commission-az"]],
            consultation=Consultation.objects.get(code="baku-2021"),
            languages=["en", "az", "ar"],
            prevailing_language="en",
            by=officer,
        )  # fmt: skip
        for party, country in (("organisation", "MA"), ("commission-az", "AZ")):
            name = world.name(country).latin
            add_signatory(paper, party=world.parties[party], name=name, capacity="Head", by=officer)
        clauses = {
            code: add_obligation(paper, number=number, party=world.parties[party], texts=words, by=officer)
            for number, party, code, words in CLAUSES
        }  # fmt: skip
    with at(2021, 2, 17):
        clear_agreement(paper, by=officer)
    with at(2021, 2, 20):
        sign_agreement(
            paper,
            signed_on=date(2021, 2, 20),
            in_force_from=date(2021, 3, 1),
            in_force_to=date(2031, 2, 28),
            place="Baku",
            by=officer,
        )
        for code, due in (("rooms-baku", date(2021, 7, 1)), ("report-yearly", world.day(12))):
            clause = clauses[code]
            clause.refresh_from_db()
            promise_from_obligation(
                clause, code=code, titles=clause.texts, due_on=due, responsible=officer, by=officer
            )


def nominations(world: World) -> None:
    """Nigeria's ministry puts two persons forward for its reserved places."""
    call = Call.objects.get(activity__edition__country="NG")
    party = world.parties["youth-ng"]
    EditionPartner.objects.filter(edition=call.activity.edition, party=party).update(
        reserved_seats=3
    )
    speaker = world.person("NG")
    world.role(speaker, "partner", call.activity.edition.scope, party)
    for number in (1, 2):
        one = world.name("NG")
        nominate(
            call,
            party=party,
            name=one.latin,
            email=f"nominee{number}@applicant.karvan.example",
            note="Worked with the ministry's youth centre",
            by=speaker,
        )


def mentoring(world: World) -> None:
    """Mentors in Uzbekistan and Azerbaijan wrote down what was said."""
    for mentorship in Mentorship.objects.select_related("venture__team__edition", "mentor"):
        for week, (notes, step) in enumerate(NOTES):
            held_on = mentorship.since + timedelta(days=4 + 7 * week)
            if held_on >= world.today:
                break
            with at(held_on, hour=18):
                note_mentoring(
                    mentorship, held_on=held_on, minutes=45, notes=notes, next_step=step,
                    by=mentorship.mentor,
                )  # fmt: skip


def feedback(world: World) -> None:
    """What participants in Uzbekistan thought of the sessions of their camp."""
    rows = []
    edition = Edition.objects.get(country="UZ", state="running")
    camp = edition.activities.order_by("position")[0]
    with at(dates_of(camp)[1], hour=21):
        people = list(camp.enrolments.all())
        for session in Session.objects.filter(activity=camp, group=None):
            for enrolment in people:
                if world.random.random() < 0.55:
                    rating = min(5, max(1, round(world.random.gauss(4, 0.8))))
                    rows.append(
                        Feedback(
                            session=session,
                            enrolment=enrolment,
                            rating=rating,
                            given_at=enrolment.enrolled_at,
                        )
                    )
        Feedback.objects.bulk_create(rows)


def corners(world: World) -> Any:
    """All of it."""
    memorandum(world)
    nominations(world)
    mentoring(world)
    feedback(world)
    return coordinator(world, "UZ")
