"""Titles that cities are given for a year: cycles, nominations, decisions and the register."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Edition

from .hall import Resolution
from .organs import Organ
from .papers import AgendaItem


class TitleSeries(models.Model):
    """A title that is given year after year, such as capital of culture.

    ``regions`` are codes with names: [{"code": "Arab", "names": {…}}]; ``rubric`` criteria of the
    experts and ``sections`` of the nomination file, both as data.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("name"))
    regions = models.JSONField(_("regions"), default=list)
    seats_per_region = models.PositiveSmallIntegerField(_("cities a region a year"), default=1)
    sections = models.JSONField(_("sections of the file"), default=list)
    admissibility = models.JSONField(_("conditions of admissibility"), default=list)
    rubric = models.JSONField(_("rubric"), default=dict)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="titles")
    first_year = models.PositiveSmallIntegerField(_("first year"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    scope = models.CharField(max_length=80, unique=True)  # "titles/culture"

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "title series"

    def __str__(self) -> str:
        return in_language(self.names)


class TitleCycle(models.Model):
    """The choice of the cities of one year."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        OPEN = "open", _("Open for nominations")
        EVALUATION = "evaluation", _("In evaluation")
        DECIDED = "decided", pgettext_lazy("state", "Decided")

    series = models.ForeignKey(TitleSeries, models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField(_("year of the title"))
    seats = models.JSONField(_("seats by region"), default=dict)  # {"Asian": 1}
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_on = models.DateField(_("closes"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    scope = models.CharField(max_length=80, unique=True)  # "titles/culture/2024"

    class Meta:
        ordering = ["series_id", "-year"]
        constraints = [
            models.UniqueConstraint(name="one_title_cycle_a_year", fields=["series", "year"]),
            models.CheckConstraint(
                name="title_cycle_state_is_known",
                condition=Q(state__in=["prepared", "open", "evaluation", "decided"]),
            ),
            models.CheckConstraint(
                name="title_cycle_opens_before_it_closes",
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(opens_on__lte=F("closes_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class TitleNomination(models.Model):
    """A city that a state nominates, with its file."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        ADMITTED = "admitted", _("Admissible")
        NOT_ADMITTED = "not_admitted", _("Not admissible")
        PROPOSED = "proposed", _("Proposed for decision")
        GRANTED = "granted", _("Granted")
        DECLINED = "declined", _("Not granted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    cycle = models.ForeignKey(TitleCycle, models.PROTECT, related_name="nominations")
    city_names = models.JSONField(_("city"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    region = models.CharField(_("region"), max_length=16)
    party = models.ForeignKey(Party, models.PROTECT, related_name="title_nominations")
    texts = models.JSONField(_("the file's sections"), default=dict)  # section code → texts
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.DRAFT)
    state_reason = models.TextField(_("reason"), blank=True)
    checks = models.JSONField(default=dict)  # condition → {"met": true, "note": ""}
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    item = models.ForeignKey(  # where the draft decision is put
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="nominations"
    )
    draft_decision = models.JSONField(_("draft decision"), default=dict, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["cycle_id", "region", "pk"]
        constraints = [
            models.CheckConstraint(
                name="title_nomination_state_is_known",
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "admitted",
                        "not_admitted",
                        "proposed",
                        "granted",
                        "declined",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="refused_nomination_says_why",
                condition=~Q(state__in=["not_admitted", "declined"]) | ~Q(state_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.city_names)

    @property
    def scope(self) -> str:
        return self.cycle.scope


class NominationFile(models.Model):
    """A paper or a picture of a nomination's file."""

    nomination = models.ForeignKey(TitleNomination, models.CASCADE, related_name="files")
    section = models.CharField(_("section"), max_length=40)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["nomination_id", "section", "pk"]

    def __str__(self) -> str:
        return self.caption or self.section


class ExpertMark(models.Model):
    """What one expert found of one nomination, by the series' rubric."""

    nomination = models.ForeignKey(TitleNomination, models.CASCADE, related_name="marks")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="title_marks")
    marks = models.JSONField(default=dict)  # criterion → mark
    comment = models.TextField(_("comment"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["nomination_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_expert_marks_a_nomination_once", fields=["nomination", "expert"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.expert_id}"

    @property
    def scope(self) -> str:
        return self.nomination.cycle.scope


class Title(models.Model):
    """A city's title. Three dates: decided, decreed by the state, and the year it was held."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        ADDITIONAL = "additional", _("Additional")
        PERMANENT = "permanent", _("Permanent")

    series = models.ForeignKey(TitleSeries, models.PROTECT, related_name="titles")
    city_names = models.JSONField(_("city"))
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.CharField(_("region"), max_length=16)
    year = models.PositiveSmallIntegerField(_("year of the title"))
    year_held = models.PositiveSmallIntegerField(_("year it was held"), null=True, blank=True)
    moved_reason = models.CharField(_("why the year moved"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REGULAR)
    exception_reason = models.CharField(  # more cities in a region and year than there are seats
        _("why more than one"), max_length=300, blank=True
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decided_precision = models.CharField(  # what is known of it: a day, only a month, only a year
        max_length=5,
        choices=[("day", _("Day")), ("month", _("Month")), ("year", _("Year"))],
        default="day",
    )
    decreed_on = models.DateField(_("decreed"), null=True, blank=True)
    decree = models.CharField(_("decree"), max_length=300, blank=True)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="granted_titles"
    )
    nomination = models.OneToOneField(
        TitleNomination, models.PROTECT, null=True, blank=True, related_name="title"
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    committee = models.JSONField(_("host committee"), default=list, blank=True)  # name, office
    handed_over_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="taken_from"
    )
    handed_over_on = models.DateField(_("handed over"), null=True, blank=True)
    closing_report = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_public = models.BooleanField(_("in the public register"), default=True)

    class Meta:
        ordering = ["year", "region", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_moved_title_says_why",
                condition=Q(year_held__isnull=True) | Q(year_held=F("year")) | ~Q(moved_reason=""),
                violation_error_message=_("Say why the year moved."),
            ),
            models.CheckConstraint(
                name="title_date_precision_is_known",
                condition=Q(decided_precision__in=["day", "month", "year"]),
            ),
            models.CheckConstraint(
                name="title_kind_is_known",
                condition=Q(kind__in=["regular", "additional", "permanent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.city_names)} {self.year}"

    @property
    def scope(self) -> str:
        return self.series.scope


class TitleEvent(models.Model):
    """An event of a title's year."""

    title = models.ForeignKey(Title, models.CASCADE, related_name="events")
    names = models.JSONField(_("title"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["title_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="title_event_starts_before_it_ends",
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("An event must begin before it ends."),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.title.series.scope
