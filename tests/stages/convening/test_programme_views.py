"""The programme as people read it: public pages, wishes, files for apps, badges, the chair's sheet."""

from __future__ import annotations

import io
import json

import jsonschema
import pytest
from django.urls import reverse
from icalendar import Calendar
from lxml import etree
from pikepdf import Pdf

from karvan.stages.convening.models import Wish
from karvan.stages.convening.services.programme_laying import lay_out_programme
from karvan.stages.convening.services.programme_sessions import add_session, make_sessions
from karvan.stages.convening.services.symposium_deciding import withdraw_paper
from karvan.stages.timetables.services import build_timetable, publish_timetable
from tests import make
from tests.shared import shared_path

from .symposium_world import attendee, opened, talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """A published programme of eight talks, a poster and a keynote; its symposium and papers."""
    symposium = opened()
    papers = talks(symposium, 8, keywords=["towns"])
    make.paper(symposium, state="poster", track=symposium.tracks.first())
    make_sessions(symposium, by=None)
    speaker = make.person("Nadia Berrada")
    add_session(symposium, titles={"en": "Keynote"}, kind="keynote", speaker=speaker, by=None)
    lay_out_programme(symposium, by=None)
    publish_timetable(build_timetable(symposium.activity, by=None), by=None)
    return symposium, [symposium.papers.get(pk=one.pk) for one in papers]


def page(name, symposium, *more):
    place = [symposium.activity.edition.slug, symposium.activity.code]
    return reverse(f"convening:{name}", args=[*place, *more])


