"""Promises with an owner, wherever they were made, and what shows that they were kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language

from .agreements import Obligation
from .consultations import MinutesItem


class Commitment(models.Model):
    """A promise with an owner. What became of it is computed from the register, see reports.

    ``terms`` says what was promised in a form that can be compared with what happened:
    {"programme": "TVP", "format": "boot_camp", "country": "AZ", "days": 3} or
    {"programme": "TVP", "countries": 10, "besides": ["AZ"]}; {} when only words were given.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        IN_PROGRESS = "in_progress", _("In progress")
        KEPT = "kept", _("Kept")
        CHANGED = "changed", _("Changed")
        LATE = "late", _("Late")
        DROPPED = "dropped", _("Dropped")
        UNKNOWN = "unknown", _("Unknown")

    class Origin(models.TextChoices):
        MINUTES = "minutes", _("Minutes")
        AGREEMENT = "agreement", _("Agreement")
        DECISION = "decision", _("Decision")
        RECOMMENDATION = "recommendation", _("Recommendation")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    origin = models.CharField(_("comes from"), max_length=14, choices=Origin)
    # Decisions and recommendations belong to later stages, which point here; this is what they
    # call themselves and where they are read ("/organs/…", without a language).
    origin_words = models.JSONField(_("source"), default=dict, blank=True)
    origin_address = models.CharField(max_length=200, blank=True)
    item = models.ForeignKey(
        MinutesItem, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    titles = models.JSONField(_("what was promised"))
    owner = models.ForeignKey(Party, models.PROTECT, related_name="commitments")
    co_owners = models.ManyToManyField(Party, related_name="shared_commitments", blank=True)
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    promised_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_note = models.CharField(_("where the due date comes from"), max_length=300, blank=True)
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    terms = models.JSONField(_("terms"), default=dict, blank=True)
    # What somebody last said of it; the ledger compares this with what the register shows.
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    state_reason = models.TextField(_("reason"), blank=True)
    scope = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["due_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="commitment_comes_from_one_source",
                condition=Q(origin="minutes", item__isnull=False, obligation__isnull=True)
                | Q(origin="agreement", item__isnull=True, obligation__isnull=False)
                | (
                    Q(origin__in=["decision", "recommendation"])
                    & Q(item__isnull=True, obligation__isnull=True)
                    & ~Q(origin_address="")
                ),
            ),
            models.CheckConstraint(
                name="commitment_is_due_after_it_was_made",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("promised_on")),
                violation_error_message=_("A commitment cannot be due before it was made."),
            ),
            models.CheckConstraint(
                name="commitment_state_is_known",
                condition=Q(
                    state__in=[
                        "open",
                        "in_progress",
                        "kept",
                        "changed",
                        "late",
                        "dropped",
                        "unknown",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="dropped_or_changed_commitment_says_why",
                condition=~Q(state__in=["dropped", "changed"]) | ~Q(state_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def source(self) -> str:
        """Where the promise was made: the title of the meeting, agreement or decision."""
        if self.origin_words:
            return in_language(self.origin_words)
        if self.item is not None:
            return str(self.item.consultation)
        return str(self.obligation.agreement) if self.obligation is not None else ""


class Evidence(models.Model):
    """Something that shows what became of a commitment: when it happened and how we know."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="evidence")
    happened_on = models.DateField(_("when"), null=True, blank=True)
    date_note = models.CharField(_("about the date"), max_length=200, blank=True)
    texts = models.JSONField(_("what happened"))
    delivers = models.BooleanField(_("delivers what was promised"), default=False)
    source = models.CharField(_("source"), max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(name="evidence_names_its_source", condition=~Q(source=""))
        ]

    def __str__(self) -> str:
        return in_language(self.texts)[:120]
