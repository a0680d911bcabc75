"""How one record is bound to the one before it."""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone

from .models import Record

GENESIS = "0" * 64


def content_hash(row: Record) -> str:
    """The SHA-256 of everything a record says, the hash before it included, as 64 hex digits."""
    said = {
        "number": row.number,
        "at": row.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        "by": row.by_id,
        "act": row.act,
        "subject": [row.subject_kind, row.subject_id, row.subject_label],
        "scope": row.scope,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "request": row.request_id,
        "replayed": row.replayed,
        "previous": row.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
