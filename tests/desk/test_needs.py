"""What stands on the desk of each role: the sentence, and where its act leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.desk.queries.needs import needs_of
from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import ConsultationParty
from karvan.stages.credentials.models import Credential, SigningKey, StatusList
from karvan.stages.delivery.models import Coursework, HandIn
from karvan.stages.selection.models import SignOff
from karvan.stages.timetables.models import Placement
from karvan.stages.ventures.models import Membership, Mentorship, Milestone
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def plain(text):
    """The sentence without the signs that isolate names."""
    return text.replace("\u2068", "").replace("\u2069", "")


def said(person):
    """Sentence → address for everything on a person's desk, most urgent first."""
    return {plain(one.sentence): one.url for one in needs_of(Person.objects.get(pk=person.pk))}


def credential(enrolment):
    number = make.one()
    return Credential.objects.create(
        number=f"KC-2026-{number}",
        enrolment=enrolment,
        activity=enrolment.activity,
        person=enrolment.person,
        kind="completion",
        name_on_paper=str(enrolment.person),
        key=SigningKey.objects.create(
            name=f"k{number}", public_multibase=f"z{number}", created_at=timezone.now()
        ),
        status_list=StatusList.objects.create(number=number),
        status_index=number,
        document={},
        issued_at=timezone.now(),
    )


