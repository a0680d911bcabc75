"""The public side through the real client: no account, no script, four languages, a small page."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from karvan.foundation.messages.models import Message
from karvan.stages.blueprints import library
from karvan.stages.calls.asking import with_contact
from karvan.stages.calls.models import Application
from karvan.stages.calls.services import start_application
from tests import make
from tests.stages.calls.answers import answers, form_with, paper_question, png, team_question

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "ar", "az")


@pytest.fixture(autouse=True)
def in_english():
    """Requests leave their language active; the next test starts in English."""
    with override("en"):
        yield


def begin(client, call, language="en"):
    answer = client.post(f"/{language}/calls/{call.slug}/apply/", follow=True)
    return Application.objects.get(call=call), answer


def own(application, name="application", **more):
    return reverse(f"calls:{name}", kwargs={"token": application.token, **more})


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_are_listed_and_shown_in_every_language(client, language):
    call = make.call()
    make.call(state="draft", slug="not-yet")

    listed = client.get(f"/{language}/calls/").content.decode()
    shown = client.get(f"/{language}/calls/{call.slug}/").content.decode()

    assert call.titles[language] in listed
    assert "not-yet" not in listed
    assert make.texts("Do you live here?")[language] in shown
    assert f'lang="{language}"' in shown
    assert client.get(f"/{language}/calls/not-yet/").status_code == 404


def test_eligibility_stands_before_everything_else(client):
    shown = client.get(f"/en/calls/{make.call().slug}/").content.decode()

    assert shown.index("Who may apply") < shown.index("When and where")


def test_whole_way_without_account_or_script(client):
    call = make.call(form=form_with(paper_question()))
    draft, page = begin(client, call, "az")
    typed = answers(email="way@example.org")

    client.post(own(draft), {"motivation": "First thoughts", "save": "1"}, follow=True)
    resumed = client.get(own(draft)).content.decode()
    sent = client.post(own(draft), {**typed, "paper": png(), "send": "1"}, follow=True)

    draft.refresh_from_db()
    assert "First thoughts" in resumed
    assert sent.redirect_chain[-1][0] == own(draft)
    assert draft.number in sent.content.decode()
    assert draft.language == "az"
    given = client.get(own(draft, "own_file", question="paper"))
    assert (b"".join(given.streaming_content)[:4], given["Content-Type"]) == (
        b"\x89PNG",
        "image/png",
    )
    assert client.get(f"/az/calls/{call.slug}/").content.decode().count(draft.token) == 1


def test_language_is_that_of_the_page_it_was_sent_from(client):
    draft, _page = begin(client, make.call(), "fr")

    client.post(f"/ar/applications/{draft.token}/", {**answers(), "send": "1"})

    draft.refresh_from_db()
    assert draft.language == "ar"
    assert Message.objects.get(kind="calls/receipt").language == "ar"


def test_errors_keep_what_was_typed_and_lead_to_the_field(client):
    draft, _page = begin(client, make.call())

    answer = client.post(own(draft), {**answers(sex="", motivation="Mine"), "send": "1"})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#q-sex"' in shown
    assert "Mine" in shown


def test_deadline_passing_while_the_page_is_open_keeps_and_shows_everything(client):
    call = make.call()
    draft, _page = begin(client, call)
    call.advertised_deadline = call.closes_at = timezone.now() - timedelta(seconds=1)
    call.save()

    answer = client.post(own(draft), {**answers(motivation="In the last minute"), "send": "1"})

    shown = answer.content.decode()
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert "The deadline passed while the page was open" in shown
    assert "In the last minute" in shown
    assert draft.answers["motivation"] == "In the last minute"
    assert "Send my application" not in shown


def test_between_the_deadlines_the_page_says_until_when(client):
    now = timezone.now()
    call = make.call(
        advertised_deadline=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )
    draft, page = begin(client, call)

    assert "applications are still taken until" in page.content.decode()
    client.post(own(draft), {**answers(), "send": "1"})
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_autosave_answers_with_the_time_and_says_no_after_sending(client):
    draft, _page = begin(client, make.call())

    saved = client.post(own(draft, "save"), {"motivation": "Typed"})
    draft.refresh_from_db()
    assert (saved.status_code, draft.answers["motivation"]) == (200, "Typed")
    assert saved.json()["saved_at"]

    client.post(own(draft), {**answers(), "send": "1"})
    assert client.post(own(draft, "save"), {"motivation": "Late"}).status_code == 409


def test_one_more_member_can_be_added_without_script(client):
    draft, _page = begin(client, make.call(form=form_with(team_question())))

    posted = {"members-0-full_name": "Leyla", "motivation": "Kept", "add:members": "1"}
    shown = client.post(own(draft), posted).content.decode()

    draft.refresh_from_db()
    assert 'name="members-1-full_name"' in shown
    assert draft.answers["members"] == [{"full_name": "Leyla"}]
    assert draft.state == "draft"


def test_file_of_thirty_megabytes_is_refused_and_the_answers_kept(client):
    draft, _page = begin(client, make.call(form=form_with(paper_question())))
    huge = SimpleUploadedFile("paper.png", b"\x89PNG\r\n\x1a\n" + b"0" * (30 * 1024 * 1024))

    answer = client.post(own(draft), {**answers(motivation="Mine"), "paper": huge, "send": "1"})

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "the most we take" in answer.content.decode()
    assert draft.answers["motivation"] == "Mine"
    assert draft.files.count() == 0


def test_withdrawing_from_the_page(client):
    draft, _page = begin(client, make.call())
    client.post(own(draft), {**answers(), "send": "1"})

    client.post(own(draft, "withdraw"))

    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert "Withdrawn" in client.get(own(draft)).content.decode()


def test_link_can_be_mailed_and_a_wrong_address_changes_nothing(client):
    draft, _page = begin(client, make.call())

    client.post(own(draft, "mail_link"), {"email": "nonsense"})
    assert Message.objects.count() == 0
    client.post(own(draft, "mail_link"), {"email": "me@example.org"})

    assert draft.token in Message.objects.get().body


def test_secret_pages_leave_no_trace_elsewhere(client):
    draft, page = begin(client, make.call())

    for answer in (page, client.get(own(draft)), client.post(own(draft, "save"), {})):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]


def test_unreferred_post_of_a_browser_is_taken_and_begin_is_protected():
    strict = Client(enforce_csrf_checks=True)
    call = make.call()
    draft = start_application(call, language="en")

    sent = strict.post(own(draft), {**answers(), "send": "1"}, headers={"origin": "null"})

    assert sent.status_code == 302
    assert strict.post(f"/en/calls/{call.slug}/apply/").status_code == 403


def test_cookie_that_was_tampered_with_leads_nowhere(client):
    call = make.call()
    draft, _page = begin(client, call)
    client.cookies[f"application-{call.pk}"] = f"{draft.token}:forged"

    assert draft.token not in client.get(f"/en/calls/{call.slug}/").content.decode()


def test_stranger_without_the_address_gets_nothing(client):
    assert client.get("/en/applications/" + "x" * 43 + "/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_apply_page_costs_at_most_30_kib_and_six_requests(client, language):
    form = library.data("TVP")["activities"][0]["form"]
    draft, page = begin(client, make.call(form=with_contact(form)), language)

    loaded = re.findall(r'(?:src|href)="(/static/[^"#]+)', page.content.decode())
    parts = [page.content]
    for address in dict.fromkeys([*loaded, "/static/ui/marks.svg"]):
        parts.append(Path(finders.find(address.removeprefix("/static/"))).read_bytes())

    assert len(parts) <= 6
    assert sum(len(gzip.compress(part)) for part in parts) <= 30 * 1024
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.content.decode())
