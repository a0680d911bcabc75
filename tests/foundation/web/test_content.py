"""A call can be read in a language the interface does not speak; the page around it stays."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from karvan.foundation.texts import (
    content_in,
    content_language,
    direction_of,
    in_language,
    language_name,
    language_of,
)
from karvan.stages.calls.services import start_application
from tests import make

WORDS = {"en": "Sex", "fr": "Sexe", "kk": "Жынысы", "ur": "جنس"}


def test_content_comes_in_its_own_language_where_it_has_it():
    with override("en"), content_in("kk"):
        assert in_language(WORDS) == "Жынысы"
        assert language_of(WORDS) == "kk"
        assert in_language({"en": "Only English"}) == "Only English"
    assert in_language(WORDS, "en") == "Sex"
    assert content_language() == ""


def test_letters_in_another_language_are_not_touched_by_it():
    with override("en"), content_in("kk"), override("fr"):
        assert in_language(WORDS) == "Sexe"


def test_languages_are_named_as_they_name_themselves():
    assert [language_name(code) for code in ("kk", "az", "xq")] == [
        "Қазақ тілі",
        "Azərbaycanca",
        "xq",
    ]
    assert (direction_of("ur"), direction_of("kk")) == ("rtl", "ltr")


@pytest.fixture
def call(db):
    call = make.call()
    edition = call.activity.edition
    edition.languages = ["kk", "en"]
    edition.save()
    call.titles = {**call.titles, "kk": "Лагерь"}
    call.form["sections"][0]["title"] = {"en": "About you", "kk": "Сіз туралы"}
    call.save()
    return call


def test_call_is_read_in_the_language_chosen_and_the_choice_is_kept(client, call):
    address = reverse("calls:call", args=[call.slug])

    plain = client.get(address)
    chosen = client.get(address, {"content": "kk"})
    kept = client.get(address)

    assert 'href="?content=kk"' in plain.text
    assert "Лагерь" not in plain.text
    assert 'lang="kk"><bdi>Лагерь' in chosen.text
    assert "Лагерь" in kept.text
    assert "Deadline" in kept.text
    assert "Лагерь" not in client.get(address, {"content": ""}).text
    assert "Лагерь" not in client.get(address).text


def test_form_is_asked_in_it_too_and_the_desk_is_not(client, call):
    own = start_application(call, language="en")
    client.cookies["content"] = "kk"

    form = client.get(reverse("calls:application", args=[own.token]))
    client.force_login(make.officer())
    desk = client.get(reverse("editions:edition", args=[call.activity.edition.slug]))

    assert "Сіз туралы" in form.text
    assert "Лагерь" not in desk.text


@pytest.mark.parametrize("wrong", ["../../etc", "<script>", "k" * 400, "en", "KK"])
def test_what_is_no_language_is_passed_over(client, call, wrong):
    answer = client.get(reverse("calls:call", args=[call.slug]), {"content": wrong})

    assert answer.status_code == 200
    assert answer.cookies["content"].value == ""
    assert "Лагерь" not in answer.text
