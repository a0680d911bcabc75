"""The filters of the register of dossiers, as words."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FILTERS = (
    ("stopped", _("Stopped"), Q(stopped_at__isnull=False)),
    ("closed", _("Not cleared yet"), Q(state="draft")),
    ("open", _("At work"), Q(state__in=["cleared", "teardown", "documented", "redesign"])),
    ("verified", _("Verified"), Q(state="verified")),
    ("released", _("Released"), Q(state__in=["released", "superseded"])),
)
