"""did:web: the issuer's name is its domain, and its keys are a file the domain serves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from karvan.stages.credentials.signing.keys import PublicKey

# A host name in ASCII (an international one in its xn-- form) with an optional port.
DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")

DID_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_for_domain(domain: str) -> str:
    """The did:web of a domain, `example.org` or `localhost:8443`.

    The domain must be the permanent one before the first certificate leaves: the name is inside
    every signature. Raises: ValueError for anything that is not a lower-case host name.
    """
    if not DOMAIN.fullmatch(domain):
        raise ValueError(f"domain {domain!r} is not a lower-case host name")
    return "did:web:" + domain.replace(":", "%3A")


def did_document(domain: str, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """What the domain serves at `/.well-known/did.json`.

    Args: keys in use and retired. A retired key signs nothing new, but what it signed must stay
    verifiable, so it stays listed; a key that was stolen is left out, and what it signed fails.
    Raises: ValueError when there is no key, or one belongs to another domain.
    Source: W3C Decentralized Identifiers 1.0; did:web method specification; Multikey of W3C
    Controlled Identifiers 1.0.
    """
    did = did_for_domain(domain)
    strangers = [key.id for key in keys if key.controller != did]
    if strangers or not keys:
        raise ValueError(f"{did} cannot list the keys {strangers}")
    return {
        "@context": DID_CONTEXTS,
        "id": did,
        "verificationMethod": [_method(key) for key in keys],
        "assertionMethod": [key.id for key in keys],
    }


def _method(key: PublicKey) -> dict[str, str]:
    return {
        "id": key.id,
        "type": "Multikey",
        "controller": key.controller,
        "publicKeyMultibase": key.multibase,
    }


def key_resolver(document: Mapping[str, Any]) -> Callable[[str], PublicKey | None]:
    """A function from a key's id to the key, if this DID document lets it sign credentials."""
    allowed = set(document["assertionMethod"])
    keys = {
        method["id"]: PublicKey(method["controller"], method["publicKeyMultibase"])
        for method in document["verificationMethod"]
        if method["id"] in allowed and method["controller"] == document["id"]
    }
    return keys.get
