"""Requirements, risks, tests, alternatives and how to build it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person

from .bom import PartLine
from .dossiers import Dossier
from .measuring import Instrument
from .parts_of_all import Kept


class TestCase(Kept):
    """What is tried, and the limits it must keep. A standard is cited, never copied."""

    class Rule(models.TextChoices):
        SIMPLE = "simple", _("By the value alone")
        GUARD_BAND = "guard_band", _("Guard band")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="test_cases")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    clause = models.CharField(_("clause of a standard"), max_length=120, blank=True)
    procedure = models.TextField(_("procedure"), blank=True)
    setup = models.TextField(_("set-up"), blank=True)
    limit_low = models.DecimalField(
        _("not below"), max_digits=24, decimal_places=12, null=True, blank=True
    )
    limit_high = models.DecimalField(
        _("not above"), max_digits=24, decimal_places=12, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    decision_rule = models.CharField(
        _("decided"), max_length=10, choices=Rule, default=Rule.GUARD_BAND
    )
    confirmed = models.BooleanField(_("limits confirmed by a trainer"), default=False)

    class Meta:
        ordering = ["dossier_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_test_case_a_code", fields=["dossier", "code"]),
            models.CheckConstraint(
                name="test_limits_are_in_order",
                condition=Q(limit_low__isnull=True)
                | Q(limit_high__isnull=True)
                | Q(limit_low__lte=models.F("limit_high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class TestRun(Kept):
    """One try of a test case. The result follows from value, uncertainty and limits where it can."""

    class Result(models.TextChoices):
        PASS = "pass", _("Pass")  # noqa: S105
        FAIL = "fail", _("Fail")
        INCONCLUSIVE = "inconclusive", _("Inconclusive")
        NOT_RUN = "not_run", _("Not run")

    case = models.ForeignKey(TestCase, models.CASCADE, related_name="runs")
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=12, null=True, blank=True)
    expanded_uncertainty = models.DecimalField(
        _("expanded uncertainty"), max_digits=24, decimal_places=12, null=True, blank=True
    )
    result = models.CharField(_("result"), max_length=12, choices=Result)
    observed = models.TextField(_("what was observed"), blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="test_runs"
    )
    version = models.CharField(_("version tried"), max_length=40, blank=True)
    run_at = models.DateTimeField(_("run"))
    operator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["case_id", "run_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.result}"


class Requirement(Kept):
    """What the device must do, and how that is shown. ``dangling``: codes it names that are not here."""

    class Type(models.TextChoices):
        NEED = "need", _("Need")
        SYSTEM = "system", _("System")
        HARDWARE = "hardware", _("Hardware")
        SOFTWARE = "software", _("Software")
        SAFETY = "safety", _("Safety")
        USABILITY = "usability", _("Usability")
        REGULATORY = "regulatory", _("Regulatory")

    class Verification(models.TextChoices):
        TEST = "test", _("Test")
        ANALYSIS = "analysis", _("Analysis")
        INSPECTION = "inspection", _("Inspection")
        DEMONSTRATION = "demonstration", _("Demonstration")

    class Priority(models.TextChoices):
        MUST = "must", _("Must")
        SHOULD = "should", _("Should")
        COULD = "could", _("Could")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="requirements")
    code = models.CharField(_("code"), max_length=40)
    type = models.CharField(_("type"), max_length=10, choices=Type)
    statement = models.TextField(_("statement"))
    rationale = models.TextField(_("rationale"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    priority = models.CharField(
        _("priority"), max_length=6, choices=Priority, default=Priority.MUST
    )
    essential = models.BooleanField(_("essential performance"), default=False)
    verification = models.CharField(_("shown by"), max_length=14, choices=Verification, blank=True)
    fulfils = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="fulfilled_by"
    )
    dangling = models.JSONField(_("links that lead nowhere"), default=list, blank=True)
    tested_by = models.ManyToManyField(TestCase, blank=True, related_name="requirements")
    deviation = models.TextField(_("accepted deviation"), blank=True)
    deviation_accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["dossier_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_requirement_a_code", fields=["dossier", "code"]),
            models.CheckConstraint(
                name="accepted_deviation_says_what",
                condition=Q(deviation_accepted_by__isnull=True) | ~Q(deviation=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Risk(Kept):
    """A hazard followed to its harm, and what was done (the way of ISO 14971)."""

    class Hazard(models.TextChoices):
        ENERGY = "energy", _("Energy")
        BIOLOGICAL = "biological", _("Biological")
        CHEMICAL = "chemical", _("Chemical")
        OPERATIONAL = "operational", _("Operational")
        INFORMATION = "information", _("Information")
        MECHANICAL = "mechanical", _("Mechanical")
        THERMAL = "thermal", _("Thermal")
        RADIATION = "radiation", _("Radiation")

    class Acceptable(models.TextChoices):
        YES = "yes", _("Acceptable")
        NO = "no", _("Not acceptable")
        BENEFIT = "benefit_outweighs", _("The benefit outweighs it")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="risks")
    code = models.CharField(_("code"), max_length=20)
    hazard = models.CharField(_("hazard"), max_length=12, choices=Hazard)
    sequence = models.TextField(_("sequence of events"), blank=True)
    situation = models.TextField(_("hazardous situation"))
    harm = models.CharField(_("harm"), max_length=300)
    severity = models.PositiveSmallIntegerField(_("severity"))
    probability = models.PositiveSmallIntegerField(_("probability"))
    p1 = models.PositiveSmallIntegerField(_("P1: the situation arises"), null=True, blank=True)
    p2 = models.PositiveSmallIntegerField(_("P2: it leads to harm"), null=True, blank=True)
    residual_severity = models.PositiveSmallIntegerField(
        _("severity that remains"), null=True, blank=True
    )
    residual_probability = models.PositiveSmallIntegerField(
        _("probability that remains"), null=True, blank=True
    )
    acceptable = models.CharField(_("judged"), max_length=18, choices=Acceptable, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["dossier_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_risk_a_code", fields=["dossier", "code"]),
            models.CheckConstraint(
                name="risk_is_on_the_matrix",
                condition=Q(
                    severity__gte=1, severity__lte=5, probability__gte=1, probability__lte=5
                ),
            ),
            models.CheckConstraint(
                name="residual_risk_is_on_the_matrix",
                condition=Q(residual_severity__isnull=True, residual_probability__isnull=True)
                | Q(
                    residual_severity__gte=1,
                    residual_severity__lte=5,
                    residual_probability__gte=1,
                    residual_probability__lte=5,
                ),
            ),
            models.CheckConstraint(
                name="benefit_that_outweighs_says_why",
                condition=~Q(acceptable="benefit_outweighs") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RiskControl(Kept):
    """What was done about a risk, and where that is shown."""

    class Option(models.TextChoices):
        INHERENT = "inherent_safety", _("Inherent safety")
        PROTECTIVE = "protective_measure", _("Protective measure")
        INFORMATION = "information", _("Information for safety")

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="controls")
    option = models.CharField(_("kind"), max_length=20, choices=Option)
    text = models.CharField(_("what is done"), max_length=300)
    requirement = models.ForeignKey(
        Requirement, models.SET_NULL, null=True, blank=True, related_name="controls"
    )
    test = models.ForeignKey(
        TestCase, models.SET_NULL, null=True, blank=True, related_name="controls"
    )
    analysis = models.TextField(_("analysis in place of a test"), blank=True)

    class Meta:
        ordering = ["risk_id", "pk"]

    def __str__(self) -> str:
        return self.text


class DesignAlternative(Kept):
    """One way to redesign it, with its marks (0 to 4) by criterion."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="alternatives")
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    is_baseline = models.BooleanField(_("the device as it is"), default=False)
    scores = models.JSONField(_("marks"), default=dict, blank=True)  # {"safety": 3}
    chosen = models.BooleanField(_("chosen"), default=False)
    reason = models.TextField(_("why it was chosen"), blank=True)

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_baseline", fields=["dossier"], condition=Q(is_baseline=True)
            ),
            models.UniqueConstraint(
                name="one_alternative_is_chosen", fields=["dossier"], condition=Q(chosen=True)
            ),
            models.CheckConstraint(
                name="chosen_alternative_says_why", condition=Q(chosen=False) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DecisionWeight(models.Model):
    """How much a criterion counts in a dossier's decision."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="decision_weights")
    criterion = models.CharField(_("criterion"), max_length=40)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_weight_a_criterion", fields=["dossier", "criterion"])
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.weight}"


class BuildStep(Kept):
    """One step in building it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="build_steps")
    order = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what to do"), blank=True)
    tools = models.JSONField(_("tools"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    check_text = models.CharField(_("how to see that it is right"), max_length=300, blank=True)
    produces = models.CharField(_("what comes out"), max_length=150, blank=True)

    class Meta:
        ordering = ["dossier_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="one_build_step_a_number",
                fields=["dossier", "order"],
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class PartUse(models.Model):
    """How much of a line one build step uses, in the line's unit."""

    step = models.ForeignKey(BuildStep, models.CASCADE, related_name="uses")
    part = models.ForeignKey(PartLine, models.CASCADE, related_name="uses")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["step_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_step_uses_a_part_once", fields=["step", "part"]),
            models.CheckConstraint(name="used_quantity_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.part_id}"
