"""The published contexts our credentials use, read from files and never from the network."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

VC_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

FILES = {
    VC_V2: "credentials-v2.json",
    OPEN_BADGES: "open-badges-3.0.3.json",
    OPEN_BADGES_EXTENSIONS: "open-badges-extensions.json",
}


@cache
def context(address: str) -> dict[str, Any]:
    """The context published at an address.

    Raises: ValueError, quoting the address, for any context that is not kept here.
    """
    if address not in FILES:
        raise ValueError(f"context {address!r} is not one of ours: {sorted(FILES)}")
    document: dict[str, Any] = json.loads(
        (Path(__file__).parent / FILES[address]).read_text(encoding="utf-8")
    )
    return document


def load_document(address: str, _options: object = None) -> dict[str, Any]:
    """What PyLD asks for when it meets a context; the signature of its document loader."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": context(address),
    }
