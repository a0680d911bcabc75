"""How a certificate's state is shown: the mark everybody knows, in a word of its own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from karvan.foundation import clock

from .models import Credential

MARKS = {
    "valid": ("done", pgettext_lazy("certificate", "valid")),
    "corrected": ("changed", pgettext_lazy("certificate", "corrected")),
    "revoked": ("dropped", pgettext_lazy("certificate", "revoked")),
    "expired": ("late", pgettext_lazy("certificate", "expired")),
}


def state_of(credential: Credential) -> str:
    """Valid, corrected, revoked or expired, by its row; `corrected_by` should be fetched along."""
    if credential.revoked_at is not None:
        return "corrected" if hasattr(credential, "corrected_by") else "revoked"
    is_over = credential.valid_until is not None and credential.valid_until <= clock.now()
    return "expired" if is_over else "valid"


def state_mark(credential: Credential) -> str:
    """The key of the mark."""
    return MARKS[state_of(credential)][0]


def state_word(credential: Credential) -> str | Promise:
    """The word beside it."""
    return MARKS[state_of(credential)][1]
