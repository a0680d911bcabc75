"""parse_form: a sound form is read, and every mistake of another is named with its place."""

import copy

import pytest
import yaml

from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.errors import FormProblems

from .example import APPLICATION, example


def problems(*questions, **more):
    section = {"key": "one", "title": {"en": "One"}, "questions": list(questions), **more}
    with pytest.raises(FormProblems) as raised:
        parse_form({"form": {"sections": [section]}})
    return [str(problem) for problem in raised.value.problems]


def text(key, **more):
    return {"key": key, "type": "text", "label": {"en": key}, **more}


def test_the_example_is_read_in_its_order():
    form = example()

    assert list(form.by_key) == [
        "full_name", "sex", "born", "city", "why", "skills", "other_tools", "years", "confidence",
        "licence", "posts", "members", "agree",
    ]  # fmt: skip
    assert form.by_key["full_name"].blind is True
    assert [one.key for one in form.by_key["members"].questions] == ["full_name", "email"]
    assert form.by_key["confidence"].high == {"en": "Very"}


def test_yaml_that_reads_the_word_on_as_true_is_understood():
    form = example()

    assert form.by_key["born"].eligibility.on is None  # the first day
    raw = yaml.safe_load(APPLICATION.replace("on: first_day", "on: 2026-12-07"))
    assert parse_form(raw).by_key["born"].eligibility.on.isoformat() == "2026-12-07"


def test_all_problems_are_named_at_once_with_their_places():
    found = problems(
        {"key": "Bad Key", "type": "essay", "label": {}, "colour": "red"},
        text("twice"),
        text("twice", limits={"min_words": 9, "max_words": 3, "max_mb": 1}),
        {
            "key": "pick",
            "type": "choice",
            "label": "Pick",
            "choices": [{"value": True, "label": "Y"}],
        },
        {"key": "cv", "type": "file", "label": "CV", "limits": {"file_kinds": ["exe"]}},
    )

    starts = [one.split(": ")[0] for one in found]
    assert starts == [
        "form.sections[0].questions[0].colour",
        "form.sections[0].questions[0].type",
        "form.sections[0].questions[0].key",
        "form.sections[0].questions[0].label",
        "form.sections[0].questions[2].limits.max_mb",
        "form.sections[0].questions[2].limits",
        "form.sections[0].questions[3].choices[0].value",
        "form.sections[0].questions[4].limits.file_kinds",
        "form",
    ]
    assert found[-1] == "form: the key 'twice' is used 2 times"
    assert "in quotes, got True" in found[6]


def test_a_circle_of_conditions_is_named_with_its_members():
    found = problems(
        text("a", show_if={"question": "b", "filled": True}),
        text("b", show_if={"any": [{"question": "c", "equals": "x"}]}),
        text("c", show_if={"not": {"question": "a", "filled": True}}),
        text("free", show_if={"question": "a", "filled": True}),
    )

    assert found == ["form: these wait for one another: a → b → c → a"]


def test_a_circle_inside_a_group_is_named():
    group = {
        "key": "g", "type": "group", "label": "G",
        "questions": [
            text("a", show_if={"question": "b", "filled": True}),
            text("b", show_if={"question": "a", "filled": True}),
        ],
    }  # fmt: skip

    assert problems(group) == ["form: these wait for one another: g.a → g.b → g.a"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"question": "gone", "equals": "x"}, "asks for 'gone', which is no question here"),
        ({"question": "pick", "equals": "z"}, "pick has no choice 'z'"),
        ({"question": "pick"}, "names one question and one of"),
        ({"question": "pick", "in": "x"}, "a list is needed"),
        ({"all": [], "any": []}, "stand alone"),
        ("pick", "a condition is a mapping"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused(condition, said):
    pick = {
        "key": "pick",
        "type": "choice",
        "label": "P",
        "choices": [{"value": "x", "label": "X"}],
    }

    (found,) = problems(pick, text("a", show_if=condition))

    assert said in found


def test_groups_hold_no_groups_and_no_files():
    inner = {"key": "f", "type": "file", "label": "F"}
    (found,) = problems({"key": "g", "type": "group", "label": "G", "questions": [inner]})

    assert "a group cannot hold a question of type file" in found


@pytest.mark.parametrize("data", [None, [], "form", {"form": None}, {"form": {"sections": 3}}])
def test_data_that_is_no_form_is_refused_without_a_crash(data):
    with pytest.raises(FormProblems):
        parse_form(data)


def test_reading_changes_nothing_in_the_data():
    data = yaml.safe_load(APPLICATION)
    before = copy.deepcopy(data)

    parse_form(data)

    assert data == before
