"""doctor: each planted fault is found, named, and told how to mend."""

from __future__ import annotations

import pytest

from karvan.config import doctor
from karvan.foundation.messages.models import Message
from tests import make
from tests.foundation.messages.post_office import PostOffice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound(settings, tmp_path):
    """An installation in which everything is right."""
    settings.DATA = tmp_path
    settings.SECRET_FILE = tmp_path / "secret-key"
    settings.SECRET_KEY = "0123456789abcdefghij" * 3
    settings.SITE_ADDRESS = "https://karvan.example.org"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    (tmp_path / "worker-heartbeat").touch()
    make.role("administrator")
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield


def wrong():
    """What the doctor finds wrong; tests run without migrations and on a database in memory."""
    found = {one.what: one for one in doctor.examine() if not one.is_well}
    for what in ("tables", "SQLite"):
        found.pop(what, None)
    return found


def test_a_sound_installation_has_nothing_to_mend():
    assert wrong() == {}


def test_a_short_key_debugging_and_a_plain_address_are_found(settings):
    settings.SECRET_KEY, settings.DEBUG = "short", True
    settings.SITE_ADDRESS = "http://karvan.example.org"

    assert set(wrong()) == {"secret key", "debugging", "address"}


def test_a_key_that_others_can_read_is_found(settings):
    settings.SECRET_FILE.write_text("x")
    settings.SECRET_FILE.chmod(0o644)

    assert wrong()["secret key"].mend == f"chmod 600 {settings.SECRET_FILE}"


def test_a_storage_that_takes_nothing_is_found(settings, tmp_path):
    (tmp_path / "files").write_text("a file in the folder's place")

    assert "takes no file" in wrong()["storage"].says


def test_a_disk_that_is_nearly_full_is_found(settings):
    settings.MIN_FREE_BYTES = 10**18

    assert "MB free" in wrong()["room"].says


def test_missing_fonts_are_found(monkeypatch):
    monkeypatch.setattr(doctor, "FONTS", ("plex/Absent.ttf",))

    assert wrong()["fonts"].says == "missing: plex/Absent.ttf"


def test_a_mail_server_that_is_down_is_found(settings):
    with PostOffice() as office:
        settings.EMAIL_PORT = office.port

    assert "refused" in wrong()["mail"].says


def test_failed_letters_a_late_worker_and_no_administrator_are_found(settings, tmp_path):
    import os

    os.utime(tmp_path / "worker-heartbeat", (0, 0))
    Message.objects.create(
        key="a",
        kind="tests/a",
        to_address="a@example.org",
        language="en",
        subject="A",
        body="A",
        state="uncertain",
        created_at="2026-01-01T00:00:00Z",
    )
    from karvan.foundation.people.models import Role

    Role.objects.all().delete()

    assert set(wrong()) == {"letters", "worker", "administrator"}


def test_the_command_says_it_and_ends_with_1(installation):
    (installation.data / "secret-key").chmod(0o644)

    said = installation.karvan("doctor", code=1)

    assert "WRONG  secret key" in said
    assert f"→ chmod 600 {installation.data / 'secret-key'}" in said
    assert "ok     SQLite" in said and "ok     tables" in said


def test_a_signed_selection_that_somebody_changed_is_found():
    run = make.seal(make.selection_run())

    assert "seals" in wrong()
    assert f"{run.scope} run {run.number}" in wrong()["seals"].says
