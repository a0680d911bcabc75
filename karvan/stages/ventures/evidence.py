"""What each milestone asks for, and whether a claim shows it.

The figures are those of the curriculum's rules, held here by milestone code: the blueprint
states its rules in words only. A whole number is a least count, a list is a choice, and
``True`` asks for any word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

# What the milestones of technology ventures ask for, by the codes of the curriculum.
NEEDS: dict[str, dict[str, Any]] = {
    "M1": {"interviews": 15, "people_outside": 12},
    "M3": {"user_tests": 5},
    "M4": {"kind": ["invoice", "letter_of_intent"], "amount": True, "date": True},
    "M5": {"registry": True, "registry_number": True},
    "M6": {
        "kind": ["grant", "equity", "loan", "revenue", "prize"],
        "amount": True,
        "currency": True,
    },
}


def missing(code: str, details: Mapping[str, Any]) -> list[str]:
    """What the claim of a milestone lacks, in sentences; [] when nothing does."""
    return [
        sentence
        for name, wanted in NEEDS.get(code, {}).items()
        if (sentence := _lack(name, wanted, details.get(name)))
    ]


def _lack(name: str, wanted: Any, given: Any) -> str:
    words = {"name": str(label(name)).lower(), "given": given, "wanted": wanted}
    if isinstance(wanted, bool):
        return "" if given not in (None, "") else _("Give the %(name)s.") % words
    if isinstance(wanted, int):
        if not isinstance(given, int):
            return _("Say how many %(name)s there were (at least %(wanted)s).") % words
        if given < wanted:
            return _("%(given)s %(name)s are too few: at least %(wanted)s are asked for.") % words
        return ""
    if given in wanted:
        return ""
    words["wanted"] = ", ".join(str(label(one)) for one in wanted)
    return _("The %(name)s must be one of: %(wanted)s.") % words


def label(name: str) -> str:
    """The words for one detail of a claim."""
    known = {
        "interviews": _("Interviews"),
        "people_outside": _("People outside the team's circle"),
        "user_tests": _("User tests"),
        "kind": _("Kind"),
        "amount": _("Amount"),
        "currency": _("Currency"),
        "date": _("Date"),
        "registry": _("Registry"),
        "registry_number": _("Registry number"),
        "invoice": _("Paid invoice"),
        "letter_of_intent": _("Letter of intent"),
        "grant": _("Grant"),
        "equity": _("Equity"),
        "loan": _("Loan"),
        "revenue": _("Revenue"),
        "prize": _("Prize"),
    }
    return known.get(name, name.replace("_", " "))
