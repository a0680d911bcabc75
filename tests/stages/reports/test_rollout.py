"""Where editions are as a whole, and the board as a table, a Gantt chart and a map."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from karvan.stages.editions.models import VersionOffer
from karvan.stages.reports.queries import board, pipeline_states
from karvan.stages.reports.queries.rollout import first_day, phase_of
from karvan.stages.timetables.models import RepairRequest
from tests import make

pytestmark = pytest.mark.django_db
NOW = "2026-09-01T08:00:00Z"
TODAY = date(2026, 9, 1)
FORMS = ("board", "table", "gantt", "map")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def edition(code, country="AZ", *, of, **days):
    """An edition with a boot camp on these days, and its country's name in two languages."""
    names = {"en": f"{country} land", "ar": f"بلد {country}"}
    made = make.edition(code, of=of, country=make.country(country, names=names))
    days.setdefault("planned_starts_on", None)
    make.activity(of=made, planned_ends_on=days.pop("planned_ends_on", None), **days)
    return made


def held_late(of):
    return edition(
        "AZ-2021",
        of=of,
        planned_starts_on=date(2021, 7, 12),
        planned_ends_on=date(2021, 7, 14),
        actual_starts_on=date(2021, 9, 12),
        actual_ends_on=date(2021, 9, 13),
    )


def closed(one):
    one.state, one.closed_at = "closed", make.moment(2024, 6, 3)
    one.save()
    return one


def row_of(one):
    return next(row for row in board(make.officer()).rows if row.edition == one)


def phase(one):
    found = phase_of(row_of(one), TODAY)
    return found.state, str(found.word)


def test_an_edition_is_held_when_all_its_parts_are_over_and_under_way_before():
    one = held_late(make.blueprint())
    assert phase(one) == ("done", "held")
    assert first_day(row_of(one)) == date(2021, 9, 12)

    make.activity("AC", of=one, format="course", planned_starts_on=date(2026, 8, 20))

    assert phase(one) == ("in_progress", "under way")


def test_an_edition_to_come_is_planned_late_or_without_dates():
    blueprint = make.blueprint()

    assert phase(edition("A", of=blueprint, planned_starts_on=date(2026, 11, 2))) == (
        "open",
        "planned",
    )
    assert phase(edition("B", of=blueprint, planned_starts_on=date(2026, 8, 3))) == ("late", "late")
    assert phase(edition("C", of=blueprint)) == ("draft", "no dates yet")


def test_a_closed_edition_without_a_day_is_unknown_and_never_held():
    blueprint = make.blueprint()

    assert phase(closed(edition("A", of=blueprint))) == ("unknown", "no record of it")
    assert phase(closed(held_late(blueprint))) == ("done", "held")
    assert phase(make.edition(state="cancelled")) == ("dropped", "cancelled")


def timetables_cell(one):
    return next(cell for cell in pipeline_states(one) if cell.stage == "timetables")


def repair(activity, **fields):
    return RepairRequest.objects.create(
        activity=activity, reason="Two days instead of three", asked_at=timezone.now(), **fields
    )


def test_a_timetable_to_be_repaired_waits_for_the_coordinator_until_it_is_settled():
    activity = make.activity(planned_starts_on=date(2026, 10, 14))
    make.timetable(activity, state="published")
    request = repair(activity)

    cell = timetables_cell(activity.edition)
    assert (cell.state, cell.note, cell.who) == ("waiting", "to be repaired", "coordinator")
    assert cell.on == TODAY

    request.settled_at = timezone.now()
    request.save()

    assert timetables_cell(activity.edition).state == "done"


def test_a_repair_is_told_though_the_other_activities_are_done():
    activity = make.activity(planned_starts_on=date(2026, 10, 14))
    other = make.activity("AC", of=activity.edition, planned_starts_on=date(2026, 11, 14))
    for one in (activity, other):
        make.timetable(one, state="published")
    repair(other)

    cell = timetables_cell(activity.edition)

    assert (cell.state, cell.note) == ("waiting", "to be repaired")


