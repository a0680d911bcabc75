"""serve, delete_orphans, and the bound on a whole request."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory

from karvan.foundation.files.limits import BodyLimitMiddleware
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import delete_orphans, serve, store_upload

from . import samples

pytestmark = pytest.mark.django_db


def stored(name="Ərizə.pdf", data=None, kinds=("pdf",)):
    return store_upload(samples.upload(name, data or samples.pdf()), kinds=kinds, scope="", by=None)


def test_a_file_is_given_as_a_download_that_no_browser_runs():
    one = stored()

    answer = serve(one)

    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C6%8Friz%C9%99.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == str(one.size)
    assert len(b"".join(answer.streaming_content)) == one.size
    answer.close()


def test_only_pictures_are_ever_shown_in_the_page():
    picture = stored("a.png", samples.picture("PNG"), ["png"])
    text = stored("a.txt", b"hello", ["text"])

    shown, kept = serve(picture, inline=True), serve(text, inline=True)

    assert shown["Content-Disposition"].startswith("inline")
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["Content-Type"] == "text/plain; charset=utf-8"
    shown.close(), kept.close()


def test_orphans_go_after_a_day_and_known_files_stay():
    known, orphan, young = stored(), stored(), stored()
    StoredFile.objects.filter(pk__in=[orphan.pk, young.pk]).delete()
    day_ago = time.time() - 90_000
    for one in (known, orphan):
        os.utime(default_storage.path(one.storage_name), (day_ago, day_ago))
    half = Path(default_storage.location) / "incoming" / "half-written"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    os.utime(half, (day_ago, day_ago))

    removed = delete_orphans(older_than=timedelta(days=1))

    there = [default_storage.exists(one.storage_name) for one in (known, orphan, young)]
    assert (removed, there, half.exists()) == (2, [True, False, True], False)


def test_a_body_above_the_bound_gets_a_page_with_the_way_back(settings, client):
    settings.MAX_BODY_BYTES = 1000

    answer = client.post("/en/letters/", {"text": "x" * 2000})

    assert answer.status_code == 413
    assert b"The answers you typed are saved" in answer.content
    assert b'href="/en/letters/"' in answer.content


def test_a_body_within_the_bound_goes_through(settings):
    settings.MAX_BODY_BYTES = 1000
    request = RequestFactory().post("/x", {"text": "x" * 20})

    answer = BodyLimitMiddleware(lambda request: HttpResponse(request.POST["text"]))(request)

    assert answer.content == b"x" * 20
