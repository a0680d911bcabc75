"""What of a dossier is frozen into a version and carried into a fork, part by part.

One list serves both, and the comparison of versions: what is not named here is not published.
Owner's papers, evidence of the gates, operators and authors are not: they are people's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models

from .models import (
    Annotation,
    Block,
    BlockLink,
    BuildStep,
    DecisionWeight,
    DesignAlternative,
    DesignFile,
    FirmwareNote,
    Measurement,
    PartLine,
    PartUse,
    Requirement,
    Risk,
    RiskControl,
    SignalCapture,
    SourcingOffer,
    StepPhoto,
    TeardownStep,
    TestCase,
    TestRun,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """One kind of part.

    name:    its key in a snapshot.
    model:   its rows. ``of``: the way from a row to its dossier, as a filter.
    fields:  plain values. files: stored files, one each.
    refs:    foreign keys to other parts, by the name of that part; None stays None.
    many:    many-to-many to other parts.
    label:   what a person calls a row by, the first of these that is not empty.
    """

    name: str
    model: type[models.Model]
    of: str
    fields: tuple[str, ...]
    files: tuple[str, ...] = ()
    refs: dict[str, str] = field(default_factory=dict)
    many: dict[str, str] = field(default_factory=dict)
    label: tuple[str, ...] = ("code", "title")
    keyed: bool = True  # the row has a key that survives copies


DOSSIER_FIELDS = (
    "title",
    "summary",
    "language",
    "intended_use",
    "function_test",
    "redesigns",
    "builds",
    "currency",
    "rates",
    "rates_on",
    "risk_limits",
)
UNIT_FIELDS = (
    "emdn",
    "emdn_note",
    "gmdn_code",
    "gmdn_term",
    "manufacturer",
    "model",
    "lot",
    "made_year",
    "udi_di",
    "risk_class",
    "protection_class",
    "applied_part",
    "mains",
    "battery",
    "ip_code",
    "markings",
    "condition",
    "provenance",
)
# What a fork knows of the device; the specimen on its own bench is another.
TYPE_FIELDS = ("emdn", "emdn_note", "gmdn_code", "gmdn_term", "risk_class", "applied_part")

PARTS = (
    Carried("blocks", Block, "dossier", ("code", "name", "kind", "side", "inferred", "order")),
    Carried(
        "links",
        BlockLink,
        "dossier",
        ("flow", "medium", "nominal", "unit", "crosses_isolation", "barrier"),
        refs={"source": "blocks", "target": "blocks"},
        label=("medium", "flow"),
    ),
    Carried(
        "design_files",
        DesignFile,
        "dossier",
        ("role", "path", "tool", "licence", "third_party", "source_form", "no_source_reason"),
        files=("file",),
        refs={"source": "design_files"},
        label=("path",),
    ),
    Carried(
        "firmware",
        FirmwareNote,
        "dossier",
        ("chip", "interface", "readout", "image_sha256", "licence", "behaviour"),
        label=("chip",),
    ),
    Carried(
        "parts",
        PartLine,
        "dossier",
        (
            "order", "sheet", "refs", "quantity", "quantity_most", "unit", "optional", "group",
            "fitted", "description", "value", "package", "manufacturer", "mpn", "kind",
            "criticality", "note",
        ),
        refs={
            "made_from": "parts",
            "made_from_file": "design_files",
            "substitute_of": "parts",
        },
        label=("description", "mpn", "value"),
    ),
    Carried(
        "offers",
        SourcingOffer,
        "part__dossier",
        (
            "supplier", "sku", "url", "country", "price", "currency", "price_quantity", "moq",
            "shipping", "duty_rate", "vat_rate", "lead_days", "seen_on", "local", "status", "chosen",
        ),
        refs={"part": "parts"},
        label=("supplier",),
    ),
    Carried(
        "steps",
        TeardownStep,
        "dossier",
        (
            "order", "title", "direction", "lines", "tools", "fasteners", "fasteners_note",
            "minutes", "risk_note", "reversible",
        ),
        many={"blocks": "blocks", "parts": "parts"},
        label=("title",),
    ),
    Carried(
        "photos",
        StepPhoto,
        "step__dossier",
        ("order", "width", "height", "scale_bar", "orientation", "caption"),
        files=("file", "thumb"),
        refs={"step": "steps"},
        label=("caption",),
    ),
    Carried(
        "annotations",
        Annotation,
        "photo__step__dossier",
        ("number", "shape", "x", "y", "w", "h", "points", "colour", "label", "line"),
        refs={"photo": "photos", "block": "blocks", "part": "parts"},
        label=("label",),
    ),
    Carried(
        "measurements",
        Measurement,
        "dossier",
        (
            "quantity", "name", "symbol", "value", "unit", "readings", "components",
            "coverage_factor", "standard_uncertainty", "expanded_uncertainty", "temperature",
            "humidity", "supply", "taken_at", "before_opening", "note",
        ),
        refs={"block": "blocks", "point": "annotations"},
        label=("name",),
    ),
    Carried(
        "captures",
        SignalCapture,
        "dossier",
        (
            "title", "format", "state", "channels", "sample_count", "sample_rate", "started_at",
            "events", "figures", "plot", "doubts", "series", "replicate", "note",
        ),
        refs={"block": "blocks"},
        label=("title",),
    ),
    Carried(
        "tests",
        TestCase,
        "dossier",
        (
            "code", "title", "clause", "procedure", "setup", "limit_low", "limit_high", "unit",
            "decision_rule", "confirmed",
        ),
    ),
    Carried(
        "runs",
        TestRun,
        "case__dossier",
        ("value", "expanded_uncertainty", "result", "observed", "version", "run_at"),
        refs={"case": "tests"},
        label=("result",),
    ),
    Carried(
        "requirements",
        Requirement,
        "dossier",
        (
            "code", "type", "statement", "rationale", "source", "priority", "essential",
            "verification", "dangling", "deviation",
        ),
        many={"fulfils": "requirements", "tested_by": "tests"},
    ),
    Carried(
        "risks",
        Risk,
        "dossier",
        (
            "code", "hazard", "sequence", "situation", "harm", "severity", "probability", "p1",
            "p2", "residual_severity", "residual_probability", "acceptable", "reason",
        ),
    ),
    Carried(
        "controls",
        RiskControl,
        "risk__dossier",
        ("option", "text", "analysis"),
        refs={"risk": "risks", "requirement": "requirements", "test": "tests"},
        label=("text",),
    ),
    Carried(
        "alternatives",
        DesignAlternative,
        "dossier",
        ("title", "description", "is_baseline", "scores", "chosen", "reason"),
        label=("title",),
    ),
    Carried("weights", DecisionWeight, "dossier", ("criterion", "weight"), label=("criterion",), keyed=False),
    Carried(
        "building",
        BuildStep,
        "dossier",
        ("order", "title", "text", "tools", "minutes", "check_text", "produces"),
        label=("title",),
    ),
    Carried(
        "uses",
        PartUse,
        "step__dossier",
        ("quantity",),
        refs={"step": "building", "part": "parts"},
        keyed=False,
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in PARTS}
# Parts of another's bench: what was measured or tried there is not true of the fork's device.
NOT_FORKED = ("measurements", "captures", "runs")