def test_a_timetable_of_what_is_over_is_not_repaired():
    one = held_late(make.blueprint())
    make.timetable(one.activities.get(), state="published")
    repair(one.activities.get())

    assert timetables_cell(one).state == "done"


def test_an_open_offer_of_a_version_waits_for_the_coordinator():
    one = edition("A", of=make.blueprint(), planned_starts_on=date(2026, 11, 2))
    newer = make.blueprint(one.programme, number=2)
    offer = VersionOffer.objects.create(
        edition=one, blueprint=newer, base=one.blueprint, offered_at=timezone.now()
    )

    cell = pipeline_states(one)[1]
    assert (cell.state, cell.note, cell.who) == ("waiting", "version 2 offered", "coordinator")

    offer.state, offer.decided_at, offer.reason = "declined", timezone.now(), "Too late for us"
    offer.save()

    assert pipeline_states(one)[1].state == "done"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_form_leads_to_the_others_and_shows_the_countries(sign_in, form, language):
    held_late(make.blueprint(make.programme("TVP")))

    page = sign_in(make.officer()).get(f"/{language}/board/TVP/", {"as": form}).content.decode()

    for other in ("table", "gantt", "map"):
        assert f'href="/{language}/board/TVP/?as={other}"' in page
    assert ("AZ land" if language == "en" else "بلد AZ") in page
    assert "style=" not in page


def test_another_form_than_these_is_the_board(sign_in):
    held_late(make.blueprint())

    page = sign_in(make.officer()).get("/en/board/", {"as": "pie"}).content.decode()

    assert "Countries by stages" in page


def test_pictures_state_their_finding_in_words(sign_in):
    blueprint = make.blueprint(make.programme("TVP"))
    held_late(blueprint)
    edition("EG-2026", "EG", of=blueprint, planned_starts_on=date(2026, 11, 2))
    closed(edition("MA-2023", "MA", of=blueprint))
    client = sign_in(make.officer())

    for form in ("gantt", "map"):
        page = client.get("/en/board/TVP/", {"as": form}).content.decode()
        assert "3 editions in 3 countries. 1 was held, 1 is planned, of 1 there is no record." in (
            page
        )
        assert "The longest delay was 62 days: Boot camp, AZ land." in page
        assert "Next: EG land on Monday, 2 November 2026." in page


def test_each_strip_of_the_chart_is_said_in_words(sign_in):
    held_late(make.blueprint())

    page = sign_in(make.officer()).get("/en/board/", {"as": "gantt"}).content.decode()

    assert (
        'aria-label="Boot camp: held 12–13 Sept 2021, planned 12–14 Jul 2021,'
        ' 62 days later than planned"' in page
    )


def test_an_edition_that_is_late_says_so_by_word_shape_and_days(sign_in):
    edition("EG-2026", "EG", of=make.blueprint(), planned_starts_on=date(2026, 8, 3))

    page = sign_in(make.officer()).get("/en/board/", {"as": "gantt"}).content.decode()

    assert "29 days late" in page
    assert "marks.svg#late" in page


def test_a_period_leaves_out_what_has_no_day_in_it_and_names_it(sign_in):
    blueprint = make.blueprint()
    held_late(blueprint)
    edition("EG-2026", "EG", of=blueprint, planned_starts_on=date(2026, 11, 2))
    client = sign_in(make.officer())

    chosen = client.get("/en/board/", {"as": "gantt", "period": "next"}).content.decode()
    whole = client.get("/en/board/", {"as": "gantt", "period": "anything"}).content.decode()

    assert "Nothing of these lies in this period:" in chosen
    assert chosen.index("EG land") < chosen.index("Nothing of these") < chosen.index("AZ-2021")
    assert "Nothing of these" not in whole


def test_the_map_names_only_the_countries_of_its_programme(sign_in):
    held_late(make.blueprint(make.programme("TVP")))
    edition("EG-2026", "EG", of=make.blueprint(make.programme("SYM")))
    client = sign_in(make.officer())

    one = client.get("/en/board/TVP/", {"as": "map"}).content.decode()
    both = client.get("/en/board/", {"as": "map"}).content.decode()

    assert "AZ land" in one and "EG land" not in one
    assert both.count('class="route-map"') == 2


