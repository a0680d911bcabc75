"""The departures report: each departure with its lock and its effect, the matrix, the files."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from karvan.stages.editions.services import depart
from karvan.stages.reports.models import Rebase
from karvan.stages.reports.queries.comparability import Effect
from karvan.stages.reports.queries.departing import departed, departed_of, part_of
from karvan.stages.reports.shown_departures import shown_departures, shown_matrix, summary
from tests import make
from tests.stages.editions.adopted import adopt, ventures

pytestmark = pytest.mark.django_db
DAYS = "activities.BC3.duration.days"
WEEKS = "activities.AC6.duration.weeks"
WOMEN = "activities.BC3.selection.quotas.WOMEN.floor_percent"


def two():
    """Two editions of one version: the second departs in days, in weeks and in a quota."""
    version = ventures()
    first = adopt(version)
    second = adopt(version, country=make.country("KZ"), code="KZ-2021")
    for path, after in ((DAYS, 2), (WEEKS, 4), (WOMEN, 50)):
        depart(second, path=path, after=after, reason="Held remotely", by=None)
    return first, second


def report_of(edition):
    return departed(type(edition).objects.filter(programme=edition.programme))


def test_matrix_has_a_row_an_edition_and_a_column_a_part_that_any_departs_in():
    first, second = two()

    heads, rows = shown_matrix(report_of(first))

    assert heads == ("Boot camp: days", "Boot camp: quota Women", "Course: weeks")
    assert [row.edition for row in rows] == [second, first]
    assert [cell.text for cell in rows[0].cells] == ["2", "50", "4"]
    assert [cell.text for cell in rows[1].cells] == ["", "", ""]
    assert rows[0].cells[0].url.startswith(f"/en/reports/departures/TVP/{second.slug}/#d")


def test_summary_is_a_sentence_of_the_rows():
    first, _second = two()

    assert summary(report_of(first)) == (
        "2 editions, 3 departures on 3 parts; 5 indicators are comparable only with care: "
        "Eligible applicants, Selected among applicants (parity index), Completed, "
        "Gain in skills and Ventures at each milestone M1 to M6."
    )
    assert summary(departed_of(first)) == "1 edition, no departure; every indicator is comparable."


def test_departure_says_what_allowed_it_and_whom_it_touches():
    _first, second = two()

    days = shown_departures(departed_of(second).rows)[0]

    assert (days.what, days.before, days.after) == ("Boot camp: days", "3", "2")
    assert days.allowed_by == "bounded: 2 to 4"
    assert days.lock_at == "the lock on “Boot camp: days”, version 1"
    assert (days.cause, days.state) == ("the country's own", "in force")
    assert [one.code for one in days.effects] == ["COMP", "SKILL", "VENT"]
    assert days.effects[2].reasons == ("Teams have more or less time to reach the same steps.",)


def test_superseded_departure_stays_and_touches_nothing_more():
    _first, second = two()
    depart(second, path=DAYS, after=3, reason="The hall is free again", by=None)

    report = departed_of(second)

    days = shown_departures(report.rows)[0]
    assert (days.state, days.effects) == ("superseded", ())
    assert DAYS not in report.parts


def test_carried_departure_says_from_which_version_and_the_old_one_to_which():
    edition = adopt()
    old = depart(edition, path=DAYS, after=2, reason="As in practice", by=None)
    type(old).objects.filter(pk=old.pk).update(version=1, superseded_at=timezone.now())
    edition.departures.create(
        path=DAYS, before=3, after=2, level="bounded", cause="kept", version=2,
        carried_from=old, reason="As in practice", made_at=timezone.now(),
    )  # fmt: skip

    first, second = shown_departures(departed_of(edition).rows)

    assert first.state == "carried over to version 2"
    assert second.cause == "kept from version 1"


def test_what_had_been_held_was_allowed_by_no_lock():
    edition = adopt()
    edition.departures.create(
        path=DAYS, before=3, after=2, level="held", cause="held", version=1,
        reason="It had been held when version 1 was taken", made_at=timezone.now(),
    )  # fmt: skip

    [shown] = shown_departures(departed_of(edition).rows)

    assert shown.allowed_by == "no lock: it had been held"


def test_indicator_compares_in_the_editions_that_leave_its_parts():
    first, second = two()

    compared = {one.code: one for one in report_of(first).compared}

    assert [one.edition for one in compared["COMP"].having(Effect.FULL)] == [first]
    assert [one.edition for one in compared["COMP"].having(Effect.CARE)] == [second]
    assert compared["SURV"].effect is Effect.FULL


def test_edition_on_another_version_than_most_differs_without_departing():
    version = ventures()
    first = adopt(version)
    second = adopt(version, country=make.country("KZ"), code="KZ-2021")
    data = version.data
    camp = {**data["activities"][0], "duration": {"days": 2, "contact_minutes": 900}}
    newer = make.blueprint(
        first.programme, number=2, data={**data, "activities": [camp, *data["activities"][1:]]}
    )
    third = make.edition("UZ-2022", of=newer, country=make.country("UZ"))

    report = report_of(first)

    compared = {one.code: one for one in report.compared}
    assert report.reference == version
    assert {one.edition for one in compared["COMP"].having(Effect.FULL)} == {first, second}
    assert [one.edition for one in compared["COMP"].having(Effect.CARE)] == [third]


def test_long_lists_are_one_column():
    assert part_of("activities.BC3.sessions.D1S1.minutes") == "activities.BC3.sessions"
    assert part_of("activities.BC3.selection.quotas.WOMEN.floor_percent").endswith("WOMEN")
    assert part_of(DAYS) == DAYS


def test_programme_page_shows_the_matrix_the_list_and_the_comparability(client):
    first, second = two()
    client.force_login(make.role("officer"))

    page = client.get(reverse("reports:departures", args=["TVP"]))

    text = page.content.decode()
    assert page.status_code == 200
    assert "2 editions, 3 departures on 3 parts" in text
    assert "Held remotely" in text
    assert "comparable in 1 of 2 editions" in text
    assert f'id="d{second.departures.first().pk}"' in text
    assert str(first.country) in text


def test_part_on_which_nothing_rests_says_so(client):
    edition = adopt()
    depart(edition, path="activities.BC3.selection.appeal_days", after=10, reason="Eid", by=None)
    client.force_login(make.role("officer"))

    page = client.get(reverse("reports:departures_edition", args=["TVP", edition.slug]))

    assert "No indicator rests on this part." in page.content.decode()


def test_page_of_another_programmes_edition_is_not_found(client):
    edition = adopt()
    make.programme("REW")
    client.force_login(make.role("officer"))

    assert client.get(f"/en/reports/departures/REW/{edition.slug}/").status_code == 404


def test_list_page_costs_as_many_queries_with_three_departures_as_with_one(
    client, django_assert_num_queries
):
    edition = adopt()
    client.force_login(make.role("officer"))
    url = reverse("reports:departures_edition", args=["TVP", edition.slug])
    depart(edition, path=DAYS, after=2, reason="x", by=None)
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for path, after in ((WEEKS, 4), (WOMEN, 50)):
        depart(edition, path=path, after=after, reason="x", by=None)

    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 13


def test_files_hold_every_departure(client):
    two()
    client.force_login(make.role("officer"))
    url = reverse("reports:departures", args=["TVP"])

    text = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    book = client.get(url, {"format": "xlsx"})
    paper = client.get(url, {"format": "pdf"})

    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 4
    assert rows[1][:4] == ["TVP/KZ-2021", "Boot camp: days", "3", "2"]
    assert "Completed: comparable with care" in rows[1][10]
    assert book.content[:2] == b"PK"
    assert paper.content[:4] == b"%PDF"


def test_reason_that_looks_like_a_formula_is_none_in_the_file(client):
    edition = adopt()
    depart(edition, path=DAYS, after=2, reason="=1+1", by=None)
    client.force_login(make.role("officer"))

    url = reverse("reports:departures", args=["TVP"])

    assert ",'=1+1," in client.get(url, {"format": "csv"}).content.decode("utf-8-sig")


def test_page_reads_in_arabic(client):
    two()
    client.force_login(make.role("officer"))
    with translation.override("ar"):
        url = reverse("reports:departures", args=["TVP"])

    page = client.get(url)

    assert page.status_code == 200
    assert 'dir="rtl"' in page.content.decode()


def test_figures_kept_twice_stand_on_the_report_and_beside_the_figure(client):
    edition = adopt()
    Rebase.objects.create(
        edition=edition,
        indicator="COMP",
        before={"version": 1, "value": 0.5, "numerator": 4, "denominator": 8},
        after={"version": 2, "value": None},
        at=timezone.now(),
    )
    client.force_login(make.role("officer"))

    report = client.get(reverse("reports:departures_edition", args=["TVP", edition.slug]))
    figures = client.get(reverse("reports:edition", args=[edition.slug]))

    assert "Version 1: 50% (4 of 8)" in report.text
    assert "Version 2: unknown" in report.text
    assert "before (version 1: 50% (4 of 8))" in figures.text
    assert "after (version 2: unknown)" in figures.text


def test_indicator_says_in_how_many_editions_it_compares(client):
    two()
    client.force_login(make.role("officer"))

    text = client.get(reverse("reports:indicators", args=["TVP"])).content.decode()

    assert "comparable in 1 of 2 editions" in text
    assert "/en/reports/departures/TVP/#iCOMP" in text
