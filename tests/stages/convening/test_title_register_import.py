"""Registers that other people made: other heads, other signs, doubts named, nothing in silence."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from karvan.foundation.files.errors import SpreadsheetUnreadable
from karvan.foundation.places.services import load_places
from karvan.stages.convening.errors import NotGiven
from karvan.stages.convening.models import Title
from karvan.stages.convening.services import title_register_importing as services
from karvan.stages.convening.title_register_reading import read_register
from karvan.stages.convening.title_register_tables import separator_of, table_of
from tests import make
from tests.stages.convening import titles_world as at

pytestmark = pytest.mark.django_db

FRENCH = """Capitales de la culture;;;
Année;Ville;Pays;Région;Remarques
2006;Alep;Syrie;Monde arabe;
2006;Tombouctou;Mali;Afrique;"tenue en 2007; voir le rapport"
2008;Djibouti;Djibouti;Afrique;
2010;Tarim;Yémen;Région arabe;
2011;Tlemcen;Algérie;Région arabe;
2011;Nouakchott;Mauritanie;Région arabe;
2012;Skopje;Macédoine;Europe;
1998;Xyz;Mali;Afrique;
;Sans année;Mali;Afrique;
"""


@pytest.fixture
def series():
    load_places(by=None)
    return at.series()


def read(series, text: str | bytes, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return read_register(table_of(data, "csv"), series, **more)


def by_city(reading):
    return {one.city: one for one in reading.rows}


def test_a_french_register_in_latin_1_with_semicolons_is_read_with_its_doubts(series):
    reading = read(series, FRENCH.encode("latin-1"))
    rows = by_city(reading)

    assert reading.unknown == ("Europe",)
    aleppo = rows["Alep"]
    assert (aleppo.year, aleppo.region, aleppo.country.code, aleppo.doubts) == (
        2006,
        "Arab",
        "SY",
        [],
    )
    assert aleppo.names["en"] == "Aleppo" and aleppo.names["ar"] == "حلب"
    assert rows["Tombouctou"].note == "tenue en 2007; voir le rapport"
    assert rows["Nouakchott"].needs_reason and not rows["Tlemcen"].needs_reason
    assert rows["Skopje"].is_blocked and "“Europe” is not a region" in " ".join(
        rows["Skopje"].doubts
    )
    assert "The country “Macédoine” is not known" in " ".join(rows["Skopje"].doubts)
    assert rows["Xyz"].is_blocked and "before the first year" in rows["Xyz"].doubts[0]
    assert rows["Sans année"].is_blocked and rows["Sans année"].doubts[0] == "The year is missing."


def test_a_label_that_holds_the_separator_is_told_from_one_that_is_cut(series):
    text = 'Title year,"City, as listed",Region,State\n2013,"Tripoli (Lebanon)",Arab,\n2010,"Tarim, Yemen",Arab,\n2014,Sharjah, the smiling,Arab,United Arab Emirates\n'

    rows = by_city(read(series, text))

    assert rows["Tripoli"].country.code == "LB" and not rows["Tripoli"].is_blocked
    assert rows["Tarim"].country.code == "YE"
    cut = next(one for one in rows.values() if one.is_blocked)
    assert "more cells than there are columns" in cut.doubts[0]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ('"a, b";"c, d";e\n1;2;3\n4;5;6\n', ";"),
        ("a\tb, c, d\n1\t2\n3\t4, 5\n", "\t"),
        ("year|city\n2005|Mecca\n", "|"),
        ("year,city\n2005,Mecca; the holy\n", ","),
    ],
)
def test_the_separator_is_told_by_all_lines_not_by_the_head(text, sign):
    assert separator_of(text) == sign


def test_what_is_filled_in_is_said(series):
    row = read(series, "city,year,region\nNakhchivan,2018,Asia\n").rows[0]

    assert (row.country.code, row.region, row.latitude) == ("AZ", "Asian", 39.21)
    assert row.names["az"] == "Naxçıvan"
    assert row.doubts == ["The country is filled in from what is known of the city: Azerbaijan."]


def test_one_name_of_two_cities_is_not_filled_in(series):
    row = read(series, "city,year,region\nTripoli,2007,Arab\n").rows[0]

    assert row.country is None and row.latitude is None


def test_arabic_heads_and_figures_are_read(series):
    row = read(
        series,
        "السنة,المدينة,المنطقة,الدولة\n٢٠١٤,الشارقة,المنطقة العربية,الإمارات العربية المتحدة\n",
    ).rows[0]

    assert (row.year, row.region, row.country.code, row.names["en"]) == (
        2014,
        "Arab",
        "AE",
        "Sharjah",
    )


def test_what_is_in_the_register_or_twice_in_the_file_is_blocked(series):
    make.title(series, year=2009, city_names={"en": "Baku"}, region="Asian")
    rows = read(
        series, "year,city,region\n2009,Bakou,Asian\n2018,Nakhchivan,Asian\n2018,Naxçıvan,Asian\n"
    ).rows

    assert [one.is_blocked for one in rows] == [True, False, True]


def test_a_table_with_a_column_a_region_is_turned(series):
    text = "Year;Arab world;Asia;Africa\n2006;Aleppo[2];Isfahan;Timbuktu\n2007;Fes / Tripoli (Libya);Tashkent;Dakar\n2008;–;Lahore;\n"

    rows = read(series, text).rows

    assert [(one.key, one.city, one.year, one.region) for one in rows] == [
        ("2", "Aleppo", 2006, "Arab"),
        ("2-2", "Isfahan", 2006, "Asian"),
        ("2-3", "Timbuktu", 2006, "African"),
        ("3", "Fes", 2007, "Arab"),
        ("3-2", "Tripoli", 2007, "Arab"),
        ("3-3", "Tashkent", 2007, "Asian"),
        ("3-4", "Dakar", 2007, "African"),
        ("4", "Lahore", 2008, "Asian"),
    ]
    assert [one.needs_reason for one in rows].count(True) == 1  # Tripoli beside Fes


def test_a_cell_with_several_cities_is_doubted(series):
    row = read(series, "year,city,region\n2007,Fes & Tripoli,Arab\n").rows[0]

    assert row.doubts == ["“Fes & Tripoli” may name several cities; it would be taken as one."]


def test_columns_and_regions_can_be_said(series):
    text = "when,which,where\n2012,Skopje,Europe\n"
    columns, regions = {"year": 0, "city": 1, "region": 2}, {"Europe": "Asian"}

    row = read(series, text, columns=columns, regions=regions).rows[0]

    assert (row.city, row.year, row.region, row.is_blocked) == ("Skopje", 2012, "Asian", False)


def test_several_years_permanent_ones_and_coordinates(series):
    text = "year,city,region,type,lat,lon\n2019/2020,Jerusalem,Arab,permanent,31.78,35.23\n2020,Cairo,Arab,,north,east\n"

    jerusalem, cairo = read(series, text).rows

    assert (jerusalem.year, jerusalem.kind, jerusalem.latitude) == (2019, "permanent", 31.78)
    assert "several years" in jerusalem.doubts[0]
    assert "coordinates cannot be read" in " ".join(cairo.doubts)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"only one line"])
def test_what_is_no_table_is_said(series, data):
    with pytest.raises(SpreadsheetUnreadable):
        table_of(data, "csv")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b'"\n', b"a;b\n\x00;\x01\n", b"year,city\n" + b"," * 500 + b"\n"]
)
def test_any_bytes_are_rows_with_doubts_or_a_sentence(series, data):
    try:
        reading = read(series, data)
    except SpreadsheetUnreadable:
        return
    assert all(one.is_blocked for one in reading.rows)


def test_rows_are_taken_only_with_their_reason_and_source_and_then_all_or_none(series):
    reading = read(series, FRENCH.encode("latin-1"))
    lines = {one.city: one.key for one in reading.rows}
    chosen = [lines["Tlemcen"], lines["Nouakchott"]]

    for said, words in (
        ({"keys": [], "source": "x"}, "at least one row"),
        ({"keys": chosen, "source": "x"}, "Nouakchott 2011"),
        ({"keys": [lines["Skopje"]], "source": "x"}, "Line"),
        ({"keys": [lines["Alep"]], "source": " "}, "where the register is from"),
    ):
        with pytest.raises(NotGiven, match=words):
            services.take_titles(series, reading=reading, by=None, **said)
    assert not Title.objects.exists()
    taken = services.take_titles(
        series,
        reading=reading,
        keys=chosen,
        reasons={lines["Nouakchott"]: "Both were named."},
        source="A French list",
        by=None,
    )

    assert taken == 2
    assert Title.objects.get(city_names__ar="نواكشوط").exception_reason == "Both were named."


def test_an_address_that_asks_for_what_is_not_there_is_ignored(series, client):
    person = make.officer()
    table = ContentFile(b"year,city,region\n2029,Skopje,Europe\n", name="list.csv")
    kept = services.keep_register(series, upload=table, by=person)
    client.force_login(person)
    at_rows = f"/en/title-register/culture/import/{kept.pk}/"

    for query in (f"c_year={'9' * 5000}", "c_year=77&c_city=1", "c_year=0&c_city=1&c_region=2&l_0=Europe&r_0=Mars"):  # fmt: skip
        page = client.get(f"{at_rows}?{query}")
        assert page.status_code == 200
    assert "“Europe” is not a region" in page.content.decode()
    client.post(f"{at_rows}?c_year=0&c_city=1&c_region=2&l_0=Europe&r_0=Asian", {"take": "2", "source": "A list"})  # fmt: skip
    assert Title.objects.get().region == "Asian"


def test_an_upload_is_kept_and_read(series):
    person = make.officer()
    kept = services.keep_register(
        series, upload=ContentFile(FRENCH.encode("latin-1"), name="liste.csv"), by=person
    )

    assert (kept.kind, kept.scope) == ("csv", "titles/culture")
    assert len(services.read_upload(series, kept).rows) == 9