def test_a_venue_with_its_place_moves_the_mark_on_the_map(sign_in):
    one = held_late(make.blueprint())
    client = sign_in(make.officer())
    before = client.get("/en/board/", {"as": "map"}).content.decode()

    make.venue(country=one.country, latitude="39.20", longitude="45.41").editions.add(one)

    assert client.get("/en/board/", {"as": "map"}).content.decode() != before


def test_the_table_says_what_was_planned_what_was_what_is_late_and_who_must_act(sign_in):
    blueprint = make.blueprint()
    held_late(blueprint)
    closed(edition("MA-2023", "MA", of=blueprint))

    page = sign_in(make.officer()).get("/en/board/", {"as": "table"}).content.decode()

    assert "planned 12–14 Jul 2021" in page
    assert "held 12–13 Sept 2021, 62 days later than planned" in page
    assert "Certificates, since 13 Oct 2021" in page
    assert "coordinator: Certificates" in page
    assert "dates not known" in page


def test_files_of_the_table_hold_every_day_as_a_date(sign_in):
    held_late(make.blueprint())
    client = sign_in(make.officer())

    text = client.get("/en/board/", {"format": "csv"}).content.decode("utf-8-sig")
    line = next(csv.DictReader(io.StringIO(text)))
    assert line["Boot camp: planned from"] == "2021-07-12"
    assert line["Boot camp: until"] == "2021-09-13"
    assert (line["Country"], line["State"]) == ("AZ land", "held")

    book = load_workbook(io.BytesIO(client.get("/en/board/", {"format": "xlsx"}).content))
    heads = [cell.value for cell in book.active[1]]
    at = heads.index("Boot camp: from") + 1
    assert book.active.cell(2, at).value.date() == date(2021, 9, 12)

    answer = client.get("/en/board/", {"format": "pdf"})
    words = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "planned 12–14 Jul 2021" in words


def test_a_file_never_holds_a_formula(sign_in):
    blueprint = make.blueprint()
    names = {"en": "=cmd()"}
    make.activity(of=make.edition("A", of=blueprint, country=make.country("AZ", names=names)))

    text = sign_in(make.officer()).get("/en/board/", {"format": "csv"}).content.decode("utf-8-sig")

    assert "'=cmd()" in text


@pytest.mark.parametrize("form", FORMS)
def test_a_coordinator_sees_no_edition_of_another_country_in_any_form(sign_in, form):
    blueprint = make.blueprint()
    own = held_late(blueprint)
    edition("EG-2026", "EG", of=blueprint, planned_starts_on=date(2026, 11, 2))
    client = sign_in(make.role("coordinator", own.scope))

    assert "EG land" not in client.get("/en/board/", {"as": form}).content.decode()
    assert "EG land" not in client.get("/en/board/", {"format": "csv"}).content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_those_without_an_edition_are_refused_in_every_form(sign_in, client, form):
    held_late(make.blueprint())

    assert sign_in(make.person()).get("/en/board/", {"as": form}).status_code == 403
    assert client.get("/en/board/", {"as": form}).status_code in (302, 403)


def test_a_board_without_editions_says_what_will_be_here_in_every_form(sign_in):
    client = sign_in(make.officer())

    for form in FORMS:
        assert "No country yet" in client.get("/en/board/", {"as": form}).content.decode()


@pytest.mark.parametrize(("form", "queries"), [("table", 6), ("gantt", 6), ("map", 7)])
@pytest.mark.parametrize("editions", [1, 3])
def test_each_form_costs_the_same_for_one_country_and_for_three(
    sign_in, django_assert_num_queries, form, queries, editions
):
    blueprint = make.blueprint()
    for code in ("AZ", "MA", "EG")[:editions]:
        one = make.edition(of=blueprint, country=make.country(code))
        make.call(make.activity(of=one))
        make.venue(country=one.country, latitude="40", longitude="49").editions.add(one)
    client = sign_in(make.officer())

    with django_assert_num_queries(queries):
        client.get("/en/board/", {"as": form})
