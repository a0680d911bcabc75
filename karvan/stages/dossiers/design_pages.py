"""What every page of requirements, risks, tests, alternatives and building shows."""

from __future__ import annotations

from typing import Any

from karvan.foundation.people.models import Person

from .access import is_instructor, is_member, may_edit
from .models import Dossier, TestRun

# The shape of each result of a run, beside its word.
RESULT_MARKS = {"pass": "kept", "fail": "dropped", "inconclusive": "unknown", "not_run": "open"}


def page_of(dossier: Dossier, person: Person, **more: Any) -> dict[str, Any]:
    """The context of a page: the dossier, its edition, what the person may do, and ``more``."""
    return {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "may_edit": may_edit(person, dossier),
        "may_judge": is_instructor(person, dossier.activity) and not is_member(person, dossier),
        **more,
    }


def result_of(result: str) -> dict[str, Any]:
    """The mark and the word of the result of a run; "" is a test that never ran."""
    word = TestRun.Result(result or "not_run").label
    return {"mark": RESULT_MARKS[result or "not_run"], "word": word}
