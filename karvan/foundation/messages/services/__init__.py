"""What is done with letters: written once, held or sent, never sent twice by the platform."""

from __future__ import annotations

from .deciding import cancel_message, hold_message, release_held, send_again
from .delivering import Delivered, deliver_due
from .writing import Preview, preview_message, write_message

__all__ = [
    "Delivered",
    "Preview",
    "cancel_message",
    "deliver_due",
    "hold_message",
    "preview_message",
    "release_held",
    "send_again",
    "write_message",
]
