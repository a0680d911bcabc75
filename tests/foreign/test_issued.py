"""A certificate issued by the service, checked by verifiers others wrote against what our views serve."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.test import Client

from karvan.stages.credentials import services, signing
from karvan.stages.credentials.models import Credential, SigningKey
from tests import make
from tests.foreign.asking import NEEDS_VERIFIERS, ask_verifier
from tests.foreign.server import Site, serve_issuer
from tests.stages.credentials import earning

pytestmark = [pytest.mark.django_db, *NEEDS_VERIFIERS]
VERIFIERS = pytest.mark.parametrize("verifier", ["digitalbazaar", "verifiercore"])


@pytest.fixture
def site(tmp_path, settings) -> Iterator[Site]:
    """The loopback server as the platform's own address, with a key of its own."""
    with serve_issuer(tmp_path) as served:
        settings.SITE_ADDRESS = f"https://{served.domain}"
        settings.CREDENTIAL_KEY = ""
        settings.CREDENTIAL_KEY_FILE = tmp_path / "credential-key.pem"
        key = signing.make_key(did=signing.did_for_domain(served.domain))
        settings.CREDENTIAL_KEY_FILE.write_bytes(signing.private_pem(key))
        yield served


@pytest.fixture
def issued(site, db) -> Credential:
    camp = earning.boot_camp()
    return services.issue_credential(
        earning.earner(camp, email="sevinc@mail.example"), by=make.officer()
    )


@pytest.fixture
def ask(site, tmp_path):
    """Publish what our views answer now, then ask a verifier about a document."""

    def answer(verifier, document):
        for path in ("/.well-known/did.json", "/credentials/status/1"):
            site.pages[path] = Client().get(path).content
        said = ask_verifier(verifier, document, site=site, folder=tmp_path)
        if verifier == "digitalbazaar":
            return said["verified"], said["revoked"] == [False], said["errors"]
        steps = said["steps"]
        return steps.get("valid_signature"), steps.get("revocation_status"), said["errors"]

    return answer


@VERIFIERS
def test_good_one_is_good(ask, issued, verifier):
    assert ask(verifier, issued.document) == (True, True, [])


@VERIFIERS
def test_corrected_one_is_good_and_the_one_it_replaces_is_not(ask, issued, verifier):
    made = services.correct_credential(issued, name="Zərifə", reason="Misspelt", by=None)

    assert ask(verifier, made.document) == (True, True, [])
    assert ask(verifier, issued.document)[1] is False


@VERIFIERS
def test_revoked_one_is_revoked(ask, issued, verifier):
    services.revoke_credential(issued, reason="Issued by mistake", by=None)

    assert ask(verifier, issued.document)[1] is False


@VERIFIERS
def test_one_changed_letter_is_noticed(ask, issued, verifier):
    changed = copy.deepcopy(issued.document)
    changed["credentialSubject"]["identifier"][1]["identityHash"] = "Sevinc Aliyeva"

    signature, _status, errors = ask(verifier, changed)

    assert not signature and errors != []


@VERIFIERS
def test_rotated_key_leaves_old_ones_good_and_a_stolen_one_does_not(ask, issued, verifier):
    services.rotate_key(reason="Yearly", by=None)
    kept = ask(verifier, issued.document)
    SigningKey.objects.filter(pk=issued.key_id).update(is_trusted=False)
    withdrawn = ask(verifier, issued.document)

    assert kept == (True, True, [])
    assert not withdrawn[0]
