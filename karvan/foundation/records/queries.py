"""Read what was done, and check that nobody changed it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from .chain import GENESIS, content_hash
from .models import ChainHead, Record


@dataclass(frozen=True, slots=True)
class ChainReport:
    """``broken_at`` is the number of the first record that does not fit, or None."""

    checked: int
    broken_at: int | None = None
    why: str = ""


def history_of(subject: Model) -> QuerySet[Record]:
    """The acts on one subject, first to last."""
    return Record.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=str(subject.pk)
    ).select_related("by")


def verify_chain() -> ChainReport:
    """Walk the whole chain and name the first broken link.

    Finds a changed, missing, inserted or reordered record, and a cut tail (the
    head knows how many there were). Cost: one pass, about 20 µs a record.
    """
    previous, expected = GENESIS, 1
    for row in Record.objects.order_by("number").iterator(chunk_size=2000):
        if row.number != expected:
            return ChainReport(expected - 1, expected, f"record {expected} is missing")
        if row.previous_hash != previous:
            return ChainReport(
                expected - 1, expected, f"record {expected} does not follow the one before it"
            )
        if row.hash != content_hash(row):
            return ChainReport(
                expected - 1, expected, f"record {expected} was changed after it was written"
            )
        previous, expected = row.hash, expected + 1
    head = ChainHead.objects.filter(pk=1).first()
    if head and (head.number, head.hash) != (expected - 1, previous):
        return ChainReport(
            expected - 1,
            expected,
            f"records after {expected - 1} are missing: there were {head.number}",
        )
    return ChainReport(expected - 1)
