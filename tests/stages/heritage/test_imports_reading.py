"""How single cells are read: years, places, countries, markup, several values; and whole tables."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.heritage.errors import Unreadable
from karvan.stages.heritage.reading.countries import countries_of
from karvan.stages.heritage.reading.headings import guessed_mapping, signature_of
from karvan.stages.heritage.reading.lists import named_entry
from karvan.stages.heritage.reading.places import lies_in, place_of
from karvan.stages.heritage.reading.tables import read_table
from karvan.stages.heritage.reading.values import (
    clean,
    condition_of,
    importance_of,
    many,
    trend_of,
)
from karvan.stages.heritage.reading.wlm import mapping_of
from karvan.stages.heritage.reading.years import day_of, years_of


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("XII–XIII əsrlər", (1101, 1300)), ("e.ə. V əsr", (-500, -401)),
        ("12. Jahrhundert", (1101, 1200)), ("XIIe siècle", (1101, 1200)),
        ("IIe siècle av. J.-C.", (-200, -101)), ("XII-XIII вв.", (1101, 1300)),
        ("V век до н. э.", (-500, -401)), ("القرن الثاني عشر", (1101, 1200)),
        ("ق.م 300", (-300, -300)), ("siglo XII", (1101, 1200)), ("c. 1230", (1230, 1230)),
        ("5th century BCE – 3rd century CE", (-500, 300)), ("100 BCE - 50", (-100, 50)),
        ("3rd millennium BC", (-3000, -2001)), ("1920s", (1920, 1929)), ("-120", (-120, -120)),
        ("1998-01-01T00:00:00", (1998, 1998)), ("12.03.1998", (1998, 1998)),
        ("في عام ١٢٣٠", (1230, 1230)), ("Iron Age", None), ("", None),
    ],
)  # fmt: skip
def test_years_are_read_in_many_languages(text, years):
    assert years_of(text) == years


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_years_and_their_order_holds(text):
    found = years_of(text)

    assert found is None or found[0] <= found[1]


def test_days_are_read_as_days_alone():
    assert day_of("2019-11-03T00:00:00") == date(2019, 11, 3)
    assert day_of("3/11/2019") == date(2019, 11, 3)
    assert day_of("2019") == date(2019, 1, 1)
    assert day_of("2019-13-40") is None
    assert day_of("12th century") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("40.3667, 49.8333", (40.3667, 49.8333)), ("40,3667; 49,8333", (40.3667, 49.8333)),
        ("40,36 49,83", (40.36, 49.83)), ("40°22′30″N 49°50′E", (40.375, 49.8333)),
        ("N40.36 E49.83", (40.36, 49.83)), ("33°27′S 70°40′W", (-33.45, -70.6667)),
        ("POINT(49.8 40.3)", (40.3, 49.8)), ("SRID=4326;POINT Z (49.8 40.3 5)", (40.3, 49.8)),
        ("POLYGON((49 40, 50 40, 50 41, 49 41, 49 40))", (40.5, 49.5)),
        ("{u'type': u'Point', u'coordinates': [35.7, 31.1]}", (31.1, 35.7)),
        ('{"type":"Feature","geometry":{"type":"Point","coordinates":[49,40]}}', (40, 49)),
        ("{'type':'Point','coordinates':[1,2]}; {'type':'Point','coordinates':[1,2]}", (2, 1)),
    ],
)  # fmt: skip
def test_places_are_read_as_they_are_written(text, place):
    found = place_of(text)

    assert (round(found.latitude, 4), round(found.longitude, 4)) == place


@pytest.mark.parametrize(
    "text",
    [
        "somewhere", "43.5", "__import__('os').system('true')", "{'type': 'Point'}",
        "{u'type': u'Point', u'coordinates': [nan, 1]}", "POINT(a b)", "[" * 5000,
        "{'a': " * 3000, "POLYGON EMPTY",
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused_and_never_run(text):
    with pytest.raises(ValueError, match=r"no|a place"):
        place_of(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_places(text):
    try:
        place_of(text)
    except ValueError:
        pass


def test_a_place_lies_in_its_country_or_does_not():
    assert lies_in(place_of("40.4, 49.8"), "AZ")
    assert not lies_in(place_of("49.8, 40.4"), "AZ")
    assert lies_in(place_of("1, 1"), "XX")


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("az", ["AZ"], []), ("AZE", ["AZ"], []), ("Azərbaycan", ["AZ"], []),
        ("Азербайджан", ["AZ"], []), ("أذربيجان", ["AZ"], []), ("Germany,Poland", ["DE", "PL"], []),
        ("Palestine, State of", ["PS"], []), ("de,pl", ["DE", "PL"], []),
        ("Iran (Islamic Republic of)", ["IR"], []), ("Jordan; Atlantis", ["JO"], ["Atlantis"]),
    ],
)  # fmt: skip
def test_countries_are_known_by_any_name(text, found, unknown):
    assert countries_of(text) == (found, unknown)


def test_markup_goes_and_words_stay():
    html = '<p class="MsoNormal" dir="RTL"><span lang="AR-JO">تزين&nbsp;أرضية<o:p></o:p></span></p><script>bad()</script>'

    assert clean(html) == "تزين أرضية"
    assert clean("[[Qız qalası|Maiden Tower]] &amp; walls") == "Maiden Tower & walls"
    assert clean("3 < 4 and 5 > 2") == "3 < 4 and 5 > 2"


def test_values_are_told_apart_by_semicolons_and_never_by_commas():
    text = "Conservation, Restoration, and Maintenance; Slopes; Slopes; Wadi (dry; deep)"

    assert many(text) == [
        "Conservation, Restoration, and Maintenance",
        "Slopes",
        "Wadi (dry; deep)",
    ]


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (importance_of, "Ölkə əhəmiyyətli", "national"), (importance_of, "местного значения", "local"),
        (importance_of, "monument d'intérêt national", "national"), (importance_of, "A1", None),
        (condition_of, "Very bad", "very_bad"), (condition_of, "بحالة جيدة", "good"), (condition_of, "3", None),
        (condition_of, "جيد", "good"), (condition_of, "Неудовлетворительное", "poor"),
        (condition_of, "Удовлетворительное", "fair"), (condition_of, "bon état", "good"),
        (trend_of, "Disturbance Increasing", "worsening"), (trend_of, "No Longer Present", None),
    ],
)  # fmt: skip
def test_words_of_importance_condition_and_trend(read, text, code):
    assert read(text) == code


def test_lists_are_typed_with_their_years():
    assert named_entry("National list, 1998–2004") == {"list": "National list", "from": 1998, "to": 2004}  # fmt: skip
    assert named_entry("List 2001") == {"list": "List", "from": 2001, "to": None}
    assert named_entry("1998") is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Inventarnummer;Bezeichnung;Baujahr;Breite;Länge\n1;Schloß;1750;52,1;13,2\n",
            {"number": "Inventarnummer", "name:de": "Bezeichnung", "date": "Baujahr", "latitude": "Breite", "longitude": "Länge"},
        ),
        (
            "№\tНазвание памятника\tАдрес\tКатегория охраны\tДатировка\tКоординаты\n1\tДом\tул. Ленина, 5\tфедеральная\tXVIII в.\t55.1, 37.2\n",
            {"number": "№", "name:ru": "Название памятника", "address": "Адрес", "importance": "Категория охраны", "date": "Датировка", "geometry": "Координаты"},
        ),
        (
            "رقم التسجيل,اسم المعلم,النوع,الفترة,المحافظة,خط العرض,خط الطول\n1,قصر,قصر,عثماني,عمان,31.9,35.9\n",
            {"number": "رقم التسجيل", "name:ar": "اسم المعلم", "kind": "النوع", "date": "الفترة", "adm1": "المحافظة", "latitude": "خط العرض", "longitude": "خط الطول"},
        ),
        (
            "Sıra №-si|Abidənin adı|Növü|Tarixi|Yerləşdiyi yer|Əhəmiyyət dərəcəsi\n1|Qız qalası|qala|XII əsr|Bakı|Dünya\n",
            {"number": "Sıra №-si", "name:az": "Abidənin adı", "kind": "Növü", "date": "Tarixi", "address": "Yerləşdiyi yer", "importance": "Əhəmiyyət dərəcəsi"},
        ),
        (
            "Código;Denominación;Tipología;Época;Municipio;Latitud;Longitud\n1;Torre;torre;siglo XII;Baza;37,4;-2,7\n",
            {"number": "Código", "name:es": "Denominación", "kind": "Tipología", "date": "Época", "adm2": "Municipio", "latitude": "Latitud", "longitude": "Longitud"},
        ),
        (
            "Registre national,,,\nidentifiant,Nom du monument,Époque,Coordonnées\nA1,Dar,XVIIIe siècle,\"36.8, 10.1\"\n",
            {"number": "identifiant", "name:fr": "Nom du monument", "date": "Époque", "geometry": "Coordonnées"},
        ),
        (
            "Kood,Nimetus,Asukoht\nEE-1,Vana kirik,\"58.3, 26.7\"\nEE-2,Uus kirik,\"58.4, 26.8\"\n",
            {"number": "Kood", "name": "Nimetus", "geometry": "Asukoht"},
        ),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings_or_by_what_they_hold(text, wanted):
    assert guessed_mapping(read_table(text.encode(), "csv")) == wanted


def test_a_label_that_holds_the_separator_is_put_together_or_doubted():
    text = (
        "Number,Name,Year,Latitude\n1,Palace,1797,41.2\n2,Church, old,1230,41.3\n3,Gate,1400,41.4\n"
    )
    table = read_table(text.encode(), "csv")
    loose = read_table(b"a,b,c\nx,y,z\nx,y,z,w\nx\n", "csv")

    assert table.lines[1].cells == ("2", "Church, old", "1230", "41.3")
    assert [doubt.code for doubt in table.lines[1].doubts] == ["cells_joined"]
    assert [[doubt.code for doubt in line.doubts] for line in loose.lines] == [
        [], ["cells_more"], ["cells_fewer"],
    ]  # fmt: skip


def test_quoted_labels_and_new_lines_within_cells_are_no_doubt():
    table = read_table(b'Number,Name\n1,"Palace, of the\nKhan"\n2,Gate\n', "csv")

    assert [(line.number, line.cells[1]) for line in table.lines] == [
        (2, "Palace, of the\nKhan"), (4, "Gate"),
    ]  # fmt: skip
    assert not any(line.doubts for line in table.lines)


def test_repeated_headings_are_told_apart_and_order_does_not_change_the_signature():
    table = read_table(b"Type,Name,Type\nx,y,z\n", "csv")
    other = read_table(b"Name,Type,Type\ny,x,z\n", "csv")

    assert (table.keys, table.repeated) == (("Type", "Name", "Type#2"), ("Type",))
    assert signature_of(table) == signature_of(other)


def test_a_workbook_is_read_like_a_text():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Number", "Name", "Year"])
    sheet.write_row(1, 0, [7, "Qala", 1230])
    book.close()

    table = read_table(out.getvalue(), "xlsx")

    assert (table.keys, table.lines[0].cells) == (("Number", "Name", "Year"), ("7", "Qala", "1230"))
    with pytest.raises(Unreadable):
        read_table(b"PK\x03\x04broken", "xlsx")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_tables(data):
    try:
        table = read_table(data, "csv")
    except Unreadable:
        return
    assert all(len(line.cells) == len(table.keys) for line in table.lines)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"fields": 3}', b'{"fields": [{"dest": "x"}]}', b"\xff"]
)
def test_what_is_no_field_map_is_refused(data):
    with pytest.raises(Unreadable):
        mapping_of(data)
