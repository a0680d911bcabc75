"""The very device on the bench, and what is checked before it is opened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person

from .dossiers import Dossier
from .parts_of_all import Kept


class DeviceUnit(Kept):
    """The very device on the bench."""

    class RiskClass(models.TextChoices):
        I = "I", _("I")  # noqa: E741
        IIA = "IIa", _("IIa")
        IIB = "IIb", _("IIb")
        III = "III", _("III")
        IVD_A = "IVD-A", _("IVD A")
        IVD_B = "IVD-B", _("IVD B")
        IVD_C = "IVD-C", _("IVD C")
        IVD_D = "IVD-D", _("IVD D")
        RUO = "RUO", _("Research use only")
        NONE = "none", _("No medical device")
        UNKNOWN = "unknown", _("Unknown")

    class Protection(models.TextChoices):
        I = "I", _("I")  # noqa: E741
        II = "II", _("II")
        INTERNAL = "internal", _("Internally powered")
        UNKNOWN = "unknown", _("Unknown")

    class AppliedPart(models.TextChoices):
        NONE = "none", _("None")
        B = "B", _("B")
        BF = "BF", _("BF")
        CF = "CF", _("CF")
        UNKNOWN = "unknown", _("Unknown")

    class Condition(models.TextChoices):
        WORKING = "working", _("Working")
        PARTLY = "partly", _("Partly working")
        BROKEN = "broken", _("Broken")
        UNKNOWN = "unknown", _("Unknown")

    class Provenance(models.TextChoices):
        DONATED = "donated", _("Donated")
        DECOMMISSIONED = "decommissioned", _("Decommissioned")
        PURCHASED = "purchased", _("Purchased")
        LOAN = "loan", _("On loan")
        UNKNOWN = "unknown", _("Unknown")

    class Wiped(models.TextChoices):
        YES = "yes", _("Wiped")
        NO = "no", _("Not wiped")
        NONE = "none", _("Holds no patient data")
        UNKNOWN = "unknown", _("Unknown")

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="unit")
    emdn = models.CharField(_("EMDN code"), max_length=13, blank=True)
    emdn_note = models.CharField(_("why this code"), max_length=300, blank=True)
    gmdn_code = models.CharField(_("GMDN code, as written"), max_length=20, blank=True)
    gmdn_term = models.CharField(_("GMDN term, as written"), max_length=200, blank=True)
    manufacturer = models.CharField(_("manufacturer"), max_length=150, blank=True)
    model = models.CharField(_("model"), max_length=150, blank=True)
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    lot = models.CharField(_("lot"), max_length=80, blank=True)
    masks_serial = models.BooleanField(_("serial number is hidden in public"), default=True)
    made_year = models.PositiveSmallIntegerField(_("year made"), null=True, blank=True)
    udi_di = models.CharField(_("UDI-DI"), max_length=40, blank=True)
    udi_pi = models.CharField(_("UDI-PI"), max_length=80, blank=True)
    risk_class = models.CharField(
        _("risk class"), max_length=8, choices=RiskClass, default=RiskClass.UNKNOWN
    )
    protection_class = models.CharField(
        _("protection class"), max_length=8, choices=Protection, default=Protection.UNKNOWN
    )
    applied_part = models.CharField(
        _("applied part"), max_length=8, choices=AppliedPart, default=AppliedPart.UNKNOWN
    )
    mains = models.CharField(_("mains"), max_length=80, blank=True)  # "230 V, 50 Hz, 0.4 A"
    battery = models.CharField(_("battery"), max_length=120, blank=True)
    ip_code = models.CharField(_("IP code"), max_length=8, blank=True)
    markings = models.TextField(_("markings"), blank=True)
    condition = models.CharField(
        _("condition"), max_length=8, choices=Condition, default=Condition.UNKNOWN
    )
    provenance = models.CharField(
        _("where it came from"), max_length=16, choices=Provenance, default=Provenance.UNKNOWN
    )
    owner = models.CharField(_("owner"), max_length=150, blank=True)
    owner_permission = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decontamination_method = models.CharField(_("decontaminated by"), max_length=150, blank=True)
    decontaminated_on = models.DateField(_("decontaminated on"), null=True, blank=True)
    decontamination_signed_by = models.CharField(_("signed by"), max_length=150, blank=True)
    decontamination_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    patient_data_wiped = models.CharField(
        _("patient data"), max_length=8, choices=Wiped, default=Wiped.UNKNOWN
    )

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.model}".strip() or "—"

    @property
    def scope(self) -> str:
        return self.dossier.activity.scope


class LabelPhoto(Kept):
    """A photograph of a label or marking of the device."""

    unit = models.ForeignKey(DeviceUnit, models.CASCADE, related_name="label_photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


class GateCheck(Kept):
    """One item of the checks before a device is opened or a design goes out, and its answer.

    The items and their words are in ``gates.py``; an item of a workshop's own has ``text``.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NA = "na", _("Does not apply")

    class Kind(models.TextChoices):
        SAFETY = "safety", _("Safety")
        BIOLOGICAL = "biological", _("Biological")
        LEGAL = "legal", _("Legal")
        IP = "ip", _("Intellectual property")
        ETHICS = "ethics", _("Ethics")
        ENVIRONMENT = "environment", _("Environment")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="gate_checks")
    order = models.PositiveSmallIntegerField(default=0)
    code = models.SlugField(_("code"), max_length=40)
    text = models.CharField(_("text"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    blocking = models.BooleanField(_("blocking"), default=True)
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    class Meta:
        ordering = ["dossier_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_gate_check_a_code", fields=["dossier", "code"]),
            models.CheckConstraint(
                name="what_does_not_apply_says_why", condition=~Q(answer="na") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="signed_gate_check_is_answered",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code
