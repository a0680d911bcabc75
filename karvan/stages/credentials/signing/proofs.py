"""Data Integrity proofs with the cryptosuite eddsa-rdfc-2022.

Source: W3C Recommendation "Data Integrity EdDSA Cryptosuites v1.0" (2025), section 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import base58
from pyld import jsonld

from karvan.stages.credentials.signing.contexts import load_document
from karvan.stages.credentials.signing.keys import SigningKey
from karvan.stages.credentials.signing.terms import RELATIVE, unsigned_terms
from karvan.stages.credentials.signing.times import stamp

CRYPTOSUITE = "eddsa-rdfc-2022"


def sign(document: Mapping[str, Any], *, key: SigningKey, created: datetime) -> dict[str, Any]:
    """The document with a proof; its `proof` is a list, as the Open Badges schema wants it.

    Raises: ValueError when the document has a proof already, when its issuer is not the key's,
    or when it holds words the signature would not cover.
    Cost: about 20 ms for a credential, most of it for the canonical form.
    """
    if "proof" in document:
        raise ValueError("the document has a proof already")
    if issuer_of(document) != key.public.controller:
        raise ValueError(f"{key.id} cannot sign for the issuer {issuer_of(document)!r}")
    if lost := unsigned_terms(document):
        raise ValueError(f"no context defines {', '.join(lost)}; a signature would not cover it")
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": stamp(created),
        "verificationMethod": key.id,
        "proofPurpose": "assertionMethod",
    }
    signature = key.secret.sign(signed_bytes(document, proof))
    value = "z" + base58.b58encode(signature).decode("ascii")
    return {**document, "proof": [{**proof, "proofValue": value}]}


def signed_bytes(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """The 64 bytes the key signs: digest of the proof's options, then digest of the document.

    Both are canonicalised with RDFC-1.0 first (called URDNA2015 before it was a standard).
    """
    secured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    options["@context"] = document["@context"]
    return _digest(options) + _digest(secured)


def _digest(document: Mapping[str, Any]) -> bytes:
    quads: str = jsonld.normalize(
        dict(document),
        {
            "algorithm": "URDNA2015",
            "format": "application/n-quads",
            "documentLoader": load_document,
            "base": RELATIVE,
        },
    )
    return sha256(quads.encode("utf-8")).digest()


def issuer_of(document: Mapping[str, Any]) -> object:
    """The issuer's id, whether the document names it alone or with its particulars."""
    issuer = document.get("issuer")
    return issuer.get("id") if isinstance(issuer, Mapping) else issuer
