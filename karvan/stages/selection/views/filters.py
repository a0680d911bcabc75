"""The saved filters of the registers, as words."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

OUTCOMES = (
    ("selected", _("Selected"), Q(outcome="selected")),
    ("waiting", _("Waiting list"), Q(outcome="waiting")),
    ("declined", _("Not selected"), Q(outcome="declined")),
)
OFFERS = (
    ("open", _("Not answered"), Q(state="offered")),
    ("accepted", _("Accepted"), Q(state="accepted")),
    ("free", _("Place given back"), Q(state__in=["declined", "expired", "withdrawn"])),
)
APPEALS = (
    ("filed", _("To decide"), Q(state="filed")),
    ("upheld", _("Upheld"), Q(state="upheld")),
    ("rejected", _("Rejected"), Q(state="rejected")),
    ("withdrawn", _("Withdrawn"), Q(state="withdrawn")),
)
