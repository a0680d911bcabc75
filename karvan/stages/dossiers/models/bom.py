"""The bill of materials: lines, offers to buy them, where they were read, and the files behind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile

from .dossiers import Dossier
from .parts_of_all import Kept


class DesignFile(Kept):
    """A file of the design: what it is, what made it, under which licence."""

    class Role(models.TextChoices):
        SCHEMATIC = "schematic", _("Schematic")
        PCB = "pcb", _("Circuit board")
        GERBER = "gerber", _("Gerber")
        CAD_SOURCE = "cad_source", _("CAD, source")
        CAD_EXPORT = "cad_export", _("CAD, export")
        FIRMWARE_SOURCE = "firmware_source", _("Firmware, source")
        FIRMWARE_BINARY = "firmware_binary", _("Firmware, binary")
        HARNESS = "harness", _("Wiring harness")
        DRAWING = "drawing", _("Drawing")
        SOFTWARE = "software", _("Software")
        DOCUMENT = "document", _("Document")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="design_files")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    path = models.CharField(_("path"), max_length=200)  # as in a repository, relative
    tool = models.CharField(_("made with"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    third_party = models.BooleanField(_("made by somebody else"), default=False)
    source_form = models.BooleanField(_("source form"), default=False)
    source = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="exports"
    )
    no_source_reason = models.CharField(
        _("why there is no source form"), max_length=200, blank=True
    )

    class Meta:
        ordering = ["dossier_id", "path", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_design_file_a_path", fields=["dossier", "path"])
        ]

    def __str__(self) -> str:
        return self.path


class FirmwareNote(Kept):
    """What was found out about the program in a chip, and whether it may be read."""

    class Interface(models.TextChoices):
        SWD = "SWD", _("SWD")
        JTAG = "JTAG", _("JTAG")
        UART = "UART", _("UART")
        ISP = "ISP", _("ISP")
        BOOTLOADER = "bootloader", _("Bootloader")

    class Readout(models.TextChoices):
        NOT_TRIED = "not_tried", _("Not tried")
        PROTECTED = "protected", _("Protected")
        READ = "read", _("Read")
        REFUSED = "refused", _("Refused on advice")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="firmware_notes")
    chip = models.CharField(_("chip"), max_length=80)
    interface = models.CharField(_("interface"), max_length=12, choices=Interface, blank=True)
    readout = models.CharField(
        _("read-out"), max_length=10, choices=Readout, default=Readout.NOT_TRIED
    )
    image_sha256 = models.CharField(_("hash of the image"), max_length=64, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    behaviour = models.TextField(_("how it behaves"), blank=True)

    class Meta:
        ordering = ["dossier_id", "pk"]

    def __str__(self) -> str:
        return self.chip


class BomImport(Kept):
    """One reading of a file into lines: previewed first, taken or set aside whole.

    ``sniffed``: format, delimiter, encoding, header_row, table, sheet. ``mapping``: column
    heading to field. ``lines``: what was read, as plain mappings. ``doubts``: mappings of
    code, where, text arguments.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Preview")
        TAKEN = "taken", _("Taken over")
        SET_ASIDE = "set_aside", _("Set aside")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="bom_imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEW)
    sniffed = models.JSONField(default=dict)
    mapping = models.JSONField(_("mapping"), default=dict)
    lines = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    accepted = models.PositiveIntegerField(_("lines taken"), default=0)
    rejected = models.PositiveIntegerField(_("lines left out"), default=0)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dossier_id", "-pk"]

    def __str__(self) -> str:
        return str(self.file)


