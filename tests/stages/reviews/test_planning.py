"""The plan of a reading: who is missing before the call closes, and what each day takes."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from karvan.foundation.places.models import WorkingWeek
from karvan.foundation.records.models import Record
from karvan.stages.reviews.errors import DueNotPossible, PlanNotPossible, WrongState
from karvan.stages.reviews.planned import plan_in_words
from karvan.stages.reviews.queries import forecast
from karvan.stages.reviews.services import PlanNumbers, numbers_of, open_round, plan_of, plan_round
from karvan.stages.reviews.services.planning import spread_over
from tests import make

pytestmark = pytest.mark.django_db

TWO_WEEKS = {"starts_on": date(2027, 4, 5), "due_on": date(2027, 4, 16)}


@pytest.fixture
def baku():
    """580 applications expected, twelve reviewers who take forty reads each."""
    reading = make.review_round(make.call(languages=["az", "en"]), state="prepared")
    make.application(reading.call, state="submitted", language="az")
    for _number in range(12):
        make.reviewer(reading, languages=["az"])
    return reading


def numbers(expected=580, **more):
    return PlanNumbers(expected, 40, **{**TWO_WEEKS, **more})


def here(reading):
    activity = reading.call.activity
    return {"edition": activity.edition.slug, "activity": activity.code}


def test_twelve_stand_where_twenty_nine_are_needed(baku):
    plan = plan_of(baku, numbers())

    assert (plan.applications, plan.answer.reads, plan.answer.capacity) == (580, 1160, 480)
    assert (plan.answer.needed_in_all, plan.answer.standing) == (29, 12)
    said = plan_in_words(plan.answer)
    assert said == "29 reviewers are needed where 12 stand: 17 more who read Azerbaijani."
    [azerbaijani] = plan.languages
    assert (azerbaijani.missing_reads, azerbaijani.missing_reviewers) == (680, 17)


def test_days_off_take_no_reads_and_the_days_add_up(baku):
    plan = plan_of(baku, numbers())

    assert plan.working_days == 10
    assert sum(span.reads for span in plan.spans) == 1160
    assert sum(span.can for span in plan.spans) == 480
    off = [span for span in plan.spans if span.closed]
    assert [span.first for span in off] == [date(2027, 4, 10), date(2027, 4, 11)]
    assert {span.reads for span in off} == {0}


def test_many_days_are_shown_by_weeks(baku):
    plan = plan_of(baku, numbers(due_on=date(2027, 6, 4)))

    assert len(plan.spans) == 9
    assert sum(span.reads for span in plan.spans) == 1160


def test_country_without_a_known_week_says_so_and_plans_the_rest(baku):
    WorkingWeek.objects.all().delete()

    plan = plan_of(baku, numbers())

    assert "No working week is known" in plan.no_days
    assert (plan.spans, plan.answer.needed_in_all) == ((), 29)
    assert numbers_of(baku).starts_on is None


def test_applications_to_come_are_spread_as_those_that_came():
    assert spread_over(10, {"az": 2, "en": 1}) == {"az": 7, "en": 3}
    assert spread_over(0, {"az": 2}) == {"az": 0}
    assert spread_over(2, {"az": 1, "en": 1, "fr": 1}) == {"az": 1, "en": 1, "fr": 0}


def test_nothing_known_of_languages_is_said():
    reading = make.review_round(make.call(languages=["ar", "en"]), state="prepared")

    plan = plan_of(reading, numbers(30))

    assert plan.is_guessed
    assert [(one.language, one.missing_reviewers) for one in plan.languages] == [("ar", 2)]


def test_enough_reviewers_are_enough(baku):
    said = plan_in_words(plan_of(baku, numbers(10)).answer)

    assert said == "The 12 reviewers who stand are enough."


def test_whoever_stopped_does_not_stand(baku):
    baku.reviewers.update(is_active=False)

    assert plan_of(baku, numbers()).answer.standing == 0


def test_numbers_are_kept_and_told(baku):
    kept = plan_round(baku, expected=580, load_each=30, **TWO_WEEKS, by=None)

    assert (kept.expected, kept.load_each, kept.starts_on) == (580, 30, date(2027, 4, 5))
    assert numbers_of(kept) == PlanNumbers(580, 30, **TWO_WEEKS)
    assert Record.objects.get().act == "planned reading"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"expected": 0}, "expected"),
        ({"load_each": 0}, "load_each"),
        ({"starts_on": date(2027, 3, 2), "due_on": date(2027, 3, 1)}, "due_on"),
        ({"starts_on": date(9999, 12, 31)}, "starts_on"),
    ],
)
def test_impossible_numbers_are_refused_at_their_field(baku, typed, field):
    with pytest.raises(PlanNotPossible) as refused:
        plan_round(baku, **typed, by=None)

    assert refused.value.field == field
    assert Record.objects.count() == 0


def test_no_fewer_can_be_expected_than_have_come(baku):
    make.application(baku.call, state="submitted")

    with pytest.raises(PlanNotPossible, match="2 have come already"):
        plan_round(baku, expected=1, by=None)


def test_closed_reading_is_not_planned():
    with pytest.raises(WrongState):
        plan_round(make.review_round(state="closed"), by=None)


def test_empty_days_are_proposed_from_the_day_that_is_typed(baku):
    kept = plan_round(baku, starts_on=date(2027, 4, 5), by=None)

    assert kept.due_at is None
    assert numbers_of(kept) == PlanNumbers(None, 40, **TWO_WEEKS)


def test_reading_is_not_opened_after_its_plan_has_ended(baku):
    baku.due_at = make.moment(2026, 1, 1)
    baku.save()

    with pytest.raises(DueNotPossible):
        open_round(baku, by=None)


def test_forecast_goes_on_as_in_the_last_days():
    reading = make.review_round()
    assert forecast(reading.call) is None
    for _number in range(7):
        make.application(reading.call, state="submitted")

    assert forecast(reading.call) == 18
    assert forecast(make.call(open_now=False)) is None


def test_page_tries_numbers_without_keeping_them(sign_in, baku):
    client = sign_in(make.role("coordinator", baku.scope))
    address = reverse("reviews:plan", kwargs=here(baku))
    typed = {"expected": 580, "load_each": 40, "starts_on": "2027-03-01", "due_on": "2027-03-12"}

    first = client.get(address)
    tried = client.post(address, {**typed, "act": "try"})
    baku.refresh_from_db()

    assert "The 12 reviewers who stand are enough." in first.text
    assert "29 reviewers are needed where 12 stand" in tried.text
    assert baku.expected is None
    assert client.post(address, {**typed, "act": "keep"}).status_code == 302
    baku.refresh_from_db()
    assert baku.expected == 580


def test_page_says_what_is_wrong_beside_the_field(sign_in, baku):
    client = sign_in(make.officer())
    address = reverse("reviews:plan", kwargs=here(baku))

    zero = client.post(address, {"expected": 0, "load_each": 40, "act": "try"})
    turned = client.post(
        address,
        {"load_each": 40, "starts_on": "2027-03-12", "due_on": "2027-03-01", "act": "keep"},
    )

    assert (zero.status_code, turned.status_code) == (422, 422)
    assert 'id="id_expected_error"' in zero.text
    assert 'id="id_due_on_error"' in turned.text
    assert "cannot end before it begins" in turned.text


def test_auditor_reads_the_plan_and_changes_nothing(sign_in, baku):
    client = sign_in(make.role("auditor"))
    address = reverse("reviews:plan", kwargs=here(baku))

    assert "Keep these numbers" not in client.get(address).text
    assert client.post(address, {"load_each": 3, "act": "keep"}).status_code == 403
