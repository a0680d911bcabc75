"""The design of a symposium in the library, and limits of a form that a call for abstracts needs."""

from __future__ import annotations

import pytest

from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.errors import FormProblems
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import parse


def test_the_library_has_a_symposium_read_blind_by_three():
    activity = parse(library.source("SCS").decode()).activity("SYM")
    form = parse_form(activity.data["form"])

    assert activity.data["format"] == "symposium"
    assert [one.code for one in activity.rubric] == ["ORIGINALITY", "SIGNIFICANCE", "PRESENTATION"]
    assert (activity.data["selection"]["reads"], activity.data["selection"]["blind"]) == (3, True)
    assert form.by_key["abstract"].limits.max_words == 250
    assert form.by_key["authors"].blind
    assert form.by_key["authors"].limits.exactly_one == "presents"
    assert {len(form.by_key[key].choices) for key in ("track", "language")} == {4}


def asked(**limits):
    row = [
        {"key": "name", "type": "text", "label": {"en": "Name"}},
        {"key": "yes", "type": "choice", "label": {"en": "Presents"}, "choices": [{"value": "1", "label": {"en": "Yes"}}]},
    ]  # fmt: skip
    group = {"key": "authors", "type": "group", "label": {"en": "Authors"}, "limits": limits, "questions": row}  # fmt: skip
    return {"sections": [{"key": "who", "title": {"en": "Who"}, "questions": [group]}]}


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"unique": ["email"]}, "'email' is no question of its rows"),
        ({"exactly_one": "presents"}, "'presents' is no question of its rows"),
        ({"exactly_one": "yes"}, "'yes' has no choice 'yes'"),
        ({"format": "orcid"}, "means nothing here"),
    ],
)
def test_limits_of_rows_that_name_nothing_are_refused(limits, words):
    with pytest.raises(FormProblems, match=words):
        parse_form(asked(**limits))
