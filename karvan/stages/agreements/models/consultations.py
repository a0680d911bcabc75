"""Meetings of parties and their minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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
    # Made where the sentence is written, so that one sent twice over a poor line is written once.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    texts = models.JSONField(_("text"))
    # Counts every change of kind or text, so that two who write at once overwrite nothing.
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

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
