"""Parts of a monument, legal statuses, registers: each act, each refusal, and that nothing changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import Element, LegalStatus, Monument, Register
from karvan.stages.heritage.queries.registers import tree_of
from karvan.stages.heritage.services.registers import change_register, found_register
from karvan.stages.heritage.services.registers_elements import (
    add_element,
    change_element,
    move_element,
    remove_element,
)
from karvan.stages.heritage.services.registers_keys import rounded
from karvan.stages.heritage.services.registers_monuments import (
    change_monument,
    enter_monument,
    remove_status,
    write_status,
)
from karvan.stages.heritage.services.registers_public import public_texts
from tests import make

pytestmark = pytest.mark.django_db


def part(monument, code, parent=None):
    return add_element(monument, code=code, names={"en": code}, parent=parent, by=None)


def shown(monument) -> list[str]:
    return [f"{branch.level}{branch.element.code}" for branch in tree_of(monument)]


def tree():
    """building > (south > bay, north), tower"""
    monument = make.monument()
    building = part(monument, "building")
    south = part(monument, "south", building)
    part(monument, "north", building)
    part(monument, "bay", south)
    part(monument, "tower")
    return monument


def of(monument, code) -> Element:
    return monument.elements.get(code=code)


def test_parts_are_listed_as_a_tree():
    assert shown(tree()) == ["0building", "1south", "2bay", "1north", "0tower"]


@pytest.mark.parametrize(
    ("code", "way", "wanted"),
    [
        ("north", "up", ["0building", "1north", "1south", "2bay", "0tower"]),
        ("building", "down", ["0tower", "0building", "1south", "2bay", "1north"]),
        ("north", "in", ["0building", "1south", "2bay", "2north", "0tower"]),
        ("bay", "out", ["0building", "1south", "1bay", "1north", "0tower"]),
        ("tower", "in", ["0building", "1south", "2bay", "1north", "1tower"]),
    ],
)
def test_a_part_moves_with_all_under_it(code, way, wanted):
    monument = tree()

    move_element(of(monument, code), way=way, by=None)

    assert shown(monument) == wanted
    assert Record.objects.order_by("-number").first().act == "element moved"


@pytest.mark.parametrize(
    ("code", "way"), [("building", "up"), ("tower", "down"), ("south", "in"), ("tower", "out")]
)
def test_a_part_at_the_end_does_not_move(code, way):
    monument = tree()
    before = shown(monument)

    with pytest.raises(WrongState):
        move_element(of(monument, code), way=way, by=None)

    assert shown(monument) == before


def test_a_code_stands_for_one_part_and_a_part_never_under_itself():
    monument = tree()

    with pytest.raises(NotGiven, match="another part"):
        part(monument, "bay")
    with pytest.raises(NotGiven, match="under itself"):
        change_element(
            of(monument, "building"), code="building", names={"en": "x"},
            parent=of(monument, "bay"), by=None,
        )  # fmt: skip
    with pytest.raises(NotOfThisProject):
        part(monument, "new", make.element())

    assert shown(monument) == ["0building", "1south", "2bay", "1north", "0tower"]


def test_a_part_is_hung_elsewhere_and_described():
    monument = tree()

    change_element(
        of(monument, "bay"), code="bay-1", names={"en": "First bay"}, material="brick",
        parent=of(monument, "tower"), by=None,
    )  # fmt: skip

    assert shown(monument) == ["0building", "1south", "1north", "0tower", "1bay-1"]


def test_parts_go_with_those_under_them_unless_surveys_speak_of_them():
    monument = tree()
    survey = make.survey(monument)
    survey.observations.create(element=of(monument, "bay"), pattern=make.term())

    with pytest.raises(WrongState, match="it stays"):
        remove_element(of(monument, "building"), by=None)
    assert len(shown(monument)) == 5
    assert Record.objects.filter(act="element removed").count() == 0
    survey.observations.all().delete()
    remove_element(of(monument, "building"), by=None)

    assert shown(monument) == ["0tower"]


def test_too_deep_a_tree_is_refused():
    monument = make.monument()
    last = None
    for number in range(8):
        last = part(monument, f"p{number}", last)

    with pytest.raises(NotGiven, match="deep"):
        part(monument, "p8", last)


def test_a_legal_status_has_its_days_in_order():
    monument = make.monument()

    with pytest.raises(NotGiven, match="ends before"):
        write_status(
            monument, designation="Listed", starts_on=date(2001, 1, 1), ends_on=date(2000, 1, 1),
            by=None,
        )  # fmt: skip
    assert LegalStatus.objects.count() == 0
    status = write_status(monument, designation="Listed", starts_on=date(2001, 1, 1), by=None)
    write_status(monument, status=status, designation="Listed", ends_on=date(2002, 1, 1), by=None)

    assert LegalStatus.objects.get().ends_on == date(2002, 1, 1)
    with pytest.raises(NotOfThisProject):
        remove_status(make.monument(), status=status, by=None)
    remove_status(monument, status=status, by=None)
    assert LegalStatus.objects.count() == 0
    assert Record.objects.order_by("-number").first().before["status"] == "Listed"


def test_a_register_is_not_founded_on_a_taken_address():
    found_register(code="az", names={"en": "Register"}, by=None)

    for code in ("az", "projects", "new"):
        with pytest.raises(NotGiven, match="is taken"):
            found_register(code=code, names={"en": "Register"}, by=None)

    assert Register.objects.count() == 1


def test_history_says_from_what_to_what_a_monument_changed():
    register = found_register(code="az", names={"en": "Register"}, by=None)
    one = enter_monument(register, national_id="1", names={"en": "Tower"}, kind="tower", by=None)

    change_monument(one, kind="donjon", national_id="1", by=None)
    change_monument(one, kind="donjon", by=None)

    last = Record.objects.order_by("-number").first()
    assert (last.before, last.after) == ({"kind": "tower"}, {"kind": "donjon"})
    assert Record.objects.filter(act="monument described").count() == 1


def test_a_register_described_as_it_is_writes_nothing():
    register = found_register(code="az", names={"en": "Register"}, by=None)

    change_register(register, names={"en": "Register"}, rounding_km=10, by=None)

    assert Record.objects.filter(act="register described").count() == 0


@pytest.mark.parametrize("km", [1, 5, 10, 50])
@pytest.mark.parametrize("place", [(40.123456, 49.654321), (-33.5, -70.2), (89.9, 179.9), (0, 0)])
def test_a_rounded_place_is_the_same_for_all_of_its_cell(place, km):
    found = rounded(*place, km)

    assert rounded(*found, km) == pytest.approx(found, abs=0.011)
    assert abs(found[0] - place[0]) * 111 <= km
    assert -90 <= found[0] <= 90
    assert -180 <= found[1] <= 180


def test_figures_like_places_are_taken_out_of_a_description_in_danger():
    one = make.monument(
        texts={"en": "At 40.12 N and 40°07′ N, 12 m high, built 1230."},
        is_at_risk_of_looting=True,
        latitude=40.12,
        longitude=49.6,
    )

    assert public_texts(one) == {"en": "At … and …, 12 m high, built 1230."}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("monument_place_is_on_earth", {"latitude": 91, "longitude": 0}),
        ("monument_years_in_order", {"year_from": 2, "year_to": 1}),
        ("monument_importance_is_known", {"importance": "huge"}),
        ("monument_public_place_is_whole", {"public_latitude": 1}),
    ],
)
def test_a_constraint_is_kept_by_the_database(name, fields):
    one = make.monument()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Monument.objects.filter(pk=one.pk).update(**fields)
