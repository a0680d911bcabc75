"""What a certificate asks of supervised work, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui.formats import number


def needed_in_words(needed: Mapping[str, int]) -> list[str]:
    """What is needed, a line each: "120 supervised hours", "on 2 elements", "level 2"."""
    return [_said(code, many) for code, many in needed.items()]


def lacks_in_words(lacks: Mapping[str, int]) -> list[str]:
    """What lacks, a line each: "30 supervised hours", "1 more element"."""
    words = {
        "supervised_hours": ngettext(
            "Missing: %(many)s signed hour",
            "Missing: %(many)s signed hours",
            lacks.get("supervised_hours", 0),
        ),
        "elements": ngettext(
            "Missing: %(many)s element", "Missing: %(many)s elements", lacks.get("elements", 0)
        ),
        "competence_level": ngettext(
            "Missing: %(many)s level", "Missing: %(many)s levels", lacks.get("competence_level", 0)
        ),
    }
    return [words[code] % {"many": number(many)} for code, many in lacks.items()]


def _said(code: str, many: int) -> str:
    words = {
        "supervised_hours": ngettext(
            "At least %(many)s signed hour under a supervisor",
            "At least %(many)s signed hours under a supervisor",
            many,
        ),
        "elements": ngettext("on %(many)s element", "on %(many)s different elements", many),
        "competence_level": _("level %(many)s of 4, shown on two elements"),
    }
    return words[code] % {"many": number(many)}
