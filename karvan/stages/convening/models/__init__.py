"""Tables of what is convened; one file a room."""

from __future__ import annotations

from .hall import (
    Ballot,
    Cast,
    FinalReport,
    Motion,
    MotionParagraph,
    Resolution,
    ResolutionParagraph,
    RollMark,
    Sitting,
    Vote,
    VoteEvent,
)
from .organs import Base, Majority, Membership, Organ
from .papers import AgendaItem, AgendaVersion, LanguageVersion, SessionDocument
from .partnerships import Forum, Partnership, PartnershipEvent
from .sessions import (
    CredentialsReport,
    Delegation,
    DelegationCredential,
    SessionDelegate,
    StatutorySession,
)
from .symposium import (
    Author,
    Paper,
    Proceedings,
    ProgrammeSession,
    Recommendation,
    Symposium,
    Track,
    TrackProposal,
    Wish,
)
from .tallies import RollCallImport
from .titles import (
    ExpertMark,
    NominationFile,
    Title,
    TitleCycle,
    TitleEvent,
    TitleNomination,
    TitleSeries,
)

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "Author",
    "Ballot",
    "Base",
    "Cast",
    "CredentialsReport",
    "Delegation",
    "DelegationCredential",
    "ExpertMark",
    "FinalReport",
    "Forum",
    "LanguageVersion",
    "Majority",
    "Membership",
    "Motion",
    "MotionParagraph",
    "NominationFile",
    "Organ",
    "Paper",
    "Partnership",
    "PartnershipEvent",
    "Proceedings",
    "ProgrammeSession",
    "Recommendation",
    "Resolution",
    "ResolutionParagraph",
    "RollCallImport",
    "RollMark",
    "SessionDelegate",
    "SessionDocument",
    "Sitting",
    "StatutorySession",
    "Symposium",
    "Title",
    "TitleCycle",
    "TitleEvent",
    "TitleNomination",
    "TitleSeries",
    "Track",
    "TrackProposal",
    "Vote",
    "VoteEvent",
    "Wish",
]
