"""What no country may change, as a list of addresses closed or open."""

from __future__ import annotations

from typing import Any

import pytest

from karvan.stages.blueprints.document import (
    Level,
    allowed,
    closed_part,
    core_parts,
    lock_of,
    parse,
    value_at,
    walk_parts,
)
from tests.stages.blueprints.documents import SMALL, changed, library

CAMP = "activities.CAMP"


def core_of(data: Any) -> dict[str, bool]:
    return {one.path: one.is_open for one in core_parts(data)}


def with_lock(entry: str) -> Any:
    return parse(changed("locks:\n", f"locks:\n  - {{{entry}}}\n")).data


def test_indicators_awards_and_weights_are_closed_and_what_a_country_supplies_is_open():
    assert core_of(parse(SMALL).data) == {
        f"{CAMP}.award": False,
        f"{CAMP}.selection.rubric": False,
        f"{CAMP}.selection.rubric.HOW": True,
        f"{CAMP}.selection.rubric.HOW.weight": False,
        f"{CAMP}.selection.rubric.WHY": True,
        f"{CAMP}.selection.rubric.WHY.weight": False,
        "indicators": False,
        "indicators.REACH.baseline": True,
        "indicators.REACH.target": True,
    }


@pytest.mark.parametrize(
    ("entry", "opened", "closed"),
    [
        (f"path: {CAMP}.award, level: free", [f"{CAMP}.award"], []),
        (
            "path: activities.*.award.certificate.outputs, level: free",
            [f"{CAMP}.award.certificate.outputs"],
            [f"{CAMP}.award"],
        ),
        (
            f"path: {CAMP}.selection.rubric.WHY.weight, level: bounded, min: 10, max: 70",
            [f"{CAMP}.selection.rubric.WHY.weight"],
            [f"{CAMP}.selection.rubric.HOW.weight"],
        ),
        (f"path: {CAMP}.selection.rubric, level: fixed", [], [f"{CAMP}.selection.rubric.WHY"]),
        (f"path: {CAMP}.selection, level: fixed", [], [f"{CAMP}.selection.rubric.WHY.title"]),
        (f"path: {CAMP}, level: free", [], [f"{CAMP}.award", f"{CAMP}.selection.rubric"]),
        ("path: indicators.REACH, level: free", ["indicators.REACH.title"], ["indicators"]),
        ("path: 'indicators.*', level: fixed", [], ["indicators.REACH.title"]),
    ],
)
def test_the_locks_of_the_document_open_and_close(entry: str, opened: list[str], closed: list[str]):
    core = core_parts(with_lock(entry))

    assert [path for path in opened if closed_part(core, path)] == []
    assert [path for path in closed if not closed_part(core, path)] == []


def test_an_indicator_that_says_its_own_lock_is_open():
    data = parse(changed("unit: persons,", "unit: persons, lock: free,")).data

    assert core_of(data)["indicators.REACH"] is True


@pytest.mark.parametrize(
    ("path", "touched"),
    [
        (f"{CAMP}.selection", f"{CAMP}.selection.rubric"),
        (f"{CAMP}.selection.rubric.WHY", f"{CAMP}.selection.rubric.WHY.weight"),
        (f"{CAMP}.selection.rubric.NEW", f"{CAMP}.selection.rubric.NEW"),
        (f"{CAMP}.selection.rubric.WHY.title.en", None),
        (f"{CAMP}.selection.quotas", None),
        ("indicators.REACH.target", None),
        ("indicators.REACH.title.en", "indicators.REACH.title.en"),
    ],
)
def test_a_part_that_holds_a_closed_one_is_closed_too(path: str, touched: str | None):
    assert closed_part(core_parts(parse(SMALL).data), path) == touched


def test_a_part_that_holds_a_closed_one_is_not_replaced_as_a_whole():
    data = parse(SMALL).data
    selection = {**value_at(data, f"{CAMP}.selection"), "reads": 3}

    refusal = allowed(data, f"{CAMP}.selection", selection)

    assert allowed(data, f"{CAMP}.selection.reads", 3) is None
    assert refusal is not None
    assert "cannot be replaced as a whole" in refusal.message
    assert "Change its other parts one by one" in refusal.message


@pytest.mark.parametrize("name", ["technology-ventures", "reverse-engineering-workshop"])
def test_the_list_says_the_same_as_the_locks_at_every_value(name: str):
    data = parse(library(name)).data
    core = core_parts(data)

    for part in walk_parts(data):
        steps = part.path.split(".")
        if not part.is_leaf or steps[-1] in ("code", "id", "key"):
            continue
        in_core = steps[0] == "indicators" or steps[2:3] == ["award"] or steps[3:4] == ["rubric"]
        if in_core:
            is_fixed = lock_of(data, part.path).level is Level.FIXED
            assert (closed_part(core, part.path) is not None) == is_fixed, part.path
        else:
            assert closed_part(core, part.path) is None, part.path
