"""The block diagram: blocks with their side, and the links that carry something between them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .dossiers import Dossier
from .parts_of_all import Kept


class Block(Kept):
    """One function of the device."""

    class Kind(models.TextChoices):
        POWER = "power", _("Power")
        SENSOR = "sensor", _("Sensor")
        ACTUATOR = "actuator", _("Actuator")
        CONDITIONING = "signal_conditioning", _("Signal conditioning")
        CONVERSION = "conversion", _("Conversion")
        CONTROL = "control", _("Control")
        DISPLAY = "display", _("Display")
        COMMS = "comms", _("Communication")
        MECHANICAL = "mechanical", _("Mechanical")
        FLUIDIC = "fluidic", _("Fluidic")
        OPTICAL = "optical", _("Optical")
        THERMAL = "thermal", _("Thermal")
        APPLIED_PART = "applied_part", _("Applied part")
        USER = "user", _("User")

    class Side(models.TextChoices):
        PATIENT = "patient", _("Patient side")
        SECONDARY = "secondary", _("Isolated side")
        MAINS = "mains", _("Mains side")
        NONE = "none", _("No side")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="blocks")
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    side = models.CharField(_("side"), max_length=10, choices=Side, default=Side.NONE)
    inferred = models.BooleanField(_("inferred, not seen in a step"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dossier_id", "order", "pk"]
        constraints = [models.UniqueConstraint(name="one_block_a_code", fields=["dossier", "code"])]

    def __str__(self) -> str:
        return self.name


class BlockLink(Kept):
    """What flows from one block to another."""

    class Flow(models.TextChoices):
        ENERGY = "energy", _("Energy")
        SIGNAL = "signal", _("Signal")
        MATERIAL = "material", _("Material")
        DATA = "data", _("Data")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="links")
    source = models.ForeignKey(Block, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Block, models.CASCADE, related_name="links_in")
    flow = models.CharField(_("flow"), max_length=8, choices=Flow)
    medium = models.CharField(_("medium"), max_length=80, blank=True)
    nominal = models.DecimalField(
        _("nominal value"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    crosses_isolation = models.BooleanField(_("crosses the isolation"), default=False)
    barrier = models.CharField(_("barrier"), max_length=120, blank=True)

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(name="link_joins_two_blocks", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="crossing_link_names_its_barrier",
                condition=Q(crosses_isolation=False) | ~Q(barrier=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
