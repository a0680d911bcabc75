"""Real registers that nobody here wrote: the EAMENA export, the World Heritage List, field maps."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from karvan.stages.heritage.models import ConditionSurvey, Monument
from karvan.stages.heritage.reading.tables import read_table
from karvan.stages.heritage.reading.wlm import fitted, mapping_of
from karvan.stages.heritage.services.imports import map_by_file
from tests import make
from tests.shared import shared_path

from .tables import doubts, read, rows, taken, upload

pytestmark = pytest.mark.django_db

EAMENA = "inputs/eamena/EAMENA_2022-09-26_03-23-29.csv"
WHS = "inputs/whs/whc-sites-2019.csv"


def test_the_eamena_export_comes_over_with_its_doubts():
    data = shared_path(EAMENA).read_bytes()
    register = make.register("jo", country=make.country("JO"))
    make.country("PS")

    one = taken(register, data)

    assert (one.report["lines"], one.report["new"], one.report["left_out_count"]) == (110, 110, 0)
    assert len(one.report["columns"]) == 78
    assert len(one.report["repeated"]) == 21
    codes = Counter(code for _line, code in doubts(one))
    assert codes["name_missing"] == 17
    assert codes["date_kept"] == 1  # MODIFICATION_DATE 2100-11-10
    church = Monument.objects.get(national_id="EAMENA-F-0000003")
    assert church.names == {"az": "Rajeb Churh", "ar": "كنيسة راجب"}
    assert church.texts["ar"].startswith("تزين أرضية هذه الكنيسة")
    assert "<" not in church.texts["ar"]
    assert church.geometry["type"] == "Polygon"
    assert (round(church.latitude, 3), round(church.longitude, 3)) == (32.245, 35.707)
    assert (church.kind, church.use) == ("Church/Chapel", "Vacant / Not in use")
    assert church.statuses.get().starts_on == date(1998, 1, 1)
    assert church.raw["cells"]["OVERALL_CONDITION_TYPE.E55"] == "Fair"
    assert len(church.raw["cells"]) == 78
    places = Monument.objects.filter(latitude__isnull=False)
    assert places.count() == 95
    assert Counter(Monument.objects.values_list("country", flat=True)) == {"JO": 101, "PS": 9}


def test_eamenas_conditions_become_surveys_that_were_taken_over():
    data = shared_path(EAMENA).read_bytes()

    taken(make.register("jo", country=make.country("JO")), data)

    surveys = ConditionSurvey.objects.filter(imported=True)
    assert surveys.count() == 96
    assert Counter(surveys.values_list("condition", flat=True)) == Counter(
        Monument.objects.exclude(condition="").values_list("condition", flat=True)
    )
    one = surveys.get(monument__national_id="EAMENA-F-0000003")
    assert (one.condition, one.trend, one.note, one.on) == (
        "fair",
        "unknown",
        "",
        date(2019, 11, 3),
    )
    assert one.surveyor_name == "khaled zyout"
    assert one.observations.count() == 0


def test_eamena_read_again_changes_nothing():
    data = shared_path(EAMENA).read_bytes()
    register = make.register("jo", country=make.country("JO"))
    taken(register, data)

    again = read(register, data)

    assert (again.report["new"], again.report["changed"], again.report["same"]) == (0, 0, 110)
    assert (again.report["gone"], again.lines_total) == (0, 0)
    assert again.options["remembered"]


def test_the_world_heritage_list_comes_over_in_its_old_encoding():
    data = shared_path(WHS).read_bytes()
    register = make.register("whs")
    make.country("AZ")

    one = taken(register, data)

    assert (one.report["lines"], one.report["new"]) == (1121, 1121)
    assert one.options["encoding"] == "cp1252"
    azerbaijan = Monument.objects.filter(country="AZ")
    assert sorted(azerbaijan.values_list("whs_id", flat=True)) == ["1076", "1549", "958"]
    baku = azerbaijan.get(whs_id="958")
    assert baku.names["fr"].startswith("Cité fortifiée de Bakou")
    assert baku.lists == [
        {"list": "World Heritage List", "from": 2000, "to": None},
        {"list": "List of World Heritage in Danger", "from": 2003, "to": 2009},
    ]
    sheki = azerbaijan.get(whs_id="1549")
    assert sheki.names["en"] == "Historic Centre of Sheki with the Khan’s Palace"
    assert "<p>" not in "".join(sheki.texts.values())
    several = [row for row in Monument.objects.all() if len(row.countries) > 1]
    assert len(several) == 39
    belovezha = Monument.objects.get(whs_id="33")
    assert belovezha.countries == ["BY", "PL"]


def test_the_world_heritage_list_can_be_read_as_latin_1():
    table = read_table(shared_path(WHS).read_bytes(), "csv", encoding="latin-1")

    assert (len(table.lines), len(table.keys)) == (1121, 37)
    assert "Cité" in table.lines[1].cells[4] or any("é" in line.cells[4] for line in table.lines)
    assert [line.number for line in table.lines if line.doubts] == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "az_az",
            {
                "number": "ID", "name:az": "name", "adm1": "ray-iso", "adm2": "municipality",
                "address": "address", "kind": "type", "date": "date", "source": "ref",
                "latitude": "lat", "longitude": "lon", "commons": "commonscat",
            },
        ),
        (
            "tn_fr",
            {
                "number": "id", "name:fr": "monument", "adm1": "gouvernorat_iso", "adm2": "site",
                "address": "adresse", "date": "date", "authority": "decret",
                "latitude": "latitude", "longitude": "longitude", "commons": "commonscat",
            },
        ),
        (
            "jo_ar",
            {
                "number": "رقم", "name:ar": "اسم", "adm1": "prov-iso", "text:ar": "وصف",
                "address": "موقع", "latitude": "عرض", "longitude": "طول", "commons": "commonscat",
            },
        ),
    ],
)  # fmt: skip
def test_a_field_map_says_which_column_is_which(name, wanted):
    assert mapping_of(shared_path(f"inputs/wlm/{name}.json").read_bytes()) == wanted


def test_a_field_map_is_loaded_as_the_mapping_of_a_table():
    data = shared_path("inputs/wlm/tn_fr.json").read_bytes()
    table = rows("TN-1,Médina,Dar Ben,36.8,10.1", head="id,site,monument,latitude,longitude")
    one = read(make.register("tn"), table)

    mapped = map_by_file(one, upload=upload(data, "tn_fr.json"), by=None)
    made = taken(one.register, mapped)

    assert mapped.mapping["name:fr"] == "monument"
    found = Monument.objects.get(register=made.register)
    assert (found.names, found.adm2) == ({"fr": "Dar Ben"}, "Médina")
    assert fitted(mapped.mapping, read_table(table.encode(), "csv")) == mapped.mapping


def test_the_preview_of_the_export_names_its_doubts_and_can_be_opened(sign_in):
    one = read(make.register("jo", country=make.country("JO")), shared_path(EAMENA).read_bytes())

    page = sign_in(make.role("officer")).get(f"/en/heritage/jo/imports/{one.pk}/").content.decode()

    assert "110 new monuments" in page
    assert "Lines without a name" in page
    assert "MODIFICATION_DATE.E49" in page
    assert len(page) < 700_000
