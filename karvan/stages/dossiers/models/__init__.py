"""Dossiers: the device, how it comes apart, what it is made of, what was measured, what comes out."""

from .bom import BomImport, ColumnMapping, DesignFile, FirmwareNote, PartLine, SourcingOffer
from .design import (
    BuildStep,
    DecisionWeight,
    DesignAlternative,
    PartUse,
    Requirement,
    Risk,
    RiskControl,
    TestCase,
    TestRun,
)
from .diagram import Block, BlockLink
from .dossiers import DeviceType, Dossier, DutyTurn, Member, Transition
from .judging import DefenceMark, PeerReview, WorkshopMark
from .measuring import Instrument, Measurement, SignalCapture
from .releases import Contribution, DossierVersion, Rebuild
from .teardown import Annotation, StepPhoto, TeardownStep
from .units import DeviceUnit, GateCheck, LabelPhoto

__all__ = [
    "Annotation",
    "Block",
    "BlockLink",
    "BomImport",
    "BuildStep",
    "ColumnMapping",
    "Contribution",
    "DecisionWeight",
    "DefenceMark",
    "DesignAlternative",
    "DesignFile",
    "DeviceType",
    "DeviceUnit",
    "Dossier",
    "DossierVersion",
    "DutyTurn",
    "FirmwareNote",
    "GateCheck",
    "Instrument",
    "LabelPhoto",
    "Measurement",
    "Member",
    "PartLine",
    "PartUse",
    "PeerReview",
    "Rebuild",
    "Requirement",
    "Risk",
    "RiskControl",
    "SignalCapture",
    "SourcingOffer",
    "StepPhoto",
    "TeardownStep",
    "TestCase",
    "TestRun",
    "Transition",
    "WorkshopMark",
]
