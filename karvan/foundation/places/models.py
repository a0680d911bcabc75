"""What a country is, and which days of its week are worked, since when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import in_language


class Country(models.Model):
    """A country with its names, official languages and time zone."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    names = models.JSONField(_("names"))  # {"en": …, "fr": …, "ar": …, "az": …}
    official_languages = models.JSONField(_("official languages"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=64)
    region = models.CharField(_("region"), max_length=16, blank=True)  # Arab, African, Asian
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="country_code_is_two_capitals", condition=Q(code__regex=r"^[A-Z]{2}$")
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)


class WorkingWeek(models.Model):
    """The weekdays a country works, from one date to another; never inferred from a language."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="working_weeks")
    workdays = models.JSONField(_("workdays"))  # ISO weekdays, Monday is 1: [1, 2, 3, 4, 5]
    half_days = models.JSONField(_("half days"), default=list)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["country_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="working_week_starts_before_it_ends",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.workdays}"


class HolidayNote(models.Model):
    """What a person said of one date: a holiday confirmed, added or taken away, and why.

    ``scope`` is "" for the whole country, or the code of one edition.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        ADDED = "added", _("Added")
        REMOVED = "removed", _("Taken away")

    country = models.ForeignKey(Country, models.CASCADE, related_name="holiday_notes")
    scope = models.CharField(_("scope"), max_length=80, blank=True)
    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                name="one_note_a_date_and_scope", fields=["country", "scope", "on"]
            ),
            models.CheckConstraint(
                name="holiday_note_kind_is_known",
                condition=Q(kind__in=["confirmed", "added", "removed"]),
            ),
            models.CheckConstraint(name="holiday_note_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.on} {self.kind}"
