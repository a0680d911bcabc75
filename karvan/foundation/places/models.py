"""What a country is, and which days of its week are worked, since when."""

from __future__ import annotations

from calendar import day_abbr

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
    """The weekdays a country works, from one date to another; never inferred from a language.

    ``scope`` is "" for the whole country, or that of one edition, whose week then goes first.
    """

    country = models.ForeignKey(Country, models.CASCADE, related_name="working_weeks")
    scope = models.CharField(_("scope"), max_length=80, blank=True)  # "" or one edition's
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
        days = ", ".join(day_abbr[number - 1] for number in self.workdays)
        return f"{self.country_id} {days}"


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


class WorkingHours(models.Model):
    """From when to when people work on a day: usually, and in Ramadan. None of a kind is unknown."""

    class Kind(models.TextChoices):
        USUAL = "usual", _("Usual")
        RAMADAN = "ramadan", _("In Ramadan")

    country = models.ForeignKey(Country, models.CASCADE, related_name="working_hours")
    scope = models.CharField(_("scope"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    half_day_ends = models.TimeField(_("until, on a half day"), null=True, blank=True)
    valid_from = models.DateField(_("since"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["country_id", "scope", "kind", "valid_from"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(
                name="working_hours_start_before_they_end", condition=Q(starts__lt=F("ends"))
            ),
            models.CheckConstraint(
                name="working_hours_kind_is_known", condition=Q(kind__in=["usual", "ramadan"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.kind} {self.starts:%H:%M}–{self.ends:%H:%M}"


class ClosedPeriod(models.Model):
    """Days that an edition keeps clear of though they are worked: examinations, an election."""

    class Kind(models.TextChoices):
        EXAMS = "exams", _("Examinations")
        OTHER = "other", _("Other")

    country = models.ForeignKey(Country, models.CASCADE, related_name="closed_periods")
    scope = models.CharField(_("scope"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("source or reason"), max_length=300)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="closed_period_starts_before_it_ends",
                condition=Q(starts_on__lte=F("ends_on")),
            ),
            models.CheckConstraint(
                name="closed_period_kind_is_known", condition=Q(kind__in=["exams", "other"])
            ),
            models.CheckConstraint(name="closed_period_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.name
