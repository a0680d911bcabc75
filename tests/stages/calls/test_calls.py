"""Acts on the call itself: draft, publish, move, extend, cancel; and the reminder of drafts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.queries import history_of
from karvan.stages.calls.asking import form_hash, form_of
from karvan.stages.calls.errors import DatesOutOfOrder, FormMissing, ReasonMissing, WrongState
from karvan.stages.calls.models import Call, Extension
from karvan.stages.calls.services import (
    cancel_call,
    draft_call,
    extend_for_one,
    move_deadline,
    publish_call,
    save_draft,
    start_application,
    submit_application,
)
from karvan.stages.calls.tasks import remind_drafts
from tests import make
from tests.stages.calls.answers import answers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def drafted(activity=None, **changed):
    now = timezone.now()
    values = {
        "opens_at": now,
        "advertised_deadline": now + 10 * DAY,
        "closes_at": now + 11 * DAY,
        "places": 20,
        "languages": ["az", "en"],
        "by": make.officer(),
        **changed,
    }
    return draft_call(activity or make.activity(), **values)


def acts(of):
    return [one.act for one in history_of(of).order_by("number")]


def test_call_is_drafted_with_the_titles_of_its_activity():
    activity = make.activity()

    call = drafted(activity)

    assert (call.state, call.titles, call.languages) == ("draft", activity.titles, ["en", "az"])
    assert call.slug == activity.scope.replace("/", "-").lower()
    assert acts(call) == ["drafted"]


def test_drafted_again_the_draft_is_changed():
    activity = make.activity()
    first = drafted(activity)

    second = drafted(activity, places=5)

    assert (second.pk, second.places, acts(second)) == (first.pk, 5, ["drafted", "changed"])


@pytest.mark.parametrize(("opens", "deadline", "closes"), [(2, 1, 3), (1, 3, 2), (1, 1, 2)])
def test_dates_out_of_order_make_no_call(opens, deadline, closes):
    now = timezone.now()

    with pytest.raises(DatesOutOfOrder):
        drafted(
            opens_at=now + opens * DAY,
            advertised_deadline=now + deadline * DAY,
            closes_at=now + closes * DAY,
        )

    assert Call.objects.count() == 0


def test_publishing_freezes_form_and_plan():
    call = drafted()

    published = publish_call(call, by=make.officer())

    published.activity.refresh_from_db()
    assert published.state == "published"
    assert published.form_sha256 == form_hash(published.form)
    assert [q.key for q in form_of(published)][:4] == ["full_name", "email", "phone", "sex"]
    assert published.activity.plan_frozen_at is not None
    assert acts(published) == ["drafted", "published"]
    with pytest.raises(WrongState):
        publish_call(published, by=make.officer())
    with pytest.raises(WrongState):
        drafted(published.activity)


def test_frozen_form_stays_when_the_blueprint_changes():
    call = publish_call(drafted(), by=make.officer())
    blueprint = call.activity.edition.blueprint
    blueprint.data["activities"][0]["form"]["sections"][0]["questions"].pop()

    call.refresh_from_db()

    assert "motivation" in form_of(call).by_key
    assert form_hash(call.form) == call.form_sha256


def test_activity_that_asks_nothing_and_call_that_is_over_are_not_published():
    data = make.small_document("X")
    del data["activities"][0]["form"]
    mute = make.activity(of=make.edition(of=make.blueprint(data=data)))
    now = timezone.now()
    over = drafted(opens_at=now - 3 * DAY, advertised_deadline=now - 2 * DAY, closes_at=now - DAY)

    with pytest.raises(FormMissing):
        publish_call(drafted(mute), by=None)
    with pytest.raises(WrongState):
        publish_call(over, by=None)

    assert set(Call.objects.values_list("state", flat=True)) == {"draft"}


def test_deadline_moves_later_only_and_says_why():
    call = make.call()
    before = (call.advertised_deadline, call.closes_at)

    with pytest.raises(WrongState):
        move_deadline(call, advertised_deadline=before[0] - DAY, reason="Earlier", by=None)
    with pytest.raises(ReasonMissing):
        move_deadline(call, advertised_deadline=before[0] + DAY, reason=" ", by=None)
    call.refresh_from_db()
    assert (call.advertised_deadline, call.closes_at) == before

    moved = move_deadline(call, advertised_deadline=before[0] + DAY, reason="Floods", by=None)

    assert (moved.advertised_deadline, moved.closes_at) == (before[0] + DAY, before[1] + DAY)
    assert history_of(moved).get().reason == "Floods"


def test_extension_is_later_than_the_call_and_says_why():
    call = make.call()

    with pytest.raises(WrongState):
        extend_for_one(call, until=call.closes_at, reason="Illness", by=None)
    with pytest.raises(ReasonMissing):
        extend_for_one(call, until=call.closes_at + DAY, reason="", by=None)

    assert Extension.objects.count() == 0


def test_cancelling_tells_everybody_who_left_an_address_once():
    call = make.call()
    submit_application(start_application(call, language="az"), raw=answers())
    start_application(call, language="en", email="begun@example.org")
    start_application(call, language="en")

    cancelled = cancel_call(call, reason="No hall", by=make.officer())

    letters = Message.objects.filter(kind="calls/cancelled")
    assert cancelled.state == "cancelled"
    assert sorted(letters.values_list("language", flat=True)) == ["az", "en"]
    assert all("No hall" in letter.body for letter in letters)
    with pytest.raises(WrongState):
        cancel_call(call, reason="Again", by=None)
    assert letters.count() == 2


def test_drafts_are_reminded_once_and_only_near_the_deadline():
    call = make.call()
    draft = start_application(call, language="az", email="late@example.org")
    start_application(call, language="az", email="late@example.org")
    start_application(call, language="az")
    done = start_application(call, language="az")
    submit_application(done, raw=answers(email="done@example.org"))
    start_application(call, language="az", email="done@example.org")

    assert remind_drafts() == 0
    with clock.replaying(call.advertised_deadline - 2 * DAY):
        remind_drafts()
        remind_drafts()

    letters = Message.objects.filter(kind="calls/reminder")
    assert [letter.to_address for letter in letters] == ["late@example.org"]
    assert draft.token in letters[0].body


def test_saving_works_after_the_deadline_so_nothing_is_lost():
    draft = start_application(make.call(), language="en")
    with clock.replaying(draft.call.closes_at + DAY):
        save_draft(draft, raw={"motivation": "Still typing"})

    draft.refresh_from_db()
    assert draft.answers["motivation"] == "Still typing"
