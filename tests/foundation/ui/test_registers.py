"""The list engine: only what is allowed narrows and sorts, queries are few, files are safe."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.db.models import Q
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from karvan.foundation.places.models import Country
from karvan.foundation.ui.registers import Column, Filter, Pick, Register, Selection

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column("names", "Country", kind="name"),
    Column("region", "Region", sort="region"),
    Column("count", "Languages", value=lambda row: len(row.official_languages), kind="number"),
    Column("zone", "Zone", value="time_zone", shown=False),
]


def country(code: str, name: str = "", region: str = "Arab") -> Country:
    return Country.objects.create(
        code=code,
        names={"en": name or code},
        region=region,
        time_zone="Asia/Baku",
        official_languages=["ar"],
    )


def register(asked: str = "", **changed: object) -> Register:
    given = {
        "name": "countries",
        "caption": "Countries",
        "order": ("code",),
        "filters": [Filter("arab", "Arab", Q(region="Arab"))],
        "picks": [Pick("zone", "Zone", [("Asia/Baku", "Baku")], "time_zone")],
        "search": lambda rows, words: rows.filter(code__icontains=words),
        "page_size": 2,
        **changed,
    }
    return Register(RequestFactory().get(f"/list/{asked}"), Country.objects.all(), COLUMNS, **given)


def codes(shown: Register) -> list[str]:
    return [line.key for line in shown.lines]


def page(shown: Register) -> str:
    with override("en"):
        return Template("{% register r %}").render(Context({"r": shown, "csrf_token": "tok"}))


def test_rows_are_sorted_by_an_allowed_key_in_both_directions():
    country("AA", region="X")
    country("BB", region="Y")

    assert codes(register("?sort=region")) == ["AA", "BB"]
    assert codes(register("?sort=-region")) == ["BB", "AA"]


@pytest.mark.parametrize("asked", ["names", "zone", "pk", "roles__person__password", "-", "?"])
def test_a_sort_key_that_is_not_allowed_is_ignored(asked):
    country("BB")
    country("AA")

    assert codes(register(f"?sort={asked}")) == ["AA", "BB"]


def test_a_filter_narrows_and_says_its_count():
    country("AA")
    country("BB", region="Asian")

    shown = register("?show=arab")

    assert codes(shown) == ["AA"]
    assert shown.counts == {"": 2, "arab": 1}
    assert codes(register("?show=nonsense")) == ["AA", "BB"]


def test_search_and_picks_narrow_and_unknown_values_do_not():
    country("AA")
    country("BB")

    assert codes(register("?q=b")) == ["BB"]
    assert codes(register("?zone=Asia/Baku")) == ["AA", "BB"]
    assert codes(register("?zone=Mars")) == ["AA", "BB"]
    assert codes(register("?time_zone=Mars")) == ["AA", "BB"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("99", 2), ("0", 1), ("-1", 1), ("x", 1), ("9" * 400, 1), ("²", 1)],
)
def test_an_impossible_page_becomes_the_nearest_there_is(asked, number):
    for code in ("AA", "BB", "CC"):
        country(code)

    shown = register(f"?page={asked}")

    assert (shown.page, shown.page_count, shown.total) == (number, 2, 3)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_two_queries_however_many_rows(rows, django_assert_num_queries):
    for code in ("AA", "BB", "CC")[:rows]:
        country(code)

    with django_assert_num_queries(2):
        page(register("?show=arab&sort=-region"))


def test_pages_keep_what_was_asked():
    for code in ("AA", "BB", "CC"):
        country(code)

    shown = register("?show=arab&sort=-region&page=2")

    assert shown.previous_url == "/list/?show=arab&sort=-region&page=1"
    assert shown.next_url == ""
    assert shown.heads[1].url == "/list/?show=arab&sort=region"
    assert shown.heads[1].sort == "descending"
    assert shown.heads[0].url == ""


def test_columns_can_be_chosen_and_unknown_ones_leave_those_shown_at_first():
    assert [c.key for c in register("?columns=zone&columns=names").columns] == ["names", "zone"]
    assert [c.key for c in register("?columns=nonsense").columns] == ["names", "region", "count"]


def test_empty_says_how_to_begin_but_narrowed_to_nothing_says_how_to_go_back():
    empty = register(empty_title="No country yet", empty_url="/new/", empty_label="Add a country")
    narrowed = register("?q=zz")

    assert "No country yet" in page(empty)
    assert 'href="/new/"' in page(empty)
    assert "No row fits" in page(narrowed)
    assert 'href="/list/"' in page(narrowed)


def test_chosen_rows_can_be_sent_to_an_act():
    country("AA")

    shown = page(register(selection=[Selection("Send 1 offer", "/send/")]))

    assert 'name="chosen" value="AA"' in shown
    assert 'formaction="/send/">Send 1 offer' in shown
    assert 'value="tok"' in shown


def test_what_a_person_typed_is_escaped():
    country("AA", name="<script>alert(1)</script>")

    assert "<script>" not in page(register())


def test_a_csv_file_holds_every_row_and_runs_nothing():
    country("AA", name='=HYPERLINK("http://x")')
    country("BB", name="@SUM(1)")
    country("CC", name="Plain, with comma")

    shown = register("?format=csv")
    answer = shown.file()
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert shown.wants_file
    assert rows == [
        ["Country", "Region", "Languages", "Zone"],
        ['\'=HYPERLINK("http://x")', "Arab", "1", "Asia/Baku"],
        ["'@SUM(1)", "Arab", "1", "Asia/Baku"],
        ["Plain, with comma", "Arab", "1", "Asia/Baku"],
    ]
    assert answer["Content-Disposition"].startswith('attachment; filename="countries-')


def test_an_xlsx_file_keeps_figures_as_figures_and_formulas_as_text():
    country("AA", name="=1+1")

    book = openpyxl.load_workbook(io.BytesIO(register("?format=xlsx").file().content))
    cells = book.active[2]

    assert [cell.value for cell in cells] == ["=1+1", "Arab", 1, "Asia/Baku"]
    assert [cell.data_type for cell in cells] == ["s", "s", "n", "s"]


def test_another_format_is_not_a_file():
    assert not register("?format=exe").wants_file
    assert not register().wants_file
