"""Differences are told by key and in words; values are read and put by address."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.blueprints.document import (
    REMOVED,
    UnknownPath,
    differences,
    parse,
    value_at,
    walk_parts,
    with_value,
)
from tests.stages.blueprints.documents import SMALL, library

DATA = parse(SMALL).data
CAMP = "activities.CAMP"


def words(after: object) -> list[str]:
    return [difference.words for difference in differences(DATA, after)]  # type: ignore[arg-type]


def test_a_changed_number_is_told_as_people_say_it():
    assert words(with_value(DATA, f"{CAMP}.duration.days", 2)) == ["Boot camp: days 3 → 2"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{CAMP}.cohort.max", 24, "Boot camp: most participants 20 → 24"),
        (f"{CAMP}.sessions.S1.minutes", 45, "Boot camp, session S1: minutes 60 → 45"),
        (f"{CAMP}.sessions.S1", REMOVED, "Boot camp: session S1 removed"),
        (
            f"{CAMP}.sessions.S1.roles",
            ["HEAD", "AID"],
            "Boot camp, session S1: roles HEAD → HEAD, AID",
        ),
        (
            f"{CAMP}.sessions.S1.title.en",
            "Start",
            "Boot camp, session S1: title (en) Opening → Start",
        ),
        (f"{CAMP}.sessions.S1.gate", "go", "Boot camp, session S1: gate added, go"),
        ("title.en", "New", "title (en) Demo → New"),
        ("indicators.REACH.target", 400, "indicator REACH: target added, 400"),
    ],
)
def test_each_kind_of_change_has_its_sentence(path: str, value: object, said: str):
    assert words(with_value(DATA, path, value)) == [said]


def test_a_new_session_is_told_with_its_title():
    session = {"id": "S3", "day": 2, "kind": "lab", "minutes": 30, "title": {"en": "Second lab"}}

    assert words(with_value(DATA, f"{CAMP}.sessions.S3", session)) == [
        "Boot camp: session S3 added, “Second lab”"
    ]


def test_another_order_is_one_difference_and_the_items_none():
    sessions = value_at(DATA, f"{CAMP}.sessions")
    turned = with_value(DATA, f"{CAMP}.sessions", sessions[::-1])

    assert words(turned) == ["Boot camp: order of sessions is now S2, S1"]


def test_a_document_does_not_differ_from_itself():
    assert differences(DATA, copy.deepcopy(DATA)) == ()


def test_an_unknown_address_is_refused_with_its_name():
    with pytest.raises(UnknownPath, match="sessions.S9"):
        value_at(DATA, f"{CAMP}.sessions.S9")
    with pytest.raises(UnknownPath):
        with_value(DATA, f"{CAMP}.sessions.S9.minutes", 3)


def test_an_item_keeps_the_code_that_its_address_names():
    with pytest.raises(ValueError, match="HALL"):
        with_value(DATA, f"{CAMP}.rooms.HALL", {"code": "OTHER", "seats": 3})


def is_near(found: str, path: str) -> bool:
    """Whether one path is at or below the other."""
    return f"{found}.".startswith(f"{path}.") or f"{path}.".startswith(f"{found}.")


VENTURES = parse(library("technology-ventures")).data
PATHS = [part.path for part in walk_parts(VENTURES) if part.is_leaf]
BEFORE = copy.deepcopy(VENTURES)
VALUES = st.one_of(st.integers(), st.text(), st.lists(st.integers(), max_size=3))


@given(path=st.sampled_from(PATHS), value=VALUES)
def test_a_value_put_at_an_address_is_found_there_and_nowhere_else(path: str, value: object):
    if path.rpartition(".")[2] in ("code", "id", "key", "value"):
        return  # The address itself would change; the test above holds that case.

    after = with_value(VENTURES, path, value)

    assert value_at(after, path) == value
    assert BEFORE == VENTURES
    assert with_value(after, path, value_at(VENTURES, path)) == VENTURES
    changed = {difference.path for difference in differences(VENTURES, after)}
    assert all(is_near(found, path) for found in changed)


def test_locks_are_compared_by_the_part_they_hold():
    before = dict(parse(SMALL).data)
    first, days, form = before["locks"]
    fewer = {"path": "activities.CAMP.cohort.max", "level": "bounded", "min": 8, "max": 20}

    after = {**before, "locks": [fewer, first, {**days, "min": 1}]}

    found = differences(before, after)
    assert [(one.path, one.words) for one in found] == [
        ("locks.activities.CAMP.duration.days.min", "lock on “Boot camp: days”: min 2 → 1"),
        ("locks.activities.CAMP.form", "lock on “Boot camp: form” removed"),
        ("locks.activities.CAMP.cohort.max", "lock on “Boot camp: most participants” added"),
    ]
    assert form["level"] == "fixed"
    assert value_at(after, found[0].path) == 1
    assert with_value(after, found[0].path, 3)["locks"][2]["min"] == 3
