"""Large tables of roll calls, from the moment somebody decides that they are taken over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person

from .organs import Majority, Organ


class RollCallImport(models.Model):
    """Two tables that the worker takes over: how far it has come and what was doubtful.

    A row is done when its vote is in the register, was there before, or is not taken for a doubt.
    ``doubts`` are counts and examples by kind, ``taken`` how much was added of what, over all
    runs, and ``reason`` why it ended without, in each language of the interface.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting")
        TAKING = "taking", _("Being taken over")
        TAKEN = "taken", _("Taken over")
        FAILED = "failed", _("Broken off")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="roll_call_imports")
    votes = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    calls = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    requirement = models.CharField(_("majority needed"), max_length=16, choices=Majority)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    rows_total = models.PositiveIntegerField(_("lines to take over"), default=0)
    rows_done = models.PositiveIntegerField(_("lines taken over"), default=0)
    doubts = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    reason = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # when it was last known to come on
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="roll_call_import_state_is_known",
                condition=Q(state__in=["asked", "taking", "taken", "failed"]),
            ),
            models.CheckConstraint(
                name="roll_call_import_takes_no_more_than_there_is",
                condition=Q(rows_done__lte=F("rows_total")),
            ),
            models.CheckConstraint(
                name="roll_call_import_ends_once",
                condition=Q(state__in=["asked", "taking"], ended_at__isnull=True)
                | Q(state__in=["taken", "failed"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.pk}"

    @property
    def scope(self) -> str:
        return self.organ.scope

    @property
    def waits(self) -> bool:
        return self.state in (self.State.ASKED, self.State.TAKING)
