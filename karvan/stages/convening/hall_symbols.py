"""Symbols of drafts and numbers of resolutions, as the organ's patterns have them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .errors import NotGiven
from .models import AgendaItem, StatutorySession
from .symbols import number_of

KINDS = {"resolution": "RES", "decision": "DEC", "recommendation": "REC"}
PARTS = ("organ", "session", "year", "kind", "number", "item")
_DRAFT = re.compile(r"/L\.(\d+)$")


def resolution_number(
    session: StatutorySession, *, kind: str, ordinal: int, item: AgendaItem | None
) -> str:
    """The number by the organ's pattern: "GC 12/RES.3".

    Raises:
        NotGiven: the pattern cannot be used, or does not name the number.
    """
    organ = session.organ
    said = item.number if item else None
    try:
        if "{number}" in organ.number_pattern:
            return number_of(organ, session, kind=KINDS[kind], number=ordinal, item=said)
    except ValueError:
        pass
    raise NotGiven(
        _(
            "The pattern of resolution numbers “%(pattern)s” cannot be used. It must name "
            "{number}, and may name: %(parts)s. Put it right in the rules of the body."
        )
        % {"pattern": organ.number_pattern, "parts": ", ".join(f"{{{one}}}" for one in PARTS)}
    )


def draft_symbol(session: StatutorySession, item: AgendaItem | None = None) -> str:
    """The next symbol of a draft: organ, session, and L with the first number that is free."""
    taken = [
        int(found[1])
        for symbol in session.motions.values_list("symbol", flat=True)
        if (found := _DRAFT.search(symbol))
    ]
    number = max(taken, default=0) + 1
    return f"{session.organ.abbreviation} {session.ordinal}/L.{number}"
