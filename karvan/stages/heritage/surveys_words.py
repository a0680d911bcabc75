"""How classes and vocabularies are called and marked on screens and on paper."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ConditionSurvey

MARKS = {
    "good": "kept",
    "fair": "done",
    "poor": "waiting",
    "very_bad": "late",
    "destroyed": "dropped",
    "unknown": "unknown",
}
VOCABULARIES: dict[str, str | Promise] = {
    "pattern": _("Damage"),
    "cause": _("Causes"),
    "threat": _("Threats"),
    "recommendation": _("Recommendations"),
    "condition": _("Classes of condition"),
    "extent": _("Extents"),
    "probability": _("Probabilities"),
    "priority": _("Priorities"),
    "disturbance": _("Kinds of disturbance"),
    "effect": _("Effects of disturbance"),
    "intervention": _("Kinds of intervention"),
    "trend": _("Trends"),
}


def class_mark(condition: str) -> str:
    """The state's shape of a class; unknown where nobody said it."""
    return MARKS.get(condition, "unknown")


def class_word(condition: str) -> str:
    """The class in words: "Very bad"; "Never surveyed" where there is none."""
    if not condition:
        return str(_("Never surveyed"))
    words = dict(ConditionSurvey.Condition.choices)
    return str(words.get(condition, condition))