def placed(session, *, starts, trainer=None, timetable=None):
    timetable = timetable or make.timetable(session.activity, state="published")
    placement = Placement.objects.create(
        timetable=timetable,
        session=session,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    if trainer:
        placement.trainers.add(trainer)
    return placement


def test_officer_hears_of_late_promises_minutes_and_drafts():
    officer = make.officer()
    late = make.commitment(code="camp", due_on=clock.today() - 3 * DAY)
    make.commitment(due_on=clock.today() + DAY)
    make.commitment(due_on=clock.today() - DAY, state="kept")
    meeting = make.consultation(state="held", titles=make.texts("January"))
    draft = make.blueprint(make.programme("TVP"), state="draft", number=2)

    assert said(officer) == {
        "“A boot camp” was due and nobody has said what became of it.": "/en/commitments/camp/",
        "The minutes of January wait for 2 parties to confirm them.": (
            f"/en/consultations/{meeting.code}/"
        ),
        "Version 2 of Programme TVP is a draft; no country can adopt it.": (
            f"/en/programmes/TVP/versions/{draft.number}/"
        ),
    }
    assert needs_of(officer)[0].key == f"commitment:{late.pk}"


def test_many_late_promises_are_one_sentence():
    officer = make.officer()
    for _number in range(4):
        make.commitment(due_on=clock.today() - DAY)

    assert said(officer) == {
        "4 commitments are past their date, the oldest first in the list.": (
            "/en/commitments/?show=late"
        )
    }


def test_a_run_signed_once_waits_for_another_person():
    first, second = make.officer(), make.officer()
    run = make.selection_run(number=1)
    SignOff.objects.create(run=run, person=first, at=timezone.now())
    slug = run.call.activity.edition.slug

    assert said(first) == {}
    assert said(second) == {
        "Run 1 of Boot camp has one signature and needs a second.": (
            f"/en/editions/{slug}/selection/"
        )
    }


def test_coordinator_hears_of_each_stage_of_the_own_edition_only():
    edition = make.edition("AZ-2026", titles=make.texts("Baku"))
    person = make.role("coordinator", edition.scope)
    near = make.activity("A", of=edition, titles=make.texts("Near"))
    make.call(near, advertised_deadline=timezone.now() + 2 * DAY)
    closed = make.activity("B", of=edition, titles=make.texts("Closed"))
    make.application(make.call(closed, open_now=False), state="submitted")
    held = make.activity(
        "C",
        of=edition,
        titles=make.texts("Held"),
        planned_starts_on=clock.today() - 9 * DAY,
    )
    make.enrolment(held)
    placed(make.session(held), starts=timezone.now() - 9 * DAY)
    make.application(make.call(open_now=False), state="submitted")  # another country's

    assert said(person) == {
        "The roll of 1 session of Held (Baku) was not called.": (
            f"/en/editions/{edition.slug}/delivery/"
        ),
        "0 applications have come for Near (Baku), and the deadline is near.": (
            f"/en/editions/{edition.slug}/calls/"
        ),
        "Applications for Closed (Baku) wait to be read; the reading has not been opened.": (
            f"/en/editions/{edition.slug}/reviews/"
        ),
        "Held (Baku) has ended and nobody has a certificate.": (
            f"/en/editions/{edition.slug}/credentials/"
        ),
    }


def test_coordinator_finishes_adoption_and_looks_at_twins():
    edition = make.edition(state="adopting", adopted_at=None, titles=make.texts("Baku"))
    person = make.role("coordinator", edition.scope)
    call = make.call(make.activity("BC", of=edition))
    for _number in range(2):
        make.application(call, state="submitted", identity_key="elsever 2000-01-01")

    found = said(person)

    assert found["The adoption of Baku is begun and not finished."] == (
        f"/en/editions/{edition.slug}/"
    )
    assert found["1 person seems to have applied twice to Baku."] == (
        f"/en/editions/{edition.slug}/BC/applications/duplicates/"
    )


def test_coordinator_proposes_signs_and_offers_in_turn():
    round = make.review_round(make.call(open_now=False), state="closed")
    make.application(round.call, state="submitted")
    person = make.role("coordinator", round.call.activity.edition.scope)
    name = f"Boot camp ({round.call.activity.edition})"

    assert list(said(person)) == [f"{name} is read; no cohort has been proposed."]

    run = make.selection_run(round.call)
    assert list(said(person)) == [f"A cohort for {name} is proposed and not signed."]

    make.seal(run)
    assert list(said(person)) == [f"The cohort of {name} is signed; nobody has an offer yet."]


def test_partner_hears_of_minutes_places_and_dates():
    party = make.party(names=make.texts("Ministry"))
    edition = make.edition(titles=make.texts("Baku"))
    person = make.role("partner", edition.scope, party=party)
    edition.partners.create(party=party, part="partner", reserved_seats=3)
    begins = clock.today() + 5 * DAY
    activity = make.activity(of=edition, planned_starts_on=begins)
    call = make.call(activity)
    call.nominations.create(
        party=party, name="N", email="n@example.org", made_by=person, made_at=timezone.now()
    )
    meeting = make.consultation(state="held", titles=make.texts("January"), parties=[party])
    make.consultation(state="held")  # other parties'

    assert said(person) == {
        "Boot camp of Baku begins: keep the day free.": f"/en/editions/{edition.slug}/",
        "2 places of Ministry in Baku are still free.": (
            f"/en/editions/{edition.slug}/BC/nominations/"
        ),
        "The minutes of January wait for Ministry to confirm them.": (
            f"/en/consultations/{meeting.code}/"
        ),
    }

    ConsultationParty.objects.update(confirmed_at=timezone.now(), confirmed_by=person)
    assert len(said(person)) == 2


def test_reviewer_hears_how_many_wait_and_is_late_after_the_due_day():
    round = make.review_round(due_at=timezone.now() - DAY)
    reviewer = make.reviewer(round)
    make.assignment(reviewer)
    make.assignment(reviewer)
    make.review(make.assignment(reviewer))
    make.assignment(reviewer, withdrawn_at=timezone.now())

    need = needs_of(reviewer.person)[0]

    assert plain(need.sentence) == "2 applications wait for you to read them."
    assert (need.url, need.is_late) == ("/en/reviews/", True)


def test_trainer_hears_of_the_next_session_rolls_and_marks():
    activity = make.activity()
    trainer = make.trainer(activity)
    timetable = make.timetable(activity, state="published")
    ahead = make.session(activity, titles=make.texts("Canvas"))
    past = make.session(activity, titles=make.texts("Opening"))
    placed(ahead, starts=timezone.now() + DAY, trainer=trainer, timetable=timetable)
    placed(past, starts=timezone.now() - DAY, trainer=trainer, timetable=timetable)
    work = Coursework.objects.create(activity=activity, code="canvas", titles=make.texts("Canvas"))
    HandIn.objects.create(
        coursework=work,
        enrolment=make.enrolment(activity),
        text="Mine",
        handed_in_at=timezone.now(),
    )
    there = f"/en/editions/{activity.edition.slug}/{activity.code}"

    assert said(trainer.person) == {
        "The roll of Opening was not called.": f"{there}/sessions/{past.pk}/",
        "Your next session is Canvas, online.": "/en/timetable/mine/",
        "1 piece of coursework waits for a mark.": f"{there}/coursework/",
    }


def test_mentor_hears_of_claims_and_of_ventures_not_met():
    venture = make.venture(name="Solar")
    mentor = make.role("mentor", venture.scope)
    mentorship = Mentorship.objects.create(
        venture=venture, mentor=mentor, since=clock.today() - 40 * DAY
    )
    Milestone.objects.create(
        venture=venture,
        code="M0",
        fact_on=clock.today(),
        claimed_at=timezone.now(),
        claimed_by=make.person(),
        evidence="A photograph",
    )

    assert said(mentor) == {
        "1 milestone is claimed and waits for somebody to look at its evidence.": "/en/claims/",
        "No meeting with Solar is noted for a month.": f"/en/mentoring/{mentorship.pk}/",
    }


def test_participant_hears_of_session_coursework_offer_and_milestone():
    activity = make.activity(of=make.edition(of=make.blueprint(data=with_milestone())))
    enrolment = make.enrolment(activity)
    placed(make.session(activity, titles=make.texts("Opening")), starts=timezone.now() + DAY)
    Coursework.objects.create(
        activity=activity,
        code="canvas",
        titles=make.texts("Canvas"),
        due_at=timezone.now() - DAY,
    )
    team = make.team(activity.edition)
    Membership.objects.create(team=team, enrolment=enrolment)
    venture = make.venture(team, name="Solar")
    offer = make.offer(
        make.decision(
            application=make.application(state="submitted", person=enrolment.person),
        )
    )

    assert said(enrolment.person) == {
        "Canvas of Boot camp is to be handed in.": (
            f"/en/editions/{activity.edition.slug}/BC/coursework/canvas/"
        ),
        "Your next session is Opening, online.": "/en/timetable/mine/",
        "You are offered a place in Boot camp.": (
            f"/en/applications/{offer.application.token}/offer/"
        ),
        "The next milestone of Solar is M0.": f"/en/ventures/{venture.pk}/",
    }


def test_participant_hears_of_a_new_certificate_and_not_of_an_old_or_revoked_one():
    enrolment = make.enrolment()
    new = credential(enrolment)
    old = credential(make.enrolment(person=enrolment.person))
    old.issued_at -= 31 * DAY
    old.save()
    revoked = credential(make.enrolment(person=enrolment.person))
    revoked.revoked_at, revoked.revoked_reason = timezone.now(), "Wrong name"
    revoked.save()

    assert said(new.person) == {
        "Your certificate of Boot camp is ready.": "/en/my/credentials/",
    }


def with_milestone():
    document = make.small_document("TVP")
    document["activities"][0]["milestones"] = [{"code": "M0", "title": make.texts("Founded")}]
    return document


def test_auditor_hears_how_much_was_recorded():

    auditor = make.role("auditor")
    record("closed", make.edition(), by=auditor)

    assert said(auditor) == {"1 act was recorded in the last seven days.": "/en/changes/"}


def test_administrator_hears_of_letters_and_of_people_without_a_role():
    administrator = make.role("administrator")
    make.person()
    make.application(person=make.person())
    for number, state in enumerate(["failed", "uncertain", "uncertain", "sent"]):
        Message.objects.create(
            key=f"{number}",
            kind="tests/letter",
            to_address="a@example.org",
            language="en",
            subject="S",
            body="B",
            state=state,
            created_at=timezone.now(),
            sent_at=timezone.now() if state == "sent" else None,
        )

    assert said(administrator) == {
        "1 letter could not be sent.": "/en/letters/?show=failed",
        "2 letters may or may not have arrived.": "/en/letters/?show=uncertain",
        "1 person can sign in and has no role.": "/en/people/",
    }


def test_who_has_no_role_and_no_application_needs_nothing():
    assert said(make.person()) == {}
