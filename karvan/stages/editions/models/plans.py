"""What was planned when the call opened, kept so that it can stand beside what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .editions import Activity, Edition


class PlanLine(models.Model):
    """One frozen value of a plan. What happened later is read from the register beside it.

    ``key`` tells several of one kind apart: a partner's code and part, a budget line's code;
    "" where there is one. ``planned`` is a number or text, or a mapping such as
    {"amount": "1200.00", "currency": "MAD"} or {"from": "2027-03-20", "until": "2027-03-22"}.
    Never changed once written.
    """

    class Kind(models.TextChoices):
        DATES = "dates", _("Dates")
        LENGTH = "length", _("Length")
        PLACES = "places", _("Places")
        PARTNER = "partner", _("Partner")
        BUDGET = "budget", _("Budget")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="plan_lines")
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="plan_lines"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    key = models.CharField(max_length=80, blank=True)
    planned = models.JSONField(_("planned"))
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        ordering = ["edition_id", "activity__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_plan_line_a_kind_and_key",
                fields=["edition", "activity", "kind", "key"],
                condition=Q(activity__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_plan_line_of_an_edition_a_kind_and_key",
                fields=["edition", "kind", "key"],
                condition=Q(activity__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_line_kind_is_known",
                condition=Q(kind__in=["dates", "length", "places", "partner", "budget"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()
