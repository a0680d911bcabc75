"""The frames, the component page, the style sheets and scripts that pages load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from karvan.foundation.people.models import Person, Role
from karvan.foundation.ui import bundles, context
from karvan.foundation.ui.states import STATES

STATIC = Path(bundles.__file__).parent / "static" / "ui"
LANGUAGES = ("en", "fr", "ar", "az")


def request_for(address: str, user: object = None) -> object:
    request = RequestFactory().get(address)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_component_page_shows_in_every_language(client, settings, language):
    settings.DEMO = True

    answer = client.get(f"/{language}/ui/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert page.count('aria-current="true"') >= 1
    assert re.findall(r"<script(?![^>]*src=)[^>]*>|<style|\sstyle=|\son\w+=", page) == []


@pytest.mark.django_db
def test_the_component_page_is_not_there_on_a_live_platform(client, settings):
    settings.DEMO = settings.DEBUG = False

    assert client.get("/en/ui/").status_code == 404


def test_languages_lead_to_the_same_page_and_keep_its_question():
    with override("fr"):
        listed = context.languages_of(request_for("/fr/calls/?page=2"))

    assert [one.url for one in listed] == [f"/{code}/calls/?page=2" for code in LANGUAGES]
    assert [one.code for one in listed if one.current] == ["fr"]


def test_a_page_without_a_language_leads_to_the_front_pages():
    assert context.languages_of(request_for("/v/KV-7Q/"))[3].url == "/az/"


@pytest.mark.django_db
def test_places_depend_on_the_roles_a_person_holds():
    person = Person.objects.create(email="a@example.org", full_name="A")
    officer = Person.objects.create(email="b@example.org", full_name="B")
    Role.objects.create(person=officer, kind="officer")

    assert context.places_of(request_for("/en/")) == []
    readers_only = {"board", "agreements"}
    assert readers_only.isdisjoint(
        place.key for place in context.places_of(request_for("/en/", person))
    )
    assert "account" in {place.key for place in context.places_of(request_for("/en/", officer))}


def test_only_known_themes_reach_the_page():
    request = request_for("/en/")
    request.COOKIES["theme"] = '"><script>'
    assert context.frame(request)["theme"] == ""

    request.COOKIES["theme"] = "dark"
    assert context.frame(request)["theme"] == "dark"


@pytest.mark.parametrize("frame", ["page", "public", "desk", "room", "sheet"])
def test_every_frame_stands_without_any_context(frame):
    with override("en"):
        page = render_to_string(f"ui/{frame}.html")

    assert page.lstrip().lower().startswith("<!doctype html>")
    assert '<main id="main"' in page
    assert 'href="#main"' in page


def test_a_public_page_loads_one_style_sheet_and_no_script():
    page = render_to_string("ui/public.html")

    assert page.count('rel="stylesheet"') == 1
    assert "<script" not in page


@pytest.mark.parametrize("bundle", bundles.BUNDLES)
def test_style_sheets_are_joined_anew_after_every_change(bundle):
    assert (STATIC / bundle).read_text() == bundles.joined(bundle), "run manage.py join_styles"


def test_public_styles_and_the_autosave_script_stay_small():
    assert (STATIC / "public.css").stat().st_size <= 8_000
    scripts = (STATIC / "js" / name for name in ("autosave.js", "network.js"))
    assert sum(script.stat().st_size for script in scripts) <= 4_500


@pytest.mark.parametrize("part", sorted(bundles.DESK))
def test_styles_say_start_and_end_never_left_and_right(part):
    text = (STATIC / "css" / f"{part}.css").read_text()

    physical = r"(?:margin|padding|border)-(?:left|right)|[{;\s](?:left|right|width|height):|float:"
    assert re.findall(physical, text) == []


def test_every_state_has_its_shape_in_the_sprite():
    assert set(re.findall(r'<symbol id="(\w+)"', (STATIC / "marks.svg").read_text())) == set(STATES)
