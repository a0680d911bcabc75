"""How sure places are, in words and as a list of those on the border. Codes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .models import Decision, SelectionRun
from .naming import code_of
from .queries import decisions_listed

UNSURE = 0.7
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Border:
    """Somebody on the border. ``inside``: the share of drawn marks under which it is in, 0 to 1."""

    decision: Decision
    code: str
    is_in: bool
    inside: float


@dataclass(frozen=True, slots=True)
class SurenessShown:
    """What is known of how sure places are; ``done`` None: nothing is being worked out."""

    said: str
    border: tuple[Border, ...]
    draws: int | None
    done: int | None
    of: int


def sureness_shown(run: SelectionRun, *, with_border: bool = True) -> SurenessShown:
    """How sure the places of a run are; one query where somebody is on the border."""
    kept = run.sureness
    shares: dict[str, int] = kept.get("shares") or {}
    rows = decisions_listed(run) if shares and with_border else ()
    inside = [
        (one, shares[str(one.application_id)] / 10_000)
        for one in rows
        if str(one.application_id) in shares
    ]
    border = [
        Border(one, code_of(one.application, run), one.outcome == Decision.Outcome.SELECTED, share)
        for one, share in inside
        if 1 - UNSURE < share < UNSURE
    ]
    border.sort(key=lambda one: (-one.inside, one.decision.rank))
    return SurenessShown(
        said=_said(inside) if shares and with_border else "",
        border=tuple(border[:MOST_SHOWN]),
        draws=kept.get("draws"),
        done=kept.get("done"),
        of=kept.get("of", 0),
    )


def _said(inside: Sequence[tuple[Any, float]]) -> str:
    places = [share for one, share in inside if one.outcome == Decision.Outcome.SELECTED]
    unsure = sum(share < UNSURE for share in places)
    if not unsure:
        return _("Every place is at least %(share)s sure.") % {"share": formats.percent(UNSURE)}
    return ngettext(
        "%(n)s place is less sure than %(share)s.",
        "%(n)s places are less sure than %(share)s.",
        unsure,
    ) % {"n": formats.number(unsure), "share": formats.percent(UNSURE)}
