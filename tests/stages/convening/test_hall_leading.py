"""What those who lead the hall do by hand: paragraphs, order, objections, counts, rounds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.convening.models import Motion, Vote, VoteEvent
from karvan.stages.convening.services.hall_closing import close_vote, enter_count
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall(code="gc")


@pytest.fixture
def officer(there, sign_in):
    return sign_in(there.officer)


def address(there, name, *args):
    return reverse(f"convening:{name}", args=["gc", there.session.slug, *args])


def page_of(answer):
    return answer.content.decode()


def test_a_draft_is_written_paragraph_by_paragraph(there, officer):
    motion = make.motion(there.session, operative=[])
    add = address(there, "add_paragraph", motion.pk)
    officer.post(add, {"is_operative": "no", "texts_en": "Recalling,"})
    officer.post(add, {"is_operative": "yes", "texts_en": "Decides.", "owner": make.party().pk})
    empty = officer.post(add, {"is_operative": "yes"})
    assert empty.status_code == 422
    first, second = motion.paragraphs.all()
    assert [(first.number, first.is_operative), (second.number, second.is_operative)] == [
        ("a", False),
        ("1", True),
    ]
    change = address(there, "change_paragraph", motion.pk, first.pk)
    assert "Who will answer" not in page_of(officer.get(change))
    officer.post(change, {"texts_en": "Noting,"})
    assert "Noting," in page_of(officer.get(address(there, "motion", motion.pk)))
    officer.post(address(there, "remove_paragraph", motion.pk, first.pk))
    assert motion.paragraphs.get().number == "1"


def test_the_chair_lets_the_furthest_be_voted_first(there, officer):
    motion = make.motion(there.session, operative=["Decides."])
    amend = address(there, "amend_motion", motion.pk)
    officer.post(amend, {"number": "1", "act": "replace", "texts_en": "Decides now."})
    assert "Vote this one first" not in page_of(officer.get(address(there, "motion", motion.pk)))
    officer.post(amend, {"number": "1", "act": "delete"})
    near, far = motion.amendments.order_by("pk")
    assert "Vote this one first" in page_of(officer.get(address(there, "motion", motion.pk)))
    officer.post(address(there, "amendment_first", far.pk))
    ordered = motion.amendments.order_by("voting_order")
    assert list(ordered) == [far, near]
    put = f"{address(there, 'put_to_vote', 1)}?motion={near.pk}"
    answer = officer.post(put, {"method": "roll_call", "requirement": "simple"})
    assert answer.status_code == 422
    assert f"{far.symbol} is voted first" in page_of(answer)


def test_a_motion_is_introduced_deferred_and_withdrawn(there, officer):
    motion = make.motion(there.session)
    for to in ("introduced", "deferred", "withdrawn"):
        officer.post(address(there, "move_motion", motion.pk, to))
    motion.refresh_from_db()
    assert motion.state == "withdrawn"
    unknown = officer.post(address(there, "move_motion", motion.pk, "adopted"))
    assert unknown.status_code == 404


def test_a_delegate_carries_a_draft_once(there, sign_in):
    person = make.person()
    make.session_delegate(there.delegations[2], person=person)
    motion = make.motion(there.session)
    client = sign_in(person)
    assert "Carry it too" in page_of(client.get(address(there, "motion", motion.pk)))
    client.post(address(there, "carry_motion", motion.pk))
    assert list(motion.co_sponsors.all()) == [there.delegations[2]]
    assert "Carry it too" not in page_of(client.get(address(there, "motion", motion.pk)))


def test_an_objection_is_written_beside_its_name(there, officer):
    event = there.vote("consensus")
    where = address(there, "object_to", event.pk)
    officer.post(where, {"delegation": there.delegations[1].pk})
    assert Vote.objects.get().option == "objection"
    again = officer.post(where, {"delegation": there.delegations[1].pk})
    assert again.status_code == 422
    assert "A delegation votes once" in page_of(again)
    outside = officer.post(where, {"delegation": there.delegations[7].pk})
    assert "not in the hall" in page_of(outside)


def test_two_tellers_agree_on_paper_ballots_and_the_next_round_opens(there, officer):
    event = there.vote("secret", candidates=["Aysel", "Badr"])
    for teller in ("1", "2"):
        typed = {f"teller{teller}-option{n}": count for n, count in enumerate((2, 2, 1))}
        officer.post(address(there, "enter_count", event.pk, teller), typed)
    officer.post(address(there, "close_vote", event.pk))
    event.refresh_from_db()
    assert (event.result, event.counts["abstain"]) == ("rejected", 1)
    page = page_of(officer.get(address(there, "vote", event.pk)))
    assert "Nobody is elected. The next round: Aysel, Badr." in page
    officer.post(address(there, "next_round", event.pk))
    assert VoteEvent.objects.get(round=2).follows == event
    again = officer.post(address(there, "next_round", event.pk), follow=True)
    assert "there already" in page_of(again)
    assert officer.post(address(there, "enter_count", event.pk, "3"), {}).status_code == 404


def test_a_vote_is_void_for_a_reason_and_its_motion_can_be_put_again(there, officer):
    motion = make.motion(there.session)
    event = there.vote(motion=motion)
    where = address(there, "void_vote", event.pk)
    assert officer.post(where, {"reason": ""}).status_code == 422
    officer.post(where, {"reason": "The wrong text was on the screen."})
    assert "wrong text" in page_of(officer.get(address(there, "vote", event.pk)))
    there.carry(motion)
    motion.refresh_from_db()
    assert motion.state == Motion.State.ADOPTED


def test_a_vote_taken_back_is_asked_again(there, officer):
    event = there.vote()
    there.call(event, "n")
    first = there.delegations[0]
    officer.post(address(there, "take_back_vote", event.pk, first.pk))
    page = page_of(officer.get(address(there, "vote", event.pk)))
    assert "<h2><bdi>Azerbaijan</bdi></h2>" in page


def test_a_member_is_drawn_by_lot_among_those_in_the_hall(there, officer):
    page = page_of(officer.get(address(there, "put_to_vote", 1)))
    drawn = page.split('name="begins_with"')[1].split("selected>")[1].split("<")[0]
    assert drawn in {"Azerbaijan", "Brunei", "Cameroon", "Djibouti", "Egypt"}


def test_where_consensus_is_the_rule_it_is_proposed(sign_in):
    there = hall(code="gc", majorities={"default": "consensus"})
    page = page_of(sign_in(there.officer).get(address(there, "put_to_vote", 1)))
    assert '<option value="consensus" selected>' in page
    assert page.count("selected>") >= 2


def test_a_vote_that_was_imported_shows_who_voted_what(there, officer):
    event = make.vote_event(
        there.session, result="adopted", closed_at=make.moment(1990, 1, 1), counts={"yes": 1}
    )
    Vote.objects.create(event=event, membership=there.delegations[0].membership, option="yes")
    page = page_of(officer.get(address(there, "vote", event.pk)))
    assert "<dt>For</dt><dd><bdi>Azerbaijan</bdi></dd>" in page


def test_of_two_tellers_neither_sees_a_result_before_both_have_counted(there, officer):
    event = there.vote("show_of_hands")
    enter_count(event, teller="1", counts={"yes": 3, "no": 1, "abstain": 0}, by=there.officer)
    page = page_of(officer.get(address(there, "hall_screen")))
    assert "The tellers are counting" in page
    enter_count(event, teller="2", counts={"yes": 3, "no": 1, "abstain": 0}, by=there.officer)
    close_vote(event, by=there.officer)
    assert 'data-result="adopted"' in page_of(officer.get(address(there, "hall_screen")))
