"""Pages of tables: sent, looked at, settled, taken over at once or by the worker."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from karvan.stages.heritage.models import Monument, MonumentImport
from karvan.stages.heritage.services.imports_taking import SMALL
from karvan.stages.heritage.tasks.imports import take_import
from tests import make

from .tables import read, rows, upload

pytestmark = pytest.mark.django_db
ADDRESS = "/en/heritage/az/imports/"


@pytest.fixture
def register():
    return make.register("az", country=make.country("AZ"))


@pytest.fixture
def client(sign_in):
    return sign_in(make.role("officer"))


def test_a_table_is_sent_settled_and_taken_over(client, register):
    sent = client.post(ADDRESS, {"upload": upload(rows("1,Tower,tower,1230,49.8,40.4", "2,,x,1230,40.3,49.8"))})  # fmt: skip
    page = client.get(sent["Location"]).content.decode()

    assert "2 new monuments" in page
    assert "2 doubts" in page
    assert "Line 2" in page
    client.post(
        f"{sent['Location']}doubts/", {"all_place_swapped": "drop", "all_name_missing": "leave"}
    )
    client.post(f"{sent['Location']}take/")

    one = Monument.objects.get()
    assert (one.national_id, one.latitude) == ("1", None)
    assert "Taken" in client.get(sent["Location"]).content.decode()


def test_columns_and_encoding_are_changed_on_the_page(client, register):
    table = "Nömrə;Adı;Söz\n1;Қала;ev\n".encode("cp1251", errors="replace")
    one = read(register, table)

    client.post(
        f"{ADDRESS}{one.pk}/columns/",
        {"encoding": "cp1251", "separator": ";", "language": "az", "column_0": "number",
         "column_1": "name", "column_2": "use"},
    )  # fmt: skip

    one.refresh_from_db()
    assert one.options["encoding"] == "cp1251"
    assert set(one.mapping) <= {"number", "name", "name:az", "use"}
    assert one.mapping["use"].startswith("S")


def test_what_is_no_table_is_refused_in_words(client, register):
    empty = client.post(ADDRESS, {"upload": upload("Number,Name\n")})
    picture = client.post(ADDRESS, {"upload": upload(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "x.csv")})

    assert (empty.status_code, picture.status_code) == (422, 422)
    assert "headings and no line under them" in empty.content.decode()
    assert MonumentImport.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_costs_the_same_queries_however_many_lines(
    count, client, register, django_assert_num_queries
):
    one = read(register, rows(*(f"{n},Tower {n},tower,1230,40.4,49.8" for n in range(count))))
    client.get(f"{ADDRESS}{one.pk}/")

    with django_assert_num_queries(5):
        page = client.get(f"{ADDRESS}{one.pk}/")

    assert page.content.decode().count("Tower ") >= count


def test_a_long_table_is_left_to_the_worker_and_watched(client, register):
    lines = (f"{n},Tower {n},tower,1230,40.4,49.8" for n in range(SMALL + 50))
    one = read(register, rows(*lines))

    client.post(f"{ADDRESS}{one.pk}/take/")

    one.refresh_from_db()
    assert (one.state, one.lines_done, one.lines_total) == ("taking", 0, SMALL + 50)
    assert Monument.objects.count() == 0
    page = client.get(f"{ADDRESS}{one.pk}/").content.decode()
    assert "<progress" in page
    assert take_import.func(one.pk) == "taken"
    assert take_import.func(one.pk) == "taken"
    one.refresh_from_db()
    assert (one.lines_done, Monument.objects.count()) == (SMALL + 50, SMALL + 50)


def test_two_clicks_leave_a_long_table_to_the_worker_once_and_it_can_be_gone_on_with(
    client, register
):
    lines = (f"{n},Tower {n},tower,1230,40.4,49.8" for n in range(SMALL + 50))
    one = read(register, rows(*lines))

    client.post(f"{ADDRESS}{one.pk}/take/")
    client.post(f"{ADDRESS}{one.pk}/take/")
    assert DBTaskResult.objects.count() == 1
    page = client.get(f"{ADDRESS}{one.pk}/").content.decode()
    assert 'name="again" value="1"' in page

    client.post(f"{ADDRESS}{one.pk}/take/", {"again": "1"})
    assert DBTaskResult.objects.count() == 2


def test_a_field_map_that_fits_nothing_is_refused_in_words(client, register):
    one = read(register, rows("1,Tower,tower,1230,40.4,49.8"))
    before = one.mapping
    field_map = '{"fields": [{"dest": "name", "source": "nom"}], "sql_data": {"name": {"value": "name", "type": "Field"}}}'

    page = client.post(
        f"{ADDRESS}{one.pk}/field-map/", {"upload": upload(field_map, "x.json")}, follow=True
    )

    assert "None of the columns" in page.content.decode()
    one.refresh_from_db()
    assert one.mapping == before


def test_a_table_is_set_aside(client, register):
    one = read(register, rows("1,Tower,tower,1230,40.4,49.8"))

    client.post(f"{ADDRESS}{one.pk}/aside/")
    refused = client.post(f"{ADDRESS}{one.pk}/take/", follow=True)

    one.refresh_from_db()
    assert (one.state, Monument.objects.count()) == ("set_aside", 0)
    assert "set aside" in refused.content.decode()


def test_only_who_keeps_the_register_sees_its_tables(sign_in, register):
    one = read(register, rows("1,Tower,tower,1230,40.4,49.8"))

    assert sign_in(make.role("auditor")).get(f"{ADDRESS}{one.pk}/").status_code == 403
    assert sign_in(make.person()).get(f"{ADDRESS}{one.pk}/").status_code == 404
