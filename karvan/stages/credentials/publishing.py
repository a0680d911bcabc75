"""What the world may fetch without asking anybody: the keys, the status lists, the achievements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import issuer, queries, signing
from .models import Credential
from .signing.achievement import achievement_document
from .wording import achievement_of


def did_document() -> dict[str, Any] | None:
    """What is served at `/.well-known/did.json`; None before the first key was put to use.

    Retired keys stay in it, or what they signed could no longer be checked. One query.
    """
    did = issuer.did()
    keys = [signing.PublicKey(did, key.public_multibase) for key in queries.published_keys()]
    return signing.did_document(issuer.domain(), keys) if keys else None


def status_document(number: int, *, did: str = "", address: str = "") -> dict[str, Any] | None:
    """The signed status list of this number, or None where there is none.

    It holds bits and nothing about anybody. Dated when it last changed, so equal lists give
    equal bytes. `did` and `address` are those the credential names where the site has moved
    since. Cost: three queries and a signature, about 15 ms.

    Raises:
        NoSigningKey: there is no key to sign it with.
    """
    listed = queries.status_list_by_number(number)
    if listed is None:
        return None
    revoked, changed_at = queries.revoked_in(listed)
    if changed_at is None:
        return None
    return signing.status_list_credential(
        signing.bits_of(revoked, length=listed.size),
        url=address or issuer.status_url(number),
        key=issuer.signing_keys(under=did)[0],
        created=changed_at,
    )


def achievement_json(
    programme: str, activity: str, *, number: int, kind: str
) -> dict[str, Any] | None:
    """What everybody who earned this has done, by version of the blueprint; None if unknown."""
    design = queries.achievement_design(programme, activity, number)
    if design is None or kind not in Credential.Kind.values:
        return None
    return achievement_document(
        achievement_of(design, programme=programme, activity=activity, number=number, kind=kind)
    )


def resolver(did: str) -> Any:
    """A function from a key's id to the key, among our published keys under this DID."""
    listed = {key.public_multibase for key in queries.published_keys()}

    def resolve(key_id: str) -> signing.PublicKey | None:
        controller, _hash, multibase = key_id.partition("#")
        if controller != did or multibase not in listed:
            return None
        return signing.PublicKey(controller, multibase)

    return resolve


def own_status(entry: Mapping[str, Any], *, did: str) -> dict[str, Any] | None:
    """The status list that an entry of a credential of ours names, signed afresh."""
    address = str(entry.get("statusListCredential", ""))
    last = address.rpartition("/")[2]
    if not (last.isascii() and last.isdecimal() and len(last) < 9):
        return None
    return status_document(int(last), did=did, address=address)
