"""Laws of forms on generated definitions and answers."""

import csv
import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from karvan.foundation.forms.answers import check_answers, content_hash, for_reviewers
from karvan.foundation.forms.conditions import is_filled
from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.spreadsheet import (
    escape,
    export_csv,
    export_xlsx,
    from_spreadsheet_row,
    unescape,
)

FIRST_DAY = date(2026, 12, 7)
KINDS = ("text", "long_text", "number", "date", "choice", "choices", "scale", "consent", "group")
TEXT = st.text(max_size=30)
LABEL = st.text(alphabet="abçə ;=;AB", min_size=1, max_size=6).filter(str.strip)
ANYTHING = st.one_of(
    TEXT, st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.lists(TEXT, max_size=3),
    st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip


@st.composite
def questions(draw, key, earlier=(), depth=0):
    kind = draw(st.sampled_from(KINDS[:-1] if depth else KINDS))
    found = {"key": key, "type": kind, "label": {"en": key}, "required": draw(st.booleans())}
    found["blind"] = draw(st.booleans())
    if kind in ("choice", "choices"):
        labels = draw(st.lists(LABEL, min_size=1, max_size=4))
        found["choices"] = [{"value": str(n), "label": {"en": one}} for n, one in enumerate(labels)]
    if kind == "scale":
        found["limits"] = {"min": 1, "max": 5}
    if kind == "group":
        found["questions"] = [
            draw(questions(f"s{n}", depth=1)) for n in range(draw(st.integers(1, 3)))
        ]
    if earlier and draw(st.booleans()):
        found["show_if"] = {
            "question": draw(st.sampled_from(earlier)),
            "filled": draw(st.booleans()),
        }
    return found


@st.composite
def forms(draw):
    listed = []
    for number in range(draw(st.integers(1, 5))):
        earlier = [one["key"] for one in listed]
        listed.append(draw(questions(f"q{number}", earlier)))
    return parse_form({"sections": [{"key": "one", "title": {"en": "One"}, "questions": listed}]})


def fitting(question):
    """A strategy for answers of the question's own kind."""
    by_kind = {
        "number": st.integers(-999, 999) | st.integers(-(10**6), 10**6).map(lambda n: n / 1000),
        "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
        "scale": st.integers(1, 5),
        "consent": st.booleans(),
        "choice": st.sampled_from([c.value for c in question.choices] or [""]),
        "choices": st.lists(st.sampled_from([c.value for c in question.choices] or [""])),
    }
    if question.type == "group":
        row = {one.key: fitting(one) for one in question.questions}
        return st.lists(st.fixed_dictionaries({}, optional=row), max_size=3)
    return by_kind.get(question.type, TEXT)


@st.composite
def forms_with(draw, *, any_answers):
    form = draw(forms())
    raw = {q.key: ANYTHING if any_answers else fitting(q) for q in form}
    return form, draw(st.fixed_dictionaries({}, optional=raw))


def draft_of(form, raw):
    return check_answers(form, raw, complete=False, first_day=FIRST_DAY)


@given(forms_with(any_answers=True))
def test_a_draft_checked_again_is_the_same_draft(case):
    form, raw = case
    once = draft_of(form, raw)

    again = draft_of(form, once.draft)

    assert (again.draft, again.answers, again.errors) == (once.draft, once.answers, once.errors)


@given(forms_with(any_answers=False))
def test_answers_of_the_right_kind_are_never_refused_in_a_draft(case):
    form, raw = case

    checked = draft_of(form, raw)

    assert checked.errors == {}
    assert content_hash(checked.answers) == content_hash(dict(reversed(checked.answers.items())))


@given(forms_with(any_answers=True))
def test_what_does_not_apply_is_neither_demanded_nor_kept_when_sent(case):
    form, raw = case

    sent = check_answers(form, raw, complete=True, first_day=FIRST_DAY)

    assert set(sent.errors) <= sent.visible
    assert set(sent.answers) <= sent.visible


@given(forms_with(any_answers=False))
def test_a_complete_form_without_errors_has_an_answer_to_all_it_requires(case):
    form, raw = case

    sent = check_answers(form, raw, complete=True, first_day=FIRST_DAY)

    for question in form:
        if question.required and question.key in sent.visible and question.key not in sent.errors:
            assert is_filled(sent.answers[question.key])


@given(forms_with(any_answers=False))
def test_the_blind_copy_holds_no_blind_key(case):
    form, raw = case

    seen = for_reviewers(form, draft_of(form, raw).answers)

    assert not {q.key for q in form if q.blind} & set(seen)
    for question in form:
        hidden = {one.key for one in question.questions if one.blind}
        rows = seen.get(question.key, []) if question.questions else []
        assert not any(hidden & set(row) for row in rows)


@given(TEXT)
def test_escaping_is_undone_and_leaves_nothing_that_could_run(text):
    assert unescape(escape(text)) == text
    assert not str(escape(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@settings(max_examples=60)
@given(forms_with(any_answers=False))
def test_csv_brings_back_the_same_answers(case):
    form, raw = case
    answers = draft_of(form, raw).answers

    table = export_csv(form, [({"#code": "=1+1"}, answers)], "en")
    (row,) = csv.DictReader(io.StringIO(table, newline=""))

    assert unescape(row["#code"]) == "=1+1"
    assert not any(cell.startswith(("=", "@", "+")) for cell in row.values())
    assert draft_of(form, from_spreadsheet_row(form, row)).answers == answers


@settings(max_examples=40)
@given(forms_with(any_answers=False))
def test_a_workbook_brings_back_the_same_answers(case):
    form, raw = case
    answers = draft_of(form, raw).answers

    book = export_xlsx(form, [({"#code": "=1+1"}, answers)], "en")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    row = dict(zip(cells[0], cells[2] if len(cells) > 2 else [], strict=False))

    assert row["#code"] == "=1+1"
    assert draft_of(form, from_spreadsheet_row(form, row)).answers == answers
