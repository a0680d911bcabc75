"""The committee's screens: begin, take in, decide in bulk with a preview; an author's own page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from karvan.stages.calls.services import move_deadline
from karvan.stages.convening.models import Paper, Symposium
from karvan.stages.convening.services.symposium_deciding import decide_papers, tell_authors
from karvan.stages.convening.services.symposium_papers import take_papers
from karvan.stages.reviews.services import prepare_round
from tests import make

from .symposium_world import abstract, call, opened

pytestmark = pytest.mark.django_db


def page(name, activity, *more):
    return reverse(f"convening:{name}", args=[activity.edition.slug, activity.code, *more])


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def taken(*titles):
    symposium = opened()
    for title in titles:
        abstract(symposium.activity.call, title=title)
    take_papers(symposium, by=None)
    return symposium


def marked(symposium, *totals):
    """One read of each paper, in their order, with this total."""
    reader = make.reviewer(prepare_round(symposium.activity.call, by=None))
    for paper, total in zip(symposium.papers.order_by("number"), totals, strict=True):
        assignment = make.assignment(reader, application=paper.application)
        marks = {"ORIGINALITY": 2, "SIGNIFICANCE": 2, "PRESENTATION": 2}
        review = make.review(assignment, marks=marks)
        review.total = total
        review.save()


def test_a_symposium_is_begun_from_its_edition_and_takes_in_abstracts(client, officer):
    to = call()
    abstract(to)
    listed = client.get(reverse("convening:edition", args=[to.activity.edition.slug]))

    client.post(page("open_symposium", to.activity))
    client.post(page("take_papers", to.activity))
    record = client.get(page("symposium", to.activity)).content.decode()

    assert "Begin the symposium" in listed.content.decode()
    assert Symposium.objects.get().tracks.count() == 4
    assert "1 in all, 0 accepted, 1 undecided" in record
    assert "Mobility and public space" in record


@pytest.mark.parametrize("many", [1, 3])
def test_the_register_costs_the_same_for_one_paper_and_three(
    client, officer, many, django_assert_num_queries
):
    symposium = taken(*(f"Paper {n}" for n in range(many)))

    with django_assert_num_queries(18):
        answer = client.get(page("papers", symposium.activity))

    assert answer.content.decode().count("Paper ") >= many


def test_many_are_accepted_at_once_and_a_refusal_asks_for_the_reason(client, officer):
    symposium = taken("One", "Two", "Three")
    one, two, three = symposium.papers.order_by("number")

    client.post(page("decide_papers", symposium.activity, "talk"), {"chosen": [one.pk, two.pk]})
    asked = client.post(
        page("decide_papers", symposium.activity, "rejected"), {"chosen": [three.pk]}
    )
    assert (asked.status_code, Paper.objects.get(pk=three.pk).state) == (422, "submitted")
    client.post(
        page("decide_papers", symposium.activity, "rejected"),
        {"chosen": [three.pk], "reason": "Known already."},
    )

    assert list(symposium.papers.order_by("number").values_list("state", flat=True)) == [
        "talk", "talk", "rejected",
    ]  # fmt: skip


def test_deciding_by_rank_shows_first_and_does_what_was_shown(client, officer):
    symposium = taken("Low", "High")
    marked(symposium, 3000, 9000)
    path = page("rank_papers", symposium.activity)

    shown = client.get(path, {"talks": 1, "posters": 0})
    key = shown.context["plan"].key
    refused = client.post(path, {"talks": 1, "posters": 0, "key": key})
    assert (
        refused.status_code == 422 and "Say why papers are not accepted" in refused.content.decode()
    )
    assert symposium.papers.filter(state="submitted").count() == 2
    client.post(path, {"talks": 1, "posters": 0, "key": key, "reason": "Too few places."})

    assert dict(symposium.papers.values_list("number", "state")) == {1: "rejected", 2: "talk"}


def test_one_paper_is_decided_on_its_page_and_a_missing_reason_keeps_what_was_typed(
    client, officer
):
    symposium = taken("One")
    path = page("decide_paper", symposium.activity, 1)

    refused = client.post(path, {"outcome": "rejected", "reason": ""})
    client.post(path, {"outcome": "poster", "reason": "A fine picture."})

    assert refused.status_code == 422
    assert Paper.objects.get().state_reason == "A fine picture."
    assert client.get(page("paper", symposium.activity, 1)).status_code == 200


def test_an_author_is_corrected_and_a_wrong_orcid_is_kept_in_the_form(client, officer):
    symposium = taken("One")
    path = page("paper_author", symposium.activity, 1, 2)

    refused = client.post(path, {"name": "Youssef", "orcid": "0000-0002-1825-0098"})
    client.post(path, {"name": "Youssef", "orcid": "0000-0002-1825-0097"})
    client.post(page("paper_presenter", symposium.activity, 1, 2))

    assert refused.status_code == 422 and "0000-0002-1825-0098" in refused.content.decode()
    assert Paper.objects.get().authors.get(is_presenter=True).name == "Youssef"


def test_settings_and_tracks_are_changed_by_forms(client, officer):
    symposium = opened()
    path = page("symposium_settings", symposium.activity)
    good = {"talk_minutes": 15, "session_minutes": 90, "parallel": 3, "wishes_until": "2026-09-01T12:00"}  # fmt: skip

    refused = client.post(path, {**good, "session_minutes": 10})
    client.post(path, good)
    client.post(page("symposium_track", symposium.activity, "mobility"), {"names_en": "Moving"})

    symposium.refresh_from_db()
    assert refused.status_code == 422
    assert (symposium.talk_minutes, symposium.wishes_until.isoformat()) == (15, "2026-09-01T11:00:00+00:00")  # fmt: skip
    assert str(symposium.tracks.get(code="mobility")) == "Moving"


def test_an_author_sees_the_decision_only_once_told_and_takes_the_paper_back(client):
    symposium = taken("One")
    paper = symposium.papers.get()
    path = reverse("convening:own_paper", args=[paper.application.token])
    decide_papers(symposium, papers=[paper.pk], outcome="talk", by=None)

    before = client.get(path).content.decode()
    tell_authors(symposium, by=None)
    after = client.get(path).content.decode()
    client.post(reverse("convening:withdraw_own_paper", args=[paper.application.token]))

    assert "Being read" in before and "Accepted as a talk" not in before
    assert "Accepted as a talk" in after
    assert symposium.papers.get().state == "withdrawn"
    assert client.get(reverse("convening:own_paper", args=["nobody"])).status_code == 404


def test_the_public_call_keeps_both_dates_when_its_deadline_moves(client):
    to = call()
    first = to.advertised_deadline
    move_deadline(to, advertised_deadline=first + timedelta(days=7), reason="Holidays.", by=None)

    said = client.get(reverse("calls:call", args=[to.slug])).content.decode()

    assert said.count("<time") >= 4
    assert first.date().isoformat() in said and "Holidays." in said
    assert "Begin your abstract" in said


@pytest.mark.parametrize("name", ["symposium", "papers", "programme_room"])
def test_pages_open_in_arabic_and_not_for_strangers(client, name):
    symposium = taken("One")
    path = page(name, symposium.activity).replace("/en/", "/ar/")
    client.force_login(make.person())
    assert client.get(path).status_code == 404
    client.force_login(make.officer())

    assert 'dir="rtl"' in client.get(path).content.decode()
