"""What was measured, with what, how surely; and the signals that were captured."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Activity

from .diagram import Block
from .dossiers import Dossier
from .parts_of_all import Kept
from .teardown import Annotation


class Instrument(Kept):
    """An instrument of a workshop. Its accuracy is ± (percent of reading + digits)."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="instruments")
    maker = models.CharField(_("maker"), max_length=120)
    model = models.CharField(_("model"), max_length=120)
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    range = models.CharField(_("range"), max_length=120, blank=True)
    resolution = models.DecimalField(
        _("resolution"), max_digits=18, decimal_places=9, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    accuracy = models.CharField(_("accuracy as stated"), max_length=200, blank=True)
    percent_reading = models.DecimalField(
        _("of the reading, in per cent"), max_digits=9, decimal_places=5, null=True, blank=True
    )
    digits = models.DecimalField(_("digits"), max_digits=9, decimal_places=3, null=True, blank=True)
    calibrated_on = models.DateField(_("calibrated on"), null=True, blank=True)
    due_on = models.DateField(_("calibration due"), null=True, blank=True)
    certificate = models.CharField(_("certificate"), max_length=120, blank=True)

    class Meta:
        ordering = ["activity_id", "maker", "model", "serial"]

    def __str__(self) -> str:
        return f"{self.maker} {self.model} {self.serial}".strip()

    @property
    def scope(self) -> str:
        return self.activity.scope


class Measurement(Kept):
    """A quantity with its value, unit and expanded uncertainty (GUM).

    ``readings``: the single values, where there are several. ``components``: of type B,
    mappings of name, value (the half-width or the standard uncertainty, a text of digits),
    distribution ("normal", "rectangular", "triangular", "u-shaped") and divisor.
    ``standard_uncertainty`` and ``expanded_uncertainty`` are computed from these, never typed.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="measurements")
    quantity = models.CharField(_("quantity"), max_length=40)  # "voltage": gives the dimension
    name = models.CharField(_("what was measured"), max_length=150)
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=12)
    unit = models.CharField(_("unit"), max_length=24)
    readings = models.JSONField(_("readings"), default=list, blank=True)
    components = models.JSONField(_("components of type B"), default=list, blank=True)
    coverage_factor = models.DecimalField(
        _("coverage factor"), max_digits=5, decimal_places=3, default=2
    )
    standard_uncertainty = models.DecimalField(
        _("standard uncertainty"), max_digits=24, decimal_places=12, null=True, blank=True
    )
    expanded_uncertainty = models.DecimalField(
        _("expanded uncertainty"), max_digits=24, decimal_places=12, null=True, blank=True
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    block = models.ForeignKey(
        Block, models.SET_NULL, null=True, blank=True, related_name="measurements"
    )
    point = models.ForeignKey(
        Annotation, models.SET_NULL, null=True, blank=True, related_name="measurements"
    )
    temperature = models.DecimalField(
        _("temperature, °C"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    humidity = models.DecimalField(
        _("relative humidity, %"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    supply = models.CharField(_("supply"), max_length=80, blank=True)
    taken_at = models.DateTimeField(_("taken"))
    operator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    before_opening = models.BooleanField(_("before opening"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["dossier_id", "taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="uncertainty_is_not_negative",
                condition=Q(standard_uncertainty__isnull=True) | Q(standard_uncertainty__gte=0),
            ),
            models.CheckConstraint(
                name="coverage_factor_is_positive", condition=Q(coverage_factor__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignalCapture(Kept):
    """A recorded signal. ``channels``: mappings of name, unit, scale, offset, sample_rate, block.

    A unit that the file does not tell is asked for and kept in ``channels``; until then
    ``state`` is "asks". ``replicate`` tells repeated captures of one ``series`` apart.
    ``figures`` are what was derived, ``plot`` the decimated curve that the page draws.
    """

    class State(models.TextChoices):
        ASKS = "asks", _("A unit is missing")
        READ = "read", _("Read")

    class Format(models.TextChoices):
        CSV = "csv", _("Table as text")
        TSV = "tsv", _("Table with tabs")
        LABCHART = "labchart_txt", _("LabChart text")
        WFDB = "wfdb", _("WFDB record")
        EDF = "edf", _("EDF")
        SIGROK = "sigrok_sr", _("sigrok session")
        VCD = "vcd", _("Value change dump")
        WAV = "wav", _("WAV sound")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="captures")
    title = models.CharField(_("title"), max_length=150)
    files = models.ManyToManyField(StoredFile, related_name="+")
    format = models.CharField(_("format"), max_length=14, choices=Format)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.READ)
    channels = models.JSONField(_("channels"), default=list)
    sample_count = models.PositiveBigIntegerField(_("samples"), default=0)
    sample_rate = models.FloatField(_("samples a second"), null=True, blank=True)
    started_at = models.CharField(_("start, as written"), max_length=40, blank=True)
    events = models.JSONField(_("events"), default=list, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    plot = models.JSONField(default=dict, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    series = models.CharField(_("series"), max_length=80, blank=True)
    replicate = models.PositiveSmallIntegerField(_("replicate"), null=True, blank=True)
    block = models.ForeignKey(
        Block, models.SET_NULL, null=True, blank=True, related_name="captures"
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="captures"
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["dossier_id", "series", "replicate", "pk"]

    def __str__(self) -> str:
        return self.title
