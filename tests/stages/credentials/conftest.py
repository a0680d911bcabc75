"""A site with a key of its own, and a small activity whose award rule asks for several things."""

from __future__ import annotations

import pytest

from karvan.stages.credentials import signing
from tests import make
from tests.stages.credentials.earning import boot_camp


@pytest.fixture
def key_file(settings, tmp_path):
    """The site karvan.example with a fresh key; returns the key's file."""
    settings.SITE_ADDRESS = "https://karvan.example"
    settings.CREDENTIAL_KEY = ""
    settings.CREDENTIAL_KEY_FILE = tmp_path / "credential-key.pem"
    key = signing.make_key(did="did:web:karvan.example")
    settings.CREDENTIAL_KEY_FILE.write_bytes(signing.private_pem(key))
    return settings.CREDENTIAL_KEY_FILE


@pytest.fixture
def camp(db, key_file):
    """The boot camp of the library's programme in Azerbaijan, with two sessions."""
    return boot_camp()


@pytest.fixture
def coordinator(camp):
    return make.role("coordinator", camp.edition.scope)
