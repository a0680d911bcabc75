"""Abstracts are asked for, checked, and become papers with authors in order."""

from __future__ import annotations

import pytest
from django.utils import translation

from karvan.foundation.forms.orcid import check_sign, orcid_of
from karvan.foundation.records.models import Record
from karvan.stages.calls.errors import AnswersIncomplete
from karvan.stages.calls.services import submit_application, withdraw_application
from karvan.stages.convening.errors import NotGiven, WrongState
from karvan.stages.convening.models import Paper
from karvan.stages.convening.queries.symposium_marks import doubts_of, papers_of
from karvan.stages.convening.services.symposium_opening import (
    change_track,
    open_symposium,
    set_up_symposium,
)
from karvan.stages.convening.services.symposium_papers import (
    change_author,
    choose_presenter,
    take_papers,
)
from tests import make

from .symposium_world import VALID_ORCID, abstract, activity, answers, author, call, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refused(**changed):
    """The errors of an abstract that is sent with these answers, by question."""
    draft = make.application(call())
    with pytest.raises(AnswersIncomplete) as broken:
        submit_application(draft, raw={"full_name": "Aysel", "email": "a@example.org", **answers(**changed)})  # fmt: skip
    draft.refresh_from_db()
    assert draft.state == "draft"
    return broken.value.errors, draft


def test_an_abstract_over_the_word_limit_is_refused_and_kept():
    errors, draft = refused(abstract="word " * 251)

    assert errors == {"abstract": "Write at most 250 words; there are 251."}
    assert draft.answers["abstract"].count("word") == 251


def test_two_presenters_are_refused_in_words():
    errors, _draft = refused(authors=[author(presents="yes"), author("Omar", presents="yes")])

    assert errors == {"authors": "Just one row answers yes to “Presents the paper”; there are 2."}


def test_an_author_named_twice_is_refused_however_spelt():
    errors, _draft = refused(authors=[author(presents="yes"), author("aysel KARIMLI")])

    assert errors["authors"].startswith("Rows 1 and 2 give the same")


def test_an_orcid_with_a_wrong_check_sign_is_refused():
    errors, _draft = refused(authors=[author(presents="yes", orcid="0000-0002-1825-0098")])

    assert "last one checks the others" in errors["authors-0-orcid"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (VALID_ORCID, VALID_ORCID),
        ("https://orcid.org/0000000218250097", VALID_ORCID),
        ("0000-0002-9079-593x", "0000-0002-9079-593X"),
        ("0000-0002-9079-5930", ""),
        ("0000-0002-1825", ""),
        ("", ""),
    ],
)
def test_orcid_is_read_as_people_write_it(typed, written):
    assert orcid_of(typed) == written


def test_any_single_wrong_digit_is_found_by_the_check_sign():
    digits = VALID_ORCID.replace("-", "")
    for at in range(15):
        for digit in "0123456789":
            changed = digits[:at] + digit + digits[at + 1 : 15]
            assert (check_sign(changed) == digits[15]) == (digit == digits[at])


def test_a_good_abstract_is_sent_and_becomes_a_paper():
    to = call()
    sent = submit_application(
        make.application(to), raw={"full_name": "Aysel", "email": "a@example.org", **answers()}
    )
    symposium = open_symposium(to.activity, by=None)

    taken = take_papers(symposium, by=None)

    paper = Paper.objects.get()
    assert (taken.made, taken.known, taken.withdrawn) == (1, 0, 0)
    assert (paper.number, paper.application, paper.state) == (1, sent, "submitted")
    assert (paper.track.code, paper.titles) == ("mobility", {"en": "Who waits for the bus"})
    assert paper.keywords == ["buses", "waiting"]
    first, second = paper.authors.all()
    assert (first.name, first.is_presenter, first.orcid) == ("Aysel Karimli", True, VALID_ORCID)
    assert second.is_presenter is False


