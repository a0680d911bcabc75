"""Restoration: a project by phases, its permits, works, money and pictures, and who learned on it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity

from .conditions import Advice
from .registers import Element, Monument


class RestorationProject(models.Model):
    """The restoration of a monument. A course of an edition (``activity``) may learn on it."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        PERMITTED = "permitted", _("Permitted")
        WORKS = "works", _("Works")
        ACCEPTED = "accepted", _("Accepted")
        MONITORED = "monitored", _("Monitored")
        STOPPED = "stopped", _("Stopped")

    monument = models.ForeignKey(Monument, models.PROTECT, related_name="projects")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    titles = models.JSONField(_("title"))
    client = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    designer = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    contractor = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.OneToOneField(
        Activity, models.PROTECT, null=True, blank=True, related_name="restoration"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="restorations"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)
    is_public = models.BooleanField(_("open to the public"), default=False)
    scope = models.CharField(max_length=80, unique=True)  # "heritage/az/khan-palace"

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="restoration_ends_after_it_begins",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("A project must end after it begins."),
            ),
            models.CheckConstraint(
                name="restoration_state_is_known",
                condition=Q(
                    state__in=["prepared", "permitted", "works", "accepted", "monitored", "stopped"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class Permit(models.Model):
    """A permission for works: from whom, from when to when, with the paper."""

    project = models.ForeignKey(RestorationProject, models.CASCADE, related_name="permits")
    number = models.CharField(_("number"), max_length=80)
    authority = models.CharField(_("authority"), max_length=200)
    covers = models.CharField(_("what it covers"), max_length=300, blank=True)
    granted_on = models.DateField(_("granted"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["project_id", "granted_on"]
        constraints = [
            models.UniqueConstraint(name="one_permit_a_number", fields=["project", "number"]),
            models.CheckConstraint(
                name="permit_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("granted_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def scope(self) -> str:
        return self.project.scope


class Phase(models.Model):
    """A phase of a project, in the order of good practice."""

    class Kind(models.TextChoices):
        RESEARCH = "research", _("Research and documentation")
        SURVEY = "survey", _("Survey")
        DIAGNOSIS = "diagnosis", _("Diagnosis")
        EMERGENCY = "emergency", _("Emergency measures")
        CONCEPT = "concept", _("Concept and impact assessment")
        PERMIT = "permit", _("Permit")
        TRIALS = "trials", _("Trial areas")
        WORKS = "works", _("Works")
        ACCEPTANCE = "acceptance", _("Acceptance")
        MAINTENANCE = "maintenance", _("Maintenance plan")
        MONITORING = "monitoring", _("Monitoring")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        STARTED = "started", _("In progress")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Left out")

    project = models.ForeignKey(RestorationProject, models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_to = models.DateField(_("planned until"), null=True, blank=True)
    actual_from = models.DateField(_("from"), null=True, blank=True)
    actual_to = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["project_id", "position"]
        constraints = [
            models.UniqueConstraint(name="one_phase_of_a_kind", fields=["project", "kind"]),
            models.CheckConstraint(
                name="a_phase_left_out_says_why",
                condition=~Q(state="skipped") | ~Q(reason=""),
                violation_error_message=_("Say why the phase is left out."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def scope(self) -> str:
        return self.project.scope


class WorkItem(models.Model):
    """A piece of work on an element: a treatment that a survey advised, or that has a reason."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        STARTED = "started", _("In progress")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="items")
    number = models.CharField(_("number"), max_length=12)
    element = models.ForeignKey(Element, models.PROTECT, related_name="work")
    treatment = models.CharField(_("treatment"), max_length=200)
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, blank=True, related_name="work")
    reason = models.CharField(_("reason, where no survey advised it"), max_length=300, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=20)
    unit_price = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    materials = models.CharField(_("materials"), max_length=300, blank=True)
    is_compatible = models.BooleanField(_("compatible"), null=True)
    is_reversible = models.BooleanField(_("reversible"), null=True)
    trade = models.CharField(_("trade"), max_length=80, blank=True)  # the competence it needs
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    started_on = models.DateField(_("begun"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["phase_id", "number"]
        constraints = [
            models.UniqueConstraint(name="one_work_item_a_number", fields=["phase", "number"]),
            models.CheckConstraint(
                name="a_treatment_is_advised_or_has_a_reason",
                condition=Q(advice__isnull=False) | ~Q(reason=""),
                violation_error_message=_(
                    "A treatment needs a survey's recommendation or a reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.treatment}"

    @property
    def scope(self) -> str:
        return self.phase.project.scope


class Viewpoint(models.Model):
    """A place from which the same picture is taken before, during and after."""

    project = models.ForeignKey(RestorationProject, models.CASCADE, related_name="viewpoints")
    code = models.SlugField(_("code"), max_length=40)
    names = models.JSONField(_("what it shows"))
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["project_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_viewpoint_a_code", fields=["project", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.project.scope


class SitePhoto(models.Model):
    """A picture from a viewpoint: before, during or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before")
        DURING = "during", _("During")
        AFTER = "after", _("After")

    viewpoint = models.ForeignKey(Viewpoint, models.CASCADE, related_name="pictures")
    work = models.ForeignKey(WorkItem, models.SET_NULL, null=True, blank=True, related_name="+")
    moment = models.CharField(_("moment"), max_length=6, choices=Moment)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    thumb = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_on = models.DateField(_("taken"))
    operator = models.CharField(_("taken by"), max_length=150, blank=True)
    has_scale = models.BooleanField(_("a scale is in the picture"), default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["viewpoint_id", "taken_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="site_photo_moment_is_known",
                condition=Q(moment__in=["before", "during", "after"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.viewpoint_id} {self.moment}"

    @property
    def scope(self) -> str:
        return self.viewpoint.project.scope


class FundingLine(models.Model):
    """Money of one funder for one phase: planned, committed, paid."""

    project = models.ForeignKey(RestorationProject, models.CASCADE, related_name="funding")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="funding")
    funder = models.ForeignKey(Party, models.PROTECT, related_name="+")
    planned = models.DecimalField(_("planned"), max_digits=14, decimal_places=2)
    committed = models.DecimalField(_("committed"), max_digits=14, decimal_places=2, default=0)
    paid = models.DecimalField(_("paid"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        ordering = ["project_id", "phase__position", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_line_a_phase_and_funder", fields=["phase", "funder"]),
            models.CheckConstraint(
                name="no_more_is_paid_than_committed",
                condition=Q(paid__lte=F("committed")),
                violation_error_message=_("More cannot be paid than was committed."),
            ),
            models.CheckConstraint(
                name="funding_is_not_negative",
                condition=Q(planned__gte=0, committed__gte=0, paid__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.funder}"

    @property
    def scope(self) -> str:
        return self.project.scope


class TraineeLog(models.Model):
    """Hours that somebody who is trained worked on an element, under a supervisor."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="trainee_logs")
    work = models.ForeignKey(WorkItem, models.PROTECT, related_name="logs")
    on = models.DateField(_("date"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    supervisor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level of competence"), null=True, blank=True)  # 1–4
    note = models.CharField(_("note"), max_length=300, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment_id", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="trainee_hours_fit_a_day",
                condition=Q(hours__gt=0, hours__lte=12),
                violation_error_message=_("A day's log has more than no and at most 12 hours."),
            ),
            models.CheckConstraint(
                name="competence_level_one_to_four",
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on} {self.hours}"

    @property
    def scope(self) -> str:
        return self.work.phase.project.scope
