"""A final is planned, the best of a closed demo day are sent, and its end is written down."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from karvan.stages.ventures.errors import WrongState
from karvan.stages.ventures.models import Final, FinalEntry, FollowUp, Jury
from karvan.stages.ventures.rubrics import pitch_rubric
from karvan.stages.ventures.services import (
    close_jury,
    enter_best,
    mark_pitch,
    plan_edition,
    plan_final,
    rank_final,
    seat_jury,
)
from tests import make

pytestmark = pytest.mark.django_db

RUBRIC = {"scale": [0, 5], "criteria": [{"code": "P", "weight": 100}]}


@pytest.fixture
def edition():
    _source, data = make.document("TVP")
    return make.edition(of=make.blueprint(make.programme("TVP"), data=data))


def planned(edition) -> Final:
    return plan_final(
        edition.programme,
        code="final-2024",
        titles=make.texts("Final"),
        place="Baku",
        starts_on=date(2024, 5, 31),
        ends_on=date(2024, 6, 3),
        by=None,
    )


def heard(edition, marks, *, close=True) -> Jury:
    """A demo day that marked one venture for each of ``marks``."""
    course = make.activity("AC6", of=edition, format="course", position=1)
    jurors = [make.person() for _one in range(5)]
    jury = seat_jury(
        kind="demo_day",
        titles=make.texts("Demo day"),
        places=3,
        members=jurors,
        rubric=RUBRIC,
        activity=course,
        by=None,
    )
    for mark in marks:
        venture = make.venture(make.team(edition))
        mark_pitch(jury, venture=venture, marks={"P": mark}, by=jurors[0])
    if close:
        close_jury(jury, by=None)
        jury.refresh_from_db()
    return jury


def test_three_best_are_entered_in_the_jurys_order_and_a_second_run_enters_nobody(edition):
    final, jury = planned(edition), heard(edition, [1, 5, 3, 4])

    first = enter_best(final, jury=jury, by=None)
    again = enter_best(final, jury=jury, by=None)

    marks = [entry.venture.jury_marks.get().marks["P"] for entry in first]
    assert (marks, [entry.national_rank for entry in first], again) == ([5, 4, 3], [1, 2, 3], [])


def test_open_jury_sends_nobody(edition):
    final, jury = planned(edition), heard(edition, [5], close=False)

    with pytest.raises(WrongState):
        enter_best(final, jury=jury, by=None)

    assert FinalEntry.objects.count() == 0


def test_every_team_has_exactly_one_rank(edition):
    final = planned(edition)
    entries = enter_best(final, jury=heard(edition, [1, 2, 3]), by=None)

    with pytest.raises(WrongState):
        rank_final(final, ranked=entries[:2], winners=1, by=None)
    with pytest.raises(WrongState):
        rank_final(final, ranked=entries, winners=4, by=None)

    assert not FinalEntry.objects.filter(final_rank__isnull=False).exists()


def test_demo_day_is_judged_by_the_measure_of_the_camp(edition):
    camp = make.activity("BC3", of=edition)
    course = make.activity("AC6", of=edition, format="course", position=1)

    assert pitch_rubric(course) == pitch_rubric(camp)
    assert sum(one["weight"] for one in pitch_rubric(camp)["criteria"]) == 100


def test_follow_ups_are_planned_from_the_last_day_for_those_who_agreed(edition):
    course = make.activity("AC6", of=edition, format="course", position=1)
    make.venture(make.team(edition))
    make.venture(make.team(edition), follow_up_agreed=False)

    with pytest.raises(WrongState):
        plan_edition(edition, by=None)
    course.actual_starts_on, course.actual_ends_on = date(2021, 9, 14), date(2021, 10, 25)
    course.save()

    assert (plan_edition(edition, by=None), plan_edition(edition, by=None)) == (1, 0)
    assert FollowUp.objects.count() == 4


def test_officer_plans_enters_and_ranks_on_screen(client, edition):
    client.force_login(make.officer())
    jury = heard(edition, [2, 4, 3])
    typed = {
        "titles_en": "Final", "code": "final", "place": "Baku", "starts_on": "2024-05-31",
        "ends_on": "2024-06-03", "teams_a_country": 3,
    }  # fmt: skip

    client.post(reverse("ventures:plan_final", args=["TVP"]), typed)
    page = client.get(reverse("ventures:final", args=["final"]))
    client.post(reverse("ventures:enter_best", args=["final", jury.pk]))
    entries = list(FinalEntry.objects.order_by("national_rank"))
    same = {"winners": 1} | {f"rank_{one.pk}": 1 for one in entries}
    refused = client.post(reverse("ventures:rank_final", args=["final"]), same)
    client.post(
        reverse("ventures:rank_final", args=["final"]),
        {"winners": 1} | {f"rank_{one.pk}": 4 - one.national_rank for one in entries},
    )

    assert "Send the best of" in page.text
    assert "same rank" in refused.text
    assert [e.national_rank for e in FinalEntry.objects.order_by("final_rank")] == [3, 2, 1]


def test_coordinator_seats_a_jury_on_screen_and_four_are_too_few(client, edition):
    camp = make.activity("BC3", of=edition)
    people = [make.role("mentor", edition.scope) for _one in range(5)]
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("ventures:seat_jury", args=[edition.slug])
    typed = {"titles_en": "Jury", "kind": "admission", "activity": camp.pk, "places": 2}

    refused = client.post(address, {**typed, "members": [one.pk for one in people[:4]]})
    client.post(address, {**typed, "members": [one.pk for one in people]})

    assert "at least 5 members" in refused.text
    assert Jury.objects.get().rubric["criteria"]
