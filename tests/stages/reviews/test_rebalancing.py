"""Reads move where somebody stopped: shown first, fewest changes, nothing finished moves; letters once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.reviews.errors import (
    ChangedSince,
    LanguageNotKnown,
    LoadNotPossible,
    ReasonMissing,
    WrongState,
)
from karvan.stages.reviews.models import Assignment, Conflict
from karvan.stages.reviews.services import (
    assign_reads,
    change_reviewer,
    declare_conflict,
    finish_review,
    open_round,
    rebalance_reads,
    rebalancing_of,
    resume_reviewer,
    save_review,
    stop_reviewer,
)
from tests import make

pytestmark = pytest.mark.django_db

MARKS = {"C1": 4, "C2": 4}


@pytest.fixture
def reading():
    """Eight applications given out to four reviewers, who were told."""
    reading = make.review_round()
    for _number in range(8):
        make.application(reading.call, state="submitted")
    for _number in range(4):
        make.reviewer(reading)
    assign_reads(reading, seed="1", by=None)
    return reading


def standing(reading):
    rows = Assignment.objects.filter(round=reading, withdrawn_at__isnull=True)
    return set(rows.values_list("application_id", "reviewer_id"))


def here(reading):
    activity = reading.call.activity
    return {"edition": activity.edition.slug, "activity": activity.code}


def test_unfinished_reads_of_whoever_stopped_move_and_nothing_else(reading):
    gone = reading.reviewers.first()
    done, *left = gone.assignments.all()
    finish_review(done, marks=MARKS, by=None)
    before = standing(reading)
    stop_reviewer(gone, reason="Ill", by=None)

    shown = rebalancing_of(reading)
    unchanged = standing(reading)
    moved = rebalance_reads(reading, digest=shown.digest, by=None)

    after = standing(reading)
    assert unchanged == before
    assert (shown.added, shown.taken_back, shown.staying) == (len(left), len(left), 16 - len(left))
    assert moved.moves == shown.moves
    assert {move.origin for move in shown.moves} == {gone}
    assert gone not in {move.to for move in shown.moves}
    assert before - after == {(one.application_id, gone.pk) for one in left}
    assert (done.application_id, gone.pk) in after
    assert len(after) == 16
    assert rebalancing_of(reading).moves == ()


def test_what_was_shown_is_what_is_done(reading):
    first, second = reading.reviewers.all()[:2]
    stop_reviewer(first, reason="Ill", by=None)
    shown = rebalancing_of(reading)
    stop_reviewer(second, reason="Away", by=None)
    before = standing(reading)

    with pytest.raises(ChangedSince):
        rebalance_reads(reading, digest=shown.digest, by=None)

    assert standing(reading) == before


def test_draft_stays_with_whoever_still_reads_and_leaves_with_whoever_stopped(reading):
    late = make.reviewer(reading, load_low=2)
    gone, other = reading.reviewers.order_by("pk")[:2]
    for reviewer in (gone, other):
        for read in reviewer.assignments.all():
            save_review(read, marks={"C1": 3}, by=None)
    kept = {(one.application_id, other.pk) for one in other.assignments.all()}
    stop_reviewer(gone, reason="Ill", by=None)

    rebalance_reads(reading, by=None)

    after = standing(reading)
    assert kept <= after
    assert not any(reviewer == gone.pk for _application, reviewer in after)
    assert sum(reviewer == late.pk for _application, reviewer in after) >= 2


def test_third_read_of_whoever_stopped_goes_to_somebody_else():
    reading = make.review_round()
    sent = make.application(reading.call, state="submitted")
    for number in (0, 5):
        read = make.assignment(make.reviewer(reading), application=sent)
        finish_review(read, marks={"C1": number, "C2": number}, by=None)
    gone, other = make.reviewer(reading), make.reviewer(reading)
    make.assignment(gone, application=sent, is_third_read=True)
    stop_reviewer(gone, reason="Ill", by=None)

    rebalance_reads(reading, by=None)

    third = Assignment.objects.get(is_third_read=True, withdrawn_at__isnull=True)
    assert third.reviewer == other


def test_reads_nobody_can_take_are_said(reading):
    for one in reading.reviewers.all():
        stop_reviewer(one, reason="Strike", by=None)

    shown = rebalancing_of(reading)

    assert {move.to for move in shown.moves} == {None}
    assert sum(needed.reads for needed in shown.missing) == 16


def test_each_reviewer_gets_one_letter_however_often_reads_are_given_out(reading):
    told = Message.objects.filter(kind="reviews/reads")
    assert told.count() == 4
    assign_reads(reading, by=None)
    assert told.count() == 4
    gone = reading.reviewers.first()
    stop_reviewer(gone, reason="Ill", by=None)

    moved = rebalance_reads(reading, by=None)

    assert told.count() == 4 + moved.letters
    last = told.filter(to_person=gone.person).order_by("pk").last()
    assert "taken back from you" in last.body
    assert "Nothing is left for you to read." in last.body


def test_nobody_is_told_before_the_reading_opens():
    reading = make.review_round(state="prepared")
    make.application(reading.call, state="submitted", full_name="Leyla Secret")
    speaker = make.reviewer(reading, person=make.person(language="ar"))
    make.reviewer(reading, person=make.person(email=None))
    assign_reads(reading, by=None)
    assert Message.objects.count() == 0

    open_round(reading, by=None)

    letter = Message.objects.get()
    assert (letter.to_person, letter.language) == (speaker.person, "ar")
    assert "/ar/reviews/" in letter.body
    assert "Secret" not in letter.subject + letter.body
    assert Assignment.objects.filter(told_at__isnull=True).count() == 1


def test_coordinator_s_conflict_is_told_and_the_reviewer_s_own_is_not(reading):
    first, second = Assignment.objects.all()[:2]
    told = Message.objects.filter(kind="reviews/reads")

    declare_conflict(first.reviewer, application_id=first.application_id, by=first.reviewer.person)
    assert told.count() == 4
    declare_conflict(second.reviewer, application_id=second.application_id, by=make.officer())
    assert told.count() == 5


def test_stopping_needs_a_reason_and_can_be_undone(reading):
    one = reading.reviewers.first()

    with pytest.raises(ReasonMissing):
        stop_reviewer(one, reason=" ", by=None)
    stopped = stop_reviewer(one, reason="Ill", by=None)
    with pytest.raises(WrongState):
        stop_reviewer(one, reason="Ill", by=None)
    back = resume_reviewer(one, by=None)
    with pytest.raises(WrongState):
        resume_reviewer(one, by=None)

    assert (stopped.is_active, back.is_active) == (False, True)
    record = Record.objects.get(act="stopped reading")
    assert record.reason == "Ill"


def test_languages_and_loads_that_cannot_be_are_refused(reading):
    one = reading.reviewers.first()

    with pytest.raises(LanguageNotKnown, match="xx"):
        change_reviewer(one, languages=["en", "xx"], load_low=0, load_high=5, by=None)
    with pytest.raises(LanguageNotKnown):
        change_reviewer(one, languages=[], load_low=0, load_high=5, by=None)
    with pytest.raises(LoadNotPossible):
        change_reviewer(one, languages=["en"], load_low=6, load_high=5, by=None)
    changed = change_reviewer(one, languages=["en"], load_low=2, load_high=5, by=None)

    assert (changed.languages, changed.load_low, changed.load_high) == (["en"], 2, 5)


def test_somebody_stops_on_screen_and_reads_move(sign_in, reading):
    one = reading.reviewers.first()
    client = sign_in(make.role("coordinator", reading.scope))
    names = here(reading)
    page = reverse("reviews:reviewer", kwargs={**names, "pk": one.pk})
    stop = reverse("reviews:stop", kwargs={**names, "pk": one.pk})
    move = reverse("reviews:rebalance", kwargs=names)

    crossed = client.post(page, {"languages": ["en"], "load_low": 9, "load_high": 3})
    unknown = client.post(page, {"languages": ["xx"], "load_low": 0, "load_high": 3})
    silent = client.post(stop, {"reason": ""})
    answer = client.post(stop, {"reason": "Ill"})
    shown = client.get(move)

    assert "above the most" in crossed.text
    assert 'id="id_load_low_error"' in crossed.text
    assert "“xx” is not a language of this call." in unknown.text
    assert (silent.status_code, answer["Location"]) == (422, move)
    assert str(one.person) in shown.text
    digest = rebalancing_of(reading).digest
    assert digest in shown.text
    assert client.post(move, {"digest": "of yesterday"})["Location"] == move
    assert client.post(move, {"digest": digest}).status_code == 302
    assert "moved" in client.get(reverse("reviews:round", kwargs=names)).text
    assert "Nothing has to move" in client.get(move).text


def test_conflict_found_meanwhile_moves_the_read(reading):
    hit = Assignment.objects.filter(round=reading).first()
    Conflict.objects.create(reviewer=hit.reviewer, application=hit.application, kind="kin")

    rebalance_reads(reading, by=None)

    hit.refresh_from_db()
    assert hit.withdrawn_at is not None
    assert len(standing(reading)) == 16


def test_reads_of_equals_are_spread_so_that_nobody_has_less_than_three_quarters(reading):
    loads = [reviewer.assignments.count() for reviewer in reading.reviewers.all()]

    assert sum(loads) == 16
    assert min(loads) >= 3
