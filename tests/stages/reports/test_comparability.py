"""What an indicator rests on, and what a change of the design does to its comparability."""

from __future__ import annotations

import pytest

from karvan.stages.blueprints.document import REMOVED, changes, check, with_value
from karvan.stages.blueprints.document.checks.indicators import SOURCES
from karvan.stages.reports.queries.comparability import (
    RESTS,
    Effect,
    paths_of,
    rules_for,
    touched_by,
    worst,
)
from tests import make

DATA = make.document()[1]
CAMP = "activities.BC3"


def effects_of(after):
    touched = touched_by(paths_of(changes(DATA, after)), DATA)
    return {one.code: str(one.effect) for one in touched}


def test_every_computation_says_what_it_rests_on():
    assert set(RESTS) == set(SOURCES)
    assert [s for s, rules in RESTS.items() if not rules] == ["agreements.commitments_on_time"]


def test_every_rule_says_why_and_points_into_an_activity():
    rules = [rule for rules in RESTS.values() for rule in rules]

    assert all(str(rule.reason).endswith(".") for rule in rules)
    assert all(rule.pattern.startswith("activities.*.") for rule in rules)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (f"{CAMP}.duration.days", 2, {"COMP": "care", "SKILL": "care", "VENT": "care"}),
        ("activities.AC6.duration.weeks", 4, {"COMP": "care", "SKILL": "care", "VENT": "care"}),
        (f"{CAMP}.duration.contact_minutes", 900, {"COMP": "care", "SKILL": "care"}),
        (f"{CAMP}.selection.quotas.WOMEN.floor_percent", 50, {"REACH": "care", "SEL": "care"}),
        (
            f"{CAMP}.form.sections.eligibility.questions.birth_date.eligibility.min_age",
            16,
            {"REACH": "not", "SEL": "not"},
        ),
        (f"{CAMP}.award.certificate.min_attendance_percent", 50, {"COMP": "not", "TRAIN": "not"}),
        (f"{CAMP}.rooms.HALL.seats", 200, {}),
        (f"{CAMP}.selection.appeal_days", 10, {}),
        (f"{CAMP}.sessions.D1S1.room", "FAB", {}),
        ("indicators.REACH.target", 300, {}),
        ("indicators.REACH.unit", "count", {"REACH": "not"}),
        ("budget_lines.SEED", REMOVED, {}),
    ],
)
def test_change_touches_the_indicators_that_rest_there_and_no_other(path, value, expected):
    assert effects_of(with_value(DATA, path, value)) == expected


def test_session_without_which_no_certificate_is_given_is_worse_than_another():
    without_canvas = with_value(DATA, f"{CAMP}.sessions.D2S1", REMOVED)
    without_talk = with_value(DATA, f"{CAMP}.sessions.D3S1", REMOVED)

    assert effects_of(without_canvas)["COMP"] == "not"
    assert effects_of(without_talk)["COMP"] == "care"


def test_own_regions_touch_the_figures_divided_by_region():
    path = f"{CAMP}.form.sections.about.questions.region.choices"
    changed = with_value(DATA, path, [{"value": "north", "label": {"en": "North"}}])

    found = effects_of(changed)

    by_region = {one["code"] for one in DATA["indicators"] if "region" in one["disaggregation"]}
    assert set(found) == by_region
    assert set(found.values()) == {"care"}


def test_blueprint_adds_to_what_an_indicator_rests_on():
    jobs = next(one for one in DATA["indicators"] if one["code"] == "JOBS")
    declared = with_value(
        DATA, "indicators.JOBS", {**jobs, "rests_on": ["activities.*.rooms.*.seats"]}
    )
    after = with_value(declared, f"{CAMP}.rooms.HALL.seats", 200)

    [touched] = touched_by(paths_of(changes(declared, after)), declared)

    assert (touched.code, touched.effect) == ("JOBS", Effect.CARE)
    assert touched.reasons == ("The blueprint says that this indicator rests on it.",)
    assert check(declared) == ()


def test_pattern_that_names_no_part_is_a_problem():
    jobs = next(one for one in DATA["indicators"] if one["code"] == "JOBS")
    wrong = with_value(DATA, "indicators.JOBS", {**jobs, "rests_on": ["activities.*.roms"]})

    [problem] = check(wrong)

    assert problem.path == "indicators.JOBS.rests_on.0"
    assert "No part of the blueprint is at “activities.*.roms”." in problem.message


def test_indicator_rests_on_its_own_definition_but_not_on_its_target():
    reach = next(one for one in DATA["indicators"] if one["code"] == "REACH")
    patterns = {rule.pattern for rule in rules_for(reach, DATA)}

    assert "indicators.REACH.definition" in patterns
    assert not any(one.endswith((".target", ".baseline")) for one in patterns)


def test_worst_effect_wins():
    assert worst([Effect.CARE, Effect.FULL]) is Effect.CARE
    assert worst([Effect.CARE, Effect.NOT]) is Effect.NOT
    assert worst([]) is Effect.FULL
