"""The laws of merging, on edits of one document and on unrelated ones."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.merging import Conflict, changes_between, check_merge, merge, resolved
from karvan.engines.merging.documents import items_of, part_at, same

from .documents import documents, many_sides, sides

thoroughly = settings(max_examples=60, deadline=None)
MANY = 1500


def free(*three):
    """The merged document, or a text where there is a conflict."""
    merged = merge(*three)
    return "conflict" if merged.conflicts else merged.document


def swapped(conflict):
    return Conflict(conflict.path, conflict.kind, conflict.base, conflict.theirs, conflict.ours)


def as_set(things):
    return {repr(one) for one in things}


@thoroughly
@given(documents, documents)
def test_what_one_side_or_both_alike_made_of_it_is_the_answer(base, side):
    assert same(free(base, base, side), side)
    assert same(free(base, side, base), side)
    assert same(free(base, side, side), side)
    assert same(free(side, side, side), side)


def every_value_is_what_deciding_it_by_itself_gives(base, ours, theirs):
    assert check_merge(base, ours, theirs, merge(base, ours, theirs)) == ()


def no_change_of_a_side_is_lost(base, ours, theirs):
    merged = merge(base, ours, theirs)
    told = [
        (ours, (*merged.ours, *merged.both)),
        (theirs, (*merged.theirs, *merged.both)),
    ]

    for side, changes in told:
        for wanted in changes_between(base, side):
            is_told = any(one.path[: len(wanted.path)] == wanted.path for one in changes)
            is_contested = any(
                wanted.path[: len(one.path)] == one.path
                or one.path[: len(wanted.path)] == wanted.path
                for one in merged.conflicts
            )
            assert is_told or is_contested, wanted


def the_sides_may_be_swapped(base, ours, theirs):
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)

    assert as_set(one.conflicts) == as_set(map(swapped, other.conflicts))
    assert as_set(one.ours) == as_set(other.theirs)
    assert as_set(one.both) == as_set(other.both)
    assert one.conflicts or same(one.document, other.document)


def merging_the_answer_again_with_a_side_changes_nothing(base, ours, theirs):
    once = free(base, ours, theirs)

    for side in (ours, theirs):
        assert once == "conflict" or same(free(base, once, side), once)
        assert once == "conflict" or same(free(base, side, once), once)


def choosing_ours_everywhere_is_what_stands_without_a_choice(base, ours, theirs):
    merged = merge(base, ours, theirs)

    document = resolved(merged, {conflict.path: conflict.ours for conflict in merged.conflicts})

    assert same(document, merged.document)


def choosing_theirs_everywhere_is_the_merge_with_the_sides_swapped(base, ours, theirs):
    merged = merge(base, ours, theirs)
    if any(conflict.kind == "order" for conflict in merged.conflicts):
        return

    document = resolved(merged, {conflict.path: conflict.theirs for conflict in merged.conflicts})

    assert same(document, merge(base, theirs, ours).document)


LAWS = (
    every_value_is_what_deciding_it_by_itself_gives,
    no_change_of_a_side_is_lost,
    the_sides_may_be_swapped,
    merging_the_answer_again_with_a_side_changes_nothing,
    choosing_ours_everywhere_is_what_stands_without_a_choice,
    choosing_theirs_everywhere_is_the_merge_with_the_sides_swapped,
)


def by_name(law):
    return law.__name__


@pytest.mark.parametrize("law", LAWS, ids=by_name)
@thoroughly
@given(three=sides(2))
def test_law_holds_for_two_sides(law, three):
    law(*three)


@pytest.mark.parametrize("law", LAWS, ids=by_name)
def test_law_holds_for_two_sides_of_many_documents(law):
    for three in many_sides(2, MANY):
        law(*three)


def three_sides_may_be_merged_in_any_grouping(base, one, other, third):
    """Whether it could be tried: no merge on the way had a conflict."""
    pair, rest = free(base, one, other), free(base, other, third)
    if "conflict" in (pair, rest):
        return False
    left, right = free(base, pair, third), free(base, one, rest)
    if "conflict" in (left, right):
        return False
    assert same(left, right)
    return True


@thoroughly
@given(sides(3))
def test_three_sides_may_be_merged_in_any_grouping(four):
    three_sides_may_be_merged_in_any_grouping(*four)


def test_three_sides_of_many_documents_may_be_merged_in_any_grouping():
    tried = sum(three_sides_may_be_merged_in_any_grouping(*four) for four in many_sides(3, MANY))

    assert tried > MANY / 4


@thoroughly
@given(sides(2))
def test_the_documents_given_stay_as_they_were_and_share_nothing_with_the_answer(three):
    before = deepcopy(three)
    merged = merge(*three)

    assert same(list(three), list(before))
    assert not containers(merged.document) & set.union(*map(containers, three))


def containers(value):
    if not isinstance(value, dict | list):
        return set()
    below = value.values() if isinstance(value, dict) else value
    return {id(value)}.union(*map(containers, below))


@thoroughly
@given(sides(2), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(three, rng):
    one = merge(*three)
    other = merge(*(with_shuffled_keys(side, rng) for side in three))

    assert same(one.document, other.document)
    assert {c.path for c in one.conflicts} == {c.path for c in other.conflicts}


def with_shuffled_keys(value, rng):
    if isinstance(value, list):
        return [with_shuffled_keys(item, rng) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value)
    rng.shuffle(keys)
    return {key: with_shuffled_keys(value[key], rng) for key in keys}


def kept_is_ours(three, rng):
    base, ours, theirs = three
    paths = sorted(path for path in paths_of(ours) if path)
    keep = rng.sample(paths, min(len(paths), rng.randrange(4)))
    merged = merge(base, ours, theirs, keep=keep)
    names = merged.identities

    assert check_merge(base, ours, theirs, merged, keep) == ()
    for path in keep:
        assert same(part_at(merged.document, path, names), part_at(ours, path, names))


def test_what_is_kept_is_ours_in_many_documents():
    for seed, three in enumerate(many_sides(2, MANY)):
        kept_is_ours(three, Random(seed))


def paths_of(value, path=()):
    yield path
    for name, below in items_of(value, ("code", "id", "key", "value")):
        yield from paths_of(below, (*path, name))


@thoroughly
@given(sides(2), st.randoms(use_true_random=False))
def test_what_is_kept_is_ours_whatever_they_did(three, rng):
    kept_is_ours(three, rng)
