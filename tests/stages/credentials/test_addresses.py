"""The site's address: a trial on this machine, a port, a house network, and numbers too large."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from karvan.stages.credentials import checking, issuer, publishing, services
from tests.stages.credentials import earning

pytestmark = pytest.mark.django_db


def test_trial_without_https_signs_prints_and_checks_itself(camp, settings, client):
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    made = services.issue_credential(earning.earner(camp), by=None)

    assert made.document["issuer"]["id"] == "did:web:127.0.0.1%3A8000"
    assert made.document["id"].startswith("https://127.0.0.1:8000/credentials/")
    assert issuer.verify_url(made.number) == f"http://127.0.0.1:8000/v/{made.number}"
    assert services.print_certificate(made).startswith(b"%PDF")
    assert checking.check_credential(made).state == "valid"
    assert publishing.did_document()["id"] == "did:web:127.0.0.1%3A8000"


def test_code_is_https_wherever_others_could_scan_it(camp, settings):
    settings.SITE_ADDRESS = "http://192.168.1.5:8000"
    made = services.issue_credential(earning.earner(camp), by=None)

    assert issuer.verify_url(made.number).startswith("https://192.168.1.5:8000/v/")
    assert services.print_certificate(made).startswith(b"%PDF")


@pytest.mark.parametrize(
    "path",
    [f"/credentials/status/{10**30}", f"/achievements/TVP/BC3/{10**30}-completion.json"],
)
def test_numbers_larger_than_any_of_ours_are_not_found(camp, client, path):
    assert client.get(path).status_code == 404


def test_command_rotates_the_key_and_says_so(camp, key_file, capsys):
    before = key_file.read_bytes()
    call_command("rotate_credential_key", reason="Yearly")

    assert key_file.read_bytes() != before
    assert "key 2 signs from now on" in capsys.readouterr().out
