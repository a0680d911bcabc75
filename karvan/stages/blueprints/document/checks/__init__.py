"""The second check: does the document mean something? Each check reads data that may be malformed."""

from __future__ import annotations

from typing import Any

from ..nodes import Findings, Node
from .codes import codes_are_single, words_are_complete
from .conditions import conditions_can_be_followed
from .indicators import indicators_are_computable
from .locks import locks_can_hold
from .questions import questions_can_be_asked
from .quotas import quotas_can_be_met
from .references import references_are_known
from .sums import sums_agree

CHECKS = (
    codes_are_single,
    words_are_complete,
    references_are_known,
    sums_agree,
    questions_can_be_asked,
    conditions_can_be_followed,
    quotas_can_be_met,
    indicators_are_computable,
    locks_can_hold,
)


def meaning_findings(data: Any) -> Findings:
    """Everything that the schema cannot see: references, sums, quotas, conditions, locks."""
    root = Node(data)
    for check in CHECKS:
        yield from check(root)
