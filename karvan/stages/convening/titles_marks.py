"""Which of the house's marks stands for which state of a cycle, a nomination or a title."""

from __future__ import annotations

CYCLE_MARKS = {
    "prepared": "draft",
    "open": "open",
    "evaluation": "in_progress",
    "decided": "done",
}
NOMINATION_MARKS = {
    "draft": "draft",
    "submitted": "waiting",
    "admitted": "open",
    "not_admitted": "dropped",
    "proposed": "in_progress",
    "granted": "done",
    "declined": "dropped",
    "withdrawn": "dropped",
}
