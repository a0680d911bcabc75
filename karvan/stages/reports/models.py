"""Figures as they stood on a day, kept whole so that a sent report can be opened again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Edition


class Report(models.Model):
    """A report that was made: its figures, from which scope, as of when, and their hash."""

    class Kind(models.TextChoices):
        INDICATORS = "indicators", _("Indicators")
        LEDGER = "ledger", _("Promise ledger")
        EDITION = "edition", _("Edition report")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    scope = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)  # an agreement's or consultation's code
    as_of = models.DateTimeField(_("as of"))
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-as_of"]
        constraints = [
            models.CheckConstraint(
                name="report_kind_is_known",
                condition=Q(kind__in=["indicators", "ledger", "edition"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of:%Y-%m-%d}"


class Rebase(models.Model):
    """An indicator whose definition changed when an edition took a newer version: both figures.

    ``before`` and ``after`` are {"version", "definition", "value", "numerator", "denominator",
    "target", "baseline"} as of the same moment; None where there was no such indicator.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rebases")
    indicator = models.CharField(_("indicator"), max_length=24)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["edition_id", "-at", "indicator"]
        constraints = [
            models.CheckConstraint(
                name="rebase_has_a_figure",
                condition=Q(before__isnull=False) | Q(after__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.indicator

    @property
    def scope(self) -> str:
        return self.edition.scope
