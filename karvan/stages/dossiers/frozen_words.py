"""Words for what a snapshot holds as codes, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Contribution
from .snapshots import Snapshot

USE_WORDS: dict[str, str | Promise] = {
    "clinical_need": _("Clinical need"),
    "users": _("Users"),
    "setting": _("Setting"),
    "energy": _("Energy"),
    "maintenance": _("Maintenance"),
    "consumables": _("Consumables"),
}


def word(choices: Any, value: str) -> str:
    """The word of a choice; the value itself where it is none, "" for ""."""
    return str(dict(choices.choices).get(value, value)) if value else ""


def use_of(frozen: Snapshot) -> list[tuple[str, str]]:
    """Section 3 as pairs of a word and what was written."""
    said = frozen["dossier"]["intended_use"].items()
    return [(str(USE_WORDS.get(name, name)), str(value)) for name, value in said if value]


def credits_in(frozen: Snapshot) -> list[tuple[str, str]]:
    """Each contributor's name with the words of his or her roles."""
    roles: dict[str, list[str]] = {}
    for one in frozen["credits"]:
        roles.setdefault(one["name"], []).append(word(Contribution.Role, one["role"]))
    return [(name, ", ".join(words)) for name, words in roles.items()]
