"""What happened: who took part, who came, what was handed in, what they thought."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.calls.models import Application
from karvan.stages.editions.models import Activity
from karvan.stages.timetables.models import Group, Session


class Enrolment(models.Model):
    """A person takes part in an activity."""

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        COMPLETED = "completed", _("Completed")
        LEFT = "left", _("Left")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="enrolments"
    )
    attributes = models.JSONField(default=dict)  # as applied with: sex, age_band, region, …
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ENROLLED)
    enrolled_at = models.DateTimeField()
    left_reason = models.CharField(_("why left"), max_length=300, blank=True)

    class Meta:
        ordering = ["activity_id", "person__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_is_enrolled_once", fields=["activity", "person"]
            ),
            models.CheckConstraint(
                name="enrolment_state_is_known",
                condition=Q(state__in=["enrolled", "completed", "left"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"enrolment {self.pk}"

    @property
    def scope(self) -> str:
        return self.activity.scope


class Attendance(models.Model):
    """One person at one session. No row means the roll was not called for that person."""

    class State(models.TextChoices):
        PRESENT = "present", _("Present")
        LATE = "late", _("Late")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Absent")

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    state = models.CharField(_("state"), max_length=8, choices=State)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_attendance_a_session", fields=["session", "enrolment"]
            ),
            models.CheckConstraint(
                name="attendance_state_is_known",
                condition=Q(state__in=["present", "late", "excused", "absent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.state}"


class Coursework(models.Model):
    """Something to hand in: an output of the blueprint, with the rubric it is marked by."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="coursework")
    code = models.CharField(_("code"), max_length=40)  # the blueprint's output: "canvas"
    titles = models.JSONField(_("title"))
    rubric = models.JSONField(default=dict)
    by_team = models.BooleanField(_("one a team"), default=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)

    class Meta:
        ordering = ["activity_id", "due_at", "code"]
        verbose_name_plural = "coursework"
        constraints = [
            models.UniqueConstraint(name="one_coursework_a_code", fields=["activity", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.activity.scope


class HandIn(models.Model):
    """What one person handed in for one piece of coursework, and its mark."""

    class State(models.TextChoices):
        HANDED_IN = "handed_in", _("Handed in")
        MARKED = "marked", _("Marked")
        RETURNED = "returned", _("Returned")

    coursework = models.ForeignKey(Coursework, models.PROTECT, related_name="hand_ins")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="hand_ins")
    number = models.PositiveSmallIntegerField(_("try"), default=1)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HANDED_IN)
    handed_in_at = models.DateTimeField()
    marks = models.JSONField(default=dict)
    percent = models.PositiveSmallIntegerField(_("mark"), null=True)
    comment = models.TextField(_("comment"), blank=True)
    marked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-handed_in_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_hand_in_a_try", fields=["coursework", "enrolment", "number"]
            ),
            models.CheckConstraint(
                name="mark_is_a_percentage", condition=Q(percent__isnull=True) | Q(percent__lte=100)
            ),
            models.CheckConstraint(
                name="marked_hand_in_says_by_whom",
                condition=~Q(state="marked") | Q(marked_by__isnull=False, percent__isnull=False),
            ),
            models.CheckConstraint(
                name="hand_in_holds_something", condition=~Q(text="") | Q(file__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coursework}: {self.enrolment}"

    @property
    def record_label(self) -> str:
        """What records call it, without the name of who handed it in."""
        return f"{self.coursework.code} of enrolment {self.enrolment_id}, try {self.number}"

    @property
    def scope(self) -> str:
        return self.coursework.activity.scope


class Assessment(models.Model):
    """A person's result in one assessment of the blueprint (A1, A2 …), in per cent."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="assessments")
    code = models.CharField(_("assessment"), max_length=12)
    percent = models.PositiveSmallIntegerField(_("result"))
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_result_an_assessment", fields=["enrolment", "code"]),
            models.CheckConstraint(name="result_is_a_percentage", condition=Q(percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.percent}"


class Material(models.Model):
    """Something to read or use for a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=150)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Feedback(models.Model):
    """What one participant thought of one session, 1 to 5. Shown only in sums of five or more."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="feedback")
    rating = models.PositiveSmallIntegerField(_("rating"))
    comment = models.TextField(_("comment"), blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_feedback_a_session", fields=["session", "enrolment"]),
            models.CheckConstraint(
                name="rating_is_one_to_five", condition=Q(rating__gte=1, rating__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.rating}"
