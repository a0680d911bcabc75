"""Credentials to test with: an invented person's certificate, and the keys that sign it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from karvan.stages.credentials import signing

ISSUED = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 9, 1, tzinfo=UTC)
DOMAIN = "karvan.example"
SALT = "b1f7c0a2d94e4c6f"

COURSE = signing.Achievement(
    id="https://karvan.example/achievements/repair-course",
    name="Təmir və yenidən layihələndirmə kursu",
    description="Six weeks of taking devices apart and designing them again.",
    criteria="Attended four fifths of the sessions and handed in a device dossier.",
    language="en",
    credits=Decimal("1.5"),
    alignments=(
        signing.Alignment(
            name="EQF level 5",
            url="https://europa.eu/europass/en/description-eight-eqf-levels",
            framework="European Qualifications Framework",
            code="5",
        ),
    ),
    tags=("repair", "تصميم"),
)


def key_for(domain: str = DOMAIN) -> signing.SigningKey:
    return signing.make_key(did=signing.did_for_domain(domain))


def unsigned(
    domain: str = DOMAIN,
    *,
    achievement: signing.Achievement = COURSE,
    number: str = "KV-7Q2M-19",
    index: int = 94_567,
    valid_until: datetime | None = None,
) -> dict[str, Any]:
    return signing.build_credential(
        achievement,
        id=f"https://{domain}/verify/{number}",
        issuer=signing.Issuer(signing.did_for_domain(domain), "The Secretariat"),
        subject=signing.Subject(
            signing.hash_identity("sevinc@mail.example", salt=SALT), SALT, "Sevinc Əliyeva"
        ),
        valid_from=ISSUED,
        valid_until=valid_until,
        status=signing.StatusEntry(f"https://{domain}/status/1", index),
    )
