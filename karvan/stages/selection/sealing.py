"""The seal of a signed run: one hash over its document, who signed, and who did not agree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any


def seal_of(document_hash: str, signoffs: Iterable[Any], dissents: Iterable[Any]) -> str:
    """The seal, in hexadecimal: SHA-256 of the run's hash and of every signature and dissent.

    Args:
        document_hash: the SHA-256 that the run states of its document.
        signoffs, dissents: rows with ``person_id``, ``statement`` and ``at``; their order
            does not matter.
    """
    sealed = {
        "document": document_hash,
        "signed": _statements(signoffs),
        "dissenting": _statements(dissents),
    }
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _statements(rows: Iterable[Any]) -> list[list[object]]:
    # Whole microseconds since 1970 read the same from every database and time zone.
    return sorted([r.person_id, r.statement, round(r.at.timestamp() * 1_000_000)] for r in rows)
