"""The certificate of a trade rests on hours that a supervisor signed, on at least two elements."""

from __future__ import annotations

import pytest

from karvan.stages.credentials import checking, services
from karvan.stages.credentials.errors import NotEarned
from karvan.stages.credentials.models import Credential
from karvan.stages.credentials.queries import award_of
from karvan.stages.credentials.rules import rule_in_words
from karvan.stages.credentials.wording import basis_in_words
from karvan.stages.delivery.models import Coursework
from karvan.stages.heritage.models import TraineeLog
from tests import make
from tests.stages.credentials import earning
from tests.stages.heritage.course import restoration_course, signed_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db, key_file):
    return restoration_course()


@pytest.fixture
def issuer(site):
    return make.role("coordinator", site.course.edition.scope)


@pytest.fixture
def place(site):
    made = make.enrolment(site.course, person=make.person("Sevinc Əliyeva"))
    earning.attend(made, 9)
    return made


def test_a_certificate_is_issued_with_hours_elements_and_level_as_its_grounds(site, place, issuer):
    signed_hours(site, place, 120)

    made = services.issue_credential(place, by=issuer)

    assert made.kind == "completion"
    assert made.basis["outputs"] == {
        "supervised_hours": 120,
        "elements": 2,
        "competence_level": 2,
    }
    assert checking.check_credential(made).state == "valid"
    lines = basis_in_words(made.basis)
    assert "worked 120 hours under supervision" in lines
    assert "worked on 2 elements of a monument" in lines
    assert "reached level 2 of 4, shown on two elements" in lines


def test_hours_that_nobody_signed_do_not_count(site, place):
    signed_hours(site, place, 120)
    TraineeLog.objects.filter(work=site.gate).update(signed_at=None, level=None)

    award = award_of(place)

    assert award.kind == "attendance"
    said = [str(one) for one in award.missing]
    assert said == [
        "signed so far: 60 of 120 hours under supervision",
        "worked on 1 of 2 elements needed",
        "reached level 0; 2 is needed, shown on two elements",
    ]


def test_all_hours_on_one_element_are_not_enough(site, place):
    signed_hours(site, place, 120)
    TraineeLog.objects.update(work=site.wall)

    assert [one.code for one in award_of(place).missing] == ["elements", "competence_level"]


def test_what_is_handed_in_under_such_a_name_counts_for_nothing(site, place):
    Coursework.objects.create(activity=site.course, code="elements", titles=make.texts("x"))
    earning.hand_in(place, "elements", 5)

    assert award_of(place).missing[1].found == 0


def test_nothing_is_issued_before_it_is_earned(site, issuer):
    nobody = make.enrolment(site.course)

    with pytest.raises(NotEarned):
        services.issue_credential(nobody, by=issuer)

    assert not Credential.objects.exists()


def test_the_rule_is_read_in_words():
    rule = {"outputs": {"supervised_hours": 120, "elements": 2, "survey": 1}}

    assert rule_in_words(rule, passes={}) == (
        "worked 120 hours under supervision; worked on 2 elements of a monument; "
        "handed in: survey × 1"
    )
