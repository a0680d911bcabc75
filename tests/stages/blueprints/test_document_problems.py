"""A wrong document is refused with every problem, each at its path and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.blueprints.document import check, parse, walk_parts, with_value
from tests.stages.blueprints.documents import (
    SMALL,
    changed,
    first_other_line,
    line_with,
    problems_of,
)


def test_the_small_blueprint_is_valid_and_keeps_its_text() -> None:
    document = parse(SMALL)

    assert document.text == SMALL
    assert document.activity("CAMP").days == 3
    assert document.line_of("activities.CAMP.sessions.S2.minutes") == line_with(SMALL, "id: S2")


SESSION = "activities.CAMP.sessions"
FORM = "activities.CAMP.form.sections.about.questions"
QUOTA = "activities.CAMP.selection.quotas.WOMEN"


# A sum is reported where its list begins, a missing key where its part begins: lines further up.
BACK = {"sum to 90, not 100": 1, "“purpose”": 5}


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("room: HALL,", "room: HAL,", f"{SESSION}.S1.room", "Did you mean “HALL”?"),
        ("roles: [HEAD]", "roles: [HED]", f"{SESSION}.S1.roles.0", "“HED” is not known"),
        ("outcomes: [LO1]", "outcomes: [LO9]", f"{SESSION}.S2.outcomes.0", "“LO9” is not known"),
        ("kind: lab", "kind: labb", f"{SESSION}.S2.kind", "Did you mean “lab”?"),
        ("id: S2", "id: S1", f"{SESSION}.S1", "“S1” is used twice"),
        ("day: 3, kind", "day: 4, kind", f"{SESSION}.S2.day", "day 4 lies outside"),
        ("day: 1, kind", "week: 1, kind", f"{SESSION}.S1", "Say the day"),
        (
            "contact_minutes: 150",
            "contact_minutes: 160",
            "activities.CAMP.duration.contact_minutes",
            "The sessions make 150 minutes, contact_minutes says 160.",
        ),
        ("weight: 60", "weight: 50", "activities.CAMP.selection.rubric", "sum to 90, not 100"),
        ("weight: 100", "weight: 90", "activities.CAMP.assessment", "sum to 90, not 100"),
        ("{min: 10, max: 20,", "{min: 30, max: 20,", "activities.CAMP.cohort.min", "30"),
        ("outputs: {canvas: 1}", "outputs: {canvass: 1}", None, "Did you mean “canvas”?"),
        ("attribute: sex, values", "attribute: region, values", f"{QUOTA}.attribute", "“region”"),
        ("values: [F]", "values: [W]", f"{QUOTA}.values.0", "“W” is not a choice"),
        (
            "floor_percent: 40",
            "floor_percent: 40, cap_percent: 30",
            f"{QUOTA}.floor_percent",
            "The floor of 40 % is above the cap of 30 %.",
        ),
        ("equals: F", "equals: X", f"{FORM}.how.show_if.equals", "“X” is not a choice"),
        ("question: sex", "question: sexe", f"{FORM}.how.show_if.question", "mean “sex”?"),
        ("key: how", "key: why", f"{FORM}.why", "“why” is used twice"),
        ("purpose: {en: Fair places}", "blind: true", f"{FORM}.sex", "“purpose”"),
        ("min: 2, max: 4, reason", "min: 5, max: 4, reason", "locks.1.min", "5"),
        ("min: 2, max: 4, reason", "min: 1, max: 2, reason", "locks.1", "lies outside"),
        ("path: activities.CAMP.form", "path: activities.CAMP.from", None, "mean “form”?"),
        ("source: calls.eligible_applications", "source: calls.eligible", None, "No computation"),
        ("title: {en: Opening}", "title: {fr: Ouverture}", f"{SESSION}.S1.title", "“en” is miss"),
        ("minutes: 60", "minuts: 60", f"{SESSION}.S1.minuts", "Did you mean “minutes”?"),
        ("minutes: 60", "minutes: sixty", f"{SESSION}.S1.minutes", "must be a whole number"),
        ("minutes: 60", "minutes: 1:30", f"{SESSION}.S1.minutes", "“1:30” must be a whole"),
        ("format: boot_camp", "format: bootcamp", "activities.CAMP.format", "mean “boot_camp”?"),
    ],
)
def test_each_mistake_is_named_at_its_path_and_line(
    old: str, new: str, path: str | None, words: str
) -> None:
    text = changed(old, new)

    found = [p for p in problems_of(text) if words in p.message]

    assert found, problems_of(text)
    if path is not None:
        assert path in {p.path for p in found}
    assert first_other_line(text) - found[0].line in range(BACK.get(words, 0) + 1)


def test_all_problems_are_listed_at_once_in_line_order() -> None:
    text = changed("room: HALL,", "room: HAL,").replace("weight: 60", "weight: 50")

    problems = problems_of(text)

    assert [p.path for p in problems] == [
        "activities.CAMP.sessions.S1.room",
        "activities.CAMP.selection.rubric",
    ]
    assert [p.line for p in problems] == sorted(p.line or 0 for p in problems)


def test_a_circle_of_conditions_is_named_with_its_members() -> None:
    text = changed(
        "{key: why, type: long_text, label: {en: Why}}",
        "{key: why, type: long_text, label: {en: Why}, show_if: {question: how, filled: true}}",
    ).replace("show_if: {question: sex, equals: F}", "show_if: {question: why, filled: true}")

    problems = problems_of(text)

    assert [p.message for p in problems] == ["The conditions run in a circle: why → how → why."]
    assert problems[0].line == line_with(text, "key: why")


def test_a_question_inside_all_any_and_not_is_followed_too() -> None:
    text = changed(
        "show_if: {question: sex, equals: F}",
        "show_if: {all: [{question: sex, equals: F}, {not: {any: [{question: hau, filled: true}]}}]}",
    )

    [problem] = problems_of(text)
    assert problem.message == "There is no question “hau” to depend on."
    assert problem.path.endswith("how.show_if.all.1.not.any.0.question")


def test_a_condition_cannot_look_ahead() -> None:
    text = changed(
        "{key: why, type: long_text, label: {en: Why}}",
        "{key: why, type: long_text, label: {en: Why}, show_if: {question: how, filled: true}}",
    )

    assert [p.message for p in problems_of(text)] == [
        "“how” is asked later; a condition can only look back."
    ]


def test_floors_of_one_attribute_cannot_pass_everyone() -> None:
    text = changed(
        "floor_percent: 40, title: {en: Women}}",
        "floor_percent: 70, title: {en: Women}}\n"
        "        - {key: MEN, attribute: sex, values: [M], floor_percent: 40, title: {en: Men}}",
    )

    [problem] = problems_of(text)

    assert problem.path == "activities.CAMP.selection.quotas.MEN.floor_percent"
    assert problem.message == "The floors on “sex” add up to 110 %."


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [1,\n  2\nb: 3", 3, "not readable as YAML"),
        ("a: b: c", 1, "not readable as YAML"),
        ("x: 1\n---\ny: 2", 2, "not readable as YAML"),
        ("", 1, "empty"),
        ("a: 1\nb: \x07", 2, "character"),
        ("\n\n" + "[" * 5000, 3, "nested"),
        ("a: &x [*x]", 1, "Aliases"),
        ("a: '" + "x" * 1_000_001 + "'", 1, "bytes"),
    ],
)
def test_text_that_is_no_document_gives_its_line(text: str, line: int, words: str) -> None:
    [problem] = problems_of(text)

    assert problem.line == line
    assert words in problem.message


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    rows = ["l0: &l0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]

    [problem] = problems_of("\n".join(rows))

    assert "Aliases" in problem.message


def test_a_key_written_twice_names_the_first_line() -> None:
    text = changed("    rooms:\n", "    format: course\n    rooms:\n")

    [problem] = problems_of(text)

    first = line_with(SMALL, "format: boot_camp")
    assert problem.line == line_with(text, "format: course")
    assert problem.message == (
        f"The key “format” is written twice; it stands on line {first} already."
    )


def test_a_foreign_tag_is_refused() -> None:
    found = problems_of(changed("code: DEMO", "code: !!python/name:os.system DEMO"))

    assert any("carries the tag" in p.message and p.line == 2 for p in found)


def test_words_that_other_yaml_readers_turn_into_booleans_stay_text() -> None:
    document = parse(changed("title: {en: Demo}", "title: {en: no}"))

    assert document.title == {"en": "no"}


def test_changed_data_are_checked_without_lines() -> None:
    data = parse(SMALL).data

    assert check(data) == ()
    assert [(p.path, p.line) for p in check({**data, "code": ""})] == [("code", None)]


@pytest.mark.parametrize("text", ["1", "[]", "activities: 3", "activities: [1, [2], {code: 3}]"])
def test_nonsense_gives_problems_not_a_crash(text: str) -> None:
    assert problems_of(text)


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["code", "key", "en", "all", "question"]), inner, max_size=2
        )
    ),
    max_leaves=4,
)
PATHS = [part.path for part in walk_parts(parse(SMALL).data)] + ["locks", "locks.0.path"]


@given(path=st.sampled_from(PATHS), value=NONSENSE)
def test_nonsense_anywhere_is_reported_and_never_a_crash(path: str, value: object) -> None:
    data = parse(SMALL).data
    try:
        changed_data = with_value(data, path, value)
    except ValueError:
        return  # The value would take away the code that its own address names.

    problems = check(changed_data)

    assert all(problem.message and problem.line is None for problem in problems)


def test_the_example_in_the_format_s_description_is_valid() -> None:
    page = (Path(__file__).parents[3] / "docs" / "blueprint-format.md").read_text("utf-8")
    [example] = [block for block in page.split("```") if block.startswith("yaml\nkarvan:")]

    assert parse(example.removeprefix("yaml\n")).code == "GARDEN"
