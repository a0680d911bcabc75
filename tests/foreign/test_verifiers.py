"""What we sign is checked by two verifiers others wrote, against a server on this machine."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from karvan.stages.credentials import signing
from tests.foreign.asking import NEEDS_VERIFIERS, ask_verifier
from tests.foreign.server import Site, serve_issuer
from tests.stages.credentials.documents import ISSUED, key_for, unsigned

REVOKED, GOOD = 42, 94_567

pytestmark = NEEDS_VERIFIERS


@dataclass
class Issuer:
    """The issuer's site, the key it signs with and the one it signed with before."""

    site: Site
    key: signing.SigningKey
    retired: signing.SigningKey

    def signed(self, **options: Any) -> dict[str, Any]:
        return signing.sign(unsigned(self.site.domain, **options), key=self.key, created=ISSUED)


Ask = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    with serve_issuer(tmp_path_factory.mktemp("issuer")) as site:
        retired, key = key_for(site.domain), key_for(site.domain)
        bits = signing.bits_of([REVOKED])
        site.pages["/.well-known/did.json"] = signing.did_document(
            site.domain, [key.public, retired.public]
        )
        site.pages["/status/1"] = signing.status_list_credential(
            bits, url=site.address("/status/1"), key=key, created=ISSUED
        )
        yield Issuer(site, key, retired)


@pytest.fixture
def ask(issuer: Issuer, tmp_path: Path) -> Ask:
    def run(verifier: str, credential: dict[str, Any]) -> dict[str, Any]:
        return ask_verifier(verifier, credential, site=issuer.site, folder=tmp_path)

    return run


def tampered(credential: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(credential)
    changed["credentialSubject"]["identifier"][1]["identityHash"] = "Someone Else"
    return changed


class TestDigitalBazaar:
    def test_good_credential_is_verified_and_not_revoked(self, ask, issuer):
        answer = ask("digitalbazaar", issuer.signed())

        assert answer["errors"] == []
        assert answer["verified"] is True
        assert answer["revoked"] == [False]

    def test_tampered_credential_is_refused_for_its_signature(self, ask, issuer):
        answer = ask("digitalbazaar", tampered(issuer.signed()))

        assert answer["verified"] is False
        assert "Invalid signature." in answer["errors"]

    def test_revoked_credential_is_told_in_the_status_result(self, ask, issuer):
        answer = ask("digitalbazaar", issuer.signed(index=REVOKED))

        assert answer["revoked"] == [True]

    def test_expired_credential_is_refused_for_its_date(self, ask, issuer):
        ended = datetime(2026, 3, 15, tzinfo=UTC)

        answer = ask("digitalbazaar", issuer.signed(valid_until=ended))

        assert answer["verified"] is False
        assert any("validUntil" in error or "expired" in error for error in answer["errors"])

    def test_what_a_retired_key_signed_stays_verifiable(self, ask, issuer):
        document = unsigned(issuer.site.domain)
        old = signing.sign(document, key=issuer.retired, created=ISSUED)

        assert ask("digitalbazaar", old)["verified"] is True

    def test_word_nobody_defines_is_refused_even_where_the_signature_holds(self, ask, issuer):
        loose = {**issuer.signed(), "grade": "excellent"}

        answer = ask("digitalbazaar", loose)

        assert answer["verified"] is False
        assert any("Safe mode" in error for error in answer["errors"])


class TestVerifierCore:
    def test_good_credential_passes_signature_expiry_and_revocation(self, ask, issuer):
        answer = ask("verifiercore", issuer.signed())

        assert answer["errors"] == []
        assert answer["steps"]["valid_signature"] is True
        assert answer["steps"]["expiration"] is True
        assert answer["steps"]["revocation_status"] is True

    def test_tampered_credential_is_refused_for_its_signature(self, ask, issuer):
        answer = ask("verifiercore", tampered(issuer.signed()))

        assert answer["errors"] == ["invalid_signature"]

    def test_revoked_credential_keeps_its_signature_and_loses_its_status(self, ask, issuer):
        answer = ask("verifiercore", issuer.signed(index=REVOKED))

        assert answer["steps"]["valid_signature"] is True
        assert answer["steps"]["revocation_status"] is False

    def test_expired_credential_keeps_its_signature_and_loses_its_date(self, ask, issuer):
        ended = datetime(2026, 3, 15, tzinfo=UTC)

        answer = ask("verifiercore", issuer.signed(valid_until=ended))

        assert answer["steps"]["valid_signature"] is True
        assert answer["steps"]["expiration"] is False