def text(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_nobody_sees_a_programme_before_it_is_published(client):
    symposium = opened()
    talks(symposium, 1)
    make_sessions(symposium, by=None)

    for name in ("programme", "programme_xml", "programme_json", "programme_calendar"):
        assert client.get(page(name, symposium)).status_code == 404


def test_everybody_reads_the_published_programme_and_its_papers(client, held):
    symposium, papers = held

    said = text(client, page("programme", symposium))
    one = text(client, page("programme_paper", symposium, papers[0].number))

    assert all(f"Paper {paper.number}" in said for paper in papers)
    assert "Nadia Berrada" in said and "Presenter 0" in said and "Keynote" in said
    assert "What was found." in one and "towns" in one and "Room" in one


def test_the_public_page_costs_the_same_for_more_papers(client, held, django_assert_num_queries):
    symposium, _papers = held
    with django_assert_num_queries(7):
        client.get(page("programme", symposium))
    symposium.papers.filter(state="talk").update(session=None)
    with django_assert_num_queries(7):
        client.get(page("programme", symposium))


def test_a_withdrawn_paper_is_shown_as_such_and_not_given_to_apps(client, held):
    symposium, papers = held
    withdraw_paper(papers[0], by=None)
    client.force_login(make.officer())

    assert "withdrawn" in text(client, page("programme", symposium))
    assert "was withdrawn by its authors" in text(client, page("programme_paper", symposium, 1))
    assert "Withdrawn papers still stand" in text(client, page("programme_room", symposium))
    assert "Paper 1<" not in text(client, page("programme_xml", symposium))


def test_an_undecided_paper_has_no_public_page(client, held):
    symposium, _papers = held
    hidden = make.paper(symposium)

    assert client.get(page("programme_paper", symposium, hidden.number)).status_code == 404


def test_apps_get_every_paper_valid_by_both_schemas(client, held):
    symposium, papers = held
    xsd = etree.XMLSchema(etree.parse(shared_path("schemas/schedule.xml.xsd")))
    schema = json.loads(shared_path("schemas/schedule.schema.json").read_text("utf-8"))

    tree = etree.fromstring(client.get(page("programme_xml", symposium)).content)
    document = json.loads(client.get(page("programme_json", symposium)).content)

    xsd.assertValid(tree)
    jsonschema.Draft6Validator(
        schema, format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER
    ).validate(document)
    events = {event.findtext("title"): event for event in tree.iter("event")}
    for paper in papers:
        event = events[f"Paper {paper.number}"]
        assert event.findtext("abstract") == "What was found."
        assert event.findtext("track") == str(paper.track)
        assert event.findtext("language") == "en"
        assert event.findtext("duration") == "00:20"
        assert [p.text for p in event.iter("person")] == [a.name for a in paper.authors.all()]
        assert event.findtext("url").endswith(f"/papers/{paper.number}/")


def test_papers_of_a_session_follow_each_other_in_its_room(client, held):
    symposium, papers = held
    tree = etree.fromstring(client.get(page("programme_xml", symposium)).content)
    events = {event.findtext("title"): event for event in tree.iter("event")}
    session = papers[0].session

    first, second = (events[str(p)] for p in session.papers.order_by("position"))

    assert first.findtext("room") == second.findtext("room")
    minutes = [int(e.findtext("start")[:2]) * 60 + int(e.findtext("start")[3:]) for e in (first, second)]  # fmt: skip
    assert minutes[1] - minutes[0] == 20


def test_calendars_get_each_session_with_its_papers(client, held):
    symposium, papers = held

    calendar = Calendar.from_ical(client.get(page("programme_calendar", symposium)).content)

    events = list(calendar.walk("VEVENT"))
    assert len(events) == symposium.sessions.count()
    told = " ".join(str(event.get("description", "")) for event in events)
    assert all(f"{paper} (" in told for paper in papers)


def test_wishes_are_kept_on_a_plain_form_and_shown_with_clashes(client, held):
    symposium, papers = held
    enrolment = make.enrolment(symposium.activity)
    client.force_login(enrolment.person)

    answer = client.post(page("wishes", symposium), {"papers": [one.pk for one in papers]})

    assert answer.status_code == 302
    assert Wish.objects.filter(enrolment=enrolment).count() == 8
    mine = text(client, page("my_programme", symposium))
    assert all(f"Paper {paper.number}" in mine for paper in papers)
    assert "checked" in text(client, page("wishes", symposium))


def test_a_wish_for_what_is_not_offered_is_refused_and_nothing_is_lost(client, held):
    symposium, papers = held
    enrolment = attendee(symposium, papers[0])
    client.force_login(enrolment.person)

    answer = client.post(page("wishes", symposium), {"papers": [papers[1].pk, 10**9]})

    assert answer.status_code == 422
    assert f'value="{papers[1].pk}" checked' in answer.content.decode()
    assert Wish.objects.get().paper == papers[0]


def test_badges_are_a_tagged_pdf_with_one_for_each_person(client, held):
    symposium, _papers = held
    attendee(symposium)
    arabic = make.person("Layla Amrani", names={"Arab": "ليلى العمراني"})
    make.enrolment(symposium.activity, person=arabic)
    client.force_login(make.officer())

    answer = client.get(page("badges", symposium))

    pdf = Pdf.open(io.BytesIO(answer.content))
    assert answer["Content-Type"] == "application/pdf"
    assert "/StructTreeRoot" in pdf.Root
    assert len(pdf.pages) == 2  # eight who present, one who speaks, two who attend


def test_the_chair_has_a_sheet_and_nobody_else_of_the_cohort(client, held):
    symposium, papers = held
    chair, session = make.person(), papers[0].session
    session.chair = chair
    session.save()
    client.force_login(chair)

    sheet = text(client, page("chair_sheet", symposium, session.code))

    assert "Presenter 0" in sheet and "Helper 0" in sheet
    client.post(
        page("say_presented", symposium, session.code, papers[0].number), {"presented": "yes"}
    )
    assert symposium.papers.get(pk=papers[0].pk).presented is True
    client.force_login(make.enrolment(symposium.activity).person)
    assert client.get(page("chair_sheet", symposium, session.code)).status_code == 404


def test_papers_are_moved_from_the_room_without_scripts(client, held):
    symposium, papers = held
    client.force_login(make.officer())
    last = papers[0].session.papers.order_by("position").last()

    client.post(page("shift_paper", symposium, last.number), {"step": "-1"})
    client.post(page("place_paper", symposium, papers[1].number), {"session": ""})
    refused = client.post(
        page("place_paper", symposium, papers[2].number),
        {"session": symposium.sessions.get(kind="posters").pk},
        follow=True,
    )

    assert papers[0].session.papers.order_by("position").first() == last
    assert symposium.papers.get(pk=papers[1].pk).session is None
    assert "is of another kind" in refused.content.decode()


def test_a_session_is_added_changed_and_dropped_by_forms(client):
    symposium = opened()
    client.force_login(make.officer())

    wrong = client.post(page("new_programme_session", symposium), {"kind": "panel"})
    client.post(
        page("new_programme_session", symposium),
        {"kind": "panel", "titles_en": "Mayors", "speaker_name": "Nadia Berrada"},
    )
    made = symposium.sessions.get()
    client.post(
        page("programme_session", symposium, made.code), {"titles_en": "Mayors", "day": "2"}
    )

    assert wrong.status_code == 422
    assert symposium.sessions.get().day == 2
    assert made.speaker.full_name == "Nadia Berrada"
    client.post(page("drop_programme_session", symposium, made.code))
    assert not symposium.sessions.exists()


def test_the_room_counts_clashes_of_each_version(client, held):
    symposium, papers = held
    attendee(symposium, papers[0], papers[1])
    client.force_login(make.officer())

    said = text(client, page("programme_room", symposium))

    assert "Version 1" in said and "Without asking" in said
    assert "1 person wishes to hear talks." in said
