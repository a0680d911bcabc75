"""The blueprint document: YAML text in, a checked design out. Knows nothing of tables or pages.

`parse` reads a text, `check` looks at changed data, `lock_of` and `allowed` say what a country may
change, `differences` says in words what changed. The format is told in docs/blueprint-format.md.
"""

from .changes import Change, changes
from .differences import Difference, differences
from .document import Activity, Document, Session
from .labels import FORMATS, human_title
from .locks import Level, Limits, Lock, Refusal, allowed, lock_of
from .parsing import check, document_of, parse
from .parts import Part, walk_parts
from .paths import REMOVED, UnknownPath, identity_of, value_at, with_value
from .problems import DocumentProblems, Problem

__all__ = [
    "FORMATS",
    "REMOVED",
    "Activity",
    "Change",
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
    "UnknownPath",
    "allowed",
    "changes",
    "check",
    "differences",
    "document_of",
    "human_title",
    "identity_of",
    "lock_of",
    "parse",
    "value_at",
    "walk_parts",
    "with_value",
]
