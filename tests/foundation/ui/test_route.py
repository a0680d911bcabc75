"""The route map: only the programme's countries are named, in the order of their days."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from karvan.foundation.ui.charts.route import Route, Stop, route_svg

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"AZ": "Azerbaijan", "EG": "Egypt", "KZ": "Kazakhstan", "BH": "Bahrain", "MA": "Morocco"}


def stop(country, state="done", on=None, at=None, code=""):
    name = NAMES[country]
    return Stop(code or f"TVP/{country}", country, name, state, f"{state} in {on}", on, at)


def route(*stops):
    return Route("r", "Route of the programme", "It went to Egypt.", stops)


def drawn(one, **options):
    return ElementTree.fromstring(route_svg(one, **options))


def classes(picture, name):
    return [one for one in picture.iter() if one.get("class") == name]


THREE = route(
    stop("EG", on=date(2022, 3, 1)),
    stop("AZ", on=date(2021, 9, 12)),
    stop("KZ", "open", on=date(2027, 1, 5)),
    stop("MA", "unknown"),
)


def test_only_the_countries_of_the_programme_are_named_and_outlined():
    picture = drawn(THREE)

    names = ["".join(one.itertext()) for one in classes(picture, "name")]
    assert sorted(names) == ["Azerbaijan", "Egypt", "Kazakhstan", "Morocco"]
    assert len(classes(picture, "home")) == 4
    assert len(classes(picture, "land")) == 1


def test_stops_are_numbered_in_time_and_those_without_a_day_are_not():
    numbers = [(one.number, one.stop.country) for one in THREE.numbered]

    assert numbers == [(1, "AZ"), (2, "EG"), (3, "KZ"), (None, "MA")]
    assert "1. done in 2021-09-12" in "".join(drawn(THREE).itertext())


def test_a_line_leads_from_each_edition_to_the_next_and_is_broken_to_what_is_planned():
    ways = [(leg.start.stop.country, leg.end.stop.country) for leg in THREE.legs]

    assert ways == [("AZ", "EG"), ("EG", "KZ")]
    assert [one.get("data-kind") for one in classes(drawn(THREE), "leg")] == ["held", "planned"]


def test_two_editions_in_one_country_have_one_place_and_no_line_between_them():
    twice = route(stop("AZ", on=date(2021, 9, 12)), stop("AZ", "open", date(2026, 1, 1), code="b"))
    picture = drawn(twice)

    assert twice.legs == ()
    assert len(classes(picture, "ground")) == 1
    assert len(classes(picture, "name")) == 1


def test_the_way_there_and_back_and_there_again_are_three_different_lines():
    days = [date(2021 + year, 1, 1) for year in range(4)]
    again = route(
        *(
            stop(c, on=on, code=str(on))
            for c, on in zip(["AZ", "EG", "AZ", "EG"], days, strict=True)
        )
    )

    lines = {one.get("d") for one in classes(drawn(again), "leg")}

    assert [leg.bow for leg in again.legs] == [0, 0, 1]
    assert len(lines) == 3


def test_a_cancelled_edition_is_named_and_no_line_leads_to_it():
    one = route(stop("AZ", on=date(2021, 1, 1)), stop("EG", "dropped", on=date(2022, 1, 1)))

    assert one.legs == ()
    assert len(classes(drawn(one), "name")) == 2


def test_what_is_not_known_is_hatched_and_a_small_state_is_a_point():
    picture = drawn(route(stop("MA", "unknown"), stop("BH", on=date(2024, 1, 1))))

    homes = classes(picture, "home")
    assert [(one.get("data-state"), one.get("fill")) for one in homes] == [
        ("unknown", "url(#r-hatch)")
    ]
    assert len(classes(picture, "ground")) == 2


def test_a_venue_moves_the_place_and_without_one_it_is_inside_the_country():
    def place(at):
        picture = drawn(route(stop("KZ", on=date(2021, 1, 1), at=at), stop("EG")))
        return sorted(float(one.get("cx")) for one in classes(picture, "ground"))[1]

    assert place((51.4, 51.2)) < place(None) < place((82.6, 49.9))


def test_in_arabic_the_words_turn_and_the_earth_does_not():
    one, other = drawn(THREE), drawn(THREE, mirrored=True)

    assert other.get("direction") == "rtl"
    assert [x.get("d") for x in classes(one, "leg")] == [x.get("d") for x in classes(other, "leg")]


def test_a_map_is_small_well_formed_and_without_styles():
    text = route_svg(route(*(stop(code, on=date(2021, 1, 1)) for code in NAMES)))

    ElementTree.fromstring(text)
    assert len(text) < 60_000
    assert "style=" not in text


def test_what_people_typed_is_escaped():
    one = route(Stop("<b>", "AZ", "<i>", "done", "a & b", date(2021, 1, 1)))

    assert "<b>" not in route_svg(one)
    assert "&lt;i&gt;" in route_svg(one)


def test_a_state_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match="'kept'"):
        stop("AZ", "kept")


def test_a_country_without_a_place_is_told_beside_the_map_and_with_a_venue_is_on_it():
    nowhere = Stop("X", "XX", "Nowhere", "done", "held", date(2022, 1, 1))
    somewhere = Stop("Y", "YY", "Somewhere", "done", "held", date(2023, 1, 1), (20.0, 20.0))
    one = route(stop("AZ", on=date(2021, 1, 1)), nowhere, somewhere)

    with override("en"):
        page = Template("{% route_map one %}").render(Context({"one": one}))

    assert one.not_drawn == ["Nowhere"]
    assert [leg.end.stop.country for leg in one.legs] == ["YY"]
    assert "Not on the map, since its place is not known: <bdi>Nowhere</bdi>" in page
    with pytest.raises(ValueError, match="no meridian"):
        route_svg(route(nowhere))


def test_the_component_states_its_finding_and_holds_the_same_as_a_table():
    with override("en"):
        page = Template("{% route_map one %}").render(Context({"one": THREE}))

    assert '<figcaption id="r-finding">It went to Egypt.</figcaption>' in page
    assert 'aria-describedby="r-finding"' in page
    assert page.count('<tr role="row">') == 5
    assert "not known" in page


def test_a_route_without_stops_shows_no_map():
    with override("en"):
        page = Template("{% route_map one %}").render(Context({"one": route()}))

    assert "<svg" not in page
