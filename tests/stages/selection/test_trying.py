"""What if: a trial says who comes in and goes out, what it costs and what binds, and writes nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.reviews.blind import reading_code
from karvan.stages.selection.errors import QuotaNotPossible
from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.services import (
    Setting,
    cost_ways_out,
    default_quotas,
    propose_selection,
    ready_pool,
    starting_point,
    try_quotas,
)
from karvan.stages.selection.trials import trial_shown
from tests import make

from .pool import add_reads, read_call, women

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def call():
    """Two places; the two best marks are men's."""
    return read_call((90, "M"), (80, "M"), (70, "F"), (60, "F"))


def setting(*quotas, places=2, is_corrected=True):
    return Setting(places, quotas, "tests", is_corrected)


def tried(call, quotas, run=None, **more):
    """The trial of these quotas as the room shows it."""
    ready = ready_pool(call)
    trial = try_quotas(ready, setting(*quotas, **more))
    own = setting(*default_quotas(call, call.places, ready.pool))
    start = starting_point(ready, run, own)
    costs = cost_ways_out(ready, trial) if trial.ways_out else None
    return trial_shown(call, ready.pool, trial, start, run=run, costs=costs)


def code(call, mark):
    """The reading code of the application with this mark of 100."""
    return reading_code(call.applications.order_by("pk")[(90 - mark) // 10])


def where(call, name, **more):
    activity = call.activity
    kwargs = {"edition": activity.edition.slug, "activity": activity.code, **more}
    return reverse(f"selection:{name}", kwargs=kwargs)


def typed(floor="", ceiling="", places="2", **more):
    return {
        "places": places,
        "seed": "tests",
        "is_corrected": "on",
        "floor:women": floor,
        "ceiling:women": ceiling,
        **more,
    }


def test_trial_names_who_comes_in_and_goes_out_against_a_run(call):
    run = propose_selection(call, quotas=[], seed="tests", by=None)

    shown = tried(call, [women(floor=1)], run)

    assert (shown.came_in.codes, shown.went_out.codes) == ((code(call, 70),), (code(call, 80),))
    assert shown.said == (
        "2 people in, 160 points in all. 10 points fewer than by marks alone."
        " Against run 1: 1 come in, 1 go out, 10 points fewer."
    )
    assert [(one.inside, one.state, one.word) for one in shown.states] == [(1, "locked", "binds")]


def test_without_a_run_a_trial_is_set_against_the_calls_own_quotas(call):
    shown = tried(call, [women(floor=0)])

    # The blueprint asks for one woman of two places.
    assert shown.against_start == (
        "Against the call's own quotas: 1 come in, 1 go out, 10 points more."
    )
    assert [(one.inside, one.word) for one in shown.states] == [(0, "kept by itself")]


def test_trial_under_what_is_set_already_changes_nothing(call):
    run = propose_selection(call, seed="tests", by=None)

    shown = tried(call, run.quotas, run)

    assert shown.against_start == "Against run 1: nothing changes."
    assert (shown.came_in.count, shown.went_out.count) == (0, 0)


def test_clash_is_told_with_ways_out_that_each_say_their_cost_and_set_the_fields(call):
    shown = tried(call, [women(floor=3)], places=4)

    assert not shown.is_feasible
    assert [(one.state, one.word) for one in shown.states] == [("late", "clashes")]
    assert shown.total.endswith("there are: Women.")
    [way] = shown.ways_out
    assert way.words == "Women: at least 2 instead of 3"
    assert way.cost.startswith("moves a limit by 1 person")
    assert way.values == {
        "places": 4, "seed": "tests", "is_corrected": "on", "floor:women": 2, "ceiling:women": "",
    }  # fmt: skip


def test_quota_told_twice_is_refused(call):
    with pytest.raises(QuotaNotPossible):
        try_quotas(ready_pool(call), setting(women(floor=1), women(floor=1)))


def test_trial_sees_a_mark_a_nomination_and_a_withdrawal_made_after_the_last_one(call):
    before = try_quotas(ready_pool(call), setting(women()))
    first, *_others, last = call.applications.order_by("pk")
    for read in last.assignments.all():
        read.review.total = 9900
        read.review.save()
    better = try_quotas(ready_pool(call), setting(women()))
    first.state = "withdrawn"
    first.save()
    without = try_quotas(ready_pool(call), setting(women()))

    assert [one.value for one in (before, better, without)] == [17_000, 18_900, 17_900]


def test_trial_asks_the_same_few_queries_for_few_and_many_and_reads_only_those_it_names():
    costs = []
    for more in (2, 30):
        call = read_call((90, "M"), (80, "M"), *((70, "F") for _n in range(more)))
        run = propose_selection(call, quotas=[], seed="tests", by=None)
        tried(call, [women(floor=1)], run)
        with CaptureQueriesContext(connection) as asked:
            tried(call, [women(floor=2)], run)
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 16


def test_room_answers_a_change_with_a_part_of_the_page_and_writes_nothing(sign_in, call):
    propose_selection(call, quotas=[], seed="tests", by=None)
    client = sign_in(make.role("auditor"))
    records = Record.objects.count()

    part = client.post(where(call, "try"), typed(floor="1", run="1"), **HTMX)

    assert part.status_code == 200
    assert "<html" not in part.text
    assert code(call, 70) in part.text
    assert 'id="inside-0" hx-swap-oob="innerHTML"' in part.text
    assert '<p id="tried-said" hx-swap-oob="innerHTML">2 people in' in part.text
    assert (SelectionRun.objects.count(), Record.objects.count()) == (1, records)


def test_without_scripts_the_whole_page_comes_with_the_trial_and_what_was_typed(sign_in, call):
    client = sign_in(make.officer())

    page = client.post(where(call, "try"), typed(floor="2"))

    assert "<html" in page.text
    assert "2 people in, 130 points in all." in page.text
    assert 'name="floor:women" value="2"' in page.text
    assert SelectionRun.objects.count() == 0


def test_contradiction_is_told_at_its_field_and_nothing_is_tried(sign_in, call):
    client = sign_in(make.officer())

    page = client.post(where(call, "try"), typed(floor="2", ceiling="1"))
    part = client.post(where(call, "try"), typed(floor="3"), **HTMX)

    assert page.status_code == 422
    assert "At least 2 is more than at most 1." in page.text
    assert "Women, at least: At least 3 is more than the 2 places there are." in part.text


def test_first_answer_to_a_clash_comes_without_costs_and_asks_for_them(sign_in, call):
    client = sign_in(make.officer())

    first = client.post(where(call, "try"), typed(floor="3", places="4"), **HTMX)
    second = client.post(f"{where(call, 'try')}?costs=1", typed(floor="3", places="4"), **HTMX)

    assert "Women: at least 2 instead of 3" in first.text
    assert "?costs=1" in first.text
    assert "moves a limit by 1 person" in second.text
    assert "?costs=1" not in second.text


def test_room_works_before_anybody_has_read(sign_in):
    call = make.call()
    make.application(call, state="submitted")

    part = sign_in(make.officer()).post(where(call, "try"), typed(), **HTMX)

    assert "0 people in" in part.text


def test_corrected_marks_decide_where_the_reading_allows_it_and_the_box_is_ticked():
    call = make.call(places=2)
    readers = [make.reviewer(make.review_round(call, reads_each=2)) for _n in range(1)]
    readers += [make.reviewer(call.review_round) for _n in range(3)]
    for at in range(24):
        made = make.application(call, state="submitted", attributes={"sex": "F"})
        pair = (readers[at % 4], readers[(at + 1 + at // 4 % 3) % 4])
        for reader in pair:
            strict = 30 if reader == readers[0] else 0
            add_reads(made, [reader], 60 + at - strict)

    ticked = propose_selection(call, quotas=[], by=None)
    plain = propose_selection(call, quotas=[], is_corrected=False, by=None)

    assert (ticked.is_corrected, plain.is_corrected) == (True, False)
    assert ticked.decisions.exclude(merit=0).exclude(deviation=None).count() == 24
    assert {d.merit for d in plain.decisions.all()} == {d.raw for d in plain.decisions.all()}
    assert [d.merit for d in ticked.decisions.all()] != [d.raw for d in ticked.decisions.all()]
    assert {d.reads for d in ticked.decisions.all()} == {2}
