"""Keys as they are written down, and the document that publishes them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from karvan.stages.credentials import signing
from karvan.stages.credentials.signing.keys import key_bytes, signing_key

DID = "did:web:karvan.example"
# The public key of RFC 8032, section 7.1, test 1, and its multibase in the W3C's own form.
RFC_8032_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
RFC_8032_SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"


def test_keys_survive_writing_and_reading_in_their_order():
    keys = [signing.make_key(did=DID) for _ in range(3)]
    pem = b"# the present key, then retired ones\n" + b"".join(map(signing.private_pem, keys))

    read = signing.load_keys(pem.decode(), did=DID)

    assert list(read) == keys
    assert [key.secret.private_bytes_raw() for key in read] == [
        key.secret.private_bytes_raw() for key in keys
    ]


def test_secret_is_in_no_text_of_the_key():
    key = signing.make_key(did=DID)
    secret = key.secret.private_bytes_raw().hex()

    assert secret not in repr(key)
    assert "secret" not in repr(key)


def test_public_key_is_written_with_the_multicodec_of_ed25519():
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(RFC_8032_SECRET))
    key = signing_key(secret, did=DID)

    assert key.public.multibase.startswith("z6Mk")
    assert key_bytes(key.public.multibase).hex() == RFC_8032_KEY
    assert key.id == f"{DID}#{key.public.multibase}"


@pytest.mark.parametrize("text", ["", "no key here", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_text_without_a_key_is_refused(text):
    with pytest.raises(ValueError, match="no private key"):
        signing.load_keys(text, did=DID)


def test_key_of_another_kind_is_refused():
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

    with pytest.raises(ValueError, match="not Ed25519"):
        signing.load_keys(pem, did=DID)


@pytest.mark.parametrize("text", ["", "f00", "z6Mk", "z" + "1" * 40, "z0"])
def test_multibase_that_is_no_key_is_refused(text):
    with pytest.raises(ValueError):
        signing.PublicKey(DID, text)


def test_did_document_lists_each_key_for_assertions():
    now, before = signing.make_key(did=DID), signing.make_key(did=DID)

    document = signing.did_document("karvan.example", [now.public, before.public])

    assert document["id"] == DID
    assert document["assertionMethod"] == [now.id, before.id]
    assert [method["type"] for method in document["verificationMethod"]] == ["Multikey"] * 2
    assert signing.key_resolver(document)(before.id) == before.public
    assert signing.key_resolver(document)(f"{DID}#unknown") is None


def test_key_not_listed_for_assertions_is_not_resolved():
    key = signing.make_key(did=DID)
    document = {**signing.did_document("karvan.example", [key.public]), "assertionMethod": []}

    assert signing.key_resolver(document)(key.id) is None


def test_port_is_escaped_in_the_did():
    assert signing.did_for_domain("localhost:8443") == "did:web:localhost%3A8443"
