"""A form spoilt in any one place is refused in words or still sound; it never crashes."""

import copy

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.foundation.forms.answers import check_answers
from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.errors import FormProblems
from karvan.foundation.forms.fields import render_questions

from .example import APPLICATION, sound

FORM = yaml.safe_load(APPLICATION)
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 9), st.text(max_size=4), st.just([]), st.just({}),
    st.just([None]), st.just({"en": 3}), st.just(["x"]), st.floats(allow_nan=True),
    st.just({"question": "sex", "equals": []}), st.just([[]]),
)  # fmt: skip


def places(node, path=()):
    yield path
    children = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


PLACES = [path for path in places(FORM) if path]


@settings(max_examples=300)
@given(st.sampled_from(PLACES), JUNK)
def test_a_form_spoilt_anywhere_is_refused_or_sound(path, junk):
    spoilt = copy.deepcopy(FORM)
    parent = spoilt
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = junk

    try:
        form = parse_form(spoilt)
    except FormProblems as refused:
        assert str(refused)
        return

    draft = check_answers(form, sound(), complete=True, first_day=None).draft
    assert render_questions(form, draft, {}, "ar")["sections"]
