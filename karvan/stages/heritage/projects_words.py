"""How phases, states and trades of restorations are called and marked."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROJECT_MARKS = {
    "prepared": "draft",
    "permitted": "open",
    "works": "in_progress",
    "accepted": "kept",
    "monitored": "done",
    "stopped": "dropped",
}
PHASE_MARKS = {
    "planned": "open",
    "started": "in_progress",
    "done": "done",
    "skipped": "dropped",
}
WORK_MARKS = {
    "planned": "open",
    "started": "in_progress",
    "done": "done",
    "dropped": "dropped",
}
TRADES: dict[str, str | Promise] = {
    "masonry": _("Stone masonry"),
    "brick": _("Brickwork"),
    "lime": _("Lime plaster and mortar"),
    "carpentry": _("Carpentry"),
    "joinery": _("Joinery and window lattices"),
    "painting": _("Wall painting"),
    "tile": _("Glazed tile and mosaic"),
    "metal": _("Metalwork"),
    "roofing": _("Roofing"),
    "earth": _("Earthen building"),
    "cleaning": _("Surface cleaning"),
    "documentation": _("Measured documentation"),
}
UNITS = (
    ("m2", "m²"),
    ("m", "m"),
    ("m3", "m³"),
    ("kg", "kg"),
    ("l", "l"),
    ("piece", _("piece")),
    ("hour", _("hour")),
)


def trade_word(trade: str) -> str:
    """The trade in words, as it was written where it is none of ours."""
    return str(TRADES.get(trade, trade))


def unit_word(unit: str) -> str:
    """The unit as it is written."""
    return str(dict(UNITS).get(unit, unit))
