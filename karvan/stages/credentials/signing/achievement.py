"""What a credential says, as typed values, and the Open Badges 3.0 document they become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from karvan.stages.credentials.signing.contexts import (
    OPEN_BADGES,
    OPEN_BADGES_EXTENSIONS,
    VC_V2,
)
from karvan.stages.credentials.signing.status import StatusEntry
from karvan.stages.credentials.signing.times import stamp

SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
SHORTEST_SALT = 16


@dataclass(frozen=True)
class Alignment:
    """One line of a published framework that the achievement meets, such as an EQF level."""

    name: str
    url: str
    framework: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        _require_text(self, "name")
        _require_address(self.url)


@dataclass(frozen=True)
class Achievement:
    """What anyone who did this has earned: the same for every holder.

    `kind` is a word of the Open Badges vocabulary (CertificateOfCompletion, Competency, Award …),
    `criteria` says in a sentence what had to be done, `credits` counts ECTS or the like,
    `language` is the language these texts are in.
    """

    id: str
    name: str
    description: str
    criteria: str
    language: str
    kind: str = "CertificateOfCompletion"
    criteria_url: str = ""
    credits: Decimal | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_address(self.id)
        _require_text(self, "name", "description", "criteria", "language", "kind")
        if self.criteria_url:
            _require_address(self.criteria_url)
        if self.credits is not None and self.credits <= 0:
            raise ValueError(f"credits {self.credits} must be above 0")


@dataclass(frozen=True)
class Issuer:
    """Who answers for the credential; `did` is the name its keys are published under."""

    did: str
    name: str
    url: str = ""

    def __post_init__(self) -> None:
        if not self.did.startswith("did:"):
            raise ValueError(f"issuer {self.did!r} is not a DID")
        _require_text(self, "name")


@dataclass(frozen=True)
class Subject:
    """Whose credential it is.

    `identity_hash` comes from `hash_identity`; the e-mail itself is never part of this value.
    `name` is the name as the person confirmed it for the certificate, or empty to leave it out.
    """

    identity_hash: str
    salt: str
    name: str = ""

    def __post_init__(self) -> None:
        digest = self.identity_hash.removeprefix("sha256$")
        if len(digest) != 64 or digest == self.identity_hash:
            raise ValueError(f"identity {self.identity_hash!r} is not a sha256$… hash")
        _require_salt(self.salt)


def hash_identity(email: str, *, salt: str) -> str:
    """The salted hash a holder can prove to be theirs by naming the address.

    The address is trimmed and lower-cased first, so that how it was typed does not matter.
    Raises: ValueError for a salt too short to keep the address from being guessed.
    Source: Open Badges 3.0, IdentityHash.
    """
    _require_salt(salt)
    plain = email.strip().lower()
    return "sha256$" + sha256((plain + salt).encode("utf-8")).hexdigest()


def build_credential(
    achievement: Achievement,
    *,
    id: str,
    issuer: Issuer,
    subject: Subject,
    valid_from: datetime,
    valid_until: datetime | None = None,
    status: StatusEntry | None = None,
) -> dict[str, Any]:
    """The unsigned Open Badges 3.0 AchievementCredential (W3C VCDM 2.0).

    Args: `id` is the credential's own permanent address, the page that verifies it; a credential
    without `status` can never be revoked.
    Raises: ValueError when an address is none, or it would end before it begins.
    """
    _require_address(id)
    if valid_until is not None and valid_until <= valid_from:
        raise ValueError(f"valid until {valid_until} is not after valid from {valid_from}")
    document: dict[str, Any] = {
        "@context": [VC_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": _issuer(issuer),
        "validFrom": stamp(valid_from),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identifiers(subject),
            "achievement": _achievement(achievement),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if valid_until is not None:
        document["validUntil"] = stamp(valid_until)
    if status is not None:
        document["credentialStatus"] = status.as_json()
    return document


def achievement_document(achievement: Achievement) -> dict[str, Any]:
    """What is served at the achievement's own address, for whoever follows it from a credential."""
    return {"@context": [VC_V2, OPEN_BADGES], **_achievement(achievement)}


def _issuer(issuer: Issuer) -> dict[str, Any]:
    profile = {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url}
    return _without_empty(profile)


def _identifiers(subject: Subject) -> list[dict[str, Any]]:
    email = {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "identityHash": subject.identity_hash,
        "salt": subject.salt,
    }
    name = {
        "type": "IdentityObject",
        "identityType": "name",
        "hashed": False,
        "identityHash": subject.name,
    }
    return [email, name] if subject.name else [email]


def _achievement(achievement: Achievement) -> dict[str, Any]:
    criteria = {"id": achievement.criteria_url, "narrative": achievement.criteria}
    return _without_empty(
        {
            "id": achievement.id,
            "type": ["Achievement"],
            "achievementType": achievement.kind,
            "name": achievement.name,
            "description": achievement.description,
            "criteria": _without_empty(criteria),
            "inLanguage": achievement.language,
            "creditsAvailable": _number(achievement.credits),
            "alignment": [_alignment(one) for one in achievement.alignments],
            "tag": list(achievement.tags),
        }
    )


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return _without_empty(
        {
            "type": ["Alignment"],
            "targetName": alignment.name,
            "targetUrl": alignment.url,
            "targetFramework": alignment.framework,
            "targetCode": alignment.code,
        }
    )


def _number(value: Decimal | None) -> int | float | None:
    """A whole number stays whole: 3 and 3.0 have different canonical forms in some verifiers."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _require_text(owner: object, *names: str) -> None:
    for name in names:
        if not getattr(owner, name).strip():
            raise ValueError(f"{type(owner).__name__} has an empty {name}")


def _require_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("https", "urn") or not (parts.netloc or parts.path):
        raise ValueError(f"address {address!r} is neither https nor urn")


def _require_salt(salt: str) -> None:
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"a salt of {len(salt)} characters is shorter than {SHORTEST_SALT}")
