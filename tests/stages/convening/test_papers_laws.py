"""Laws of symbols and printed dates, checked on generated text."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from karvan.stages.convening.papers_hijri import hijri_doubt, read_printed
from karvan.stages.convening.symbols import folded, parts_of, problem_of, text_of

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PATTERN = (
    "{organ} {session}/{year}/{item}{rev}{add}{corr}{status} | {organ} {session}/{year}/{kind}{rev}"
)
NUMBERS = st.integers(1, 999).map(str)
ITEMS = st.lists(st.integers(1, 99), min_size=1, max_size=3).map(lambda n: ".".join(map(str, n)))
SHARED = {
    "organ": st.sampled_from(["GC", "CE", "EX", "A/C.3"]),
    "session": st.one_of(NUMBERS, st.just("ES-10")),
    "year": st.integers(1945, 2099).map(str),
}
BY_ITEM = st.fixed_dictionaries(
    {**SHARED, "item": ITEMS},
    optional={
        "rev": st.one_of(NUMBERS, st.just("0")),
        "add": NUMBERS,
        "corr": NUMBERS,
        "status": st.sampled_from(["Provisional", "Provisional Amended", "Prov."]),
    },
)
BY_KIND = st.fixed_dictionaries(
    {**SHARED, "kind": st.sampled_from(["F.R.", "L", "INF", "NOM"])}, optional={"rev": NUMBERS}
)


@unhurried
@given(st.one_of(BY_ITEM, BY_KIND))
@example({"organ": "GC", "session": "12", "year": "2015", "item": "1", "rev": "0"})
def test_what_is_written_is_read_the_same(parts):
    assert parts_of(PATTERN, text_of(PATTERN, parts)) == parts


@unhurried
@given(st.text(max_size=80))
@example("{organ}" * 10)
def test_no_text_breaks_the_reader_and_no_pattern_the_checker(text):
    read = parts_of(PATTERN, text)

    assert read is None or "organ" in read
    assert isinstance(problem_of(text), str)
    assert folded(text) == folded(f" {text} ")


@unhurried
@given(st.text(max_size=60), st.dates())
@example("99 Muharram 1434", date(2012, 12, 1))
@example("7 Jumada II 1414 / 22 November 1993", date(1800, 1, 1))
def test_no_printed_date_breaks_the_page_and_every_one_that_is_read_is_compared(text, on):
    read = read_printed(text)

    doubt = hijri_doubt(text, on, on)

    assert doubt == "" or "as printed" in doubt
    assert read is not None or bool(doubt) == bool(text.strip())
