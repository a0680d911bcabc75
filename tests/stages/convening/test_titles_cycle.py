"""A year's cities: the rules, the call, the file, checks, marks, the decision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Role
from karvan.foundation.records.models import Record
from karvan.stages.convening.access import titles as access
from karvan.stages.convening.errors import NotGiven, NumberTaken, WrongState
from karvan.stages.convening.models import Title, TitleCycle, TitleNomination
from karvan.stages.convening.queries.titles import ranking_of, total_of
from karvan.stages.convening.services import (
    titles_cycles,
    titles_deciding,
    titles_judging,
    titles_nominations,
)
from tests import make
from tests.stages.convening import titles_world as at
from tests.stages.dossiers.bench_world import picture

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return list(Record.objects.order_by("number").values_list("act", flat=True))


def test_a_year_before_the_first_of_the_series_is_refused():
    with pytest.raises(NotGiven, match="2004 lies before it"):
        titles_cycles.plan_cycle(at.series(), year=2004, by=None)

    assert not TitleCycle.objects.exists()


def test_a_year_is_prepared_once_and_a_region_must_be_one_of_the_series():
    series = at.series()
    titles_cycles.plan_cycle(series, year=2027, by=None)

    with pytest.raises(NumberTaken):
        titles_cycles.plan_cycle(series, year=2027, by=None)
    with pytest.raises(NotGiven, match="no region “Europe”"):
        titles_cycles.plan_cycle(series, year=2028, seats={"Europe": 1}, by=None)
    with pytest.raises(NotGiven, match="at least one region"):
        titles_cycles.plan_cycle(series, year=2028, seats={"Arab": 0}, by=None)


def test_rules_are_data_and_a_region_in_use_stays():
    series = at.series()
    titles_cycles.plan_cycle(series, year=2027, by=None)
    fewer = [one for one in series.regions if one["code"] != "African"]

    with pytest.raises(WrongState, match="African"):
        titles_cycles.save_series(series, regions=fewer, by=None)
    with pytest.raises(NotGiven, match="stands twice"):
        titles_cycles.save_series(series, sections=series.sections * 2, by=None)
    made = titles_cycles.save_series(None, code="youth", **at.rules(), first_year=2015, by=None)

    assert (made.scope, made.seats_per_region) == ("titles/youth", 1)


def test_the_call_writes_one_letter_to_each_who_speaks_for_a_party():
    cycle = titles_cycles.plan_cycle(at.series(), year=2027, by=None)
    one = make.role("partner", "titles")
    make.role("partner", "titles/culture", of=one)  # a second party of the same person
    make.role("partner", "TVP/AZ-2026")

    written = titles_cycles.call_states(
        cycle, closes_on=clock.today() + timedelta(days=30), words={"en": "Welcome."}, by=None
    )

    letter = Message.objects.get()
    assert (written, letter.to_person) == (1, one)
    assert "Capital of culture 2027" in letter.subject
    assert "/titles/culture/2027/" in letter.body and "Welcome." in letter.body
    with pytest.raises(WrongState):
        titles_cycles.call_states(cycle, closes_on=clock.today(), by=None)


def test_a_call_that_ended_before_today_is_refused():
    cycle = titles_cycles.plan_cycle(at.series(), year=2027, by=None)

    with pytest.raises(NotGiven, match="past"):
        titles_cycles.call_states(cycle, closes_on=clock.today() - timedelta(days=1), by=None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"budget": Decimal("10"), "currency": ""}, "no currency"),
        ({"budget": Decimal("10"), "currency": "A1N"}, "not the code"),
        ({"budget": Decimal("-1"), "currency": "AZN"}, "less than nothing"),
        ({"region": "Europe"}, "no region “Europe”"),
        ({"city_names": {}}, "Name the city"),
        ({"texts": {"weather": {"en": "Fine"}}}, "no section “weather”"),
    ],
)
def test_bad_input_of_a_nomination_is_refused_and_nothing_is_kept(said, words):
    with pytest.raises(NotGiven, match=words):
        at.draft(**said)

    assert not TitleNomination.objects.exists()


def test_a_region_without_a_seat_this_year_takes_no_nomination():
    cycle = titles_cycles.plan_cycle(at.series(), year=2027, seats={"Arab": 1}, by=None)
    titles_cycles.call_states(cycle, closes_on=clock.today(), by=None)

    with pytest.raises(NotGiven, match="no seat in 2027"):
        at.draft(TitleCycle.objects.get(pk=cycle.pk))


def test_a_draft_is_saved_incomplete_and_sent_only_complete():
    draft = at.draft(texts={"heritage": {"en": "Walls of the fortress"}}, budget=None, currency="")

    missing = titles_nominations.missing_in(draft)
    with pytest.raises(NotGiven, match="The section “Festivals” is empty"):
        titles_nominations.submit_nomination(draft, by=None)

    assert len(missing) == 8  # seven sections and the budget
    draft.refresh_from_db()
    assert draft.state == "draft"
    titles_nominations.save_nomination(
        draft,
        city_names=draft.city_names,
        country=draft.country,
        region="Asian",
        texts=at.texts_of(draft.cycle),
        budget=Decimal("5"),
        currency="azn",
        by=None,
    )
    sent = titles_nominations.submit_nomination(draft, by=None)
    assert (sent.state, sent.currency) == ("submitted", "AZN")
    with pytest.raises(WrongState, match="does not change any more"):
        titles_nominations.submit_nomination(draft, by=None)


def test_a_city_is_nominated_once_a_year():
    first = at.draft()

    with pytest.raises(NotGiven, match="nominated for 2024 already"):
        at.draft(first.cycle, city_names={"en": "Shusha"})


def test_files_stand_in_sections_and_a_picture_needs_a_caption():
    draft = at.draft()

    with pytest.raises(NotGiven, match="caption"):
        titles_nominations.add_nomination_file(
            draft, section="heritage", caption=" ", upload=picture(), by=None
        )
    with pytest.raises(RuleBroken, match="Here we take"):
        titles_nominations.add_nomination_file(
            draft,
            section="heritage",
            caption="x",
            upload=SimpleUploadedFile("walls.exe", b"MZ\x00\x01"),
            by=None,
        )
    kept = titles_nominations.add_nomination_file(
        draft, section="heritage", caption="The fortress", upload=picture(), by=None
    )
    assert [one.caption for one in draft.files.all()] == ["The fortress"]
    titles_nominations.remove_nomination_file(kept, by=None)
    assert not draft.files.exists()


def test_a_condition_that_is_not_met_refuses_with_its_note():
    sent = titles_nominations.submit_nomination(at.draft(), by=None)
    codes = [one["code"] for one in sent.cycle.series.admissibility]
    checks = {code: {"met": code != "file", "note": ""} for code in codes}

    with pytest.raises(NotGiven, match="Say why this is not met: The file is complete"):
        titles_judging.check_admissibility(sent, checks=checks, by=None)
    with pytest.raises(NotGiven, match="Say whether this is met"):
        titles_judging.check_admissibility(sent, checks={}, by=None)
    checks["file"]["note"] = "The letter of the mayor is missing."
    refused = titles_judging.check_admissibility(sent, checks=checks, by=None)

    assert refused.state == "not_admitted"
    assert refused.state_reason == "The file is complete: The letter of the mayor is missing."


def test_experts_do_not_see_each_other_until_their_own_marks_are_closed():
    nomination = at.admitted()
    first, second = (make.role("reviewer", "titles/culture/2024") for _one in range(2))
    titles_judging.mark_nomination(
        nomination, expert=first, marks=at.marks(nomination.cycle, 9), done=True, by=first
    )
    titles_judging.mark_nomination(
        nomination, expert=second, marks={"heritage": 4}, done=False, by=second
    )

    assert list(access.marks_for(second, nomination)) == []
    with pytest.raises(NotGiven, match="Give a mark for"):
        titles_judging.mark_nomination(
            nomination, expert=second, marks={"heritage": 4}, done=True, by=second
        )
    titles_judging.mark_nomination(
        nomination, expert=second, marks=at.marks(nomination.cycle, 5), done=True, by=second
    )
    assert {one.expert for one in access.marks_for(second, nomination)} == {first, second}
    with pytest.raises(WrongState, match="they stand"):
        titles_judging.mark_nomination(nomination, expert=second, marks={}, done=False, by=second)


def test_a_mark_outside_the_scale_is_refused():
    nomination = at.admitted()

    with pytest.raises(NotGiven, match="from 0 to 10, not 11"):
        titles_judging.mark_nomination(
            nomination, expert=make.person(), marks={"heritage": 11}, done=False, by=None
        )


def test_who_speaks_for_a_nominating_party_is_no_expert():
    nomination = at.admitted()
    person = make.role("partner", "titles", party=nomination.party)

    with pytest.raises(NotGiven, match="cannot judge it"):
        titles_cycles.name_expert(nomination.cycle, expert=person, by=None)
    expert = make.person()
    titles_cycles.name_expert(nomination.cycle, expert=expert, by=None)

    assert Role.objects.get(person=expert).scope == "titles/culture/2024"
    assert access.is_expert(expert, nomination.cycle)


def test_ranking_per_region_by_weighted_mean_with_spread():
    cycle = at.open_cycle()
    better = at.admitted(cycle, city_names={"en": "Shusha"})
    worse = at.admitted(cycle, city_names={"en": "Kabul"}, country=make.country("AF"))
    unmarked = at.admitted(cycle, city_names={"en": "Almaty"}, country=make.country("KZ"))
    experts = [make.role("reviewer", cycle.scope) for _one in range(2)]
    for nomination, given in ((better, (10, 6)), (worse, (5, 5))):
        for expert, mark in zip(experts, given, strict=True):
            titles_judging.mark_nomination(
                nomination, expert=expert, marks=at.marks(cycle, mark), done=True, by=expert
            )

    ranked = ranking_of(cycle)["Asian"]

    assert [(one.nomination, one.place, one.mean, one.spread, one.done, one.experts) for one in ranked] == [
        (better, 1, 8000, 4000, 2, 2),
        (worse, 2, 5000, 0, 2, 2),
        (unmarked, None, None, None, 0, 2),
    ]  # fmt: skip


def test_the_total_follows_the_weights():
    series = at.series()

    assert total_of(series, {"heritage": 10, "institutions": 0, "programme": 0, "means": 0}) == 3000
    assert total_of(series, at.marks(titles_cycles.plan_cycle(series, year=2030, by=None), 10)) == 10_000  # fmt: skip


def test_a_withdrawn_item_takes_no_draft_decision():
    nomination = at.admitted()
    item = make.agenda_item(state="withdrawn", state_reason="Late")

    with pytest.raises(WrongState, match="withdrawn"):
        titles_deciding.propose_nomination(nomination, item=item, by=None)


def test_shusha_from_nomination_to_title_as_the_ledger_tells_it():
    """Nominated, decided at Doha in 2023, title year 2024."""
    nomination = at.proposed()
    assert nomination.draft_decision["en"] == (
        "Decides that Shusha (Azerbaijan) shall be Capital of culture for Asian region in 2024."
    )
    assert "Şuşa" in nomination.draft_decision["az"]
    decision = make.resolution(nomination.item.session, item=nomination.item, kind="decision")

    title = titles_deciding.grant_title(
        nomination, decided_on=date(2023, 9, 26), resolution=decision, by=None
    )

    assert (title.year, title.decided_on.year, title.region) == (2024, 2023, "Asian")
    assert (title.resolution, title.nomination) == (decision, nomination)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.cycle.state) == ("granted", "decided")
    assert acts()[-1] == "title granted"


def test_a_decision_nine_years_ahead_is_allowed_and_one_after_the_year_is_not():
    nomination = at.proposed(at.open_cycle(2032))

    with pytest.raises(NotGiven, match="after the year"):
        titles_deciding.grant_title(nomination, decided_on=date(2033, 1, 1), source="x", by=None)
    with pytest.raises(NotGiven, match="Name the resolution"):
        titles_deciding.grant_title(nomination, decided_on=date(2023, 9, 26), by=None)
    title = titles_deciding.grant_title(
        nomination, decided_on=date(2023, 9, 26), source="Final report, Doha 2023", by=None
    )

    assert title.year - title.decided_on.year == 9


def test_a_second_city_in_a_region_is_a_warning_with_a_reason():
    cycle = at.open_cycle()
    make.title(cycle.series, year=2024, region="Asian", city_names={"en": "Kabul"})
    nomination = at.proposed(cycle)
    said = {"decided_on": date(2023, 9, 26), "source": "Doha 2023"}

    with pytest.raises(NotGiven, match="taken: Kabul"):
        titles_deciding.grant_title(nomination, by=None, **said)
    assert Title.objects.count() == 1
    title = titles_deciding.grant_title(
        nomination, exception_reason="Kabul could not hold it.", by=None, **said
    )

    assert title.exception_reason == "Kabul could not hold it."


def test_a_title_that_the_register_lists_already_is_completed_not_doubled():
    cycle = at.open_cycle()
    make.title(cycle.series, year=2024, region="Asian", city_names={"en": "Kabul"})
    listed = make.title(
        cycle.series,
        year=2024,
        region="Asian",
        city_names=make.texts("Shusha"),
        exception_reason="Held beside Kabul.",
    )
    nomination = at.proposed(cycle)

    title = titles_deciding.grant_title(
        nomination,
        decided_on=date(2023, 9, 1),
        decided_precision="month",
        source="Doha 2023",
        by=None,
    )

    assert title == listed and Title.objects.count() == 2
    assert (title.nomination, title.exception_reason) == (nomination, "Held beside Kabul.")
    assert (title.decided_precision, title.city_names["fr"]) == ("month", "Shusha (fr)")


def test_a_declined_nomination_says_why_and_the_database_insists():
    nomination = at.proposed()

    with pytest.raises(NotGiven):
        titles_deciding.decline_nomination(nomination, reason=" ", by=None)
    declined = titles_deciding.decline_nomination(nomination, reason="Another year.", by=None)

    assert (declined.state, declined.state_reason) == ("declined", "Another year.")
    with pytest.raises(IntegrityError), transaction.atomic():
        TitleNomination.objects.filter(pk=declined.pk).update(state_reason="")


def test_a_withdrawn_nomination_keeps_its_reason():
    draft = at.draft()

    with pytest.raises(NotGiven):
        titles_nominations.withdraw_nomination(draft, reason="", by=None)
    gone = titles_nominations.withdraw_nomination(draft, reason="A change of plan.", by=None)

    assert (gone.state, gone.state_reason) == ("withdrawn", "A change of plan.")
    with pytest.raises(WrongState):
        titles_nominations.withdraw_nomination(draft, reason="Again", by=None)
