"""Locks are inherited downwards, and a departure is held against them."""

from __future__ import annotations

import pytest

from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    Refusal,
    allowed,
    lock_of,
    parse,
    value_at,
    walk_parts,
)
from tests.stages.blueprints.documents import SMALL, library

DATA = parse(SMALL).data
CAMP = "activities.CAMP"


@pytest.mark.parametrize(
    ("path", "level", "declared_at"),
    [
        (f"{CAMP}.duration.contact_minutes", Level.FREE, f"{CAMP}.duration"),
        (f"{CAMP}.duration.days", Level.BOUNDED, f"{CAMP}.duration.days"),
        (f"{CAMP}.form.sections.about.questions.why.label.en", Level.FIXED, f"{CAMP}.form"),
        (f"{CAMP}.cohort.max", Level.FREE, ""),
        (f"{CAMP}.selection.rubric.WHY.weight", Level.FIXED, f"{CAMP}.selection.rubric.WHY.weight"),
        (f"{CAMP}.award.certificate.outputs.canvas", Level.FIXED, f"{CAMP}.award"),
        ("indicators.REACH.definition.en", Level.FIXED, "indicators"),
        ("indicators.REACH.target", Level.TO_SUPPLY, "indicators.REACH.target"),
        (f"{CAMP}.code", Level.FIXED, f"{CAMP}.code"),
    ],
)
def test_the_nearest_lock_above_a_part_is_in_force(path: str, level: Level, declared_at: str):
    lock = lock_of(DATA, path)

    assert (lock.level, lock.declared_at) == (level, declared_at)


def test_the_document_may_free_what_is_fixed_by_rule():
    weight = f"{CAMP}.selection.rubric.WHY.weight"
    free = {**DATA, "locks": [{"path": weight, "level": "free"}]}

    assert lock_of(free, weight).level is Level.FREE
    assert lock_of(free, f"{CAMP}.selection.rubric.HOW.weight").level is Level.FIXED


def test_a_lock_above_does_not_free_what_is_fixed_by_rule():
    wide = {**DATA, "locks": [{"path": CAMP, "level": "free"}]}

    assert lock_of(wide, f"{CAMP}.award").level is Level.FIXED


@pytest.mark.parametrize("days", [2, 3, 4])
def test_a_value_within_the_bounds_is_allowed(days: int):
    assert allowed(DATA, f"{CAMP}.duration.days", days) is None


@pytest.mark.parametrize("days", [1, 5])
def test_a_value_out_of_bounds_is_refused_with_bounds_and_reason(days: int):
    path = f"{CAMP}.duration.days"

    assert allowed(DATA, path, days) == Refusal(
        path,
        f"“Boot camp: days” is held between 2 and 4 by the lock {path}; {days} lies outside. "
        "Reason: Two are the least.",
        lock_of(DATA, path),
    )


def test_a_refusal_names_the_lock_its_version_and_who_keeps_it():
    refusal = allowed(DATA, f"{CAMP}.duration.days", 5, owner="The Organisation", version=2)

    assert refusal is not None
    assert (refusal.owner, refusal.lock and refusal.lock.level) == ("The Organisation", "bounded")
    assert str(refusal) == (
        "“Boot camp: days” is held between 2 and 4 by the lock activities.CAMP.duration.days of "
        "DEMO version 2, which The Organisation keeps; 5 lies outside. Reason: Two are the least."
    )


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (f"{CAMP}.award", {}, "the rule of all blueprints for activities.CAMP.award of DEMO"),
        ("code", "OTHER", "the rule that names of parts never change"),
        (f"{CAMP}.form.sections.about.title.en", "x", "the lock activities.CAMP.form of DEMO"),
    ],
)
def test_a_refusal_says_which_kind_of_lock_it_is(path: str, value: object, named: str):
    refusal = allowed(DATA, path, value, version=2)

    assert refusal is not None
    assert "is the same in every country: it is fixed by" in refusal.message
    assert named in refusal.message


def test_a_whole_part_is_held_against_the_locks_inside_it():
    duration = value_at(DATA, f"{CAMP}.duration")

    assert allowed(DATA, f"{CAMP}.duration", {**duration, "contact_minutes": 100}) is None
    refusal = allowed(DATA, f"{CAMP}.duration", {**duration, "days": 9})
    assert refusal is not None
    assert refusal.path == f"{CAMP}.duration.days"


def test_what_is_fixed_cannot_change_come_or_go():
    label = f"{CAMP}.form.sections.about.questions.why.label.en"
    criterion = {"code": "NEW", "weight": 5, "title": {"en": "New"}, "anchors": [{"en": "a"}] * 2}

    assert allowed(DATA, label, "Otherwise") is not None
    assert allowed(DATA, label, value_at(DATA, label)) is None
    assert allowed(DATA, f"{CAMP}.selection.rubric.WHY", REMOVED) is not None
    assert allowed(DATA, f"{CAMP}.selection.rubric.NEW", criterion) is not None
    assert allowed(DATA, f"{CAMP}.sessions.S1", REMOVED) is None
    assert allowed(DATA, CAMP, REMOVED) is not None


@pytest.mark.parametrize("value", ["three", True, [3]])
def test_another_kind_of_value_is_refused(value: object):
    assert allowed(DATA, f"{CAMP}.cohort.max", value) is not None


def test_a_part_that_is_not_there_is_refused_in_words():
    refusal = allowed(DATA, "activities.NONE.duration.days", 3)

    assert str(refusal) == "The blueprint has no part “activities.NONE.duration.days”."


def test_a_country_supplies_its_target():
    data = parse(library("technology-ventures")).data

    assert value_at(data, "indicators.REACH.target") == "unknown"
    assert allowed(data, "indicators.REACH.target", 400) is None
    assert allowed(data, "indicators.REACH.unit", "percent") is not None


def test_options_bound_a_word():
    data = parse(library("technology-ventures")).data
    path = "activities.AC6.weekly_report.weekday"

    assert allowed(data, path, "friday") is None
    refusal = str(allowed(data, path, "tuesday"))
    assert "is held to sunday, monday, thursday, friday, saturday by the lock" in refusal
    assert "“tuesday” is not among them" in refusal


def test_the_parts_carry_title_value_and_lock():
    parts = {part.path: part for part in walk_parts(DATA)}

    days = parts[f"{CAMP}.duration.days"]
    assert (days.title, days.value, days.lock.level) == ("Boot camp: days", 3, Level.BOUNDED)
    assert days.is_leaf
    assert not parts[f"{CAMP}.sessions.S1"].is_leaf
    assert parts[f"{CAMP}.sessions.S1"].title == "Opening"
    assert parts[f"{CAMP}.title"].is_leaf
    assert "locks" not in parts
    under = walk_parts(DATA, f"{CAMP}.duration")
    assert [part.path.rpartition(".")[2] for part in under] == [
        "duration",
        "days",
        "contact_minutes",
    ]
