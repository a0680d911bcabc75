"""The chair of a track sees its abstracts as the blind allows, and proposes; the committee decides."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from karvan.desk.queries.needs import needs_of
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, WrongState
from karvan.stages.convening.models import TrackProposal
from karvan.stages.convening.services.symposium_deciding import decide_papers, withdraw_paper
from karvan.stages.convening.services.symposium_papers import take_papers
from karvan.stages.convening.services.symposium_proposing import propose_outcome, take_proposal
from tests import make

from .symposium_world import ABSTRACT, abstract, author, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def symposium():
    """Two abstracts of one track, read by two, under a chair; one abstract of another track."""
    made = opened()
    round = make.review_round(made.activity.call)
    readers = [make.reviewer(round) for _ in range(2)]
    for number in (1, 2):
        sent = abstract(
            made.activity.call,
            title=f"Buses {number} by Aysel Karimli",
            abstract=f"{ABSTRACT} Aysel Karimli counted them.",
            authors=[author("Aysel Karimli", presents="yes", email=f"aysel{number}@example.org")],
        )
        for reader, total in zip(readers, (8000, 6000), strict=True):
            given = make.review(make.assignment(reader, application=sent))
            given.total = total
            given.save()
    abstract(made.activity.call, track="heritage", title="Lamps")
    take_papers(made, by=None)
    track = made.tracks.get(code="mobility")
    track.chair = make.person()
    track.save()
    return made


@pytest.fixture
def track(symposium):
    return symposium.tracks.get(code="mobility")


def place(symposium, **more):
    activity = symposium.activity
    return {"edition": activity.edition.slug, "activity": activity.code, **more}


def at(symposium, name, **more):
    return reverse(f"convening:{name}", kwargs=place(symposium, **more))


def test_chair_sees_the_abstracts_of_the_own_track_with_their_reads(sign_in, symposium, track):
    shown = sign_in(track.chair).get(at(symposium, "chair_papers", code="mobility"))

    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Buses 1" in page
    assert "Buses 2" in page
    assert "Lamps" not in page
    assert page.count("70.0") == 2  # means of 80 and 60


@pytest.mark.parametrize("name", ["chair_papers", "chair_paper"])
def test_names_are_left_out_while_the_reading_is_blind(sign_in, symposium, track, name):
    paper = track.papers.first()
    more = {"number": paper.number} if name == "chair_paper" else {}
    url = at(symposium, name, code="mobility", **more)
    chair = sign_in(track.chair)

    blind = chair.get(url).content.decode()
    reading = symposium.activity.call.review_round
    reading.is_blind = False
    reading.save()
    open_ = chair.get(url).content.decode()

    assert "Karimli" not in blind
    assert paper.application.number not in blind
    assert "Karimli" in open_


def test_chair_of_another_track_and_strangers_get_nothing(sign_in, symposium, track):
    other = symposium.tracks.get(code="heritage")
    other.chair = make.person()
    other.save()
    paper = track.papers.first()
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)
    crossed = at(symposium, "chair_paper", code="heritage", number=paper.number)

    for person in (other.chair, make.person()):
        desk = sign_in(person)
        assert desk.get(at(symposium, "chair_papers", code="mobility")).status_code == 404
        assert desk.post(one, {"outcome": "talk", "reason": "Good"}).status_code == 404
        assert desk.post(crossed, {"outcome": "talk", "reason": "Good"}).status_code == 404
    assert not TrackProposal.objects.exists()


def test_officer_reads_the_chairs_page_and_does_not_propose(sign_in, symposium, track):
    desk = sign_in(make.officer())
    paper = track.papers.first()
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)

    assert desk.get(one).status_code == 200
    assert desk.post(one, {"outcome": "talk", "reason": "Good"}).status_code == 403


def test_chair_never_meets_the_own_abstract(sign_in, symposium, track):
    paper = track.papers.first()
    paper.authors.update(person=track.chair)
    desk = sign_in(track.chair)

    listed = desk.get(at(symposium, "chair_papers", code="mobility")).content.decode()
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)

    assert "Buses 1" not in listed
    assert desk.get(one).status_code == 404
    assert desk.post(one, {"outcome": "talk", "reason": "Mine"}).status_code == 404


def test_chair_who_reads_too_sees_the_marks_of_others_after_the_own(sign_in, symposium, track):
    paper = track.papers.first()
    reader = make.reviewer(symposium.activity.call.review_round, person=track.chair)
    read = make.assignment(reader, application=paper.application)
    desk = sign_in(track.chair)
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)

    before = desk.get(one).content.decode()
    make.review(read)
    after = desk.get(one).content.decode()

    assert "You have to read this abstract yourself" in before
    assert "mean " not in before
    assert "3 reads" in after


def test_proposal_is_kept_written_down_and_shown_beside_the_decision(sign_in, symposium, track):
    paper = track.papers.first()
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)

    sign_in(track.chair).post(one, {"outcome": "poster", "reason": "A small sample, well drawn."})

    desk = sign_in(make.officer())
    record = desk.get(at(symposium, "paper", number=paper.number)).content.decode()
    register = desk.get(at(symposium, "papers")).content.decode()
    paper.refresh_from_db()
    assert paper.state == "submitted"
    assert "A small sample, well drawn." in record
    assert "Decide as proposed" in record
    assert "Poster" in register
    assert Record.objects.filter(act="proposed outcome", by=track.chair).count() == 1


def test_proposal_without_a_reason_is_refused_at_the_form(sign_in, symposium, track):
    paper = track.papers.first()
    one = at(symposium, "chair_paper", code="mobility", number=paper.number)

    answer = sign_in(track.chair).post(one, {"outcome": "talk", "reason": " "})

    assert answer.status_code == 422
    assert not TrackProposal.objects.exists()


def test_officer_takes_a_proposal_over_in_one_act(sign_in, symposium, track):
    paper = track.papers.first()
    propose_outcome(paper, outcome="talk", reason="Sound and new.", by=track.chair)
    officer = make.officer()

    sign_in(officer).post(at(symposium, "take_proposal", number=paper.number), {"outcome": "talk"})

    paper.refresh_from_db()
    assert (paper.state, paper.state_reason) == ("talk", "Sound and new.")
    assert paper.decided_by == officer


def test_proposal_that_changed_meanwhile_is_not_taken_over(track):
    paper = track.papers.first()
    propose_outcome(paper, outcome="talk", reason="Sound.", by=track.chair)
    propose_outcome(paper, outcome="poster", reason="Small.", by=track.chair)

    with pytest.raises(WrongState, match="has changed since it was shown"):
        take_proposal(paper, outcome="talk", by=make.officer())

    paper.refresh_from_db()
    assert paper.state == "submitted"
    assert TrackProposal.objects.get().outcome == "poster"


def test_what_is_decided_or_withdrawn_is_neither_proposed_for_nor_decided_again(track):
    decided, withdrawn = track.papers.all()
    propose_outcome(decided, outcome="talk", reason="Sound.", by=track.chair)
    decide_papers(track.symposium, papers=[decided.pk], outcome="rejected", reason="Full.", by=None)
    withdraw_paper(withdrawn)

    for paper in (decided, withdrawn):
        with pytest.raises(WrongState):
            propose_outcome(paper, outcome="talk", reason="Sound.", by=track.chair)
    with pytest.raises(WrongState, match="decided already"):
        take_proposal(decided, outcome="talk", by=make.officer())
    with pytest.raises(NotGiven, match="proposed nothing"):
        take_proposal(withdrawn, outcome="talk", by=make.officer())


def test_database_refuses_a_proposal_without_outcome_or_reason(track):
    paper = track.papers.first()

    for wrong in ({"outcome": "maybe"}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.track_proposal(paper, proposed_by=track.chair, **wrong)


def test_desk_of_the_chair_says_what_waits_until_it_is_proposed(track):
    first, second = track.papers.all()

    def waiting():
        return [n.sentence for n in needs_of(track.chair) if n.key.startswith("chair:")]

    assert waiting()[0].startswith("2 abstracts of")
    propose_outcome(first, outcome="talk", reason="Sound.", by=track.chair)
    assert waiting()[0].startswith("1 abstract of")
    propose_outcome(second, outcome="talk", reason="Sound.", by=track.chair)
    assert waiting() == []


@pytest.mark.parametrize("papers", [1, 3])
def test_page_costs_the_same_for_one_abstract_and_for_three(
    sign_in, django_assert_num_queries, papers
):
    made = opened()
    make.review_round(made.activity.call)
    for number in range(papers):
        abstract(made.activity.call, title=f"Buses {number}")
    take_papers(made, by=None)
    track = made.tracks.get(code="mobility")
    track.chair = make.person()
    track.save()
    desk = sign_in(track.chair)

    with django_assert_num_queries(14):
        desk.get(at(made, "chair_papers", code="mobility"))
