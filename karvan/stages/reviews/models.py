"""Who reads which application, and the marks they give."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Application, Call


class ReviewRound(models.Model):
    """The reading of one call: its rubric, how many reads each, from when to when.

    ``rubric`` is the blueprint's, as it stood when the round began:
    {"scale": [0, 5], "criteria": [{"code", "title", "weight", "anchors"}]}.
    ``starts_on``, ``expected`` and ``load_each`` serve the plan, made before the call closes.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    call = models.OneToOneField(Call, models.PROTECT, related_name="review_round")
    rubric = models.JSONField()
    reads_each = models.PositiveSmallIntegerField(_("reads each"), default=2)
    third_read_over = models.PositiveSmallIntegerField(
        _("third read over (points of 100)"), default=20
    )
    is_blind = models.BooleanField(_("blind"), default=True)
    starts_on = models.DateField(_("reading begins"), null=True, blank=True)
    expected = models.PositiveIntegerField(_("applications expected"), null=True, blank=True)
    load_each = models.PositiveSmallIntegerField(_("reads a reviewer takes"), default=40)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="round_has_a_read", condition=Q(reads_each__gte=1)),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=["prepared", "open", "closed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}"

    @property
    def scope(self) -> str:
        return self.call.activity.scope


class Reviewer(models.Model):
    """A person who reads in one round: languages, fields, how much."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reviewing")
    languages = models.JSONField(_("languages"), default=list)
    fields = models.JSONField(_("fields"), default=list)
    institution = models.CharField(_("institution"), max_length=150, blank=True)
    load_low = models.PositiveSmallIntegerField(_("at least"), default=0)
    load_high = models.PositiveSmallIntegerField(_("at most"), default=40)
    is_active = models.BooleanField(_("reads"), default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_reviews_a_round_once", fields=["round", "person"]
            ),
            models.CheckConstraint(
                name="reviewer_load_is_a_span", condition=Q(load_low__lte=models.F("load_high"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"reviewer {self.pk}"

    @property
    def scope(self) -> str:
        return self.round.scope


class Conflict(models.Model):
    """Why this reviewer must not read that application."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("Same institution")
        KIN = "kin", _("Kin")
        SUPERVISOR = "supervisor", _("Supervisor")
        COAUTHOR = "coauthor", _("Co-author")
        DECLARED = "declared", _("Declared")

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_conflict_a_pair", fields=["reviewer", "application"])
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} × {self.application}"


class Assignment(models.Model):
    """An application given to a reviewer to read."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="assignments")
    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    is_third_read = models.BooleanField(default=False)
    assigned_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when the reviewer was written to about it
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_reviewer_reads_an_application_once", fields=["reviewer", "application"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} reads {self.application}"


class Review(models.Model):
    """The marks of one read. ``total`` is in hundredths of a point of 100: 0 to 10,000."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        DONE = "done", _("Done")

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review")
    marks = models.JSONField(default=dict)  # criterion code → mark on the rubric's scale
    total = models.PositiveIntegerField(_("total"), null=True)
    comment = models.TextField(_("comment"), blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="done_review_has_a_total",
                condition=~Q(state="done") | Q(total__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_total_is_at_most_100_points",
                condition=Q(total__isnull=True) | Q(total__lte=10_000),
            ),
            models.CheckConstraint(
                name="review_state_is_known", condition=Q(state__in=["draft", "done"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.total}"

    @property
    def record_label(self) -> str:
        """What records call it: neither who reads nor who applied."""
        return f"review {self.pk}"

    @property
    def scope(self) -> str:
        return self.assignment.round.scope
