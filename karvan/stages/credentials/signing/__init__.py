"""Building, signing and checking Open Badges 3.0 credentials. Pure: no clock, no network, no rows."""

from karvan.stages.credentials.signing.achievement import (
    Achievement,
    Alignment,
    Issuer,
    Subject,
    achievement_document,
    build_credential,
    hash_identity,
)
from karvan.stages.credentials.signing.did import did_document, did_for_domain, key_resolver
from karvan.stages.credentials.signing.keys import (
    PublicKey,
    SigningKey,
    load_keys,
    make_key,
    private_pem,
)
from karvan.stages.credentials.signing.proofs import sign
from karvan.stages.credentials.signing.status import (
    SMALLEST_LIST,
    StatusEntry,
    bit_is_set,
    bits_of,
    choose_index,
    set_bits,
    status_list_credential,
)
from karvan.stages.credentials.signing.terms import unsigned_terms
from karvan.stages.credentials.signing.verification import Problem, Verification, verify

__all__ = [
    "SMALLEST_LIST",
    "Achievement",
    "Alignment",
    "Issuer",
    "Problem",
    "PublicKey",
    "SigningKey",
    "StatusEntry",
    "Subject",
    "Verification",
    "achievement_document",
    "bit_is_set",
    "bits_of",
    "build_credential",
    "choose_index",
    "did_document",
    "did_for_domain",
    "hash_identity",
    "key_resolver",
    "load_keys",
    "make_key",
    "private_pem",
    "set_bits",
    "sign",
    "status_list_credential",
    "unsigned_terms",
    "verify",
]
