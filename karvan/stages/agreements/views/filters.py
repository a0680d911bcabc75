"""The filters of the registers, as words."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

STATE_OF_CONSULTATION = (
    ("prepared", _("Prepared"), Q(state="prepared")),
    ("held", _("Minutes open"), Q(state="held")),
    ("agreed", _("Agreed"), Q(state="agreed")),
)
STATE_OF_AGREEMENT = (
    ("draft", _("Drafts"), Q(state="draft")),
    ("cleared", _("To be signed"), Q(state="cleared")),
    ("in_force", _("In force"), Q(state="in_force")),
    ("over", _("Over"), Q(state__in=["expired", "terminated"])),
)
