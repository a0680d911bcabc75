"""Meetings, agreements, and the commitments that come of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language


class Consultation(models.Model):
    """A meeting in which parties discuss and agree."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        HELD = "held", _("Took place")
        AGREED = "agreed", _("Minutes agreed")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    titles = models.JSONField(_("title"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    date_precision = models.CharField(  # what the paper says: a day, only a month, only a year
        max_length=5,
        choices=[("day", _("day")), ("month", _("month")), ("year", _("year"))],
        default="day",
    )
    language = models.CharField(_("language of the minutes"), max_length=8, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    summary = models.TextField(_("summary"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    scope = models.CharField(max_length=80, blank=True)  # "" or a programme

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="consultation_starts_before_it_ends",
                condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("A meeting must begin before it ends."),
            ),
            models.CheckConstraint(
                name="consultation_state_is_known",
                condition=Q(state__in=["prepared", "held", "agreed"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class ConsultationParty(models.Model):
    """A party at the table, and whether it has confirmed the minutes."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="consultations")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="a_party_sits_once", fields=["consultation", "party"]),
            models.CheckConstraint(
                name="confirmed_minutes_say_by_whom",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Delegate(models.Model):
    """Who came for a party, in which capacity."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="delegates")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    capacity = models.CharField(_("capacity"), max_length=150, blank=True)
    is_head = models.BooleanField(_("head of delegation"), default=False)

    class Meta:
        ordering = ["party_id", "-is_head", "pk"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A point of the meeting's agenda."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("title"))
    briefing = models.TextField(_("briefing"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_topic_a_number", fields=["consultation", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.titles)}"


class MinutesItem(models.Model):
    """One numbered sentence of the minutes and what kind of sentence it is."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("Information")
        AGREEMENT = "agreement", _("Agreement")
        PROPOSAL = "proposal", _("Proposal")
        ACTION = "action", _("Action")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="items")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    texts = models.JSONField(_("text"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="one_minutes_item_a_number", fields=["consultation", "number"]
            ),
            models.CheckConstraint(
                name="minutes_item_kind_is_known",
                condition=Q(kind__in=["information", "agreement", "proposal", "action"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.texts)}"[:120]


class Agreement(models.Model):
    """A signed paper between parties."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("Memorandum of understanding")
        HOST = "host", _("Host agreement")
        PARTNERSHIP = "partnership", _("Partnership")
        PATRONAGE = "patronage", _("Patronage")
        GRANT = "grant", _("Grant")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")
        IN_FORCE = "in_force", _("In force")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    titles = models.JSONField(_("title"))
    parties = models.ManyToManyField(Party, related_name="agreements")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_at_place = models.CharField(_("place of signature"), max_length=120, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    prevailing_language = models.CharField(_("prevailing language"), max_length=8, blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-signed_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(in_force_from__isnull=True)
                | Q(in_force_to__isnull=True)
                | Q(in_force_from__lte=F("in_force_to")),
                violation_error_message=_("An agreement must end after it begins."),
            ),
            models.CheckConstraint(
                name="signed_agreement_says_when",
                condition=Q(state="draft") | Q(signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_state_is_known",
                condition=Q(state__in=["draft", "signed", "in_force", "expired", "terminated"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class Signatory(models.Model):
    """Who signed for a party, in which capacity, when and where."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    capacity = models.CharField(_("capacity"), max_length=150, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Obligation(models.Model):
    """A clause that binds a party."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    number = models.CharField(_("clause"), max_length=12)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    texts = models.JSONField(_("text"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_obligation_a_clause", fields=["agreement", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.texts)}"[:120]


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

    code = models.SlugField(_("code"), max_length=40, unique=True)
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
                condition=Q(item__isnull=False, obligation__isnull=True)
                | Q(item__isnull=True, obligation__isnull=False),
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
        """Where the promise was made: the meeting's or the agreement's title."""
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
