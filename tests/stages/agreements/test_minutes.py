"""Minutes are taken live by several at once: nothing is written twice, nothing is overwritten."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from karvan.foundation.records.models import Record
from karvan.stages.agreements.errors import (
    AlreadyPromised,
    ChangedMeanwhile,
    MinutesAgreed,
    WrongState,
)
from karvan.stages.agreements.services import (
    add_minutes_item,
    change_minutes_item,
    confirm_minutes,
    move_minutes_item,
    remove_minutes_item,
)
from tests import make

pytestmark = pytest.mark.django_db


def written(*words, meeting=None):
    meeting = meeting or make.consultation(state="held")
    for word in words:
        add_minutes_item(meeting, kind="agreement", texts={"en": word}, by=None)
    return meeting


def order(meeting):
    return [(item.number, item.texts["en"]) for item in meeting.items.all()]


def item_of(meeting, number):
    return meeting.items.get(number=number)


def test_a_sentence_sent_twice_over_a_poor_line_is_written_once():
    meeting, key = written("First"), uuid4()

    one = add_minutes_item(meeting, kind="action", texts={"en": "Second"}, key=key, by=None)
    again = add_minutes_item(meeting, kind="action", texts={"en": "Second"}, key=key, by=None)

    assert one == again
    assert order(meeting) == [(1, "First"), (2, "Second")]
    assert Record.objects.filter(act="minutes item written").count() == 2


def test_two_rapporteurs_overwrite_nothing():
    meeting = written("A camp")
    leyla, omar = make.person(), make.person()
    seen_by_both = item_of(meeting, 1)
    change_minutes_item(
        seen_by_both, kind="action", texts={"en": "A camp of three days"}, version=1, by=leyla
    )

    with pytest.raises(ChangedMeanwhile, match="A camp of three days") as refused:
        change_minutes_item(
            seen_by_both, kind="action", texts={"en": "A camp in July"}, version=1, by=omar
        )

    assert str(leyla) in str(refused.value)
    assert order(meeting) == [(1, "A camp of three days")]
    settled = change_minutes_item(
        seen_by_both,
        kind="action",
        texts={"en": "A camp of three days in July"},
        version=refused.value.item.version,
        by=omar,
    )
    assert settled.version == 3


def test_what_is_the_same_is_not_written_again():
    meeting = written("A camp")
    item = item_of(meeting, 1)

    same = change_minutes_item(item, kind="agreement", texts={"en": "A camp"}, version=1, by=None)

    assert same.version == 1
    assert Record.objects.filter(act="minutes item changed").count() == 0


@pytest.mark.parametrize(
    ("start", "to", "words"),
    [(1, 3, "BCAD"), (4, 1, "DABC"), (2, 3, "ACBD"), (3, 3, "ABCD"), (1, 4, "BCDA")],
)
def test_a_sentence_moves_and_the_others_make_room(start, to, words):
    meeting = written(*"ABCD")

    move_minutes_item(item_of(meeting, start), to=to, by=None)

    assert order(meeting) == list(enumerate(words, start=1))


@pytest.mark.parametrize("to", [0, 3, -1])
def test_a_place_that_is_not_there_is_refused(to):
    meeting = written("A", "B")

    with pytest.raises(WrongState):
        move_minutes_item(item_of(meeting, 1), to=to, by=None)

    assert order(meeting) == [(1, "A"), (2, "B")]


def test_a_sentence_struck_closes_the_gap_and_stays_in_the_history():
    meeting = written("A", "B", "C")

    remove_minutes_item(item_of(meeting, 2), by=None)

    assert order(meeting) == [(1, "A"), (2, "C")]
    struck = Record.objects.get(act="minutes item struck")
    assert struck.before["texts"] == {"en": "B"}


def test_a_sentence_that_became_a_commitment_is_not_struck():
    meeting = written("A")
    make.commitment(item=item_of(meeting, 1))

    with pytest.raises(AlreadyPromised):
        remove_minutes_item(item_of(meeting, 1), by=None)


def test_agreed_minutes_are_neither_moved_nor_struck_and_a_move_withdraws_confirmations():
    meeting = written("A", "B")
    seats = [seat.party for seat in meeting.parties.all()]
    confirm_minutes(meeting, party=seats[0], by=make.officer())
    move_minutes_item(item_of(meeting, 1), to=2, by=None)
    assert not meeting.parties.filter(confirmed_at__isnull=False).exists()
    for party in seats:
        confirm_minutes(meeting, party=party, by=make.officer())

    for act in (lambda item: move_minutes_item(item, to=1, by=None), lambda item: remove_minutes_item(item, by=None)):  # fmt: skip
        with pytest.raises(MinutesAgreed):
            act(item_of(meeting, 2))


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


JSON = {"headers": {"Accept": "application/json"}}


def url(name, meeting, *more):
    return reverse(f"agreements:{name}", args=[meeting.code, *more])


def test_the_script_is_told_the_version_and_what_stands_in_its_way(client, officer):
    meeting = written("A camp")
    item = item_of(meeting, 1)
    address = url("change_item", meeting, item.pk)

    taken = client.post(
        address, {"kind": "action", "texts_en": "A camp in July", "version": 1}, **JSON
    )
    stale = client.post(
        address, {"kind": "action", "texts_en": "A camp in May", "version": 1}, **JSON
    )
    empty = client.post(address, {"kind": "action", "version": 2}, **JSON)

    assert (taken.status_code, taken.json()["version"]) == (200, 2)
    assert (stale.status_code, stale.json()["texts"]) == (409, {"en": "A camp in July"})
    assert empty.status_code == 422
    assert "at least one language" in empty.json()["error"]
    assert order(meeting) == [(1, "A camp in July")]


def test_without_a_script_what_was_typed_comes_back_beside_what_stands(client, officer):
    meeting = written("A camp")
    item = item_of(meeting, 1)
    change_minutes_item(item, kind="action", texts={"en": "Theirs"}, by=None)
    typed = {"kind": "action", "texts_en": "Mine", "version": 1}

    answer = client.post(url("change_item", meeting, item.pk), typed)

    assert answer.status_code == 422
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    version = answer.context["form"]["version"].value()
    client.post(url("change_item", meeting, item.pk), {**typed, "version": version})
    assert order(meeting) == [(1, "Mine")]


def test_the_room_adds_moves_and_strikes_with_plain_forms(client, officer):
    meeting = written("A")
    key = str(uuid4())

    for _click in range(2):
        client.post(url("minutes", meeting), {"kind": "proposal", "texts_en": "B", "key": key})
    client.post(url("move_item", meeting, item_of(meeting, 2).pk), {"way": "up"})
    assert order(meeting) == [(1, "B"), (2, "A")]
    nowhere = client.post(
        url("move_item", meeting, item_of(meeting, 1).pk), {"way": "up"}, follow=True
    )
    client.post(url("remove_item", meeting, item_of(meeting, 2).pk))

    assert "no place 0" in nowhere.text
    assert order(meeting) == [(1, "B")]


def test_an_empty_sentence_keeps_its_kind_and_its_key(client, officer):
    meeting = make.consultation()
    key = str(uuid4())

    answer = client.post(url("minutes", meeting), {"kind": "proposal", "key": key})

    assert answer.status_code == 422
    assert key in answer.text
    assert answer.context["kind"] == "proposal"


def test_the_sheet_shows_two_languages_and_says_what_is_missing(client, officer):
    meeting = make.consultation(titles={"en": "Meeting", "ar": "اجتماع"})
    add_minutes_item(meeting, kind="action", texts={"en": "A camp", "ar": "معسكر"}, by=None)
    add_minutes_item(meeting, kind="action", texts={"en": "A course"}, by=None)

    page = client.get(url("minutes_print", meeting)).text
    french = client.get(url("minutes_print", meeting), {"first": "fr", "beside": "en"}).text
    odd = client.get(url("minutes_print", meeting), {"first": "xx", "beside": "<b>"})

    assert 'lang="ar" dir="rtl"' in page
    assert "معسكر" in page
    assert page.count('class="not-written"') == 1
    assert french.count('class="not-written"') == 3
    assert odd.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_costs_the_same_for_one_sentence_and_three(
    client, officer, django_assert_num_queries, rows
):
    meeting = written(*"ABC"[:rows])

    with django_assert_num_queries(6):
        client.get(url("minutes_items", meeting))


def test_the_sheet_is_also_a_pdf_that_a_machine_can_read(client, officer):
    meeting = make.consultation(titles={"en": "Meeting", "ar": "اجتماع"})
    add_minutes_item(meeting, kind="action", texts={"en": "A camp in July"}, by=None)

    answer = client.get(url("minutes_print", meeting), {"format": "pdf"})

    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "A camp in July" in text
    assert "Meeting" in text
