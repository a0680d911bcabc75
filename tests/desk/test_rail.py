"""The rail: the stages of the edition in the address, for those who may read it."""

import pytest
from django.urls import resolve

from karvan.desk.context import pipeline
from karvan.desk.queries.pipeline import stages_of
from karvan.stages.editions.models import Fulfilment
from karvan.stages.reports.queries.board import pipeline_states
from tests import make

pytestmark = pytest.mark.django_db


def rail_of(page):
    pipeline = page.context["pipeline"]
    return [(one.state, bool(one.url), one.present) for one in pipeline.stages] if pipeline else []


def test_reader_sees_the_stages_with_the_present_one_marked(sign_in):
    edition = make.edition(titles=make.texts("Baku"))
    make.call(make.activity(of=edition))
    coordinator = make.role("coordinator", edition.scope)

    page = sign_in(coordinator).get(f"/en/editions/{edition.slug}/calls/")

    assert len(rail_of(page)) == len(stages_of(edition))
    assert all(has_url for _state, has_url, _present in rail_of(page))
    assert [one.title for one in page.context["pipeline"].stages if one.present] == ["Call"]
    assert 'aria-current="page"' in page.text
    assert page.context["pipeline"].edition_title == "Baku"


def test_participant_sees_how_far_things_are_without_counts_and_opens_what_is_open(sign_in):
    edition = make.edition()
    make.application(make.call(make.activity(of=edition), open_now=False), state="submitted")
    participant = make.role("participant", edition.scope)

    page = sign_in(participant).get(f"/en/editions/{edition.slug}/")

    stages = page.context["pipeline"].stages
    assert {one.note for one in stages} == {""}
    open_to_them = [one.url for one in stages if one.url]
    assert open_to_them == [
        f"/en/editions/{edition.slug}/",
        f"/en/editions/{edition.slug}/timetables/",
        f"/en/editions/{edition.slug}/delivery/",
    ]
    assert [sign_in(participant).get(url, follow=True).status_code for url in open_to_them] == [
        200,
        200,
        200,
    ]


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
    return next(one.state for one in stages_of(edition) if one.stage == stage)


def test_promises_come_first_and_the_boards_stages_follow():
    edition = make.edition()
    make.call(make.activity(of=edition))

    stages = stages_of(edition)

    assert stages[0].stage == "agreements"
    assert stages[1:] == list(pipeline_states(edition))
    assert [one.state for one in stages if one.stage in ("agreements", "editions", "calls")] == [
        "unknown",
        "done",
        "in_progress",
    ]


def test_late_promise_marks_the_first_stage():
    edition = make.edition()
    kept = make.commitment(state="kept")
    Fulfilment.objects.create(edition=edition, commitment=kept)
    assert state_of(edition, "agreements") == "done"

    late = make.commitment(due_on=kept.promised_on)
    Fulfilment.objects.create(edition=edition, commitment=late)
    assert state_of(edition, "agreements") == "late"


@pytest.mark.parametrize("activities", [1, 3])
def test_rail_costs_three_queries_however_many_activities(django_assert_num_queries, activities):
    edition = make.edition()
    for number in range(activities):
        make.review_round(make.call(make.activity(f"A{number}", of=edition)))

    with django_assert_num_queries(3):
        stages_of(edition)
