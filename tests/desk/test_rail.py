"""The rail: the stages of the edition in the address, for those who may read it."""

from datetime import timedelta

import pytest
from django.urls import resolve
from django.utils import timezone

from karvan.desk.context import pipeline
from karvan.desk.queries.pipeline import pipeline_states
from karvan.stages.editions.models import Fulfilment
from tests import make

pytestmark = pytest.mark.django_db


def rail_of(page):
    pipeline = page.context["pipeline"]
    return [(one.state, bool(one.url), one.present) for one in pipeline.stages] if pipeline else []


def test_reader_sees_eleven_stages_with_the_present_one_marked(sign_in):
    edition = make.edition(titles=make.texts("Baku"))
    coordinator = make.role("coordinator", edition.scope)

    page = sign_in(coordinator).get(f"/en/editions/{edition.slug}/calls/")

    assert len(rail_of(page)) == 11
    assert [one.title for one in page.context["pipeline"].stages if one.present] == ["Call"]
    assert 'aria-current="page"' in page.text
    assert page.context["pipeline"].edition_title == "Baku"


def test_participant_sees_how_far_things_are_without_links_or_counts(sign_in):
    edition = make.edition()
    make.application(make.call(make.activity(of=edition), open_now=False), state="submitted")
    participant = make.role("participant", edition.scope)

    page = sign_in(participant).get(f"/en/editions/{edition.slug}/")

    assert {(one.url, one.note) for one in page.context["pipeline"].stages} == {("", "")}


def test_page_without_an_edition_has_no_rail(sign_in):
    page = sign_in(make.officer()).get("/en/desk/")

    assert rail_of(page) == []
    assert 'class="stages"' not in page.text


def test_who_may_not_read_the_edition_gets_no_rail(rf):
    edition = make.edition()
    request = rf.get(f"/en/editions/{edition.slug}/")
    request.resolver_match = resolve(request.path)
    for person in (
        make.role("reviewer", edition.scope),
        make.role("coordinator", make.edition().scope),
        make.person(),
    ):
        request.user = person
        assert not pipeline(request)["pipeline"]


def state_of(edition, stage):
    return pipeline_states(edition)[stage].state


def test_states_follow_the_rows():
    edition = make.edition()
    assert {stage: one.state for stage, one in pipeline_states(edition).items()} == {
        "agreements": "unknown",
        "blueprints": "done",
        "editions": "done",
        "calls": "open",
        "reviews": "open",
        "selection": "open",
        "timetables": "open",
        "delivery": "open",
        "ventures": "open",
        "credentials": "open",
        "reports": "open",
    }

    activity = make.activity(of=edition)
    call = make.call(activity, state="draft")
    assert state_of(edition, "calls") == "draft"
    call.state = "published"
    call.save()
    assert state_of(edition, "calls") == "in_progress"

    round = make.review_round(call, due_at=timezone.now() - timedelta(days=1))
    make.assignment(make.reviewer(round))
    assert state_of(edition, "reviews") == "late"

    run = make.selection_run(call)
    assert state_of(edition, "selection") == "waiting"
    run.state = "signed"
    run.save()
    offer = make.offer(make.decision(run))
    assert state_of(edition, "selection") == "in_progress"
    offer.state, offer.answered_at = "accepted", timezone.now()
    offer.save()
    assert pipeline_states(edition)["selection"].note == "1 of 1 accepted"
    assert state_of(edition, "selection") == "done"

    make.timetable(activity, state="published")
    assert state_of(edition, "timetables") == "done"


def test_late_promise_marks_the_first_stage():
    edition = make.edition()
    kept = make.commitment(state="kept")
    Fulfilment.objects.create(edition=edition, commitment=kept)
    assert state_of(edition, "agreements") == "done"

    late = make.commitment(due_on=kept.promised_on)
    Fulfilment.objects.create(edition=edition, commitment=late)
    assert state_of(edition, "agreements") == "late"


@pytest.mark.parametrize("activities", [1, 3])
def test_rail_costs_four_queries_however_many_activities(django_assert_num_queries, activities):
    edition = make.edition()
    for number in range(activities):
        make.review_round(make.call(make.activity(f"A{number}", of=edition)))

    with django_assert_num_queries(4):
        pipeline_states(edition)
