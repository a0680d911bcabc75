"""How a monument is: surveys, damage, threats, what should be done. Terms come from vocabularies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language

from .registers import Element, Monument


class Term(models.Model):
    """A term of a vocabulary, with its definitions: ``vocabulary`` is "condition", "extent",
    "pattern", "disturbance", "effect", "cause", "threat", "probability", "priority",
    "recommendation", "trend", "intervention"."""

    vocabulary = models.CharField(_("vocabulary"), max_length=20)
    code = models.SlugField(_("code"), max_length=80)
    names = models.JSONField(_("name"))
    definitions = models.JSONField(_("definition"), default=dict, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="kinds")
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=200)
    is_current = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["vocabulary", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_term_a_code", fields=["vocabulary", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.names)


class ConditionSurvey(models.Model):
    """Somebody looked at a monument on a day and wrote down how it is."""

    class Method(models.TextChoices):
        VISUAL = "visual", _("Visual")
        MEASURED = "measured", _("Measured")
        INSTRUMENT = "instrument", _("With instruments")
        IMAGE = "image", _("From images")

    class Condition(models.TextChoices):
        GOOD = "good", _("Good")
        FAIR = "fair", _("Fair")
        POOR = "poor", _("Poor")
        VERY_BAD = "very_bad", _("Very bad")
        DESTROYED = "destroyed", _("Destroyed")
        UNKNOWN = "unknown", _("Unknown")

    class Trend(models.TextChoices):
        IMPROVING = "improving", _("Improving")
        STABLE = "stable", _("Stable")
        WORSENING = "worsening", _("Worsening")
        UNKNOWN = "unknown", _("Unknown")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")

    monument = models.ForeignKey(Monument, models.CASCADE, related_name="surveys")
    on = models.DateField(_("date"))
    surveyor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    surveyor_name = models.CharField(_("surveyor"), max_length=150, blank=True)
    surveyor_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+"
    )
    method = models.CharField(_("method"), max_length=12, choices=Method, default=Method.VISUAL)
    condition = models.CharField(_("condition"), max_length=12, choices=Condition)
    extent = models.CharField(_("extent of damage"), max_length=80, blank=True)  # a term's code
    trend = models.CharField(_("trend"), max_length=10, choices=Trend, default=Trend.UNKNOWN)
    certainty = models.CharField(_("certainty"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    next_due_on = models.DateField(_("next survey due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    signed_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(_("taken over from a register"), default=False)

    class Meta:
        ordering = ["monument_id", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="survey_condition_is_known",
                condition=Q(
                    condition__in=["good", "fair", "poor", "very_bad", "destroyed", "unknown"]
                ),
            ),
            models.CheckConstraint(
                name="signed_survey_says_when",
                condition=Q(state="draft") | Q(signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monument} {self.on}"

    @property
    def scope(self) -> str:
        return self.monument.register.scope


class DamageObservation(models.Model):
    """One damage on one element: its pattern, how much of it, how grave, and the likely cause."""

    survey = models.ForeignKey(ConditionSurvey, models.CASCADE, related_name="observations")
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    pattern = models.ForeignKey(Term, models.PROTECT, related_name="+")
    extent_percent = models.PositiveSmallIntegerField(_("extent, per cent"), null=True, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), null=True, blank=True)  # 1 to 3
    cause = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    cause_certainty = models.CharField(_("how sure the cause is"), max_length=60, blank=True)
    crack_mm = models.DecimalField(
        _("width of crack, mm"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    moisture_percent = models.DecimalField(
        _("moisture, per cent"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    marks = models.JSONField(default=list, blank=True)  # boxes and points on the photograph

    class Meta:
        ordering = ["survey_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="damage_severity_one_to_three",
                condition=Q(severity__isnull=True) | Q(severity__gte=1, severity__lte=3),
            ),
            models.CheckConstraint(
                name="damage_extent_is_a_share",
                condition=Q(extent_percent__isnull=True) | Q(extent_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.pattern_id}"

    @property
    def scope(self) -> str:
        return self.survey.monument.register.scope


class Threat(models.Model):
    """What may yet harm a monument."""

    survey = models.ForeignKey(ConditionSurvey, models.CASCADE, related_name="threats")
    category = models.ForeignKey(Term, models.PROTECT, related_name="+")
    cause = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    probability = models.CharField(_("probability"), max_length=80)  # a term's code
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["survey_id", "pk"]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.category_id}"

    @property
    def scope(self) -> str:
        return self.survey.monument.register.scope


class Advice(models.Model):
    """A recommendation of a survey: what should be done, how soon."""

    survey = models.ForeignKey(ConditionSurvey, models.CASCADE, related_name="advice")
    kind = models.ForeignKey(Term, models.PROTECT, related_name="+")
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.CharField(_("priority"), max_length=80)  # a term's code
    due_on = models.DateField(_("by"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["survey_id", "pk"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.survey_id} {self.kind_id}"

    @property
    def scope(self) -> str:
        return self.survey.monument.register.scope
