"""The agenda: items proposed, numbered, moved and decided on; versions issued and compared."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from karvan.foundation import clock
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from karvan.stages.convening.queries.papers_agendas import differences, order_of
from karvan.stages.convening.queries.papers_numbers import is_number, sort_key
from karvan.stages.convening.services.papers_agenda import (
    change_item,
    propose_item,
    set_item_state,
)
from karvan.stages.convening.services.papers_issuing import (
    issue_agenda,
    move_item,
    number_items_anew,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make.statutory_session(make.organ("gc"), state="convoked")


def add(session, title, **more):
    return propose_item(session, titles={"en": title}, include=True, by=None, **more)


def listed(session):
    rows = session.agenda_items.order_by("position")
    return [f"{one.number} {one.titles['en']}" for one in rows]


def test_numbers_are_read_and_sorted_as_numbers():
    assert [n for n in ("7", "7.2", "7.2.1", "7.", "a", "", "7.2.1.4", "-1") if is_number(n)] == [
        "7", "7.2", "7.2.1",
    ]  # fmt: skip
    assert sorted(["7.10", "7.2", "10", "7"], key=sort_key) == ["7", "7.2", "7.10", "10"]


def test_items_get_the_next_number_and_typed_ones_stand_in_their_place(session):
    add(session, "Opening")
    reports = add(session, "Reports", number="3")
    add(session, "Report of 2014", under=reports)
    add(session, "Report of 2015", under=reports)
    add(session, "Adoption", number="2")
    add(session, "Next venue")

    assert listed(session) == [
        "1 Opening", "2 Adoption", "3 Reports", "3.1 Report of 2014", "3.2 Report of 2015",
        "4 Next venue",
    ]  # fmt: skip


def test_a_number_that_is_taken_or_none_is_refused_and_nothing_is_added(session):
    add(session, "Audit", number="7.2")

    with pytest.raises(NumberTaken, match="Audit"):
        add(session, "Again", number="7.2")
    with pytest.raises(NotGiven, match="seven"):
        add(session, "Words", number="seven")
    with pytest.raises(NotOfThisSession):
        add(session, "Elsewhere", under=make.agenda_item())
    other = add(session, "Other", number="8")
    with pytest.raises(NumberTaken):
        change_item(other, titles={"en": "Other"}, number="7.2", by=None)

    assert listed(session) == ["7.2 Audit", "8 Other"]


def test_a_delegation_proposes_until_the_day_and_the_secretariat_after_it(session):
    session.items_until = date(2026, 10, 1)
    session.save()
    morocco = make.delegation(session)

    def at(day):
        return clock.replaying(datetime(2026, 10, day, 9, tzinfo=UTC))

    with at(1):
        made = propose_item(session, titles={"en": "Water"}, proposed_by=morocco, by=None)
    with at(2):
        with pytest.raises(WrongState, match="October"):
            propose_item(session, titles={"en": "Late"}, proposed_by=morocco, by=None)
        propose_item(session, titles={"en": "Ours"}, by=None)

    assert (made.state, made.proposed_by_text) == ("proposed", str(morocco))
    assert session.agenda_items.count() == 2
    with pytest.raises(NotOfThisSession):
        propose_item(session, titles={"en": "X"}, proposed_by=make.delegation(), by=None)


def test_moving_takes_sub_items_along_and_numbers_follow_until_an_agenda_is_issued(session):
    add(session, "Opening")
    reports = add(session, "Reports")
    add(session, "Report of 2014", under=reports)
    audit = add(session, "Audit")

    move_item(audit, up=True, by=None)
    assert listed(session) == ["1 Opening", "2 Audit", "3 Reports", "3.1 Report of 2014"]
    audit.refresh_from_db()
    move_item(audit, up=True, by=None)
    audit.refresh_from_db()
    move_item(audit, up=True, by=None)
    assert listed(session) == ["1 Audit", "2 Opening", "3 Reports", "3.1 Report of 2014"]
    assert Record.objects.filter(act="item moved").count() == 2

    issue_agenda(session, kind="provisional", by=None)
    audit.refresh_from_db()
    move_item(audit, up=False, by=None)
    assert listed(session) == ["2 Opening", "1 Audit", "3 Reports", "3.1 Report of 2014"]
    assert number_items_anew(session, by=None) == 2
    assert listed(session) == ["1 Opening", "2 Audit", "3 Reports", "3.1 Report of 2014"]


def test_states_go_only_where_they_may_and_with_reasons(session):
    item = propose_item(session, titles={"en": "Water"}, by=None)

    with pytest.raises(WrongState, match="cannot become"):
        set_item_state(item, state="closed", by=None)
    set_item_state(item, state="included", by=None)
    with pytest.raises(WrongState, match="while the session sits"):
        set_item_state(item, state="closed", by=None)
    with pytest.raises(NotGiven):
        set_item_state(item, state="deferred", by=None)
    set_item_state(item, state="deferred", reason="To the next session", by=None)
    item.refresh_from_db()
    assert (item.state, item.state_reason) == ("deferred", "To the next session")


def test_versions_are_issued_in_their_order_and_never_change(session):
    with pytest.raises(WrongState, match="No item"):
        issue_agenda(session, kind="provisional", by=None)
    opening = add(session, "Opening")
    propose_item(session, titles={"en": "Only proposed"}, by=None)
    with pytest.raises(WrongState, match="first agenda"):
        issue_agenda(session, kind="revised", by=None)
    first = issue_agenda(session, kind="provisional", by=None)
    with pytest.raises(WrongState, match="already"):
        issue_agenda(session, kind="provisional", by=None)
    with pytest.raises(WrongState, match="Nothing has changed"):
        issue_agenda(session, kind="revised", by=None)
    with pytest.raises(WrongState, match="once it sits"):
        issue_agenda(session, kind="adopted", by=None)

    change_item(opening, titles={"en": "Opening ceremony"}, number="1", by=None)
    added = add(session, "Audit")
    second = issue_agenda(session, kind="supplementary", by=None)
    set_item_state(added, state="withdrawn", reason="By its proposer", by=None)
    third = issue_agenda(session, kind="revised", by=None)

    first.refresh_from_db()
    assert [one["titles"]["en"] for one in first.items] == ["Opening"]
    assert [(d.change, d.item["titles"]["en"]) for d in differences(first, second)] == [
        ("changed", "Opening ceremony"), ("new", "Audit"),
    ]  # fmt: skip
    changed = differences(first, second)[0].fields
    assert [(str(w), b, a) for w, b, a in changed] == [
        ("title", {"en": "Opening"}, {"en": "Opening ceremony"})
    ]
    assert [d.change for d in differences(second, third)] == ["same", "gone"]


def test_an_adopted_agenda_is_locked_but_its_items_are_closed(session):
    item = add(session, "Opening")
    issue_agenda(session, kind="provisional", by=None)
    session.state = "open"
    session.save()
    issue_agenda(session, kind="adopted", by=None)

    for act in (
        lambda: add(session, "Too late"),
        lambda: change_item(item, titles={"en": "Other"}, number="1", by=None),
        lambda: move_item(item, up=True, by=None),
        lambda: number_items_anew(session, by=None),
        lambda: issue_agenda(session, kind="revised", by=None),
    ):
        with pytest.raises(WrongState, match="adopted"):
            act()
    set_item_state(item, state="closed", by=None)

    assert listed(session) == ["1 Opening"]
    item.refresh_from_db()
    assert item.state == "closed"


def test_the_order_of_the_day_lists_a_sittings_items_with_their_papers(session):
    audit, opening = add(session, "Audit", number="2"), add(session, "Opening", number="1")
    sitting = make.sitting(session)
    sitting.items.add(audit, opening)
    paper = make.session_document(session, item=audit)

    assert order_of(sitting, session.documents.all()) == [(opening, []), (audit, [paper])]
