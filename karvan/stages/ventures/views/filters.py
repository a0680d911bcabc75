"""The filters of the registers, as words."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

WITH_VENTURE = (
    ("venture", _("With a venture"), Q(venture__isnull=False)),
    ("admitted", _("Admitted to the course"), Q(admitted_to__isnull=False)),
)
