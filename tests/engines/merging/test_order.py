"""The order of merged lists: examples one can follow, then every small case there is."""

from functools import cache
from itertools import permutations, product
from random import Random

import pytest

from karvan.engines.merging import merge
from karvan.engines.merging.ordering import merged_order


def merged(base, ours, theirs):
    """The merged list of one-letter items, or "conflict"."""
    documents = [[{"id": name} for name in names] for names in (base, ours, theirs)]
    answer = merge(*documents)
    if answer.conflicts:
        assert [conflict.kind for conflict in answer.conflicts] == ["order"]
        return "conflict"
    return "".join(item["id"] for item in answer.document)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "answer"),
    [
        ("abc", "cab", "abc", "cab"),  # only we moved one
        ("abcd", "bacd", "abdc", "badc"),  # each moved some at another place
        ("abc", "axbc", "abcy", "axbcy"),  # each added one
        ("abc", "cab", "abxc", "cabx"),  # an addition follows what it followed
        ("abc", "axbc", "bca", "bcax"),  # also where that was moved
        ("abc", "bc", "abxc", "bxc"),  # we removed another
        ("abc", "ac", "abxc", "axc"),  # we removed what their addition followed
        ("abc", "axbc", "axbcy", "axbcy"),  # both added x, they y too
        ("ab", "ayxb", "axb", "ayxb"),  # the same, in the middle of ours
        ("", "x", "y", "xy"),
    ],
)
def test_both_sides_find_their_order_in_the_answer(base, ours, theirs, answer):
    assert merged(base, ours, theirs) == answer
    assert merged(base, theirs, ours) == answer


@pytest.mark.parametrize(
    ("ours", "theirs", "answer"),
    [
        ("axb", "ayb", "axyb"),
        ("ayb", "axb", "axyb"),
        ("ayxb", "azb", "ayxzb"),  # what one side put as y, x stays so
        ("axzb", "ayb", "axyzb"),  # or else three sides would differ by who is first
    ],
)
def test_what_both_add_at_one_place_is_woven_by_name(ours, theirs, answer):
    assert merged("ab", ours, theirs) == answer
    assert merged("ab", theirs, ours) == answer


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("abc", "bac", "acb"),  # the two moves together would be a circle
        ("abc", "bca", "bac"),  # a was moved to two places
        ("ab", "axb", "abx"),  # x was added at two places
        ("a", "axy", "ayx"),  # and here in two orders
        ("abc", "azc", "abxc"),  # does x, which followed b, follow z, which replaced it?
        ("abc", "azbc", "axc"),  # the same from the other side
        ("abcd", "bacxd", "abd"),  # we moved items and put one after c, which they removed
    ],
)
def test_orders_that_cannot_both_hold_are_a_conflict(base, ours, theirs):
    assert merged(base, ours, theirs) == "conflict"
    assert merged(base, theirs, ours) == "conflict"


def test_a_contested_order_is_ours_with_their_additions_in_it():
    base, ours, theirs = ([{"id": name} for name in names] for names in ("abc", "bacx", "acyb"))

    answer = merge(base, ours, theirs)

    (conflict,) = answer.conflicts
    assert (conflict.path, conflict.kind) == ((), "order")
    assert conflict.base == ["a", "b", "c"]
    assert conflict.ours == ["b", "a", "c", "x"]
    assert conflict.theirs == ["a", "c", "y", "b"]
    assert [item["id"] for item in answer.document] == ["b", "a", "c", "y", "x"]


def test_an_order_that_both_changed_alike_is_told_once():
    base, side = [{"id": "a"}, {"id": "b"}], [{"id": "b"}, {"id": "a"}]

    answer = merge(base, side, [*side, {"id": "c"}])

    assert [(one.path, one.before, one.after) for one in answer.both] == [
        ((), ["a", "b"], ["b", "a"])
    ]
    assert (answer.ours, len(answer.theirs)) == ((), 1)


@cache
def order(base, ours, theirs):
    if None in (ours, theirs):
        return None
    there = [
        name
        for name in dict.fromkeys([*ours, *theirs])
        if name not in base or (name in ours and name in theirs)
    ]
    names = merged_order(base, ours, theirs, there)
    return None if names is None else tuple(names)


def every_list_of(names):
    return [one for size in range(len(names) + 1) for one in permutations(names, size)]


@pytest.mark.parametrize(("base", "new"), [("ab", "xy"), ("abc", "x"), ("a", "xyz")])
def test_every_three_sides_of_a_small_list_may_be_merged_in_any_grouping(base, new):
    base = tuple(base)
    differ = []
    for one, other, third in product(every_list_of([*base, *new]), repeat=3):
        left = order(base, order(base, one, other), third)
        right = order(base, one, order(base, other, third))
        if left != right and None not in (left, right):
            differ.append((one, other, third))

    assert differ == []


@pytest.mark.parametrize(("base", "new"), [("ab", "xy"), ("abc", "x"), ("a", "xyz")])
def test_every_two_sides_of_a_small_list_keep_the_laws(base, new):
    base = tuple(base)
    for one, other in product(every_list_of([*base, *new]), repeat=2):
        answer = order(base, one, other)
        assert answer == order(base, other, one)
        if answer is not None:
            assert answer == order(base, answer, one) == order(base, other, answer)
        assert order(base, base, one) == order(base, one, one) == one


def edited(rng, base, new):
    names = list(base)
    for _ in range(rng.randrange(1, 5)):
        act = rng.choice(("add", "take", "move"))
        left = [name for name in new if name not in names]
        taken = [names.pop(rng.randrange(len(names)))] if names and act != "add" else []
        if act == "move":
            left = taken
        if act != "take" and left:
            names.insert(rng.randrange(len(names) + 1), rng.choice(left))
    return tuple(names)


def groupings(base, one, other, third):
    """What three sides merge to without a contradiction, in whatever grouping."""
    answers = (
        order(base, order(base, one, other), third),
        order(base, one, order(base, other, third)),
        order(base, order(base, one, third), other),
    )
    return {answer for answer in answers if answer is not None}


@pytest.mark.parametrize(
    ("base", "one", "other", "third"),
    [
        ("fdba", "afdx", "fdbx", "fdyab"),  # x was added after d and after b, which is gone
        ("fdb", "Abf", "xfdb", "dAb"),  # A was added first and after d, which is gone
        ("ab", "bx", "ayb", "xa"),  # x was added by two who each removed the other's neighbour
        ("paq", "paxq", "pq", "aqp"),  # x follows a, which is gone, and a was moved
        ("paq", "pzaq", "paxq", "pq"),  # z and x stood around a, which is gone
    ],
)
def test_no_grouping_decides_what_another_decides_differently(base, one, other, third):
    assert len(groupings(*map(tuple, (base, one, other, third)))) < 2


def test_longer_lists_may_be_merged_in_any_grouping():
    rng = Random(1)
    tried = 0
    for _ in range(4_000):
        base = tuple("fdbace"[: rng.randrange(1, 7)])
        one, other, third = (edited(rng, base, "xAyBz") for _ in range(3))
        answers = groupings(base, one, other, third)
        assert len(answers) < 2, (base, one, other, third)
        tried += bool(answers)

    assert tried > 1_000
