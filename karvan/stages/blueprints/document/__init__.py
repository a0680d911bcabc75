"""The blueprint document: YAML text in, a checked design out. Knows nothing of tables or pages.

`parse` reads a text, `check` looks at changed data, `lock_of` and `allowed` say what a country may
change, `differences` says in words what changed. The format is told in docs/blueprint-format.md.
"""

from .changes import Change, changes
from .core_parts import Core, closed_part, core_parts
from .differences import Difference, differences
from .document import Activity, Document, Session
from .labels import FORMATS, human_title
from .locks import Level, Limits, Lock, lock_of
from .ordering import in_order_of
from .parsing import check, document_of, examine, is_malformed, parse
from .parts import Part, walk_parts
from .paths import REMOVED, UnknownPath, identity_of, value_at, with_value
from .problems import DocumentProblems, Problem
from .reading import Positions
from .refusing import Refusal, allowed

__all__ = [
    "FORMATS",
    "REMOVED",
    "Activity",
    "Change",
    "Core",
    "Difference",
    "Document",
    "DocumentProblems",
    "Level",
    "Limits",
    "Lock",
    "Part",
    "Problem",
    "Refusal",
    "Session",
    "Positions",
    "UnknownPath",
    "allowed",
    "changes",
    "check",
    "closed_part",
    "core_parts",
    "differences",
    "document_of",
    "examine",
    "human_title",
    "identity_of",
    "in_order_of",
    "is_malformed",
    "lock_of",
    "parse",
    "value_at",
    "walk_parts",
    "with_value",
]
