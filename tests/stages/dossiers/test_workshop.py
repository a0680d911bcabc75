"""The workshop room: duties that rotate, defences of two assessors and a third, results."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.records.models import Record
from karvan.stages.credentials.rules import Standing, lacks, pass_marks
from karvan.stages.delivery.models import Assessment
from karvan.stages.delivery.queries import assessments_of, total_percent
from karvan.stages.dossiers.bench_queries import progress_of
from karvan.stages.dossiers.defence import MORE, NOTHING, THIRD, Rubric, rubric_of, verdict
from karvan.stages.dossiers.errors import (
    InsideTheTeam,
    NotGiven,
    NotOfThisDossier,
    NotReady,
    WrongState,
)
from karvan.stages.dossiers.models import DutyTurn
from karvan.stages.dossiers.results import results_of, scheme_of
from karvan.stages.dossiers.rotation import rotate
from karvan.stages.dossiers.services.gating import answer_gate, sign_all_gates
from karvan.stages.dossiers.services.judging import (
    give_workshop_mark,
    mark_defence,
    take_results,
)
from karvan.stages.dossiers.services.turns import change_turn, days_of, plan_turns
from karvan.stages.editions.queries import activity_document
from tests import make
from tests.stages.dossiers.bench_world import answered

DUTIES = ("LEADER", "KEEPER", "RECORDER", "MEASURER")
LINES = ("FUNCTION", "EVIDENCE", "SAFETY", "DESIGN", "REPRODUCIBILITY", "TEAMWORK")
ANCHORS = Rubric(tuple({"code": line, "anchors": [{}] * 5} for line in LINES))

# --- duties --------------------------------------------------------------------------------


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 8))
def test_every_duty_is_one_members_and_nobody_has_more_than_a_fair_share(members, duties, days):
    plan = rotate(range(members), DUTIES[:duties], days)

    totals = Counter(one for day in plan for one in day.values())
    assert all(set(day) == set(DUTIES[:duties]) for day in plan)
    assert max(totals.values()) - min(totals[one] for one in range(members)) <= 1
    for day in plan:
        assert max(Counter(day.values()).values()) == -(-duties // members)


def test_four_members_have_every_duty_once_in_four_days():
    plan = rotate([7, 8, 9, 10], DUTIES, 4)

    assert {(one, duty) for day in plan for duty, one in day.items()} == {
        (one, duty) for one in (7, 8, 9, 10) for duty in DUTIES
    }


@given(st.integers(2, 5), st.integers(2, 10))
def test_nobody_keeps_a_duty_for_two_days_while_others_have_it_less(members, days):
    plan = rotate(range(members), DUTIES[:1], days)

    leaders = [day["LEADER"] for day in plan]
    assert all(one != other for one, other in zip(leaders, leaders[1:], strict=False))


def test_what_was_had_before_counts():
    before = {(1, "LEADER"): 2, (2, "KEEPER"): 2}

    assert rotate([1, 2], ("LEADER", "KEEPER"), 1, before=before) == [{"LEADER": 2, "KEEPER": 1}]


def test_nobody_or_nothing_gives_empty_days():
    assert rotate([], DUTIES, 2) == [{}, {}] == rotate([1], [], 2)


@pytest.fixture
def workshop(db):
    return make.workshop(planned_starts_on=date(2026, 9, 14), planned_ends_on=date(2026, 9, 18))


@pytest.fixture
def dossier(workshop):
    made = make.dossier(workshop)
    for _ in range(4):
        make.member(made)
    return made


def test_duties_are_given_out_for_the_working_days_of_the_workshop(workshop, dossier):
    bench = make.bench_trainer(workshop, "BENCH")
    other = make.dossier(workshop)
    make.member(other)

    given_out = plan_turns(workshop, by=bench)

    assert days_of(workshop) == [date(2026, 9, day) for day in (14, 15, 16, 17, 18)]
    assert given_out == 2 * 5 * 4
    turns = DutyTurn.objects.filter(dossier=dossier)
    held = Counter((turn.member_id, turn.duty) for turn in turns)
    assert max(held.values()) == 2 and len(held) == 16
    assert plan_turns(workshop, by=bench) == 0


def test_a_duty_is_changed_and_who_had_it_is_written_down(workshop, dossier):
    bench = make.bench_trainer(workshop, "BENCH")
    plan_turns(workshop, by=bench)
    first, second = dossier.members.all()[:2]
    on = date(2026, 9, 14)
    before = DutyTurn.objects.get(dossier=dossier, on=on, duty="LEADER").member_id
    other = second if before == first.pk else first

    change_turn(dossier, on=on, duty="LEADER", member=other, by=bench)

    assert DutyTurn.objects.get(dossier=dossier, on=on, duty="LEADER").member == other
    written = Record.objects.get(act="changed duty")
    assert (written.before["person"], written.after["person"]) == (before, other.pk)
    with pytest.raises(NotOfThisDossier):
        stranger = make.member(make.dossier(workshop))
        change_turn(dossier, on=on, duty="LEADER", member=stranger, by=bench)
    with pytest.raises(NotGiven):
        change_turn(dossier, on=on, duty="COOK", member=first, by=bench)


def test_without_a_first_day_no_duty_is_given_out(db):
    with pytest.raises(NotReady):
        plan_turns(make.workshop(planned_starts_on=None, planned_ends_on=None), by=None)


# --- the verdict ---------------------------------------------------------------------------


def marks(value=3, **other):
    return {**dict.fromkeys(LINES, value), **other}


def test_one_assessor_is_not_enough():
    assert verdict(ANCHORS, [marks()]).waits_for == MORE
    assert verdict(ANCHORS, []).percent is None


def test_two_who_agree_give_their_mean():
    found = verdict(ANCHORS, [marks(3), marks(4)])

    assert (found.waits_for, found.percent, found.is_disputed) == (NOTHING, 87, False)


def test_a_difference_of_one_anchor_is_no_dispute_and_of_two_is():
    assert not verdict(ANCHORS, [marks(3), marks(3, SAFETY=2)]).is_disputed

    apart = verdict(ANCHORS, [marks(3), marks(3, SAFETY=1)])

    assert (apart.waits_for, apart.percent) == (THIRD, None)
    assert [line.code for line in apart.lines if line.is_disputed] == ["SAFETY"]


def test_the_third_decides_only_what_is_in_dispute():
    found = verdict(ANCHORS, [marks(4), marks(3, SAFETY=0)], marks(0, SAFETY=2))

    stands = {line.code: line.stands for line in found.lines}
    assert stands["SAFETY"] == 2 and stands["DESIGN"] == Fraction(7, 2)
    assert found.percent == int(100 * (5 * Fraction(7, 2) + 2) / 24)


@given(
    st.lists(
        st.fixed_dictionaries({line: st.integers(0, 4) for line in LINES}), min_size=2, max_size=2
    )
)
def test_a_verdict_is_never_outside_what_was_given(given_marks):
    found = verdict(ANCHORS, given_marks, given_marks[0])

    assert found.waits_for == NOTHING
    least = min(min(one.values()) for one in given_marks)
    most = max(max(one.values()) for one in given_marks)
    assert 25 * least - 1 <= found.percent <= 25 * most


def test_the_rubric_is_that_of_the_design(workshop):
    rubric = rubric_of(activity_document(workshop))

    assert (rubric.codes, rubric.assessors, rubric.third_over) == (list(LINES), 2, 1)
    assert rubric.top_of("SAFETY") == 4


# --- marking -------------------------------------------------------------------------------


def test_two_assessors_then_a_third_where_they_differ(workshop, dossier):
    one, two, three, four = (make.bench_trainer(workshop, "BENCH") for _ in range(4))
    mark_defence(dossier, marks=marks(4), by=one)
    mark_defence(dossier, marks=marks(4), by=two)
    with pytest.raises(WrongState, match="no further opinion"):
        mark_defence(dossier, marks=marks(), by=three)
    mark_defence(dossier, marks=marks(4, SAFETY=1), comment="No earth.", by=two)

    third = mark_defence(dossier, marks=marks(2), by=three)

    assert third.settles
    with pytest.raises(WrongState):
        mark_defence(dossier, marks=marks(), by=one)
    with pytest.raises(WrongState):
        mark_defence(dossier, marks=marks(), by=four)
    acts = Record.objects.filter(subject_id=str(dossier.pk)).values_list("act", flat=True)
    assert Counter(acts) == {"marked defence": 3, "settled defence": 1}


def test_who_may_not_mark_and_what_is_no_mark(workshop, dossier):
    trainer = make.bench_trainer(workshop, "BENCH")
    member = dossier.members.first().enrolment.person
    with pytest.raises(InsideTheTeam):
        mark_defence(dossier, marks=marks(), by=member)
    with pytest.raises(WrongState):
        mark_defence(dossier, marks=marks(), by=make.enrolment(workshop).person)
    for wrong in (marks(5), marks(-1), {"SAFETY": 3}, marks(COOKING=3)):
        with pytest.raises(NotGiven):
            mark_defence(dossier, marks=wrong, by=trainer)
    with pytest.raises(InsideTheTeam):
        give_workshop_mark(dossier, part="logbook", percent=90, by=member)
    for part, percent in (("logbook", 101), ("logbook", -1), ("cooking", 50)):
        with pytest.raises(NotGiven):
            give_workshop_mark(dossier, part=part, percent=percent, by=trainer)


# --- results -------------------------------------------------------------------------------


def all_marked(workshop, dossier):
    trainer = make.bench_trainer(workshop, "BENCH", "SAFETY", "IP")
    give_workshop_mark(dossier, part="measuring", percent=80, by=trainer)
    give_workshop_mark(dossier, part="logbook", percent=65, by=trainer)
    mark_defence(dossier, marks=marks(3), by=trainer)
    mark_defence(dossier, marks=marks(3), by=make.bench_trainer(workshop, "LEAD"))
    answered(dossier, trainer)
    sign_all_gates(dossier, by=trainer)
    return trainer


def test_results_go_where_certificates_look_for_them(workshop, dossier):
    trainer = all_marked(workshop, dossier)
    score = progress_of([dossier])[dossier.pk].completeness.score

    written = take_results(dossier, by=trainer)

    assert written == 4 * 5
    expected = {"A1": 100, "A2": score, "A3": 80, "A4": 75, "A5": 65}
    for member in dossier.members.all():
        assert assessments_of(member.enrolment) == expected
        assert total_percent(member.enrolment) == (30 * score + 20 * 80 + 30 * 75 + 20 * 65) // 100
    rule = {"assessments_passed": ["A1"]}
    design = activity_document(workshop)["assessment"]
    standing = Standing(assessments=expected)
    assert lacks(rule, standing, passes=pass_marks(design)) == ()


def test_a_gate_that_is_not_signed_is_not_passed(workshop, dossier):
    trainer = all_marked(workshop, dossier)
    answer_gate(dossier.gate_checks.get(code="no_sharps"), answer="no", by=trainer)

    take_results(dossier, by=trainer)

    assert set(Assessment.objects.filter(code="A1").values_list("percent", flat=True)) == {0}


def test_what_is_not_marked_is_left_out_and_the_total_waits(workshop, dossier):
    trainer = make.bench_trainer(workshop, "BENCH")
    give_workshop_mark(dossier, part="measuring", percent=80, by=trainer)

    found = results_of(dossier, scheme_of(workshop), progress_of([dossier])[dossier.pk])
    take_results(dossier, by=trainer)

    assert set(found.by_code) == {"A1", "A2", "A3"} and found.total is None
    assert set(Assessment.objects.values_list("code", flat=True)) == {"A1", "A2", "A3"}


def test_a_team_of_nobody_has_no_results(workshop):
    with pytest.raises(NotReady):
        take_results(make.dossier(workshop), by=make.bench_trainer(workshop, "BENCH"))


def test_members_do_not_take_their_own_results(workshop, dossier):
    with pytest.raises(InsideTheTeam):
        take_results(dossier, by=dossier.members.first().enrolment.person)
