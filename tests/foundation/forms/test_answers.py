"""check_answers and what is told from answers: eligibility, attributes, hash, the blind copy."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.forms.answers import (
    attributes,
    check_answers,
    content_hash,
    eligibility,
    for_reviewers,
)
from karvan.foundation.forms.typed import clean, count_words

from .example import example, sound

FIRST_DAY = date(2026, 12, 7)
LONG = "word " * 30


def check(complete=True, **changes):
    return check_answers(example(), sound(**changes), complete=complete, first_day=FIRST_DAY)


def test_sound_answers_are_taken_with_their_types():
    checked = check(
        years="٣", skills=["draw", "weld"], confidence="4", posts=[{"title": "Smith", "now": "yes"}]
    )

    assert checked.errors == {"licence": "Add a file."}  # three years and not a man
    assert checked.answers["years"] == 3
    assert checked.answers["skills"] == ["weld", "draw"]  # in the form's order
    assert checked.answers["posts"] == [{"title": "Smith", "now": True}]


def test_what_is_required_is_demanded_where_it_applies():
    checked = check_answers(example(), {}, complete=True, first_day=FIRST_DAY)

    assert set(checked.errors) == {"full_name", "sex", "born", "why", "members", "agree"}


def test_a_hidden_required_question_is_not_demanded_and_its_answer_left_out():
    checked = check(skills=["draw"], other_tools="Rust")

    assert checked.errors == {}
    assert "other_tools" not in checked.visible
    assert "other_tools" not in checked.answers
    assert checked.draft["other_tools"] == "Rust"  # comes back if the box is ticked again


def test_a_shown_required_question_is_demanded():
    assert check(skills=["code"]).errors == {"other_tools": "Answer this question."}


def test_a_question_in_a_row_depends_on_its_own_row():
    checked = check(posts=[{"title": "A", "now": "yes"}, {"title": "B", "now": False}])

    assert checked.errors == {"posts-1-until": "Answer this question."}
    assert "posts-0-until" not in checked.visible


@pytest.mark.parametrize(
    ("changes", "path", "said"),
    [
        ({"why": "No."}, "why", "at least 3 words; there are 1"),
        ({"why": LONG}, "why", "at most 20 words; there are 30"),
        ({"full_name": "x" * 151}, "full_name", "at most 150 characters; there are 151"),
        ({"years": "61", "sex": "M"}, "years", "at most 60"),
        ({"years": "many"}, "years", "Write a number"),
        ({"born": "31.02.2001"}, "born", "year-month-day"),
        ({"born": "2027-01-01"}, "born", "not before the first day"),
        ({"confidence": "6"}, "confidence", "at most 5"),
        ({"sex": "X"}, "sex", "Choose one of the answers given"),
        (
            {"skills": ["weld", "code", "draw"], "other_tools": "C"},
            "skills",
            "At most 2 are possible; there are 3",
        ),
        ({"agree": False}, "agree", "Tick this box"),
        ({"members": [{"email": "a@b"}]}, "members-0-full_name", "Answer this question"),
        ({"members": [{"full_name": str(n)} for n in range(5)]}, "members", "At most 4"),
    ],
)
def test_a_broken_limit_is_told_at_its_question(changes, path, said):
    errors = check(**changes).errors

    assert list(errors) == [path]
    assert said in errors[path]


def test_a_draft_keeps_what_cannot_be_read_and_says_so():
    checked = check(complete=False, years="many", why="No.")

    assert list(checked.errors) == ["years"]
    assert "years" not in checked.answers
    assert checked.draft["years"] == "many"
    assert checked.answers["why"] == "No."


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("a.pdf", 10, None),
        ("a.JPG", 10, None),
        ("a.exe", 10, "not of a kind"),
        ("a.pdf", 3 << 20, "larger than 2 MB"),
    ],
)
def test_a_file_sent_now_is_checked_and_handed_over(name, size, said):
    sent = SimpleUploadedFile(name, b"x" * size)

    checked = check(years="5", licence=sent)

    assert checked.uploads == {"licence": sent}
    assert "licence" not in checked.answers
    assert (said in checked.errors["licence"]) if said else (checked.errors == {})


def test_a_file_stored_before_stays_an_answer():
    stored = {"id": 7, "name": "permis.pdf", "kind": "pdf", "size": 10}

    assert check(years="5", licence=stored).answers["licence"] == stored


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one, two — three", 3),
        ("أُصلِحُ المضخاتِ في القرية، ومعي أخي.", 6),
        ("السلام عليكم", 2),
        ("ـــ العـــربية", 1),
        ("می‌خواهم بیایم", 2),
        ("Elsevər Məmmədov Həsən oğlu", 4),
    ],
)
def test_words_are_counted_alike_in_every_script(text, words):
    assert count_words(text) == words


def test_text_is_composed_and_loses_controls_but_not_the_joiners_of_persian():
    assert clean("e\u0301te\u0301\x00\u202e", lines=False) == "été"
    assert clean("a\r\nb", lines=True) == "a\nb"
    assert clean("a\r\nb", lines=False) == "a b"
    assert clean("می\u200cخواهم", lines=False) == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("born", "refused"),
    [
        ("2008-12-07", False),  # 18 on the day
        ("2008-12-08", True),
        ("1990-12-08", False),  # 35, and 36 a day later
        ("1990-12-07", True),
    ],
)
def test_age_counts_on_the_first_day(born, refused):
    answers = check(born=born).answers

    refusals = eligibility(example(), answers, first_day=FIRST_DAY)

    assert [one.question for one in refusals] == (["born"] if refused else [])
    assert not refused or "7 December 2026" in refusals[0].message


def test_an_answer_that_excludes_names_its_question():
    (refusal,) = eligibility(example(), {"agree": False}, first_day=FIRST_DAY)

    assert refusal.message == "Your answer to “I agree to the rules” does not let you take part."


def test_attributes_hold_only_what_was_answered():
    assert attributes(example(), {"born": "2001-05-04"}, FIRST_DAY) == {"age_band": "25-35"}
    assert attributes(example(), {"sex": "F", "born": "2001-05-04"}, None) == {"sex": "F"}


def test_the_hash_depends_on_content_and_not_on_order():
    one = {"a": 1, "b": [{"x": "ə"}]}

    assert content_hash(one) == content_hash({"b": [{"x": "ə"}], "a": 1})
    assert content_hash(one) != content_hash({"a": 2, "b": [{"x": "ə"}]})
    assert content_hash(one, ["f1"]) != content_hash(one)
    assert content_hash({}, {}) != content_hash({}, {"cv": "f1"})


def test_reviewers_see_no_blind_answer_and_no_file_name():
    answers = {
        **check(years="5").answers,
        "licence": {"id": 7, "name": "Aygün Məmmədova.pdf", "kind": "pdf", "size": 10},
        "left_over": "Aygün",
    }

    seen = for_reviewers(example(), answers)

    assert seen["licence"] == {"id": 7, "kind": "pdf", "size": 10, "name": "licence.pdf"}
    assert seen["members"] == [{}]
    assert "Aygün" not in str(seen) and "Ilham" not in str(seen) and "ilham" not in str(seen)
    assert seen["why"] == "I repair pumps at home."
