"""Motions, their paragraphs and amendments: numbered, ordered, voted before the text."""

from __future__ import annotations

import pytest

from karvan.stages.convening.errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from karvan.stages.convening.models import Motion
from karvan.stages.convening.services.hall_amending import order_amendments, submit_amendment
from karvan.stages.convening.services.hall_motions import (
    add_paragraph,
    change_paragraph,
    co_sponsor,
    move_motion,
    number_of,
    remove_paragraph,
    submit_motion,
)
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall()


@pytest.fixture
def motion(there):
    return make.motion(there.session, operative=["Thanks.", "Decides.", "Asks.", "Reports."])


def numbers(motion, is_operative=True):
    rows = motion.paragraphs.filter(is_operative=is_operative)
    return [(one.number, one.texts["en"]) for one in rows]


def amend(there, motion, number, act, text="", **more):
    texts = {"en": text} if text else {}
    return submit_amendment(motion, number=number, act=act, texts=texts, by=there.officer, **more)


def test_symbol_is_proposed_and_never_used_twice(there):
    submit = {"kind": "resolution", "titles": {"en": "Next venue"}, "by": there.officer}
    first = submit_motion(there.session, **submit)
    second = submit_motion(there.session, **submit)
    assert [first.symbol[-3:], second.symbol[-3:]] == ["L.1", "L.2"]
    with pytest.raises(NumberTaken, match="L.1 is used"):
        submit_motion(there.session, symbol=first.symbol, **submit)


def test_sponsors_are_of_this_session(there):
    with pytest.raises(NotOfThisSession):
        submit_motion(
            there.session,
            kind="resolution",
            titles={"en": "Next venue"},
            sponsors=[make.delegation()],
            by=there.officer,
        )
    assert not Motion.objects.exists()


def test_paragraphs_have_letters_and_numbers_and_move_up(there):
    motion = make.motion(there.session, operative=[])
    for text in ("Recalling.", "Noting."):
        add_paragraph(motion, is_operative=False, texts={"en": text}, by=there.officer)
    for text in ("Decides.", "Asks."):
        last = add_paragraph(motion, is_operative=True, texts={"en": text}, by=there.officer)
    assert numbers(motion, False) == [("a", "Recalling."), ("b", "Noting.")]
    change_paragraph(last, texts={"en": "Invites."}, by=there.officer)
    remove_paragraph(motion.paragraphs.get(number="1"), by=there.officer)
    assert numbers(motion) == [("1", "Invites.")]
    assert [number_of(False, n) for n in (1, 26, 27, 52)] == ["a", "z", "aa", "az"]


def test_an_amendment_to_a_paragraph_that_is_not_there_is_refused(there, motion):
    with pytest.raises(NotGiven, match="There is no paragraph 7 in .* There are: 1, 2, 3, 4"):
        amend(there, motion, "7", "replace", "Other.")
    with pytest.raises(NotGiven, match="Write the new paragraph"):
        amend(there, motion, "2", "replace")
    assert not motion.amendments.exists()


def test_amendments_are_voted_first_in_the_order_of_the_chair(there, motion):
    near = amend(there, motion, "2", "replace", "Decides firmly.")
    far = amend(there, motion, "2", "delete")
    with pytest.raises(WrongState, match="Amendments are voted before the text"):
        there.vote(motion=motion)
    order_amendments(motion, order=[far.pk, near.pk], by=there.officer)
    near.refresh_from_db()
    with pytest.raises(WrongState, match="is voted first"):
        there.vote(motion=near)
    far.refresh_from_db()
    there.carry(far, "nnnnn")
    near.refresh_from_db()
    there.carry(near)

    assert numbers(motion)[1] == ("2", "Decides firmly.")
    motion.refresh_from_db()
    there.carry(motion)
    motion.refresh_from_db()
    far.refresh_from_db()
    assert (motion.state, far.state) == ("adopted", "rejected")


def test_a_carried_amendment_adds_and_what_follows_is_numbered_anew(there, motion):
    first = amend(there, motion, "1", "add_after", "Welcomes.")
    other = amend(there, motion, "3", "replace", "Asks kindly.")
    there.carry(first)
    other.refresh_from_db()
    assert [one[1] for one in numbers(motion)] == [
        "Thanks.", "Welcomes.", "Decides.", "Asks.", "Reports."
    ]  # fmt: skip
    assert [one[0] for one in numbers(motion)] == ["1", "2", "3", "4", "5"]
    assert other.amended_number == "4"
    there.carry(other)
    assert numbers(motion)[3] == ("4", "Asks kindly.")


def test_amendments_to_a_deleted_paragraph_fall_with_it(there, motion):
    far = amend(there, motion, "2", "delete")
    near = amend(there, motion, "2", "replace", "Decides firmly.")
    there.carry(far)
    near.refresh_from_db()
    assert near.state == "rejected"
    assert far.symbol in near.state_reason
    assert numbers(motion) == [("1", "Thanks."), ("2", "Asks."), ("3", "Reports.")]


def test_a_text_is_not_changed_while_it_is_voted_or_once_it_is_decided(there, motion):
    event = there.vote(motion=motion)
    with pytest.raises(WrongState, match="Nothing is changed while it is voted"):
        add_paragraph(motion, is_operative=True, texts={"en": "More."}, by=there.officer)
    there.call(event, "nnnnn")
    from karvan.stages.convening.services.hall_closing import close_vote

    close_vote(event, by=there.officer)
    with pytest.raises(WrongState, match="Rejected"):
        amend(there, motion, "1", "delete")


def test_a_paragraph_that_an_amendment_names_is_not_removed(there, motion):
    amendment = amend(there, motion, "2", "replace", "Decides firmly.")
    with pytest.raises(WrongState, match="names this paragraph"):
        remove_paragraph(motion.paragraphs.get(number="2"), by=there.officer)
    move_motion(amendment, to="withdrawn", by=there.officer)
    remove_paragraph(motion.paragraphs.get(number="2"), by=there.officer)
    assert len(numbers(motion)) == 3


def test_only_a_text_is_amended_and_only_what_waits_is_moved(there):
    procedure = make.motion(there.session, kind="procedure", operative=[])
    with pytest.raises(WrongState, match="Only a draft"):
        amend(there, procedure, "1", "delete")
    move_motion(procedure, to="deferred", by=there.officer)
    move_motion(procedure, to="introduced", by=there.officer)
    move_motion(procedure, to="withdrawn", by=there.officer)
    with pytest.raises(WrongState):
        move_motion(procedure, to="introduced", by=there.officer)


def test_a_delegation_carries_a_draft_once(there, motion):
    co_sponsor(motion, there.delegations[0], by=there.officer)
    with pytest.raises(WrongState, match="carries this motion already"):
        co_sponsor(motion, there.delegations[0], by=there.officer)
    with pytest.raises(NotOfThisSession):
        co_sponsor(motion, make.delegation(), by=there.officer)
