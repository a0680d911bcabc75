"""The dossier of one team, its kind of device, its members and their turns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity

from .parts_of_all import Kept


class DeviceType(models.Model):
    """A kind of device, and what a dossier of it starts with. Seeded; officers add more.

    ``standards`` are references such as "ISO 80601-2-61". ``hazards`` and ``tests`` are
    templates (mappings with the field names of Risk and TestCase), ``questions`` texts to ask.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("names"))
    default_emdn = models.CharField(_("EMDN code"), max_length=13, blank=True)
    standards = models.JSONField(_("standards"), default=list, blank=True)
    required_sections = models.JSONField(_("sections required"), default=list, blank=True)
    hazards = models.JSONField(_("hazards to think of"), default=list, blank=True)
    tests = models.JSONField(_("tests to run"), default=list, blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.names)


class Dossier(Kept):
    """A device taken apart by one team of a workshop, documented, understood and redesigned."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CLEARED = "cleared", _("Cleared for opening")
        TEARDOWN = "teardown", _("Teardown")
        DOCUMENTED = "documented", _("Documented")
        REDESIGN = "redesign", _("Redesign")
        VERIFIED = "verified", _("Verified")
        RELEASED = "released", _("Released")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="dossiers")
    code = models.SlugField(_("code"), max_length=20)  # "D01", once in an activity
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(_("language it is written in"), max_length=8, default="en")
    device_type = models.ForeignKey(DeviceType, models.PROTECT, null=True, related_name="dossiers")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="stopped_dossiers"
    )
    stop_reason = models.TextField(_("why it was stopped"), blank=True)
    # Section 3: clinical_need, users, setting, energy, maintenance, consumables
    intended_use = models.JSONField(_("intended use"), default=dict, blank=True)
    # Section 4: works, readings, faults, at, by (a name)
    function_test = models.JSONField(_("function test before opening"), default=dict, blank=True)
    redesigns = models.BooleanField(_("goes on to a redesign"), default=True)
    builds = models.PositiveIntegerField(_("how many are to be built"), default=1)
    currency = models.CharField(_("currency of the cost"), max_length=3, blank=True)
    rates = models.JSONField(_("rates of the day"), default=dict, blank=True)  # {"USD": "1.7000"}
    rates_on = models.DateField(_("rates of"), null=True, blank=True)
    risk_limits = models.JSONField(_("limits of the risk matrix"), default=dict, blank=True)
    # A dossier carried on from another's release keeps where it came from.
    origin = models.ForeignKey(
        "DossierVersion", models.PROTECT, null=True, blank=True, related_name="forks"
    )

    class Meta:
        ordering = ["activity_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_dossier_a_code", fields=["activity", "code"]),
            models.CheckConstraint(
                name="dossier_state_is_known",
                condition=Q(
                    state__in=[
                        "draft",
                        "cleared",
                        "teardown",
                        "documented",
                        "redesign",
                        "verified",
                        "released",
                        "superseded",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="stopped_dossier_says_by_whom_and_why",
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True, stop_reason="")
                | (Q(stopped_at__isnull=False, stopped_by__isnull=False) & ~Q(stop_reason="")),
            ),
            models.CheckConstraint(name="at_least_one_device_is_built", condition=Q(builds__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        return self.activity.scope

    @property
    def record_label(self) -> str:
        return f"{self.activity.scope} {self.code}"


class Member(models.Model):
    """A participant in the dossier's team."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="members")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="dossier_memberships")
    left_on = models.DateField(_("left"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_member_of_a_dossier_once", fields=["dossier", "enrolment"]
            ),
            models.UniqueConstraint(
                name="a_participant_works_on_one_dossier",
                fields=["enrolment"],
                condition=Q(left_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrolment)


class DutyTurn(models.Model):
    """Who had which duty in the team on one day: ``duty`` is a code of the design's team roles."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="turns")
    on = models.DateField(_("day"))
    duty = models.CharField(_("duty"), max_length=16)  # LEADER, KEEPER, RECORDER, MEASURER
    member = models.ForeignKey(Member, models.CASCADE, related_name="turns")

    class Meta:
        ordering = ["on", "duty"]
        constraints = [
            models.UniqueConstraint(
                name="a_duty_is_one_members_on_a_day", fields=["dossier", "on", "duty"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.duty}"


class Transition(models.Model):
    """One step of a dossier's way: from which state to which, by whom. Never changed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="transitions")
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)  # a state, or "stopped", "resumed"
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["dossier_id", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
