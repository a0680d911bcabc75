"""The committee sees marks, decides, writes to authors; readers never meet their own."""

from __future__ import annotations

import pytest
from django.utils import translation

from karvan.foundation.messages.models import Message
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import Paper
from karvan.stages.convening.queries.symposium_marks import by_country, by_track, ranked
from karvan.stages.convening.services.programme_sessions import make_sessions
from karvan.stages.convening.services.symposium_deciding import (
    decide_by_rank,
    decide_papers,
    plan_by_rank,
    tell_authors,
    withdraw_paper,
)
from karvan.stages.convening.services.symposium_papers import take_papers
from karvan.stages.reviews.blind import answers_shown, file_name, reading_code
from karvan.stages.reviews.models import Conflict
from karvan.stages.reviews.services import add_reviewer, assign_reads, prepare_round
from tests import make

from .symposium_world import abstract, author, opened, talks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def read(symposium, *totals):
    """An abstract for each list of totals, as papers with these reads."""
    round = make.review_round(symposium.activity.call)
    readers = [make.reviewer(round) for _ in range(3)]
    for number, given in enumerate(totals, start=1):
        sent = abstract(symposium.activity.call, title=f"Paper {number}")
        for reader, total in zip(readers, given, strict=False):
            made = make.review(make.assignment(reader, application=sent))
            made.total = total
            made.save()
    take_papers(symposium, by=None)
    return list(symposium.papers.order_by("number"))


def test_marks_and_spread_are_shown_by_track_the_best_first():
    symposium = opened()
    read(symposium, (4000, 5000), (9000, 8000, 8500), ())

    listed = ranked(symposium)[symposium.tracks.get(code="mobility")]

    assert [(m.paper.number, m.reads, m.mean, m.spread) for m in listed] == [
        (2, 3, 8500, 1000),
        (1, 2, 4500, 1000),
        (3, 0, None, None),
    ]


def test_deciding_by_rank_does_what_the_preview_showed():
    symposium = opened()
    papers = read(symposium, (4000,), (9000,), (7000,), ())

    plan = plan_by_rank(symposium, talks=1, posters=1)
    done = decide_by_rank(
        symposium, talks=1, posters=1, key=plan.key, reason="Too few places.", by=make.officer()
    )

    assert [(p.paper.number, p.outcome) for p in plan.proposed] == [
        (2, "talk"), (3, "poster"), (1, "rejected"),
    ]  # fmt: skip
    assert done == {"talk": 1, "poster": 1, "rejected": 1}
    assert [Paper.objects.get(pk=p.pk).state for p in papers] == [
        "rejected", "talk", "poster", "submitted",
    ]  # fmt: skip


def test_a_plan_that_is_no_longer_true_is_not_carried_out():
    symposium = opened()
    papers = read(symposium, (4000,), (9000,))
    plan = plan_by_rank(symposium, talks=1, posters=1)
    withdraw_paper(papers[1], by=None)

    with pytest.raises(WrongState, match="changed since"):
        decide_by_rank(symposium, talks=1, posters=1, key=plan.key, by=None)

    assert Paper.objects.filter(state="talk").count() == 0


def test_whoever_wants_a_poster_takes_no_talk():
    symposium = opened()
    (paper,) = read(symposium, (9000,))
    paper.application.answers["prefers"] = "poster"
    paper.application.save()

    (one,) = plan_by_rank(symposium, talks=1, posters=1).proposed

    assert one.outcome == "poster"


@pytest.mark.parametrize(("outcome", "reason"), [("rejected", ""), ("maybe", "So")])
def test_not_accepted_needs_a_reason_and_a_known_word(outcome, reason):
    symposium = opened()
    paper = make.paper(symposium)

    with pytest.raises(NotGiven):
        decide_papers(symposium, papers=[paper.pk], outcome=outcome, reason=reason, by=None)

    paper.refresh_from_db()
    assert paper.state == "submitted"


def test_papers_of_another_symposium_and_withdrawn_ones_are_refused():
    symposium, other = opened(), make.paper()
    gone = make.paper(symposium, state="withdrawn")

    with pytest.raises(NotOfThisSession):
        decide_papers(symposium, papers=[gone.pk, other.pk], outcome="talk", by=None)
    with pytest.raises(WrongState, match="withdrawn"):
        decide_papers(symposium, papers=[gone.pk], outcome="talk", by=None)