class PartLine(Kept):
    """One line of the bill of materials. ``quantity`` is for one device, in ``unit``."""

    class Kind(models.TextChoices):
        ELECTRONIC = "electronic", _("Electronic")
        MECHANICAL = "mechanical", _("Mechanical")
        PRINTED = "printed", _("Printed")
        FLUIDIC = "fluidic", _("Fluidic")
        OPTICAL = "optical", _("Optical")
        CONSUMABLE = "consumable", _("Consumable")
        TOOL = "tool", _("Tool")
        SOFTWARE = "software", _("Software")
        SERVICE = "service", _("Service")
        RAW_MATERIAL = "raw_material", _("Raw material")

    class Criticality(models.TextChoices):
        ESSENTIAL = "essential_performance", _("Essential performance")
        SAFETY = "safety", _("Safety")
        OTHER = "other", _("Other")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="part_lines")
    order = models.PositiveIntegerField(default=0)
    sheet = models.CharField(_("part of the bill"), max_length=80, blank=True)
    refs = models.JSONField(_("references"), default=list, blank=True)  # ["R1", "R9"]
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=4, null=True, blank=True
    )  # None: unknown
    quantity_most = models.DecimalField(
        _("at most"), max_digits=14, decimal_places=4, null=True, blank=True
    )  # of a range "3-14x": quantity is the least
    unit = models.CharField(_("unit"), max_length=24, default="each")
    optional = models.BooleanField(_("optional"), default=False)
    group = models.CharField(_("option group"), max_length=40, blank=True)
    fitted = models.BooleanField(_("fitted"), default=True)
    description = models.CharField(_("description"), max_length=400, blank=True)
    value = models.CharField(_("value"), max_length=120, blank=True)
    package = models.CharField(_("package"), max_length=120, blank=True)
    manufacturer = models.CharField(_("manufacturer"), max_length=150, blank=True)
    mpn = models.CharField(_("manufacturer's part number"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, blank=True)
    made_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="made_into"
    )
    made_from_file = models.ForeignKey(
        DesignFile, models.SET_NULL, null=True, blank=True, related_name="made_into"
    )
    substitute_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="substitutes"
    )
    criticality = models.CharField(
        _("criticality"), max_length=24, choices=Criticality, default=Criticality.OTHER
    )
    note = models.TextField(_("note"), blank=True)
    source_import = models.ForeignKey(
        BomImport, models.SET_NULL, null=True, blank=True, related_name="part_lines"
    )
    source_row = models.JSONField(default=dict, blank=True)  # {"file", "sheet", "row"}
    warnings = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["dossier_id", "sheet", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="part_quantity_is_not_negative",
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.description or self.mpn or self.value or ", ".join(self.refs)


class SourcingOffer(Kept):
    """What a supplier asks for a part. ``price`` is for ``price_quantity`` units of the line.

    A missing price is unknown, never zero. Rates are in per cent.
    """

    class Status(models.TextChoices):
        LIVE = "live", _("Sold")
        OBSOLETE = "obsolete", _("Obsolete")
        UNKNOWN = "unknown", _("Unknown")

    part = models.ForeignKey(PartLine, models.CASCADE, related_name="offers")
    supplier = models.CharField(_("supplier"), max_length=150, blank=True)
    sku = models.CharField(_("order number"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=6, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # "" is not stated
    price_quantity = models.DecimalField(
        _("units in a pack"), max_digits=14, decimal_places=4, default=1
    )
    moq = models.DecimalField(_("packs at least"), max_digits=14, decimal_places=4, default=1)
    shipping = models.DecimalField(
        _("shipping of an order"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    duty_rate = models.DecimalField(
        _("duty, %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    vat_rate = models.DecimalField(
        _("VAT, %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    lead_days = models.PositiveIntegerField(_("days to deliver"), null=True, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    local = models.BooleanField(_("local"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.UNKNOWN)
    chosen = models.BooleanField(_("counted in the cost"), default=False)

    class Meta:
        ordering = ["part_id", "-chosen", "pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_price_is_not_negative",
                condition=Q(price__isnull=True) | Q(price__gte=0),
            ),
            models.CheckConstraint(
                name="offer_is_for_some_quantity",
                condition=Q(price_quantity__gt=0) & Q(moq__gt=0),
            ),
            models.UniqueConstraint(
                name="one_offer_is_counted", fields=["part"], condition=Q(chosen=True)
            ),
        ]

    def __str__(self) -> str:
        return self.supplier


class ColumnMapping(models.Model):
    """How headings of a kind of file were mapped last time, offered again for the same headings."""

    scope = models.CharField(max_length=80)
    headings = models.CharField(max_length=64)  # hash of the headings, in order
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_mapping_a_set_of_headings", fields=["scope", "headings"]
            )
        ]

    def __str__(self) -> str:
        return self.headings
