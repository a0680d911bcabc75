"""From marks to a cohort: runs that are never changed, decisions, offers."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Application, Call
from karvan.stages.reviews.blind import reading_code


class SelectionRun(models.Model):
    """One proposal of a cohort, whole: inputs, quotas, seed, answer, proof, and their hash.

    ``document`` is the canonical record the engine can replay anywhere. ``seal`` binds it to
    the signatures and dissents once two persons have signed. The blind stays until somebody
    lifts it, which is an act of its own.
    """

    class Method(models.TextChoices):
        MERIT = "merit", _("Greatest merit")
        LOTTERY = "lottery", _("Lottery with equal chances")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        SIGNED = "signed", _("Signed off")
        SET_ASIDE = "set_aside", _("Set aside")

    call = models.ForeignKey(Call, models.PROTECT, related_name="selection_runs")
    number = models.PositiveSmallIntegerField(_("run"))
    method = models.CharField(_("method"), max_length=8, choices=Method, default=Method.MERIT)
    is_corrected = models.BooleanField(_("marks corrected"), default=False)
    places = models.PositiveSmallIntegerField(_("places"))
    quotas = models.JSONField(_("quotas"), default=list)
    seed = models.CharField(_("seed"), max_length=64)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    value = models.BigIntegerField(_("total merit"), null=True)
    bound = models.BigIntegerField(_("bound"), null=True)
    is_proved = models.BooleanField(_("proved"), default=False)
    is_feasible = models.BooleanField(_("feasible"), default=True)
    clash = models.JSONField(_("clash"), default=dict)
    left_out = models.JSONField(_("not read enough"), default=list)  # application numbers
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True)
    blind_lifted_at = models.DateTimeField(null=True)
    blind_lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sureness = models.JSONField(default=dict)  # share of drawn noise under which each is in

    class Meta:
        ordering = ["call_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_run_a_number", fields=["call", "number"]),
            models.UniqueConstraint(
                name="one_signed_run_a_call", fields=["call"], condition=Q(state="signed")
            ),
            models.CheckConstraint(
                name="signed_run_is_feasible", condition=~Q(state="signed") | Q(is_feasible=True)
            ),
            models.CheckConstraint(
                name="run_state_is_known",
                condition=Q(state__in=["proposed", "signed", "set_aside"]),
            ),
            models.CheckConstraint(
                name="run_method_is_known", condition=Q(method__in=["merit", "lottery"])
            ),
            models.CheckConstraint(
                name="signed_run_is_sealed", condition=~Q(state="signed") | ~Q(seal="")
            ),
            models.CheckConstraint(
                name="blind_is_lifted_by_somebody",
                condition=Q(blind_lifted_at__isnull=True, blind_lifted_by__isnull=True)
                | Q(blind_lifted_at__isnull=False, blind_lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · run {self.number}"

    @property
    def answer(self) -> dict[str, Any]:
        """The engine's answer as the document holds it; {} where there is none."""
        found: dict[str, Any] = json.loads(bytes(self.document)).get("answer") or {}
        return found

    @property
    def scope(self) -> str:
        return self.call.activity.scope


class SignOff(models.Model):
    """One person stands for a run. Two different persons make it final."""

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="signoffs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    statement = models.TextField(_("statement"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_signs_a_run_once",
                fields=["run", "person"],
                violation_error_message=_("You have already signed this run; another person must."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Dissent(models.Model):
    """A member of the committee does not agree with a run, and says why. It goes into the pack."""

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="dissents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    statement = models.TextField(_("statement"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_dissents_from_a_run_once", fields=["run", "person"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class QuotaSet(models.Model):
    """Places and the numbers of the quotas under a name, to come back to and to compare.

    numbers: {quota key: {"floor": people or None, "ceiling": people or None}}.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="quota_sets")
    name = models.CharField(_("name"), max_length=80)
    places = models.PositiveSmallIntegerField(_("places"))
    numbers = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="one_quota_set_a_name",
                fields=["call", "name"],
                violation_error_message=_("There is a set of quotas with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return self.call.activity.scope


class Decision(models.Model):
    """What a run decides for one application, and why."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("Selected")
        WAITING = "waiting", _("Waiting list")
        DECLINED = "declined", _("Not selected")

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    merit = models.PositiveIntegerField(_("mark"))  # hundredths of a point of 100; what decided
    raw = models.PositiveIntegerField(_("mean as given"), null=True)  # before any correction
    deviation = models.PositiveIntegerField(_("uncertainty"), null=True)  # one standard deviation
    reads = models.PositiveSmallIntegerField(_("reads"), null=True)
    rank = models.PositiveIntegerField(_("rank"))
    waiting_rank = models.PositiveIntegerField(_("place on the waiting list"), null=True)
    reason = models.CharField(_("reason"), max_length=40)  # the engine's reason code
    reason_detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                name="a_run_decides_an_application_once", fields=["run", "application"]
            ),
            models.CheckConstraint(
                name="decision_outcome_is_known",
                condition=Q(outcome__in=["selected", "waiting", "declined"]),
            ),
            models.CheckConstraint(
                name="waiting_decision_has_a_place",
                condition=~Q(outcome="waiting") | Q(waiting_rank__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"


class Offer(models.Model):
    """A place offered to one application until a stated time."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="offers")
    application = models.OneToOneField(Application, models.PROTECT, related_name="offer")
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="replacements")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("answer by"))
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_state_is_known",
                condition=Q(state__in=["offered", "accepted", "declined", "expired", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="answered_offer_says_when",
                condition=Q(state="offered") | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.state}"

    @property
    def record_label(self) -> str:
        """What records call it: the reading code, for they are read while the run is blind."""
        return reading_code(self.application)

    @property
    def scope(self) -> str:
        return self.run.scope


class Appeal(models.Model):
    """An applicant asks that a decision be looked at again; somebody who did not sign decides."""

    class State(models.TextChoices):
        FILED = "filed", _("Filed")
        UPHELD = "upheld", _("Upheld")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    text = models.TextField(_("what should be looked at again"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.FILED)
    filed_at = models.DateTimeField()
    decide_by = models.DateField(_("decide by"))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["filed_at"]
        constraints = [
            models.CheckConstraint(
                name="appeal_state_is_known",
                condition=Q(state__in=["filed", "upheld", "rejected", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="decided_appeal_says_by_whom_and_why",
                condition=~Q(state__in=["upheld", "rejected"])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision.application}: {self.state}"

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"appeal {self.pk}"

    @property
    def scope(self) -> str:
        return self.decision.run.scope
