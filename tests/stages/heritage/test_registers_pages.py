"""Pages of registers: read inside and in public, at one count of queries, never more exact than allowed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from karvan.stages.heritage.models import Monument, Register
from karvan.stages.heritage.services.registers import change_register, found_register
from karvan.stages.heritage.services.registers_monuments import enter_monument
from tests import make

pytestmark = pytest.mark.django_db
EXACT = ("40.123456", "49.654321", "40,123456", "40.12346", "49.65432")


def register(**fields: Any) -> Register:
    fields = {"names": {"en": "Register of the country"}, "source": "own compilation", **fields}
    return found_register(code="az", by=None, **fields)


def monument(of: Register, number: str = "1", **fields: Any) -> Monument:
    fields.setdefault("names", {"en": f"Tower {number}", "ar": "برج"})
    return enter_monument(of, national_id=number, by=None, **fields)


def in_danger(of: Register) -> Monument:
    return monument(
        of,
        "7",
        names={"en": "Mound of the kings"},
        latitude=40.123456,
        longitude=49.654321,
        geometry={"type": "LineString", "coordinates": [[49.654321, 40.123456], [49.7, 40.2]]},
        address="Behind the third farm",
        texts={"en": "A mound at 40.123456 N, 49.654321 E, near 40°07′ N."},
        is_at_risk_of_looting=True,
        kind="mound",
    )


def officer() -> Any:
    return make.role("officer")


@pytest.mark.parametrize("count", [1, 3])
def test_a_register_costs_the_same_queries_with_one_monument_and_with_three(
    count, sign_in, django_assert_num_queries
):
    found = register()
    for number in range(count):
        monument(found, str(number), latitude=40 + number, longitude=49)
    client = sign_in(officer())
    client.get("/en/heritage/az/")

    with django_assert_num_queries(11):
        page = client.get("/en/heritage/az/")

    assert page.status_code == 200
    assert page.content.count(b'class="spot"') == count


def test_a_search_folds_scripts_and_accents(sign_in):
    found = register()
    monument(found, "1", names={"az": "Əlincə qalası", "ar": "قلعة أليـنجة"})
    monument(found, "2")
    client = sign_in(officer())

    for words in ("elince", "ƏLİNCƏ", "قلعه الينجه"):
        page = client.get("/en/heritage/az/", {"q": words}).content.decode()

        assert "Əlincə qalası" in page
        assert "Tower 2" not in page


def test_filters_narrow_by_kind_years_and_danger(sign_in):
    found = register()
    monument(found, "1", kind="tower", year_from=1101, year_to=1200)
    monument(found, "2", kind="tower", year_from=-500, year_to=-401)
    monument(found, "3", kind="mosque", is_at_risk_of_looting=True)
    client = sign_in(officer())

    def listed(**asked: str) -> list[str]:
        page = client.get("/en/heritage/az/", asked).content.decode()
        return [number for number in "123" if f"Tower {number}" in page]

    assert listed(kind="tower") == ["1", "2"]
    assert listed(**{"from": "1150", "until": "1300"}) == ["1"]
    assert listed(until="-450") == ["2"]
    assert listed(show="threatened") == ["3"]
    assert listed(importance="nonsense", at="x") == ["1", "2", "3"]


def test_the_map_gathers_what_lies_close_and_opens_a_window(sign_in):
    found = register()
    for number in range(5):
        monument(found, str(number), latitude=40.4 + number / 1000, longitude=49.8)
    monument(found, "far", latitude=41.2, longitude=47.1)
    client = sign_in(officer())

    page = client.get("/en/heritage/az/").content.decode()
    assert 'aria-label="5 monuments"' in page
    assert 'aria-label="Tower far"' in page
    near = client.get("/en/heritage/az/", {"at": "49,40,50,41"}).content.decode()
    assert "Tower far" not in near
    assert "5 monuments lie here." in near


@pytest.mark.parametrize(
    "address",
    [
        "/en/monuments/az/",
        "/en/monuments/az/?format=csv",
        "/en/monuments/az/?format=geojson",
        "/en/monuments/az/{pk}/",
        "/en/monuments/az/{pk}/?format=json",
        "/ar/monuments/az/{pk}/",
    ],
)
def test_the_public_never_reads_an_exact_place_in_danger(address, client):
    found = register()
    hidden = in_danger(found)

    answer = client.get(address.format(pk=hidden.pk))
    body = b"".join(answer) if answer.streaming else answer.content

    assert answer.status_code == 200
    assert len(body) < 100_000
    text = body.decode("utf-8-sig")
    assert [said for said in (*EXACT, "third farm", "40°07") if said in text] == []


def test_searching_or_drawing_a_window_does_not_tell_where_a_place_in_danger_is(client):
    found = register()
    in_danger(found)

    by_address = client.get("/en/monuments/az/", {"q": "third farm"}).content.decode()
    window = client.get("/en/monuments/az/", {"at": "49.654,40.123,49.655,40.124"}).content.decode()

    assert "Mound of the kings" not in by_address
    assert "Mound of the kings" not in window


def test_the_public_place_is_rounded_and_follows_the_register(client):
    found = register()
    hidden = in_danger(found)
    open_one = monument(found, "8", latitude=40.123456, longitude=49.654321)

    assert (hidden.public_latitude, hidden.public_longitude) == (40.11, 49.62)
    assert (open_one.public_latitude, open_one.public_longitude) == (40.123456, 49.654321)
    page = client.get(f"/en/monuments/az/{hidden.pk}/").content.decode()
    assert "rounded to 10 km" in page
    change_register(found, rounding_km=50, by=None)
    hidden.refresh_from_db()
    assert (hidden.public_latitude, hidden.public_longitude) != (40.11, 49.62)


def test_only_who_keeps_a_register_gets_exact_places_in_files(sign_in):
    found = register()
    in_danger(found)

    def file(person: Any) -> dict[str, Any]:
        answer = sign_in(person).get("/en/heritage/az/", {"format": "geojson"})
        return json.loads(b"".join(answer.streaming_content))

    kept = file(officer())["features"][0]
    read = file(make.role("auditor"))["features"][0]
    assert kept["geometry"]["type"] == "LineString"
    assert read["geometry"] == {"type": "Point", "coordinates": [49.62, 40.11]}
    assert read["properties"]["roundedToKm"] == 10


def test_a_closed_register_is_nobodys_in_public(client):
    found = register(is_public=False)
    one = monument(found)

    assert client.get("/en/monuments/az/").status_code == 404
    assert client.get(f"/en/monuments/az/{one.pk}/").status_code == 404
    assert "Register of the country" not in client.get("/en/monuments/").content.decode()


def test_linked_data_says_names_dates_and_place(client):
    found = register()
    one = monument(
        found, "9", latitude=40.5, longitude=49.5, date_text="5th century BCE", year_from=-500,
        year_to=-401, aka=["Old tower"],
    )  # fmt: skip

    answer = client.get(f"/en/monuments/az/{one.pk}/", {"format": "json"}).json()

    assert answer["type"] == "HumanMadeObject"
    assert [name["content"] for name in answer["identified_by"]] == [
        "Tower 9",
        "برج",
        "Old tower",
        "9",
    ]
    assert answer["produced_by"]["timespan"]["begin_of_the_begin"] == "-0500-01-01T00:00:00Z"
    assert json.loads(answer["current_location"]["defined_by"])["coordinates"] == [49.5, 40.5]


def test_a_monument_is_entered_with_a_place_as_it_is_written_on_a_map(sign_in):
    register()
    client = sign_in(officer())
    typed = {
        "national_id": "17", "names_en": "Maiden Tower", "importance": "world",
        "date_text": "XII əsr", "place": "40°22′N 49°50′E", "materials": "limestone; lime mortar",
        "lists": "List of World Heritage in Danger, 2003–2009", "countries": "Azerbaijan",
    }  # fmt: skip

    answer = client.post("/en/heritage/az/monuments/new/", typed)

    one = Monument.objects.get()
    assert answer.status_code == 302
    assert (round(one.latitude or 0, 3), one.year_from, one.year_to) == (40.367, 1101, 1200)
    assert one.materials == ["limestone", "lime mortar"]
    assert one.lists == [{"list": "List of World Heritage in Danger", "from": 2003, "to": 2009}]
    page = client.get(answer["Location"]).content.decode()
    assert "Maiden Tower" in page
    assert "World Heritage in Danger, 2003–2009" in page


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(sign_in):
    found = register()
    monument(found, "17")
    client = sign_in(officer())
    typed = {
        "national_id": "18", "names_en": "Maiden Tower", "importance": "world", "place": "somewhere",
        "year_from": "1200", "year_to": "1100", "countries": "Atlantis", "lists": "2003",
    }  # fmt: skip

    page = client.post("/en/heritage/az/monuments/new/", typed)
    text = page.content.decode()

    assert page.status_code == 422
    for said in ("This place cannot be read", "lies before the first", "Atlantis", "names no list"):
        assert said in text
    assert 'value="somewhere"' in text
    again = client.post("/en/heritage/az/monuments/new/", {"national_id": "17", "names_en": "X", "importance": "world"})  # fmt: skip
    assert "stands in this register already: Tower 17" in again.content.decode()
    assert Monument.objects.count() == 1


def test_saving_a_form_loses_neither_other_languages_nor_digits(sign_in):
    found = register()
    one = monument(found, names={"ru": "Башня", "en": "Tower"}, latitude=40.1234567, longitude=49.7654321, year_from=-500, year_to=-401)  # fmt: skip
    client = sign_in(officer())
    form = client.get(f"/en/heritage/az/monuments/{one.pk}/change/").context["form"]
    typed = {"names_en": "The Tower"}
    for name in ("national_id", "importance", "place", "year_from", "year_to"):
        typed[name] = form[name].value()

    client.post(f"/en/heritage/az/monuments/{one.pk}/change/", typed)

    one.refresh_from_db()
    assert one.names == {"ru": "Башня", "en": "The Tower"}
    assert (one.latitude, one.longitude) == (40.1234567, 49.7654321)
    assert "500–401 BCE" in client.get(f"/en/heritage/az/monuments/{one.pk}/").content.decode()


def test_the_pages_of_parts_statuses_and_change_open_and_act(sign_in):
    found = register()
    one = monument(found)
    client = sign_in(officer())
    address = f"/en/heritage/az/monuments/{one.pk}/"

    client.post(f"{address}parts/", {"code": "hall", "names_en": "Hall"})
    client.post(f"{address}parts/", {"code": "dome", "names_en": "Dome"})
    dome = one.elements.get(code="dome")
    moved = client.post(f"{address}parts/{dome.pk}/move/", {"way": "in"})
    client.post(f"{address}statuses/new/", {"designation": "Protected", "starts_on": "2001-08-02"})

    assert moved["Location"].endswith(f"?moved={dome.pk}-in#part-{dome.pk}")
    dome.refresh_from_db()
    assert dome.parent is not None
    assert one.statuses.get().starts_on == date(2001, 8, 2)
    for page in ("", "parts/", f"parts/{dome.pk}/", "change/", "statuses/new/", f"statuses/{one.statuses.get().pk}/", "photographs/"):  # fmt: skip
        assert client.get(f"{address}{page}").status_code == 200, page
    assert sign_in(make.role("auditor")).post(f"{address}parts/", {"code": "x"}).status_code == 403
    assert sign_in(make.person()).get(address).status_code == 404
