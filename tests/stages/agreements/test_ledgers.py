"""What two parties promised each other over years, and the briefing made of what is open."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from karvan.desk.demo import agreed, cast
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.agreements.queries import promised_between
from karvan.stages.agreements.services import (
    add_evidence,
    add_minutes_item,
    promise_elsewhere,
    promise_from_item,
    promise_from_obligation,
    say_state,
)
from karvan.stages.agreements.standing import counted, standing_of, standings_of
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 1)


def promise(**fields):
    fields.setdefault("due_on", date(2021, 7, 31))
    return make.commitment(promised_on=date(2021, 1, 20), **fields)


def evidence(commitment, on, *, delivers=True):
    note = "" if on else "Only the month is known"
    add_evidence(
        commitment,
        texts={"en": "Held"},
        source="press",
        happened_on=on,
        date_note=note,
        delivers=delivers,
        by=None,
    )


@pytest.mark.parametrize(
    ("on", "delivers", "marks", "days"),
    [
        (date(2021, 7, 30), True, ("kept",), None),
        (date(2021, 9, 13), True, ("kept", "late"), 44),
        (None, True, ("kept",), None),
        (date(2021, 8, 1), False, ("late",), (TODAY - date(2021, 7, 31)).days),
    ],
)
def test_evidence_says_whether_a_promise_was_kept_and_how_late(on, delivers, marks, days):
    one = promise()
    evidence(one, on, delivers=delivers)

    found = standing_of(one, TODAY)

    assert (found.marks, found.days_late) == (marks, days)


def test_without_evidence_a_promise_is_open_then_unknown():
    dated, undated = promise(), promise(due_on=None)

    assert standing_of(dated, date(2021, 7, 31)).marks == ("open",)
    assert standing_of(dated, date(2021, 8, 1)).marks == ("unknown",)
    assert standing_of(undated, date(2022, 1, 1)).marks == ("open",)
    assert standing_of(undated, date(2023, 2, 1)).marks == ("unknown",)


@pytest.mark.parametrize("said", ["changed", "dropped"])
def test_what_a_person_said_with_a_reason_stands_until_evidence_delivers(said):
    one = promise()
    one = say_state(one, state=said, reason="Two days", by=None)
    assert standing_of(one, TODAY).marks == (said,)

    evidence(one, date(2021, 7, 1))

    assert standing_of(one, TODAY).marks == ("kept",)


@pytest.fixture
def sides():
    """Two parties with promises of every source, and others that are not between them."""
    first, second, third = make.party(), make.party(), make.party()
    meeting = make.consultation(parties=[first, second], titles=make.texts("Meeting in Baku"))
    item = add_minutes_item(meeting, kind="action", texts={"en": "A camp", "ar": "معسكر"}, by=None)
    promise_from_item(
        item,
        code="camp",
        titles={"en": "A camp", "ar": "معسكر"},
        owner=second,
        due_on=date(2021, 7, 31),
        by=None,
    )
    paper = make.agreement(parties=[first, second, third])
    for number, party in (("1", first), ("2", third)):
        clause = paper.obligations.create(number=number, party=party, texts={"en": "Rooms"})
        promise_from_obligation(
            clause, code=f"clause-{number}", titles={"en": "Rooms"}, promised_on=date(2022, 3, 1), by=None
        )  # fmt: skip
    promise_elsewhere(
        origin="decision",
        words={"en": "Decision 36/EX.4"},
        address="/organs/ex/ex-36/",
        code="decided",
        titles={"en": "Prepare the year"},
        owner=first,
        promised_on=date(2023, 5, 1),
        scope="",
        by=None,
    )
    elsewhere = make.consultation(parties=[first, third])
    make.commitment(item=make.minutes_item(consultation=elsewhere), owner=first, code="elsewhere")
    return first, second


def test_the_ledger_holds_what_was_promised_where_both_sat_and_by_decisions(sides):
    assert [one.code for one in promised_between(*sides)] == ["camp", "clause-1", "decided"]


@time_machine.travel("2024-06-01")
def test_the_page_counts_by_mark_and_names_each_source(client, sides):
    client.force_login(make.role("auditor"))
    address = reverse("agreements:between", args=[one.code for one in sides])

    page = client.get(address)

    counts = {mark: (count, of_sides) for mark, count, of_sides in page.context["counts"]}
    assert counts["unknown"] == (2, [1, 1])
    assert counts["open"] == (1, [1, 0])
    assert [year for year, _lines in page.context["years"]] == [2021, 2022, 2023]
    for source in ("Meeting in Baku", "Decision 36/EX.4", "item 1", "clause 1"):
        assert source in page.text
    only = client.get(address, {"mark": "open"})
    assert [year for year, _lines in only.context["years"]] == [2023]


def test_the_sheet_is_in_two_languages_and_says_what_is_missing(client, sides):
    client.force_login(make.role("auditor"))
    address = reverse("agreements:between_print", args=[one.code for one in sides])

    page = client.get(address, {"first": "ar", "beside": "en"}).text

    assert page.index("معسكر") < page.index("A camp")
    assert page.count('class="not-written"') == 2  # two promises have no Arabic


@time_machine.travel("2024-06-01")
def test_each_column_of_the_sheet_speaks_its_own_language(client, sides):
    client.force_login(make.role("auditor"))
    address = reverse("agreements:between_print", args=[one.code for one in sides])

    rows = client.get(address, {"first": "ar", "beside": "en"}).context["rows"]

    arabic, english = rows[0][1]
    assert english["reason"] == "There is no trace of it."
    assert arabic["reason"] != english["reason"]


def test_the_ledger_is_also_a_pdf(client, sides):
    client.force_login(make.role("auditor"))
    address = reverse("agreements:between_print", args=[one.code for one in sides])

    answer = client.get(address, {"format": "pdf", "first": "ar", "beside": "en"})

    assert answer.content.startswith(b"%PDF")


def test_a_partner_reads_the_ledger_of_its_own_party_only(client, sides):
    first, second = sides
    client.force_login(make.role("partner", party=second))
    other = make.party()

    own = client.get(reverse("agreements:between", args=[first.code, second.code]))
    foreign = client.get(reverse("agreements:between", args=[first.code, other.code]))
    same = client.get(reverse("agreements:between", args=[second.code, second.code]))

    assert [own.status_code, foreign.status_code, same.status_code] == [200, 404, 404]


def test_two_sides_are_chosen_and_one_alone_is_refused(client, sides):
    client.force_login(make.officer())
    first, second = sides
    address = reverse("agreements:between_choose")

    chosen = client.get(address, {"first": first.code, "second": second.code})
    alone = client.get(address, {"first": first.code, "second": first.code})

    assert chosen["Location"] == reverse("agreements:between", args=[first.code, second.code])
    assert "two different parties" in alone.text


@time_machine.travel("2021-06-01")
def test_a_meeting_is_briefed_with_what_is_open_between_its_parties(client, sides):
    client.force_login(make.officer())
    first, second = sides
    next_one = make.consultation(parties=[first, second], starts_on=date(2021, 7, 1))
    kept = promise(owner=second, item=make.minutes_item(
        consultation=make.consultation(parties=[first, second])), code="kept")  # fmt: skip
    evidence(kept, date(2021, 5, 1))

    page = client.get(reverse("agreements:consultation", args=[next_one.code]))
    sheet = client.get(reverse("agreements:briefing", args=[next_one.code]))

    codes = [one.commitment.code for one in page.context["briefing"]]
    assert codes == ["camp", "clause-1", "decided"]
    assert len(sheet.context["open"]) == 3
    assert "Not settled: 3 of 4" in sheet.text


@pytest.mark.parametrize("more", [0, 3])
def test_the_ledger_costs_the_same_for_few_and_many(client, sides, django_assert_num_queries, more):
    client.force_login(make.role("auditor"))
    meeting = make.consultation(parties=list(sides))
    for number in range(1, more + 1):
        item = make.minutes_item(consultation=meeting, number=number)
        evidence(promise(item=item, owner=sides[0]), date(2021, 7, 1))

    with django_assert_num_queries(12):
        client.get(reverse("agreements:between", args=[one.code for one in sides]))


def test_the_eight_items_of_the_meeting_stand_as_the_story_says():
    """January 2021: kept late, unknown, open; as the demo tells it."""
    world = World(say=lambda line: None)
    load_places(by=None)
    for told in (cast.parties, cast.staff, agreed.meeting, agreed.evidence):
        told(world)
    pair = world.parties["organisation"], world.parties["commission-az"]

    found = standings_of(promised_between(*pair), TODAY.replace(month=12))

    marks = {one.commitment.code: one.marks for one in found}
    assert len(marks) == 6  # of eight items, one informs and one became no commitment
    assert marks["symposium-agadir"] == ("kept",)
    assert marks["shusha-capital"] == ("kept",)
    assert marks["boot-camp-baku"] == ("unknown",)  # its editions are counted by the reports
    assert counted(found)["kept"] == 2
