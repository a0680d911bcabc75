"""Texts in languages: how the document tells them from other parts."""

from __future__ import annotations

from typing import Any, TypeGuard

# "id" (Indonesian) is left out: it is the key that names a session.
# The last two lines are official languages of member states.
WORD_LANGUAGES = frozenset(
    {"en", "fr", "ar", "az", "ru", "tr", "es"}
    | {"fa", "kk", "uz", "ur", "ms", "ky", "tg", "tk"}
    | {"bn", "dv", "nl", "ps", "pt", "so", "sq", "sw", "wo", "yo"}
)


def is_words(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether this is a text in languages: a mapping whose keys are all language codes."""
    return isinstance(value, dict) and bool(value) and all(key in WORD_LANGUAGES for key in value)
