"""The board shows every edition a person reaches, stage by stage, late first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from karvan.stages.reports.queries import board, pipeline_states
from tests import make

from .stages import held, issued

pytestmark = pytest.mark.django_db
TODAY = "2026-09-01T08:00:00Z"


def states(edition):
    return {one.stage: one.state for one in pipeline_states(edition)}


def test_new_edition_waits_for_its_call_and_the_rest_is_locked():
    with time_machine.travel(TODAY, tick=False):
        edition = make.activity(planned_starts_on=date(2026, 10, 14)).edition

        assert states(edition) == {
            "blueprints": "done",
            "editions": "done",
            "calls": "open",
            "reviews": "locked",
            "selection": "locked",
            "timetables": "open",
            "delivery": "open",
            "credentials": "locked",
            "reports": "locked",
        }


def test_each_stage_moves_on_when_its_rows_do():
    with time_machine.travel(TODAY, tick=False):
        call = make.call(make.activity(planned_starts_on=date(2026, 10, 14)))
        edition = call.activity.edition
        assert states(edition)["calls"] == "in_progress"

    with time_machine.travel("2026-09-20T08:00:00Z", tick=False):
        assert (states(edition)["calls"], states(edition)["reviews"]) == ("done", "open")
        round = make.review_round(call, due_at=timezone.now() + timedelta(days=5))
        make.review(make.assignment(make.reviewer(round)))
        reviews = next(one for one in pipeline_states(edition) if one.stage == "reviews")
        assert (reviews.state, reviews.note, reviews.who) == (
            "in_progress",
            "1 of 1 reads",
            "reviewers",
        )

    with time_machine.travel("2026-10-01T08:00:00Z", tick=False):
        assert states(edition)["reviews"] == "late"
        round.state, round.closed_at = "closed", timezone.now()
        round.save()
        assert states(edition)["selection"] == "open"
        run = make.selection_run(call, state="signed", signed_at=timezone.now())
        assert states(edition)["selection"] == "in_progress"
        offer = make.offer(make.decision(run))
        assert states(edition)["selection"] == "in_progress"
        offer.state, offer.answered_at = "accepted", timezone.now()
        offer.save()
        make.timetable(call.activity, state="published")
        assert (states(edition)["selection"], states(edition)["timetables"]) == ("done", "done")


def test_activity_whose_days_passed_without_a_word_is_late():
    with time_machine.travel(TODAY, tick=False):
        edition = make.activity(planned_starts_on=date(2026, 8, 3)).edition

        assert states(edition)["delivery"] == "late"
        assert states(edition)["calls"] == "late"


def test_certificates_are_late_thirty_days_after_the_end_until_they_are_issued():
    with time_machine.travel(TODAY, tick=False):
        edition = held(date(2026, 6, 1), date(2026, 6, 3))
        assert (states(edition)["delivery"], states(edition)["credentials"]) == ("done", "late")

        issued(make.enrolment(edition.activities.get()))

        assert states(edition)["credentials"] == "done"


def test_two_activities_are_done_only_together():
    with time_machine.travel(TODAY, tick=False):
        edition = held(date(2026, 6, 1), date(2026, 6, 3))
        make.activity("AC", of=edition, format="course", planned_starts_on=date(2026, 9, 20))

        delivery = next(one for one in pipeline_states(edition) if one.stage == "delivery")
        assert (delivery.state, delivery.on, delivery.note) == (
            "in_progress",
            date(2026, 9, 20),
            "1 of 2",
        )
        assert states(edition)["ventures"] == "open"


def test_cancelled_edition_expects_nothing_more():
    edition = make.edition(state="cancelled")

    assert states(edition) == {"blueprints": "done", "editions": "dropped"}


def test_rail_of_one_edition_costs_two_queries(django_assert_num_queries):
    edition = held(date(2026, 6, 1), date(2026, 6, 3))
    make.activity("AC", of=edition, format="course")

    with django_assert_num_queries(2):
        pipeline_states(edition)


@pytest.mark.parametrize("countries", [1, 3])
def test_board_costs_two_queries_for_one_country_and_for_three(
    django_assert_num_queries, countries
):
    officer = make.officer()
    blueprint = make.blueprint()
    for code in ("AZ", "MA", "EG")[:countries]:
        make.call(make.activity(of=make.edition(of=blueprint, country=make.country(code))))

    with django_assert_num_queries(3):  # the third reads the person's roles
        assert len(board(officer).rows) == countries


def test_late_editions_come_first_and_only_those_in_reach():
    with time_machine.travel(TODAY, tick=False):
        blueprint = make.blueprint()
        quiet = make.edition("AZ-2026", of=blueprint)
        make.activity(of=quiet, planned_starts_on=date(2026, 11, 2))
        late = make.edition("MA-2026", of=blueprint, country=make.country("MA"))
        make.activity(of=late, planned_starts_on=date(2026, 8, 3))

        shown = board(make.officer())
        assert [row.edition for row in shown.rows] == [late, quiet]
        assert shown.late == shown.rows[0].late == 3

        coordinator = make.role("coordinator", quiet.scope)
        assert [row.edition for row in board(coordinator).rows] == [quiet]
        assert board(make.person()).rows == ()


def test_board_of_a_programme_shows_no_other():
    one, other = make.edition(), make.edition()

    shown = board(make.officer(), other.programme)

    assert [row.edition for row in shown.rows] == [other]
    assert one.programme != other.programme


def test_closed_edition_owes_its_report_and_the_rest_without_a_record_is_unknown():
    with time_machine.travel(TODAY, tick=False):
        edition = held(date(2021, 6, 1), date(2021, 6, 3))
        edition.state, edition.closed_at = "closed", make.moment(2021, 8, 1)
        edition.save()

        assert states(edition) == {
            "blueprints": "done",
            "editions": "done",
            "delivery": "done",
            "credentials": "unknown",
            "reports": "late",
        }
