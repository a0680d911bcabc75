"""Raise the worst-off application."""

from __future__ import annotations

from .table import Flags, PairTable


def raise_worst(table: PairTable, read: Flags, most_loss: int) -> Flags:
    """Return the reads with the worst-off application raised as far as the loss allows."""
    return read
