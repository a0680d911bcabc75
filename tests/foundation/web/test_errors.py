"""Error pages: the right status, the reader's language, and no database."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path

from karvan.config import urls
from karvan.foundation.web import views
from tests import make

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def raising(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("suspicious", raising(SuspiciousOperation("no"))),
    path("large", raising(RequestDataTooBig("large"))),
    path("broken", raising(ZeroDivisionError("secret-detail"))),
    path("full-disk", raising(OSError(errno.ENOSPC, "No space left on device"))),
    path("full-database", raising(OperationalError("database or disk is full"))),
    path("post", lambda request: views.not_found(request)),
]


@pytest.fixture
def quiet():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/suspicious", 400),
        ("/large", 413),
        ("/nowhere", 404),
        ("/broken", 500),
        ("/full-disk", 507),
        ("/full-database", 507),
    ],
)
def test_each_error_has_its_page_without_a_database(quiet, address, status):
    # No django_db mark: a query would fail the test.
    answer = quiet.get(address, headers={"X-Request-ID": "request-0003"})

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "request-0003" in answer.text
    assert "secret-detail" not in answer.text


def test_a_form_without_its_token_is_refused_with_a_page(quiet):
    answer = quiet.post("/post", {"x": "1"})

    assert answer.status_code == 403
    assert "too old to be accepted" in answer.text


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_an_error_page_speaks_the_readers_language(quiet, language):
    answer = quiet.get("/nowhere", headers={"Accept-Language": language})

    assert f'<html lang="{language}"' in answer.text
    assert ('dir="rtl"' in answer.text.split(">")[1]) is (language == "ar")


@pytest.mark.django_db
def test_what_a_person_may_not_open_is_403_and_what_is_not_there_404(sign_in):
    client = sign_in(make.role("participant", "TVP"))

    assert client.get("/en/people/").status_code == 403
    assert client.get("/en/nowhere/").status_code == 404
    assert "You may not do this" in client.get("/en/people/").text


def test_a_page_that_cannot_be_made_is_plain_and_still_500(quiet, settings):
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "OPTIONS": {}}
    ]

    answer = quiet.get("/broken")

    assert (answer.status_code, "<h1>500</h1>" in answer.text) == (500, True)
