"""Teams are formed of an edition's participants; juries are independent and their ranking stands."""

from __future__ import annotations

import pytest

from karvan.stages.ventures.errors import (
    InsideTheTeam,
    MentoredBefore,
    NotInThisEdition,
    WrongState,
)
from karvan.stages.ventures.models import FinalEntry, Membership, Team
from karvan.stages.ventures.services import (
    assign_mentor,
    close_jury,
    enter_final,
    form_team,
    mark_pitch,
    note_mentoring,
    plan_final,
    rank_final,
    ranking,
    register_venture,
    seat_jury,
)
from tests import make

pytestmark = pytest.mark.django_db

RUBRIC = {"scale": [0, 5], "criteria": [{"code": "P", "weight": 60}, {"code": "Q", "weight": 40}]}


def jury_of(activity, **more):
    jurors = [make.person() for _one in range(5)]
    seated = seat_jury(
        kind="admission",
        titles=make.texts("Jury"),
        places=1,
        members=jurors,
        rubric=RUBRIC,
        activity=activity,
        by=None,
        **more,
    )
    return seated, jurors


def test_team_is_formed_and_each_person_is_in_one_team_only():
    activity = make.activity()
    first, second = make.enrolment(activity), make.enrolment(activity)

    team = form_team(activity.edition, name="Lab", members=[first, second], by=None)

    with pytest.raises(WrongState, match="already in the team"):
        form_team(activity.edition, name="Other", members=[second], by=None)
    assert (team.code, Membership.objects.count(), Team.objects.count()) == ("T01", 2, 1)


def test_team_of_another_edition_or_of_nobody_is_refused():
    stranger = make.enrolment()
    edition = make.edition()

    with pytest.raises(NotInThisEdition):
        form_team(edition, name="Lab", members=[stranger], by=None)
    with pytest.raises(WrongState):
        form_team(edition, name="Lab", members=[], by=None)

    assert Team.objects.count() == 0


def test_team_has_one_venture():
    team = make.team()
    register_venture(team, name="Pump", by=None)

    with pytest.raises(WrongState):
        register_venture(team, name="Pump again", by=None)


def test_jury_of_four_is_refused():
    with pytest.raises(WrongState):
        seat_jury(
            kind="admission",
            titles={},
            places=1,
            members=[make.person() for _ in range(4)],
            rubric=RUBRIC,
            activity=make.activity(),
            by=None,
        )


def test_ranking_is_the_mean_of_weighted_marks_and_the_best_are_admitted():
    camp = make.activity()
    course = make.activity("AC", of=camp.edition, format="course")
    good, weak = make.venture(make.team(camp.edition)), make.venture(make.team(camp.edition))
    jury, jurors = jury_of(camp)
    for juror in jurors[:2]:
        mark_pitch(jury, venture=weak, marks={"P": 1, "Q": 5}, by=juror)
        mark_pitch(jury, venture=good, marks={"P": 5, "Q": 3}, by=juror)

    ranked = close_jury(jury, by=None, admits_to=course)

    assert [(place.venture, place.mark) for place in ranked] == [(good, 8400), (weak, 5200)]
    good.team.refresh_from_db()
    weak.team.refresh_from_db()
    assert (good.team.admitted_to, weak.team.admitted_to) == (course, None)


def test_marking_again_replaces_and_a_closed_jury_takes_no_mark():
    camp = make.activity()
    venture = make.venture(make.team(camp.edition))
    jury, jurors = jury_of(camp)
    mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 1}, by=jurors[0])
    mark_pitch(jury, venture=venture, marks={"P": 5, "Q": 5}, by=jurors[0])
    close_jury(jury, by=None)

    with pytest.raises(WrongState):
        mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 1}, by=jurors[1])
    assert [(place.mark, place.jurors) for place in ranking(jury)] == [(10_000, 1)]


def test_mentor_member_and_outsider_do_not_judge():
    camp = make.activity()
    enrolment = make.enrolment(camp)
    team = make.team(camp.edition)
    team.memberships.create(enrolment=enrolment)
    venture = make.venture(team)
    jury, jurors = jury_of(camp)
    assign_mentor(venture, mentor=jurors[0], by=None)
    jury.members.add(enrolment.person)

    with pytest.raises(MentoredBefore):
        mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 1}, by=jurors[0])
    with pytest.raises(InsideTheTeam):
        mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 1}, by=enrolment.person)
    with pytest.raises(WrongState):
        mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 1}, by=make.person())
    with pytest.raises(WrongState, match="Q needs a mark"):
        mark_pitch(jury, venture=venture, marks={"P": 1, "Q": 6}, by=jurors[1])
    assert jury.marks.count() == 0


def test_mentor_stands_by_once_and_notes_what_took_place():
    venture = make.venture()
    mentor = make.person()
    mentorship = assign_mentor(venture, mentor=mentor, by=None)

    with pytest.raises(WrongState):
        assign_mentor(venture, mentor=mentor, by=None)
    with pytest.raises(WrongState):
        note_mentoring(mentorship, held_on=mentorship.since, minutes=0, notes="x", by=mentor)
    note_mentoring(mentorship, held_on=mentorship.since, minutes=45, notes="Pricing", by=mentor)

    assert mentor.roles.get().scope == venture.scope
    assert mentorship.meetings.get().minutes == 45


def test_country_sends_three_to_the_final_and_no_more():
    edition = make.edition()
    final = plan_final(
        edition.programme,
        code="final-2024",
        titles=make.texts("Final"),
        place="Baku",
        starts_on=make.date(2024, 5, 31),
        ends_on=make.date(2024, 6, 3),
        by=None,
    )
    sent = [make.venture(make.team(edition)) for _one in range(3)]
    entries = [
        enter_final(final, venture=v, national_rank=n, by=None) for n, v in enumerate(sent, 1)
    ]

    with pytest.raises(WrongState, match="3 places"):
        enter_final(final, venture=make.venture(make.team(edition)), national_rank=4, by=None)
    with pytest.raises(WrongState):
        enter_final(final, venture=sent[0], national_rank=1, by=None)
    with pytest.raises(NotInThisEdition):
        enter_final(final, venture=make.venture(), national_rank=1, by=None)
    rank_final(final, ranked=entries, winners=1, by=None)

    assert [e.is_winner for e in FinalEntry.objects.order_by("final_rank")] == [True, False, False]
