"""What a certificate of a trade rests on, in words: hours signed by a supervisor, elements, level."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.heritage.queries.trainees import ELEMENTS, HOURS, LEVEL, SUPERVISED


def asked_in_words(code: str, many: int) -> str:
    """ "worked 120 hours under supervision"; "" for an output that is handed in."""
    if code not in SUPERVISED:
        return ""
    words = {
        HOURS: ngettext(
            "worked %(many)s hour under supervision",
            "worked %(many)s hours under supervision",
            many,
        ),
        ELEMENTS: ngettext(
            "worked on %(many)s element of a monument",
            "worked on %(many)s elements of a monument",
            many,
        ),
        LEVEL: _("reached level %(many)s of 4, shown on two elements"),
    }
    return words[code] % {"many": many}


def lacking_in_words(code: str, found: int | None, needed: int) -> str:
    """ "80 of 120 hours under supervision are signed"; "" for an output that is handed in."""
    if code not in SUPERVISED:
        return ""
    words = {
        HOURS: _("signed so far: %(found)s of %(needed)s hours under supervision"),
        ELEMENTS: _("worked on %(found)s of %(needed)s elements needed"),
        LEVEL: _("reached level %(found)s; %(needed)s is needed, shown on two elements"),
    }
    return words[code] % {"found": found or 0, "needed": needed}
