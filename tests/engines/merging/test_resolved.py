"""What a person chooses at a conflict comes into the document, and nothing else changes."""

import pytest

from karvan.engines.merging import ABSENT, merge, resolved

BASE = {"days": 3, "list": [{"id": "a", "n": 1}, {"id": "b", "n": 1}, {"id": "c", "n": 1}]}


def item(name, n=1):
    return {"id": name, "n": n}


def with_list(*items, days=3):
    return {"days": days, "list": list(items)}


def test_a_value_of_ones_own_may_be_chosen():
    merged = merge(BASE, {**BASE, "days": 2}, {**BASE, "days": 4})

    assert resolved(merged, {("days",): 5}) == {**BASE, "days": 5}
    assert resolved(merged, {("days",): ABSENT}) == {"list": BASE["list"]}
    assert resolved(merged, {}) == merged.document == {**BASE, "days": 2}


def test_a_removed_item_comes_back_where_it_stood():
    ours = with_list(item("c"), item("a"))
    theirs = with_list(item("a"), item("b", 2), item("c"))
    merged = merge(BASE, ours, theirs)

    document = resolved(merged, {("list", "b"): item("b", 7)})

    assert document["list"] == [item("c"), item("a"), item("b", 7)]
    assert resolved(merged, {("list", "b"): ABSENT}) == ours


def test_an_order_is_chosen_and_what_it_does_not_name_follows_what_it_followed():
    ours = with_list(item("b"), item("a"), item("own"), item("c"))
    theirs = with_list(item("a"), item("c"), item("b"), item("new"))
    merged = merge(BASE, ours, theirs)

    document = resolved(merged, {("list",): ["a", "c", "b", "new"]})

    assert [one["id"] for one in document["list"]] == ["a", "own", "c", "b", "new"]


def test_an_item_may_be_taken_away_and_the_order_chosen_at_once():
    ours = with_list(item("b", 2), item("a"), item("c"))
    theirs = with_list(item("a"), item("c"), item("b", 3))
    merged = merge(BASE, ours, theirs)

    document = resolved(merged, {("list",): ["a", "c", "b"], ("list", "b", "n"): ABSENT})

    assert document["list"] == [item("a"), item("c"), {"id": "b"}]


def test_rows_that_got_names_on_one_side_are_found_by_position():
    base, ours, theirs = (
        [{"t": 1}, {"t": 1}],
        [{"t": 2}, {"t": 1}],
        [{"t": 3, "id": "1"}, {"t": 1, "id": "0"}],
    )
    merged = merge(base, ours, theirs)

    assert [conflict.path for conflict in merged.conflicts] == [("0", "t")]
    assert resolved(merged, {("0", "t"): 9}) == [{"t": 9, "id": "1"}, {"t": 1, "id": "0"}]


def test_a_choice_does_not_change_the_merge_nor_share_anything_with_the_document():
    merged = merge({}, {"a": {"x": 1}}, {"a": [1]})
    chosen = {"deep": [1]}

    document = resolved(merged, {("a",): chosen})
    chosen["deep"].append(2)

    assert document == {"a": {"deep": [1]}}
    assert merged.document == {"a": {"x": 1}}


@pytest.mark.parametrize(
    ("path", "choice", "words"),
    [
        (("days",), 2, "is the path of no conflict"),
        (("list", "b"), item("a"), r"is not named 'b', as list\.b must be"),
        (("list", "b"), {"id": "b", "n": {1}}, r"\{1\} at n is no JSON value"),
        (("list",), ["a", "nobody"], r"the order of list cannot be \['a', 'nobody'\]"),
        (("list",), "abc", "the order of list cannot be 'abc'"),
        (("list",), [["a"]], "the order of list cannot be"),
        (("list",), ABSENT, "the order of list cannot be ABSENT"),
        (("list",), ["a", "a"], "names one twice"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(path, choice, words):
    ours = with_list(item("c"), item("b", 3), item("a"), item("d"))
    theirs = with_list(item("a"), item("d"), item("c"))
    base = with_list(item("a"), item("b"), item("c"), item("d"))
    merged = merge(base, ours, theirs)
    assert {conflict.path for conflict in merged.conflicts} == {("list",), ("list", "b")}

    with pytest.raises(ValueError, match=words):
        resolved(merged, {path: choice})
