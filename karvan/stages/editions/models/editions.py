"""A programme in one country: its base version, partners, activities."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.models import Blueprint, Programme


class Edition(models.Model):
    """A blueprint held in one country."""

    class State(models.TextChoices):
        ADOPTING = "adopting", _("Being adopted")
        ADOPTED = "adopted", _("Adopted")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="editions")
    country = models.ForeignKey(Country, models.PROTECT, related_name="editions")
    code = models.CharField(_("code"), max_length=16)  # "AZ-2021"
    slug = models.SlugField(_("address"), max_length=40, unique=True)  # "tvp-az-2021"
    scope = models.CharField(max_length=80, unique=True)  # "TVP/AZ-2021"
    titles = models.JSONField(_("title"))
    languages = models.JSONField(_("languages"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=64)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ADOPTING)
    adopted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    commitments = models.ManyToManyField(Commitment, through="Fulfilment", related_name="editions")

    class Meta:
        ordering = ["programme_id", "country_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_edition_a_code", fields=["programme", "code"]),
            models.CheckConstraint(
                name="edition_state_is_known",
                condition=Q(state__in=["adopting", "adopted", "running", "closed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="adopted_edition_says_when",
                condition=Q(state__in=["adopting", "cancelled"]) | Q(adopted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class Fulfilment(models.Model):
    """This edition (or one activity of it) is what was promised there."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="fulfilments")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="fulfilments")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_edition_fulfils_a_commitment_once", fields=["commitment", "edition"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} → {self.commitment_id}"


class EditionPartner(models.Model):
    """A party of this edition: what it is here, what it gives, how many places it may fill."""

    class Part(models.TextChoices):
        HOST = "host", _("Host")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")
        VENUE = "venue", _("Venue")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="partners")
    party = models.ForeignKey(Party, models.PROTECT, related_name="edition_parts")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    contribution = models.CharField(_("contribution"), max_length=300, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    reserved_seats = models.PositiveSmallIntegerField(_("reserved places"), default=0)
    joined_on = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        ordering = ["edition_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_party_has_a_part_once", fields=["edition", "party", "part"]
            ),
            models.CheckConstraint(
                name="partner_part_is_known",
                condition=Q(part__in=["host", "partner", "funder", "venue"]),
            ),
            models.CheckConstraint(
                name="amount_has_a_currency", condition=Q(amount__isnull=True) | ~Q(currency="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Activity(models.Model):
    """One formatted part of an edition: its boot camp, its course, its workshop.

    Planned dates are frozen when the call opens; what happens later is actual.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="activities")
    code = models.CharField(_("code"), max_length=12)  # as in the blueprint: "BC3"
    format = models.CharField(_("format"), max_length=20)
    titles = models.JSONField(_("title"))
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.CharField(max_length=80, unique=True)  # "TVP/AZ-2021/BC3"
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    planned_starts_on = models.DateField(_("planned from"), null=True, blank=True)
    planned_ends_on = models.DateField(_("planned until"), null=True, blank=True)
    plan_frozen_at = models.DateTimeField(null=True)
    actual_starts_on = models.DateField(_("from"), null=True, blank=True)
    actual_ends_on = models.DateField(_("until"), null=True, blank=True)
    change_reason = models.TextField(_("why it differs from the plan"), blank=True)

    class Meta:
        ordering = ["edition_id", "position"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(name="one_activity_a_code", fields=["edition", "code"]),
            models.CheckConstraint(
                name="planned_activity_starts_before_it_ends",
                condition=Q(planned_starts_on__isnull=True)
                | Q(planned_ends_on__isnull=True)
                | Q(planned_starts_on__lte=F("planned_ends_on")),
                violation_error_message=_("An activity must begin before it ends."),
            ),
            models.CheckConstraint(
                name="actual_activity_starts_before_it_ends",
                condition=Q(actual_starts_on__isnull=True)
                | Q(actual_ends_on__isnull=True)
                | Q(actual_starts_on__lte=F("actual_ends_on")),
                violation_error_message=_("An activity must begin before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def starts_on(self) -> date | None:
        """The actual first day, or the planned one."""
        return self.actual_starts_on or self.planned_starts_on

    @property
    def ends_on(self) -> date | None:
        """The actual last day, or the planned one."""
        return self.actual_ends_on or self.planned_ends_on
