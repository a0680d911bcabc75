"""Tables of monuments and their restoration; one file a room."""

from __future__ import annotations

from .conditions import Advice, ConditionSurvey, DamageObservation, Term, Threat
from .projects import (
    FundingLine,
    Permit,
    Phase,
    RestorationProject,
    SitePhoto,
    TraineeLog,
    Viewpoint,
    WorkItem,
)
from .registers import (
    Element,
    LegalStatus,
    Monument,
    MonumentImport,
    Photo,
    Register,
    RememberedMapping,
)

__all__ = [
    "Advice",
    "ConditionSurvey",
    "DamageObservation",
    "Element",
    "FundingLine",
    "LegalStatus",
    "Monument",
    "MonumentImport",
    "Permit",
    "Phase",
    "Photo",
    "Register",
    "RememberedMapping",
    "RestorationProject",
    "SitePhoto",
    "Term",
    "Threat",
    "TraineeLog",
    "Viewpoint",
    "WorkItem",
]