def test_countries_are_known_in_the_languages_people_write():
    make.country("AZ")
    symposium = opened()
    abstract(symposium.activity.call)
    take_papers(symposium, by=None)

    authors = Paper.objects.get().authors.all()

    assert [one.country_id for one in authors] == ["AZ", "MA"]


def test_taking_papers_again_changes_nothing_and_keeps_decisions():
    symposium = opened()
    abstract(symposium.activity.call)
    take_papers(symposium, by=None)
    Paper.objects.update(state="talk")
    records = Record.objects.count()

    again = take_papers(symposium, by=None)

    assert (again.made, again.known) == (0, 1)
    assert Paper.objects.get().state == "talk"
    assert Record.objects.count() == records


def test_an_abstract_taken_back_makes_its_paper_withdrawn():
    symposium = opened()
    sent = abstract(symposium.activity.call)
    take_papers(symposium, by=None)
    withdraw_application(sent)

    assert take_papers(symposium, by=None).withdrawn == 1
    assert Paper.objects.get().state == "withdrawn"


def test_what_an_import_brought_wrong_is_kept_and_named():
    symposium = opened()
    rows = [
        author(presents="yes", orcid="0000-0002-1825-0098", country="Atlantis"),
        author(presents="yes"),
    ]
    abstract(symposium.activity.call, authors=rows, track="gone")
    take_papers(symposium, by=None)

    (paper,) = papers_of(symposium)

    assert {one.kind for one in doubts_of(paper)} == {
        "repeated", "orcid", "country", "presenters", "track",
    }  # fmt: skip
    assert paper.authors.first().orcid == "0000-0002-1825-0098"
    assert paper.authors.filter(is_presenter=True).count() == 1


def test_an_activity_without_a_call_has_no_papers_yet():
    symposium = open_symposium(activity(), by=None)

    with pytest.raises(WrongState, match="no call"):
        take_papers(symposium, by=None)


def test_only_an_activity_of_this_format_becomes_a_symposium():
    with pytest.raises(WrongState, match="not a symposium"):
        open_symposium(make.activity(), by=None)


def test_opening_again_adds_no_track_twice():
    symposium = opened()

    open_symposium(symposium.activity, by=None)

    assert symposium.tracks.count() == 4


def test_a_talk_longer_than_its_session_is_refused():
    symposium = opened()

    with pytest.raises(NotGiven):
        set_up_symposium(
            symposium, talk_minutes=30, session_minutes=20, parallel=2, wishes_until=None, by=None
        )

    symposium.refresh_from_db()
    assert symposium.talk_minutes == 20


def test_a_track_gets_a_chair_and_keeps_a_name():
    track, chair = opened().tracks.first(), make.person()

    change_track(track, names={"en": "Trams"}, chair=chair, by=None)
    with pytest.raises(NotGiven):
        change_track(track, names={}, chair=None, by=None)

    track.refresh_from_db()
    assert (track.names, track.chair) == ({"en": "Trams"}, chair)


def correction(of, **changed):
    fields = {"name": of.name, "affiliation": "", "country": None, "email": "", "orcid": ""}
    return change_author(of, **{**fields, **changed}, by=None)


def test_authors_are_corrected_and_one_presents():
    first, second = make.paper(opened()).authors.all()

    correction(first, orcid="https://orcid.org/0000-0002-1825-0097", email="A@example.org")
    choose_presenter(second, by=None)

    first.refresh_from_db()
    assert (first.orcid, first.email, first.is_presenter) == (VALID_ORCID, "a@example.org", False)


@pytest.mark.parametrize("wrong", [{"orcid": "0000-0002-1825-0098"}, {"name": " "}, {"name": "Youssef Amrani"}])  # fmt: skip
def test_a_wrong_correction_changes_nothing(wrong):
    first = make.paper(opened()).authors.first()

    with pytest.raises(NotGiven):
        correction(first, **wrong)

    first.refresh_from_db()
    assert (first.name, first.orcid) == ("Aysel Karimli", "")
