"""init and demo: a new installation from one command."""

from __future__ import annotations

import socket

from .installations import Installation


def test_a_new_installation_has_keys_places_and_one_administrator(installation):
    look = (
        "from karvan.foundation.people.models import Party, Role\n"
        "from karvan.foundation.places.models import Country\n"
        "print([(r.person.email, r.kind, r.scope, r.person.check_password('a quite long password'))"
        " for r in Role.objects.all()], [(p.code, p.kind) for p in Party.objects.all()],"
        " Country.objects.filter(code='AZ').exists())"
    )

    assert installation.python(look) == (
        "[('admin@example.org', 'administrator', '', True)] [('forum', 'organisation')] True"
    )
    for name in ("secret-key", "credential-key.pem"):
        assert (installation.data / name).stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE KEY" in (installation.data / "credential-key.pem").read_bytes()


def test_init_refuses_a_second_administrator_and_keeps_the_keys(installation):
    secret = (installation.data / "secret-key").read_text()
    again = ("init", "--organisation", "B", "--email", "b@example.org", "--name", "B")

    assert "administrator already" in installation.karvan(*again, code=2)
    assert (installation.data / "secret-key").read_text() == secret


def test_without_a_password_a_link_is_printed_that_signs_in(empty):
    given = ("--organisation", "Youth office:ministry", "--email", "a@example.org", "--name", "A")

    said = empty.karvan("init", *given)

    assert "Sign in once with: http://127.0.0.1:8000/en/sign-in/" in said


def test_wrong_answers_are_told_in_words_and_write_nothing(tmp_path):
    place = Installation(tmp_path / "data")
    for given, words in (
        (("--organisation", "A:kingdom", "--email", "a@b.org", "--name", "A"), "organisation"),
        (("--organisation", "A", "--email", "nobody", "--name", "A"), "email"),
    ):
        assert words in place.karvan("init", *given, code=2)

    assert not (place.data / "karvan.sqlite3").exists()


def test_a_missing_secret_is_said_and_not_traced(tmp_path):
    said = Installation(tmp_path / "data").karvan("verify-records", code=2)

    assert "karvan init" in said and "Traceback" not in said


def test_init_with_nobody_to_ask_says_what_to_give(tmp_path):
    said = Installation(tmp_path / "data").karvan("init", code=2)

    assert "--organisation, --email and --name" in said and "Traceback" not in said


def test_a_taken_port_is_told_in_words_before_anything_is_made(tmp_path):
    place = Installation(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = place.karvan("demo", "--port", str(port), code=2)

    assert f"127.0.0.1:{port}" in said and f"PORT={port + 1}" in said and "Traceback" not in said
    assert not (place.data / "karvan.sqlite3").exists()
