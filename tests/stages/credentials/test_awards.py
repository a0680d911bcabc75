"""Who has earned what: each line of a rule, unknown told from failed, one as many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from karvan.stages.blueprints import library
from karvan.stages.credentials.queries import award_of, awards_of
from karvan.stages.credentials.rules import Lack, Standing, basis, lacks, pass_marks, rule_in_words
from karvan.stages.delivery.queries import attendance_percent, outputs_of
from tests import make
from tests.stages.credentials import earning

pytestmark = pytest.mark.django_db

RULE = {
    "min_attendance_percent": 80,
    "outputs": {"canvas": 1},
    "milestones": ["M1", "M2"],
    "assessments_passed": ["A1"],
    "min_assessments": {"A2": 85},
    "min_total": 60,
}
GOOD = Standing(80, {"canvas": 1}, {"A1": 70, "A2": 85}, 60, frozenset({"M1", "M2"}))


class TestRules:
    def test_everything_met_to_the_point_lacks_nothing(self):
        assert lacks(RULE, GOOD, passes={"A1": 70}) == ()

    @pytest.mark.parametrize(
        ("short", "words"),
        [
            ({"attendance_percent": 79}, "attended 79% of 80% needed"),
            ({"outputs": {}}, "handed in 0 of 1: canvas"),
            ({"assessments": {"A1": 69, "A2": 85}}, "A1: 69% of 70% needed"),
            ({"assessments": {"A1": 70, "A2": 84}}, "A2: 84% of 85% needed"),
            ({"total_percent": 59}, "total 59% of 60% needed"),
            ({"milestones": frozenset({"M1"})}, "milestone M2 is not verified"),
        ],
    )
    def test_each_line_one_short_is_named_alone(self, short, words):
        found = lacks(RULE, replace(GOOD, **short), passes={"A1": 70})

        assert [str(lack) for lack in found] == [words]
        assert not found[0].is_unknown

    def test_nothing_known_is_unknown_and_said_so(self):
        found = lacks({"min_attendance_percent": 80, "min_total": 60}, Standing(), passes={})

        assert [lack.is_unknown for lack in found] == [True, True]
        assert "not known" in str(found[0])

    def test_basis_holds_what_the_rule_asked_for_and_no_more(self):
        assert basis({"milestones": ["M1"], "outputs": {"canvas": 1}}, GOOD) == {
            "milestones": ["M1"],
            "outputs": {"canvas": 1},
        }

    def test_pass_mark_in_words_asks_for_everything(self):
        marks = pass_marks(
            [{"code": "A1", "pass": "all"}, {"code": "A2", "pass": 70}, {"code": "A3"}]
        )

        assert marks == {"A1": 100, "A2": 70, "A3": 0}

    def test_rule_is_said_as_one_sentence(self):
        assert rule_in_words({"min_attendance_percent": 80, "milestones": ["M1"]}, passes={}) == (
            "attended at least 80% of the sessions; milestones verified: M1"
        )


def test_whoever_meets_the_rule_has_completed(camp):
    enrolment = earning.earner(camp)

    award = award_of(enrolment)

    assert award.kind == "completion"
    assert award.basis == {"attendance_percent": 90, "outputs": earning.OUTPUTS}


def test_too_little_attendance_is_a_lack_and_no_roll_is_unknown(camp):
    absent, unknown = make.enrolment(camp), make.enrolment(camp)
    earning.attend(absent, 7)
    for one in (absent, unknown):
        earning.hand_in(one, "canvas")
        earning.hand_in(one, "interview", 2)

    assert award_of(absent).missing == (Lack("min_attendance_percent", 80, 70),)
    assert not award_of(absent).is_unknown
    assert award_of(unknown).missing == (Lack("min_attendance_percent", 80, None),)
    assert award_of(unknown).is_unknown


def test_returned_work_does_not_count(camp):
    enrolment = make.enrolment(camp)
    earning.attend(enrolment, 10)
    earning.hand_in(enrolment, "canvas", state="returned")
    earning.hand_in(enrolment, "interview", 2)

    assert [lack.code for lack in award_of(enrolment).missing] == ["canvas"]


def test_who_left_has_earned_nothing(camp):
    enrolment = earning.earner(camp)
    enrolment.state, enrolment.left_reason = "left", "Work"
    enrolment.save()

    assert [str(lack) for lack in award_of(enrolment).missing] == ["left the activity"]


def test_team_work_counts_for_all_who_applied_together_as_delivery_counts_it(camp):
    application = make.application(make.call(camp))
    giver, taker = (make.enrolment(camp, application=application) for _one in range(2))
    camp.coursework.update(by_team=True)
    earning.hand_in(giver, "interview", 2)
    earning.hand_in(taker, "canvas")
    alone = make.enrolment(camp)

    bulk = {one.pk: award for one, award in awards_of(camp)}

    for one in (giver, taker, alone):
        lacking = {lack.code: lack.found for lack in bulk[one.pk].missing if lack.code}
        counted = outputs_of(one)
        assert lacking == {
            code: counted.get(code, 0)
            for code, needed in earning.OUTPUTS.items()
            if counted.get(code, 0) < needed
        }


def test_milestones_of_the_team_count_for_its_members_in_a_later_activity():
    course = earning.boot_camp("AC6", format="course")
    camp = make.activity("BC3", of=course.edition)
    member, leaver, other = make.person(), make.person(), make.person()
    team = make.team(course.edition)
    for person in (member, leaver):
        earlier = make.enrolment(camp, person=person)
        team.memberships.create(
            enrolment=earlier, left_on=None if person == member else "2021-10-01"
        )
    venture = make.venture(team)
    for code in ("M1", "M2", "M3"):
        earning.verified(venture, code)
    found = {}
    for person in (member, leaver, other):
        enrolment = make.enrolment(course, person=person)
        earning.attend(enrolment, 8)
        found[person] = award_of(enrolment)

    assert found[member].kind == "completion"
    assert found[member].basis["milestones"] == ["M1", "M2", "M3"]
    assert [lack.code for lack in found[leaver].missing] == ["M1", "M2", "M3"]
    assert found[other].kind is None


@pytest.fixture
def workshop(db):
    """The activity of the library whose award has all three kinds."""
    for code in library.codes():
        for part in library.data(code)["activities"]:
            if "distinction" in (part.get("award") or {}):
                return earning.boot_camp(part["code"], code, format="workshop")
    raise AssertionError("no library blueprint has a distinction")


def test_distinction_asks_for_completion_and_more(workshop):
    best, good, present = (make.enrolment(workshop) for _one in range(3))
    for one, percents in ((best, (100, 90, 90, 90, 90)), (good, (100, 84, 90, 90, 90))):
        earning.attend(one, 9)
        for number, percent in enumerate(percents, start=1):
            earning.result(one, f"A{number}", percent)
    earning.attend(present, 6)

    assert [award_of(one).kind for one in (best, good, present)] == [
        "distinction",
        "completion",
        "attendance",
    ]
    assert award_of(present).missing != ()
    assert award_of(best).basis["total_percent"] == 90


@pytest.mark.parametrize("many", [1, 6])
def test_bulk_form_costs_the_same_however_many_take_part(camp, many, django_assert_num_queries):
    for number in range(many):
        earning.earner(camp, f"Person {number}")

    with django_assert_num_queries(5):
        found = awards_of(camp)

    assert [award.kind for _one, award in found] == ["completion"] * many
    assert all(award_of(one) == award for one, award in found)
    assert attendance_percent(found[0][0]) == 90


def test_activity_without_a_rule_says_so(db):
    document = make.small_document("X")
    document["activities"][0]["award"] = {}
    edition = make.edition(of=make.blueprint(data=document))
    enrolment = make.enrolment(make.activity(of=edition))

    assert [str(lack) for lack in award_of(enrolment).missing] == [
        "this activity awards no certificate"
    ]
