"""The record of acts: one row an act, each holding the hash of the row before it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """One act. Rows are only ever added; triggers refuse a change or a deletion."""

    number = models.BigIntegerField(unique=True)  # 1, 2, 3 … without a gap
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    act = models.CharField(_("act"), max_length=60)  # past tense: "submitted", "adopted"
    subject_kind = models.CharField(max_length=60)  # "calls.application"
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=200)
    scope = models.CharField(max_length=80, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    replayed = models.BooleanField(default=False)  # entered afterwards, under another date
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(name="record_by_subject", fields=["subject_kind", "subject_id", "number"]),
            models.Index(name="record_by_scope", fields=["scope", "number"]),
        ]
        constraints = [
            models.CheckConstraint(name="record_number_is_positive", condition=Q(number__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject_label}"


class ChainHead(models.Model):
    """The last number and hash: locked by whoever writes the next record."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"head {self.number}"
