"""Our own check of a credential, for the public page: the proof is computed again from the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import base58
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyld.jsonld import JsonLdError

from karvan.stages.credentials.signing.bounds import is_bounded
from karvan.stages.credentials.signing.keys import PublicKey
from karvan.stages.credentials.signing.proofs import CRYPTOSUITE, issuer_of, signed_bytes
from karvan.stages.credentials.signing.status import REVOCATION, bit_is_set, decode
from karvan.stages.credentials.signing.terms import unsigned_terms
from karvan.stages.credentials.signing.times import moment

ResolveKey = Callable[[str], PublicKey | None]
StatusList = Callable[[str], Mapping[str, Any] | None]

PROOF_FIELDS = {
    "type",
    "cryptosuite",
    "created",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
}


class Problem(StrEnum):
    """What can be wrong; `words` says it to a person."""

    UNREADABLE = "unreadable"
    NO_PROOF = "no_proof"
    KEY_UNKNOWN = "key_unknown"
    CHANGED = "changed"
    UNSIGNED_WORDS = "unsigned_words"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    STATUS_UNKNOWN = "status_unknown"

    @property
    def words(self) -> Promise:
        return WORDS[self]


WORDS: dict[Problem, Promise] = {
    Problem.UNREADABLE: _("The file is not a credential that can be read."),
    Problem.NO_PROOF: _("The credential carries no signature of the kind we issue."),
    Problem.KEY_UNKNOWN: _("The key that signed it is not one of the issuer's keys."),
    Problem.CHANGED: _("The text is not the text that was signed."),
    Problem.UNSIGNED_WORDS: _("It holds entries that the signature does not cover."),
    Problem.NOT_YET_VALID: _("It is not valid yet."),
    Problem.EXPIRED: _("Its validity has ended."),
    Problem.REVOKED: _("The issuer has revoked it."),
    Problem.STATUS_UNKNOWN: _("Whether it was revoked could not be found out."),
}


@dataclass(frozen=True)
class Verification:
    """What was found. `revoked` is None where that is not known, which is not the same as no."""

    signature: bool
    revoked: bool | None
    expired: bool
    problems: tuple[Problem, ...]

    @property
    def valid(self) -> bool:
        return not self.problems


def verify(
    document: Mapping[str, Any], *, resolve_key: ResolveKey, status_list: StatusList, now: datetime
) -> Verification:
    """What the credential is worth at the moment `now`. Never raises for a bad document.

    Args: `resolve_key` gives the issuer's key for its id, or None; `status_list` gives the signed
    list served at an address, or None when it cannot be had. Neither is asked for anything a
    document of another issuer names without its signature being checked against that issuer.
    Cost: about 15 ms with its status list.
    """
    signed = _signature_problem(document, resolve_key)
    dated = _date_problem(document, now)
    revoked = _revoked(document, resolve_key, status_list, now) if signed is None else None
    status = {True: Problem.REVOKED, None: Problem.STATUS_UNKNOWN}.get(revoked)
    # A broken signature makes the rest worthless; that the status is unknown then goes unsaid.
    found = (signed, dated) if signed else (dated, status)
    return Verification(
        signature=signed is None,
        revoked=revoked,
        expired=dated is Problem.EXPIRED,
        problems=tuple(problem for problem in found if problem),
    )


def _signature_problem(document: Mapping[str, Any], resolve_key: ResolveKey) -> Problem | None:
    proof = _only_proof(document)
    if proof is None:
        return Problem.NO_PROOF
    method = str(proof["verificationMethod"])
    key = resolve_key(method)
    if key is None or key.id != method or key.controller != issuer_of(document):
        return Problem.KEY_UNKNOWN
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    try:
        if not is_bounded(document):
            return Problem.UNREADABLE
        if unsigned_terms(unsigned):
            return Problem.UNSIGNED_WORDS
        signature = base58.b58decode(str(proof["proofValue"])[1:])
        accepted = key.accepts(signature, signed_bytes(document, proof))
    except (JsonLdError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Problem.UNREADABLE
    return None if accepted else Problem.CHANGED


def _only_proof(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The one proof of the kind we make; a second one, or a field we do not know, is refused."""
    proofs = document.get("proof")
    listed = proofs if isinstance(proofs, list) else [proofs]
    if len(listed) != 1 or not isinstance(listed[0], Mapping):
        return None
    proof = listed[0]
    ours = (
        proof.keys() == PROOF_FIELDS
        and proof["type"] == "DataIntegrityProof"
        and proof["cryptosuite"] == CRYPTOSUITE
        and proof["proofPurpose"] == "assertionMethod"
        and str(proof["proofValue"]).startswith("z")
    )
    return proof if ours else None


def _date_problem(document: Mapping[str, Any], now: datetime) -> Problem | None:
    try:
        if now < moment(document.get("validFrom")):
            return Problem.NOT_YET_VALID
        if "validUntil" in document and now >= moment(document["validUntil"]):
            return Problem.EXPIRED
    except ValueError:
        return Problem.UNREADABLE
    return None


def _revoked(
    document: Mapping[str, Any], resolve_key: ResolveKey, status_list: StatusList, now: datetime
) -> bool | None:
    """True or False as the issuer's own list says, None where it cannot be relied on."""
    entry = document.get("credentialStatus")
    if entry is None:
        return False
    try:
        if entry["statusPurpose"] != REVOCATION:
            return None
        address = entry["statusListCredential"]
        listed = status_list(address)
        if listed is None or listed.get("id") != address:
            return None
        if issuer_of(listed) != issuer_of(document) or _signature_problem(listed, resolve_key):
            return None
        subject = listed["credentialSubject"]
        if _date_problem(listed, now) or subject["statusPurpose"] != REVOCATION:
            return None
        return bit_is_set(decode(subject["encodedList"]), int(entry["statusListIndex"]))
    except (KeyError, TypeError, ValueError):
        return None
