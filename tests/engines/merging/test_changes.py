"""What differs between two documents."""

import pickle
from copy import deepcopy
from pathlib import Path

import pytest

from karvan.engines.merging import ABSENT, Change, changes_between, merge
from karvan.engines.merging.documents import same
from karvan.stages import blueprints
from karvan.stages.blueprints.document import REMOVED, parse
from karvan.stages.blueprints.document.changes import changes

from .documents import many_sides

LIBRARY = Path(blueprints.__file__).parent / "library"


def test_changes_are_the_smallest_parts_by_key():
    before = {"a": {"x": 1, "y": [1]}, "s": [{"id": "p", "n": 1}, {"id": "q"}], "r": [{"t": 1}]}
    after = {"a": {"x": 2, "y": [1, 2]}, "s": [{"id": "q"}, {"id": "p"}, {"id": "o"}], "r": [{}]}

    assert changes_between(before, after) == (
        Change(("a", "x"), 1, 2),
        Change(("a", "y"), [1], [1, 2]),
        Change(("s", "p", "n"), 1, ABSENT),
        Change(("s", "o"), ABSENT, {"id": "o"}),
        Change(("s",), ["p", "q"], ["q", "p"]),
        Change(("r", "0", "t"), 1, ABSENT),
    )


@pytest.mark.parametrize("other", [True, 1.0, "1", [1], {"x": 1}, None])
def test_a_value_of_another_type_is_a_change(other):
    assert changes_between({"n": 1}, {"n": other}) == (Change(("n",), 1, other),)


def without_like_numbers(value):
    """Lists as a whole are compared by type here, and not where blueprints are compared."""
    if isinstance(value, dict):
        return {key: without_like_numbers(below) for key, below in value.items()}
    if isinstance(value, list):
        return [without_like_numbers(below) for below in value]
    return {"True": "yes", "1.0": 2.5}.get(repr(value), value)


def test_changes_are_those_that_the_comparison_of_blueprints_finds():
    for pair in many_sides(1, 2000):
        before, after = ({"top": without_like_numbers(one)} for one in pair)
        found = [(".".join(c.path), c.before, c.after) for c in changes_between(before, after)]

        expected = [
            (c.path, *(ABSENT if value is REMOVED else value for value in (c.before, c.after)))
            for c in changes(before, after)
        ]

        assert same([list(one) for one in found], [list(one) for one in expected])


def test_what_is_absent_stays_the_one_thing_when_copied_or_stored():
    assert deepcopy(ABSENT) is ABSENT
    assert pickle.loads(pickle.dumps(ABSENT)) is ABSENT
    assert repr(ABSENT) == "ABSENT"


def test_what_is_no_document_is_refused():
    with pytest.raises(ValueError, match=r"after: 1j at a is no JSON value"):
        changes_between({"a": 1}, {"a": 1j})


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_blueprint_of_the_library_is_such_a_document(path):
    data = parse(path.read_text()).data

    assert changes_between(data, data) == ()
    assert same(merge(data, data, data).document, data)
