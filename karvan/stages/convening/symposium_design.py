"""What the programme's design says of a symposium; nothing where it does not know the activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document


def design_of(activity: Activity) -> Mapping[str, Any]:
    """The activity's part of the edition's design, {} if it has none. Cost: one query."""
    try:
        return activity_document(activity)
    except KeyError:
        return {}