def test_a_paper_in_the_programme_is_taken_out_before_it_is_refused():
    symposium = opened()
    (paper,) = talks(symposium, 1)
    make_sessions(symposium, by=None)

    with pytest.raises(WrongState, match="Take it out"):
        decide_papers(symposium, papers=[paper.pk], outcome="rejected", reason="No", by=None)


def test_each_author_gets_one_letter_in_the_language_of_the_abstract():
    symposium = opened()
    sent = abstract(symposium.activity.call)
    sent.language = "fr"
    sent.save()
    take_papers(symposium, by=None)
    paper = symposium.papers.get()
    decide_papers(symposium, papers=[paper.pk], outcome="talk", by=None)

    letters = tell_authors(symposium, by=None)
    again = tell_authors(symposium, by=None)

    assert (letters, again) == (3, 0)
    written = Message.objects.order_by("pk")
    assert {one.language for one in written} == {"fr"}
    assert {one.to_address for one in written} == {
        sent.email, "aysel@example.org", "youssef@example.org",
    }  # fmt: skip
    assert all("Who waits for the bus" in one.body for one in written)


def test_a_changed_decision_is_told_anew():
    symposium = opened()
    abstract(symposium.activity.call)
    take_papers(symposium, by=None)
    paper = symposium.papers.get()
    decide_papers(symposium, papers=[paper.pk], outcome="talk", by=None)
    tell_authors(symposium, by=None)

    decide_papers(symposium, papers=[paper.pk], outcome="poster", reason="Too few rooms.", by=None)

    assert tell_authors(symposium, by=None) == 3
    assert "Too few rooms." in Message.objects.order_by("pk").last().body


def test_numbers_by_track_and_country():
    make.country("AZ")
    symposium = opened()
    for state in ("talk", "poster", "rejected"):
        abstract(symposium.activity.call, title=state)
    take_papers(symposium, by=None)
    for number, state in enumerate(("talk", "poster", "rejected"), start=1):
        symposium.papers.filter(number=number).update(state=state)

    mobility = next(s for s in by_track(symposium) if s.name.code == "mobility")
    (country,) = by_country(symposium)

    assert (mobility.sent, mobility.talks, mobility.posters) == (3, 1, 1)
    assert (country.name.code, country.sent, country.talks) == ("AZ", 3, 1)


def test_withdrawing_takes_the_application_back_and_only_once():
    symposium = opened()
    sent = abstract(symposium.activity.call)
    take_papers(symposium, by=None)

    withdraw_paper(symposium.papers.get(), reason="Cannot come.", by=None)

    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    with pytest.raises(WrongState):
        withdraw_paper(symposium.papers.get(), by=None)


def reading():
    """A round of the symposium's call as the library has it, with one abstract."""
    symposium = opened()
    sent = abstract(
        symposium.activity.call,
        abstract="Aysel Karimli of the Institute of Towns asked why Amrani waits. " * 4,
    )
    return prepare_round(symposium.activity.call, by=None), sent


def test_the_blind_holds_for_authors_in_text_groups_and_file_names():
    round, sent = reading()

    shown = " ".join(one.text for one in answers_shown(sent))

    assert round.reads_each == 3
    for secret in ("Aysel", "Karimli", "Amrani", "Institute of Towns", "@", "0000-0002"):
        assert secret not in shown
    attached = type("Given", (), {"file": type("F", (), {"name": "Karimli.pdf", "kind": "pdf"})})()
    attached.question = "paper"
    assert file_name(attached, sent) == f"{reading_code(sent)}-paper.pdf"


def reviewer(round, **fields):
    details = {"languages": ["en"], "by": None}
    person = make.person(**{k: fields.pop(k) for k in ("name", "email") if k in fields})
    return add_reviewer(round, person=person, **details, **fields)


def test_authors_their_co_authors_and_colleagues_never_read():
    round, sent = reading()
    abstract(
        round.call,
        authors=[
            author("Youssef Amrani", presents="yes"),
            author("Nadia Berrada", institution="X"),
        ],
    )
    own = reviewer(round, email="youssef@example.org")
    coauthor = reviewer(round, name="Nadia Berrada")
    colleague = reviewer(round, institution="institute of towns")
    free = reviewer(round)

    kinds = dict(Conflict.objects.filter(application=sent).values_list("reviewer", "kind"))
    assign_reads(round, by=None)

    assert kinds == {own.pk: "coauthor", coauthor.pk: "coauthor", colleague.pk: "institution"}
    assert set(sent.assignments.values_list("reviewer", flat=True)) == {free.pk}
