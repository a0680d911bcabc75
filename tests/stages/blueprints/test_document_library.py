"""The programmes that come with Karvan are valid and carry the facts of their curricula."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from karvan.stages.blueprints.document import Document, Level, lock_of, parse
from tests.shared import shared_path
from tests.stages.blueprints.documents import LIBRARY, library

NAMES = sorted(path.stem for path in LIBRARY.glob("*.yaml"))
CURRICULA = [
    ("technology-ventures", "BC3", "boot_camp"),
    ("technology-ventures", "AC6", "accelerated_course"),
    ("reverse-engineering-workshop", "REW", "reverse_engineering_workshop"),
]


def test_the_library_holds_the_three_programmes() -> None:
    assert NAMES == [
        "restoration-specialists",
        "reverse-engineering-workshop",
        "smart-cities-symposium",
        "technology-ventures",
        "technology-ventures-2",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_programme_is_valid_in_four_languages(name: str) -> None:
    document = parse(library(name))

    assert set(document.languages) == {"en", "fr", "ar", "az"}


def test_the_schema_is_itself_valid() -> None:
    path = LIBRARY.parent / "schema" / "blueprint-1.schema.json"

    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(("name", "code", "curriculum"), CURRICULA)
def test_each_session_assessment_and_outcome_of_the_curriculum_is_carried_over(
    name: str, code: str, curriculum: str
) -> None:
    facts = yaml.safe_load(shared_path(f"facts/curriculum/{curriculum}.yml").read_text("utf-8"))
    activity = parse(library(name)).activity(code)

    assert activity.contact_minutes == facts["duration"]["contact_minutes"]
    held = {session.id: session for session in activity.sessions}
    for day in facts.get("days", ()):
        for fact in day["sessions"]:
            session = held.pop(fact["id"])
            assert (session.day, session.minutes, session.room) == (
                day["day"],
                fact["minutes"],
                fact["room"],
            )
            assert session.kind == fact["kind"]
            assert (session.gate, session.output) == (fact.get("gate", ""), fact.get("output", ""))
            assert list(session.outcomes) == fact.get("outcomes", [])
            assert list(session.dossier) == fact.get("dossier", [])
    assert not (held if "days" in facts else {})
    weights = {item["code"]: item["weight"] for item in activity.data["assessment"]}
    assert weights == {item["code"]: item["weight"] for item in facts["assessment"]}
    outcomes = {item["code"]: item["text"]["en"] for item in activity.data.get("outcomes", ())}
    # A comma ends an unquoted text in the facts' flow style, so only its beginning can be compared.
    begun = {item["code"]: item["text"] for item in facts.get("outcomes", ())}
    assert outcomes.keys() == begun.keys()
    assert all(outcomes[key].startswith(text) for key, text in begun.items())
    verifiers = {item["code"]: item["verifier"] for item in facts.get("milestones", ())}
    ours = {milestone.code: milestone.verifier for milestone in activity.milestones}
    assert verifiers.items() <= ours.items()
    roles = {item["code"] for item in facts.get("trainer_roles", ())}
    assert roles <= {role.code for role in activity.trainer_roles}


def test_the_course_keeps_its_weekly_rhythm() -> None:
    course = parse(library("technology-ventures")).activity("AC6")

    for week in range(1, 7):
        minutes = sorted(s.minutes for s in course.sessions if s.week == week)
        assert minutes == [120, 120, 180] + ([300] if week == 6 else [])
    assert course.admits_from == "BC3"


def test_the_second_version_has_two_days_and_a_common_final() -> None:
    second = parse(library("technology-ventures-2"))
    camp, course = second.activity("BC3"), second.activity("AC6")

    assert (camp.days, {session.day for session in camp.sessions}) == (2, {1, 2})
    lock = lock_of(second.data, "activities.BC3.duration.days")
    assert (lock.level, lock.limits.min, lock.limits.max) == (Level.BOUNDED, 2, 3)
    assert course.data["demo_day"]["to_final"] == 3
    assert lock_of(second.data, "activities.AC6.demo_day.to_final").level is Level.FIXED
    assert "to_final" not in parse(library("technology-ventures")).activity("AC6").data["demo_day"]


@pytest.mark.parametrize(
    ("name", "code"), [("technology-ventures", "BC3"), ("reverse-engineering-workshop", "REW")]
)
def test_selection_follows_the_rubric_and_the_quotas(name: str, code: str) -> None:
    activity = parse(library(name)).activity(code)

    assert [criterion.weight for criterion in activity.rubric] == [25, 25, 20, 20, 10]
    assert {len(criterion.anchors) for criterion in activity.rubric} == {6}
    shares = {quota.key: quota.floor_percent or quota.cap_percent for quota in activity.quotas}
    assert shares == {
        "WOMEN": 40,
        "OUTSIDE": 30,
        "DISABILITY": 5,
        "INSTITUTION": 20,
        "FIRST": 50,
        "DISCIPLINES": None,
    }


def test_the_camp_may_have_two_to_four_days_in_a_country() -> None:
    document: Document = parse(library("technology-ventures"))

    lock = lock_of(document.data, "activities.BC3.duration.days")

    assert document.activity("BC3").days == 3
    assert (lock.level, lock.limits.min, lock.limits.max) == (Level.BOUNDED, 2, 4)
    assert set(lock.reason) == {"en", "fr", "ar", "az"}
