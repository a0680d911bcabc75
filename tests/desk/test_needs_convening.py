"""What waits of sessions, agreements, titles and monuments stands on the right desks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from karvan.desk.queries.needs import needs_of
from karvan.foundation import clock
from tests import make

pytestmark = pytest.mark.django_db


def sentences(person):
    return {one.sentence.replace("\u2068", "").replace("\u2069", "") for one in needs_of(person)}


@pytest.fixture
def officer():
    return make.officer()


def test_a_session_is_to_be_convoked_from_a_week_before_the_rule_says(officer):
    today = clock.today()
    organ = make.organ(convocation_days=60)
    make.statutory_session(
        organ,
        titles=make.texts("Near"),
        starts_on=today + timedelta(days=66),
        ends_on=today + timedelta(days=67),
    )
    make.statutory_session(
        organ,
        titles=make.texts("Far"),
        starts_on=today + timedelta(days=90),
        ends_on=today + timedelta(days=91),
    )

    assert sentences(officer) == {"Near is not convoked yet."}


def test_late_papers_credentials_and_decisions_without_owner_are_one_sentence_a_session(officer):
    session = make.statutory_session(titles=make.texts("Council"), state="open")
    for _two in range(2):
        make.session_document(session, due_on=date(2026, 1, 1))
    make.session_document(session, due_on=date(2026, 1, 1), issued_at=timezone.now())
    make.delegation(session, credential="submitted")
    make.resolution(session, operative=["Thanks.", "Asks."])

    assert sentences(officer) == {
        "2 papers of Council are late.",
        "The credentials of 1 delegation to Council wait to be examined.",
        "2 paragraphs decided by Council have no owner and no date.",
    }
    paragraph = session.resolutions.get().paragraphs.first()
    paragraph.no_follow_up = "It only thanks."
    paragraph.save()
    assert "1 paragraph decided by Council has no owner and no date." in sentences(officer)


def test_an_agreement_that_ends_is_remembered_from_its_own_day_on(officer):
    today = clock.today()
    for name, days, left in (("Soon", 90, 60), ("Later", 30, 60)):
        make.agreement(
            titles=make.texts(name),
            state="in_force",
            signed_on=date(2024, 1, 1),
            renewal_days=days,
            in_force_to=today + timedelta(days=left),
        )

    assert sentences(officer) == {"“Soon” ends."}


def test_a_partner_is_told_of_its_own_credentials_and_nomination_and_of_no_others():
    party = make.party("ministry")
    partner = make.role("partner", "TVP", party=party)
    session = make.statutory_session(titles=make.texts("Council"), state="convoked")
    member = make.membership(session.organ, names=make.texts("Homeland"), party=party)
    make.delegation(session, membership=member, credential="")
    make.delegation(session, credential="")
    cycle = make.title_cycle(make.title_series(names=make.texts("Capital")), 2028, state="open")
    make.title_nomination(cycle, party=party)
    make.title_nomination(cycle)

    assert sentences(partner) == {
        "Homeland has not sent its credentials to Council.",
        "The nomination of Shusha for Capital 2028 is not sent.",
    }


def test_nominations_and_surveys_wait_for_officers_and_hours_for_their_supervisor(officer):
    cycle = make.title_cycle(make.title_series(names=make.texts("Capital")), 2028)
    make.title_nomination(cycle, state="submitted")
    register = make.register(names=make.texts("Register"))
    monument = make.monument(register)
    make.survey(monument, next_due_on=date(2026, 1, 1))
    make.survey(make.monument(register), next_due_on=date(2036, 1, 1))
    assert sentences(officer) == {
        "1 nomination for Capital 2028 waits to be checked.",
        "1 monument of Register should have been surveyed again.",
    }

    course = make.activity("RST", format="restoration")
    trainer = make.role("trainer", course.scope)
    work = make.work_item(make.phase(make.restoration(monument, activity=course)))
    make.trainee_log(make.enrolment(course), work, supervisor=trainer)
    make.trainee_log(make.enrolment(course), work, supervisor=officer)
    assert sentences(trainer) == {"1 day of trainees' work waits for your signature."}
