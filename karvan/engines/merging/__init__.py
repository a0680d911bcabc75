"""Merging: three-way merge of documents by key, with order, and what must be decided."""

from .answer import ABSENT, IDENTITIES, Absent, Change, Conflict, Merged, Path
from .check import check_merge
from .differences import changes_between
from .merging import merge
from .resolving import resolved

__all__ = [
    "ABSENT",
    "IDENTITIES",
    "Absent",
    "Change",
    "Conflict",
    "Merged",
    "Path",
    "changes_between",
    "check_merge",
    "merge",
    "resolved",
]
