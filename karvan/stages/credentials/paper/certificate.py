"""A certificate's words in each language, and the PDF with the signed credential inside."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno

from karvan.foundation.ui.carpet import carpet_band
from karvan.foundation.ui.sheets import Attachment, typeset
from karvan.foundation.ui.sheets.blocks import LANGUAGES
from karvan.foundation.ui.sheets.typesetting import Standard

TEMPLATE = Path(__file__).parent / "certificate.typ"
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-3a")
MEDALLIONS = 17
# A code anybody shall scan is https; a trial on this machine alone has no certificate of its own.
VERIFY_STARTS = ("https://", "http://127.0.0.1:", "http://localhost:")


@dataclass(frozen=True)
class Signatory:
    """Who signs: the name and the office, each in the language of its text."""

    name: str
    office: str


@dataclass(frozen=True)
class CertificateText:
    """Everything the certificate says in one language, ready to be read.

    `heading` ("Certificate of completion"), `issuers` (who awards it, most senior first),
    `statement` ("This is to certify that"), `name` as the person confirmed it for this script,
    `body` ("has completed the course"), `achievement` (its name), `detail` (dates, place, hours),
    `issued` ("Issued on Saturday, 14 March 2026"), `number_label` ("Number") and `verify_label`
    ("Verify this certificate at").
    """

    heading: str
    issuers: tuple[str, ...]
    statement: str
    name: str
    body: str
    achievement: str
    detail: str
    issued: str
    number_label: str
    verify_label: str
    signatories: tuple[Signatory, ...]

    def __post_init__(self) -> None:
        for field in ("heading", "statement", "name", "achievement", "issued"):
            if not getattr(self, field).strip():
                raise ValueError(f"the certificate's {field} is empty")
        if not 1 <= len(self.issuers) <= 3:
            raise ValueError(f"{len(self.issuers)} issuers: there is room for 1 to 3")
        if not 1 <= len(self.signatories) <= 2:
            raise ValueError(f"{len(self.signatories)} signatories: there is room for 1 or 2")


@dataclass(frozen=True)
class Certificate:
    """What is the same in every language, and the texts by language.

    `credential` is the signed credential as it is published, byte for byte; `carpet` is the
    programme's own numbers, one row a medallion; `issued_at` dates the file.
    """

    number: str
    verify_url: str
    issued_at: datetime
    credential: bytes
    carpet: Sequence[Sequence[int]]
    texts: Mapping[str, CertificateText]

    def __post_init__(self) -> None:
        if not self.verify_url.startswith(VERIFY_STARTS):
            raise ValueError(f"verify address {self.verify_url!r} is not https")
        if strangers := sorted(set(self.texts) - set(LANGUAGES)):
            raise ValueError(f"languages {strangers} are none of {LANGUAGES}")
        if len({len(text.signatories) for text in self.texts.values()}) > 1:
            raise ValueError("the texts do not name the same number of signatories")


def render_certificate(certificate: Certificate, *, languages: Sequence[str]) -> bytes:
    """The certificate in one language, or in two side by side, as PDF/UA-1 and PDF/A-3a.

    The first language is the document's own. Of two, a right-to-left one stands on the right.
    Equal certificates give equal bytes.
    Raises: ValueError for a language without a text or any number of languages but 1 or 2;
    MissingGlyphs when a name holds a character no font here has, since a certificate with a hole
    in a name must not leave the house. Cost: about 0.1 s.
    """
    missing = [one for one in languages if one not in certificate.texts]
    if missing or not 1 <= len(set(languages)) == len(languages) <= 2:
        raise ValueError(f"languages {tuple(languages)} of {sorted(certificate.texts)}")
    values = {
        "languages": sorted(languages, key=lambda language: language == "ar"),
        "document_language": languages[0],
        "number": certificate.number,
        "verify_url": certificate.verify_url,
        "code": verify_code(certificate.verify_url),
        "carpet": carpet_band(certificate.carpet, medallions=MEDALLIONS),
        "texts": {language: _text(certificate.texts[language]) for language in languages},
    }
    credential = Attachment(
        name="credential.json",
        content=certificate.credential,
        media_type="application/vc",
        description=f"Open Badges 3.0 credential {certificate.number}",
    )
    return typeset(
        TEMPLATE,
        values,
        made_at=certificate.issued_at,
        standards=STANDARDS,
        attachments=[credential],
    )


def verify_code(address: str) -> str:
    """The address as a QR code, SVG text, with the standard's error level M (15 % may be lost)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        drawn, kind="svg", border=0, dark="#23303f", xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue().decode("utf-8")


def _text(text: CertificateText) -> dict[str, Any]:
    return {
        "heading": text.heading,
        "issuers": list(text.issuers),
        "statement": text.statement,
        "name": text.name,
        "body": text.body,
        "achievement": text.achievement,
        "detail": text.detail,
        "issued": text.issued,
        "number_label": text.number_label,
        "verify_label": text.verify_label,
        "signatories": [[one.name, one.office] for one in text.signatories],
    }
