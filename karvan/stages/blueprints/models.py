"""A programme, and the numbered, immutable versions of its design."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment


class Programme(models.Model):
    """What is run in many countries; its code is the first part of every scope below it."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    titles = models.JSONField(_("title"))
    summaries = models.JSONField(_("summary"), default=dict)
    owner = models.ForeignKey(Party, models.PROTECT, related_name="programmes")
    commitments = models.ManyToManyField(Commitment, related_name="programmes", blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="programme_code_is_capitals", condition=Q(code__regex=r"^[A-Z][A-Z0-9]*$")
            )
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.code


class Blueprint(models.Model):
    """One version of a programme's design. Once published, neither text nor number changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="blueprints")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    source = models.BinaryField()  # the YAML exactly as it came, byte for byte
    sha256 = models.CharField(max_length=64)
    data = models.JSONField()  # the parsed document
    note = models.TextField(_("what changed"), blank=True)
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_blueprint_a_number", fields=["programme", "number"]),
            models.UniqueConstraint(
                name="one_draft_a_programme", fields=["programme"], condition=Q(state="draft")
            ),
            models.CheckConstraint(
                name="published_blueprint_says_when",
                condition=Q(state="draft") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="blueprint_state_is_known", condition=Q(state__in=["draft", "published"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.code} v{self.number}"

    @property
    def scope(self) -> str:
        return self.programme.code
