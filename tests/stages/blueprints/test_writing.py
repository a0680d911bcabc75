"""A change is written into the author's text; comments, order and spacing elsewhere stay."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.stages.blueprints.document import REMOVED, with_value
from karvan.stages.blueprints.document.reading import read
from karvan.stages.blueprints.document.writing import rewritten
from karvan.stages.blueprints.document.writing.dumping import in_lines, in_one_line
from karvan.stages.blueprints.document.writing.rewriting import same
from tests.stages.blueprints.documents import library

TEXT = """\
# The head stays.
karvan: blueprint/1   # the format

title: {en: Demo,  fr: "Démo"}   # two languages
days:   3 # three
note: |
  Two lines
  of text.
empty:
activities:
  # the first
  - code: ONE
    minutes: 60   # an hour
    roles: [HEAD,   HELPER]
  # the second

  - code: TWO
    minutes: 90
    deep:
      - a
      # between
      - b
  - {code: SIX, minutes: 5}   # in one line
choices: &fields
  - {value: x, label: X}
  - {value: y, label: Y}
again: *fields
last: yes
"""


def data_of(text: str) -> Any:
    data, _positions, problems = read(text)
    assert problems == []
    return data


def edited(path: str, value: Any, text: str = TEXT) -> str:
    wanted = with_value(data_of(text), path, value)
    answer = rewritten(text, wanted)
    assert not answer.is_whole
    assert same(data_of(answer.text), wanted)
    return answer.text


def test_nothing_changed_is_the_very_text():
    assert rewritten(TEXT, data_of(TEXT)).text == TEXT


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("days", 2, "days:   3 # three", "days:   2 # three"),
        ("title.fr", "Essai", 'fr: "Démo"}', 'fr: "Essai"}'),
        ("title.en", "a: b", "{en: Demo,", "{en: 'a: b',"),
        ("title.az", "Nümunə", 'fr: "Démo"}', 'fr: "Démo", az: Nümunə}'),
        ("title.en", REMOVED, "{en: Demo,  fr", "{fr"),
        ("title.fr", REMOVED, '{en: Demo,  fr: "Démo"}', "{en: Demo}"),
        ("activities.ONE.minutes", 45, "60   # an hour", "45   # an hour"),
        ("activities.ONE.roles", ["HELPER"], "[HEAD,   HELPER]", "[HELPER]"),
        ("activities.ONE.roles", [], "[HEAD,   HELPER]", "[]"),
        ("activities.SIX.minutes", 6, "minutes: 5}   #", "minutes: 6}   #"),
        ("activities.TWO.deep", ["a"], "      # between\n      - b\n", "      # between\n"),
        ("activities.TWO.deep", ["a", "b", "c"], "      - b\n", "      - b\n      - c\n"),
        ("activities.TWO", REMOVED, None, None),
        ("activities.ONE.minutes", REMOVED, "    minutes: 60   # an hour\n", ""),
        ("empty", "full", "empty:\n", "empty: full\n"),
        ("note", "Short", "note: |\n  Two lines\n  of text.\n", "note: Short\n"),
        ("last", "no", "last: yes", "last: 'no'"),
        ("days", REMOVED, "days:   3 # three\n", ""),
        ("more", {"a": 1}, "last: yes\n", "last: yes\nmore: {a: 1}\n"),
    ],
)
def test_one_part_is_written_and_the_rest_stays(path: str, value: Any, old: str, new: str):
    text = edited(path, value)

    if old is not None:
        assert TEXT.count(old) == 1
        assert text == TEXT.replace(old, new)


def test_an_item_taken_out_leaves_the_comments_around_it():
    text = edited("activities.TWO", REMOVED)

    assert "  # the second\n\n  - {code: SIX" in text


def test_an_item_is_added_after_or_before_those_that_stay():
    data = data_of(TEXT)
    activities = [*data["activities"], {"code": "TEN", "minutes": 1}]

    assert "# in one line\n  - {code: TEN, minutes: 1}\n" in edited("activities", activities)
    first = [{"code": "TEN", "minutes": 1}, *data["activities"]]
    text = edited("activities", first)

    assert "  # the first\n  - {code: TEN, minutes: 1}\n  - code: ONE" in text


def test_items_change_places_and_what_is_between_them_does_not():
    one, two, six = data_of(TEXT)["activities"]

    text = edited("activities", [six, {**two, "minutes": 91}, one])

    assert text.index("code: SIX, minutes: 5}   # in one line") < text.index("minutes: 91")
    assert text.index("minutes: 91") < text.index("minutes: 60   # an hour")
    assert text.index("# the first") < text.index("SIX") < text.index("# the second")


def test_an_alias_is_written_out_when_only_it_changes():
    data = data_of(TEXT)

    text = edited("again", [{"value": "x", "label": "Other"}, data["again"][1]])

    assert "choices: &fields\n" in text
    assert "again:\n  - {value: x, label: Other}" in text or "again: [{value: x" in text


def test_an_alias_keeps_what_it_said_when_its_anchor_changes_or_goes():
    assert "again: *fields" not in edited("choices.x.label", "Z")
    assert "again: *fields" not in edited("choices", REMOVED)


def test_a_change_of_both_is_written_once():
    data = data_of(TEXT)
    data["choices"][0]["label"] = data["again"][0]["label"] = "Z"

    answer = rewritten(TEXT, data)

    assert answer.text == TEXT.replace("label: X", "label: Z")


def test_a_text_that_cannot_be_edited_is_written_out_and_says_so():
    text = "? [a, b]\n: 1\nday: 3   # three\n"
    data, _positions, _problems = read(text)

    answer = rewritten(text, {**data, "day": 2})

    assert answer.is_whole
    assert answer.text.startswith("# Written out as a whole.")
    assert data_of(answer.text)["day"] == 2


def test_a_text_without_a_last_line_end_is_added_to():
    assert edited("b", 2, "a: 1") == "a: 1\nb: 2"


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "12:30",
        "1_000",
        "0x1F",
        "null",
        "~",
        "",
        " x ",
        "a\nb",
        "2021-01-15",
        "-",
        "é: ə",
        0.5,
    ]
    + [True, None, 3, -7, 12.25, 100000.0, "[", "#", "'", '"', "a, b", "{", "*x", "&y", "!t", "%"],
)
def test_a_plain_value_is_read_as_it_was_written(value: Any):
    assert same(data_of(f"a: {in_one_line(value)}\n"), {"a": value})
    assert same(data_of(f"a: [{in_one_line(value)}]\n"), {"a": [value]})
    assert same(
        data_of(in_lines({"a": {"b": [value, {"c": value}]}})), {"a": {"b": [value, {"c": value}]}}
    )


words = st.text("abcxyz", min_size=1, max_size=4)
plain = st.one_of(
    st.integers(-9, 99), st.booleans(), words, st.sampled_from(["no", "1", "a: b", ""])
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(words, inner, max_size=3),
        st.lists(words, unique=True, max_size=4).map(
            lambda codes: [{"code": f"c{code}", "n": at} for at, code in enumerate(codes)]
        ),
    ),
    max_leaves=12,
)
documents = st.dictionaries(words, values, min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(documents, documents, st.sampled_from([None, True, False]))
def test_whatever_is_wanted_is_what_the_new_text_says(have: Any, want: Any, flow: bool | None):
    text = in_lines(have) if flow is None else in_one_line(have) + "\n"
    want = {**have, **want} if flow is False else want

    answer = rewritten(text, want)

    assert same(data_of(answer.text), want)
    assert not answer.is_whole or not set(have) & set(want)


LIBRARY = {name: library(name) for name in ("technology-ventures", "reverse-engineering-workshop")}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), st.randoms(use_true_random=False))
def test_a_library_text_keeps_every_line_that_does_not_change(name: str, random: Any):
    text = LIBRARY[name]
    have = data_of(text)
    want = copy.deepcopy(have)
    held: Any = want["activities"][random.randrange(len(want["activities"]))]
    for _step in range(random.randrange(4)):
        below = [one for one in _inside(held) if isinstance(one, dict | list) and one]
        if not below:
            break
        held = random.choice(below)
    _change(held, random)

    answer = rewritten(text, want)

    assert not answer.is_whole
    assert same(data_of(answer.text), want)
    old, new = text.splitlines(), answer.text.splitlines()
    stayed = len(set(old) & set(new))
    assert stayed >= len(set(old)) - max(60, len(in_lines(held).splitlines()) + 40)


def _inside(held: Any) -> list[Any]:
    return list(held.values()) if isinstance(held, dict) else held


def _change(held: Any, random: Any) -> None:
    if isinstance(held, list):
        act = random.choice(["reverse", "drop", "twice"])
        if act == "reverse":
            held.reverse()
        elif act == "drop" and len(held) > 1:
            del held[random.randrange(len(held))]
        elif act == "twice":
            held.insert(0, {"code": "NEW_ONE", "title": {"en": "New"}})
        return
    key = random.choice(list(held))
    if random.random() < 0.3 and len(held) > 1:
        del held[key]
    elif isinstance(held[key], str):
        held[key] += ": changed"
    elif isinstance(held[key], int):
        held[key] += 1
    else:
        held["new_key"] = {"en": "New words", "rows": [1, 2, {"a": "b"}]}
