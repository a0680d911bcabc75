"""The register of what a run decides."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.foundation.ui.registers import Filter, Register
from karvan.foundation.web.requests import Request

from ..decision_columns import decision_columns
from ..models import SelectionRun
from ..queries import decisions_listed
from .filters import OUTCOMES


def decisions_register(request: Request, shown: SelectionRun) -> Register:
    """The list of a run: reading codes until the blind is lifted, then numbers and names."""
    activity = shown.call.activity
    where = [activity.edition.slug, activity.code, shown.number]
    return Register(
        request,
        decisions_listed(shown),
        decision_columns(shown),
        name=f"selection-{shown.call.slug}-{shown.number}",
        caption=_("Decisions"),
        order=("rank",),
        filters=[Filter(key, words, only) for key, words, only in OUTCOMES],
        row_url=lambda decision: reverse("selection:decision", args=[*where, decision.pk]),
        empty_title=_("Nothing is decided"),
        empty_text=_("This run found no cohort."),
    )
