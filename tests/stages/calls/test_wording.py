"""A call for abstracts says "abstract" wherever a call for applications says "application"."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from karvan.foundation.messages.models import Message
from karvan.stages.calls.errors import AlreadySent, NotADraft, ReasonMissing
from karvan.stages.calls.models import Application, Call
from karvan.stages.calls.services import (
    cancel_call,
    mail_link,
    remind_draft,
    save_draft,
    start_application,
    submit_application,
    withdraw_application,
)
from karvan.stages.calls.wording import OF_ABSTRACTS, PLURALS, takes_abstracts, worded
from tests import make
from tests.stages.calls.answers import answers
from tests.stages.calls.said import ABSTRACT, leftovers, letter, words

pytestmark = pytest.mark.django_db
KARVAN = Path(__file__).parents[3] / "karvan"
LANGUAGES = tuple(ABSTRACT)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def call_of(format: str, **fields) -> Call:
    return make.call(make.activity(format=format), **fields)


def own(language: str, application: Application) -> str:
    with override(language):
        return reverse("calls:application", kwargs={"token": application.token})


def public_pages(client: Client, call: Call, language: str) -> dict[str, str]:
    """Every page of whoever sends: the call, the draft, the receipt, and after taking it back."""
    draft = start_application(call, language=language)
    page = f"/{language}/calls/{call.slug}/"
    pages = {"call": client.get(page), "draft": client.get(own(language, draft))}
    client.post(f"{page}apply/")
    pages["call again"] = client.get(page)
    sent = submit_application(draft, raw=answers(), language=language)
    pages["receipt"] = client.get(own(language, sent))
    with override(language):
        withdraw = reverse("calls:withdraw", kwargs={"token": sent.token})
    pages["withdrawn"] = client.post(withdraw, follow=True)
    refused = submit_application(
        start_application(call, language=language), raw=answers(resident="no"), language=language
    )
    pages["not eligible"] = client.get(own(language, refused))
    late = start_application(call, language=language)
    Call.objects.filter(pk=call.pk).update(advertised_deadline=timezone.now() - timedelta(hours=1))
    pages["past the deadline"] = client.get(page)
    pages["draft past the deadline"] = client.get(own(language, late))
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    pages["closed"] = client.get(page)
    pages["draft when closed"] = client.get(own(language, late))
    Call.objects.filter(pk=call.pk).update(state="cancelled")
    pages["cancelled"] = client.get(page)
    return {name: words(answer.content.decode()) for name, answer in pages.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_sends_an_abstract_reads_of_abstracts_only(client, language):
    pages = public_pages(client, call_of("symposium"), language)

    assert {name: leftovers(text, language) for name, text in pages.items()} == {
        name: [] for name in pages
    }
    for name in ("call", "draft", "receipt", "withdrawn", "not eligible", "draft when closed"):
        assert ABSTRACT[language] in pages[name].lower(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_applies_reads_of_applications_only(client, language):
    pages = public_pages(client, call_of("bootcamp"), language)

    assert [name for name, text in pages.items() if ABSTRACT[language] in text.lower()] == []
    for name in ("call", "draft", "receipt", "withdrawn", "not eligible", "draft when closed"):
        assert leftovers(pages[name], language), name


def letters(call: Call, language: str) -> dict[str, str]:
    """Every letter that whoever sends may get, as it is read."""
    officer = make.officer()
    draft = start_application(call, language=language, email="a@example.org")
    mail_link(draft, email="a@example.org")
    remind_draft(draft)
    submit_application(
        start_application(call, language=language),
        raw=answers(email="b@example.org", resident="no"),
        language=language,
    )
    cancel_call(call, reason="Moved", by=officer)
    return {m.kind: letter(m) for m in Message.objects.filter(language=language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_about_an_abstract_call_it_so(language):
    written = letters(call_of("symposium"), language)

    assert set(written) == {"calls/link", "calls/reminder", "calls/receipt", "calls/cancelled"}
    assert {kind: leftovers(text, language) for kind, text in written.items()} == dict.fromkeys(
        written, []
    )
    assert [kind for kind, text in written.items() if ABSTRACT[language] not in text.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_about_an_application_call_it_so(language):
    written = letters(call_of("bootcamp"), language)

    assert [kind for kind, text in written.items() if not leftovers(text, language)] == []
    assert [kind for kind, text in written.items() if ABSTRACT[language] in text.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_officer_reads_of_abstracts_in_list_record_and_duplicates(sign_in, language):
    desk, call = sign_in(make.officer()), call_of("symposium")
    place = {"edition": call.activity.edition.slug, "activity": call.activity.code}
    names = ("record", "applications", "duplicates", "imports")
    with override(language):
        empty = reverse("calls:applications", kwargs=place)
        first = words(desk.get(empty).content.decode())
        sent = submit_application(start_application(call, language=language), raw=answers())
        urls = {name: reverse(f"calls:{name}", kwargs=place) for name in names}
        urls["one"] = reverse("calls:application_record", kwargs={**place, "number": sent.number})
    pages = {name: words(desk.get(url).content.decode()) for name, url in urls.items()}

    assert leftovers(first, language) == []
    assert {name: leftovers(text, language) for name, text in pages.items()} == {
        name: [] for name in pages
    }


def test_officer_of_a_call_without_a_draft_reads_who_may_send_abstracts(sign_in):
    activity = make.activity(format="symposium")
    desk = sign_in(make.officer())
    place = {"edition": activity.edition.slug, "activity": activity.code}

    shown = words(desk.get(reverse("calls:record", kwargs=place)).content.decode())

    assert "A call says who may send an abstract" in shown


def test_what_is_refused_is_refused_in_the_words_of_the_call():
    call = call_of("symposium")
    first = submit_application(start_application(call, language="en"), raw=answers(email="a@b.org"))

    with pytest.raises(AlreadySent, match="An abstract with this e-mail address"):
        submit_application(start_application(call, language="en"), raw=answers(email="a@b.org"))
    with pytest.raises(NotADraft, match="This abstract was sent already"):
        save_draft(first, raw={})
    with pytest.raises(NotADraft, match=f"This abstract was sent already as {first.number}"):
        submit_application(first, raw=answers(email="a@b.org", motivation="Another"))
    with pytest.raises(ReasonMissing, match="that authors may read"):
        cancel_call(call, reason="", by=None)
    withdraw_application(first)
    with pytest.raises(NotADraft, match="This abstract was withdrawn already"):
        withdraw_application(first)


def test_a_box_that_must_be_ticked_says_what_cannot_be_sent_without_it(client):
    form = make.small_form()
    consent = {"key": "consent", "type": "consent", "required": True, "label": make.texts("Yes")}
    form["sections"][0]["questions"].append(consent)
    said = {}
    for format in ("symposium", "bootcamp"):
        draft = start_application(call_of(format, form=form), language="en")
        answer = client.post(own("en", draft), {**answers(), "send": "1"})
        said[format] = re.findall(r"without it your (\w+)", answer.content.decode())

    assert set(said["symposium"]) == {"abstract"}
    assert set(said["bootcamp"]) == {"application"}


def test_the_address_is_asked_to_write_about_what_was_sent(client):
    shown = {
        format: client.get(own("en", start_application(call_of(format), language="en")))
        for format in ("symposium", "bootcamp")
    }

    assert "To write to you about your abstract." in shown["symposium"].content.decode()
    assert "To write to you about your application." in shown["bootcamp"].content.decode()


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 abstract waits for you to read it."),
        ("en", 2, "2 abstracts wait for you to read them."),
        ("fr", 2, "2 résumés attendent votre lecture."),
        ("ar", 2, "ملخصان بانتظار قراءتك."),
        ("ar", 3, "3 ملخصات بانتظار قراءتك."),
        ("ar", 11, "11 ملخصا بانتظار قراءتك."),
        ("az", 5, "5 tezis sizin oxumağınızı gözləyir."),
    ],
)
def test_numbers_of_abstracts_are_inflected(language, number, said):
    with override(language):
        text = worded(
            True, "%(count)s application waits for you to read it.", number=number, count=number
        )

    assert text == said


@pytest.mark.parametrize("is_abstract", [True, False])
def test_sentence_that_nobody_put_into_words_is_refused(is_abstract):
    with pytest.raises(KeyError):
        worded(is_abstract, "An application that nobody wrote down")


def test_tag_needs_an_activity_and_escapes_what_is_put_in():
    tag = Template("{% load calls %}{% worded of 'Your application: %(call)s' call=name %}")

    assert tag.render(Context({"of": True, "name": "<b>"})) == "Your abstract: &lt;b&gt;"
    with pytest.raises(TypeError, match="whose words"):
        tag.render(Context({"name": "x"}))


def used_sentences() -> set[str]:
    """What pages, letters and code say by ``worded``."""
    found = set()
    for path in [*KARVAN.rglob("templates/**/*.html"), *KARVAN.rglob("templates/**/*.txt")]:
        for _quote, text in re.findall(r"""\{% worded \S+ (["'])(.*?)\1""", path.read_text()):
            found.add(text)
    for path in KARVAN.rglob("*.py"):
        if "migrations" in path.parts or "worded(" not in (text := path.read_text()):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "worded":
                given = node.args[1]
                if isinstance(given, ast.Constant):
                    found.add(given.value)
    return found


def test_every_sentence_by_kind_has_its_other_and_every_other_is_used():
    from_names = {"Draft", "Submitted", "Not eligible", "Withdrawn"}  # calls.states
    unticked = {"Tick this box to go on; without it your application cannot be sent."}
    known = set(OF_ABSTRACTS) | set(PLURALS)

    assert used_sentences() - known == set()
    assert known - used_sentences() - from_names - unticked == set()


def test_an_activity_says_by_its_format_what_people_send():
    assert takes_abstracts(make.activity(format="symposium"))
    assert not takes_abstracts(make.activity(format="bootcamp"))
