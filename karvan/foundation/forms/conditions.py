"""Conditions: when a question is asked, depending on other answers.

An answer that was not given fulfils nothing but ``filled: false``. A consent that was
not given counts as refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

TESTS = ("equals", "not_equals", "in", "filled", "at_least", "at_most")
JOINS = ("all", "any", "not")

Lookup = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer against one value."""

    question: str
    test: str
    value: Any


@dataclass(frozen=True, slots=True)
class Joined:
    """All, any or none of some conditions."""

    how: Literal["all", "any", "not"]
    parts: tuple[Condition, ...]


Condition = Comparison | Joined


def holds(condition: Condition | None, answer_of: Lookup) -> bool:
    """True if the condition is fulfilled; no condition always is.

    ``answer_of`` gives the answer to a question, or None.
    """
    if condition is None:
        return True
    if isinstance(condition, Comparison):
        return _compare(condition, answer_of(condition.question))
    results = (holds(part, answer_of) for part in condition.parts)
    if condition.how == "any":
        return any(results)
    return all(results) if condition.how == "all" else not any(results)


def mentioned(condition: Condition | None) -> tuple[str, ...]:
    """The keys of the questions that a condition looks at, in order."""
    if condition is None:
        return ()
    if isinstance(condition, Comparison):
        return (condition.question,)
    return tuple(key for part in condition.parts for key in mentioned(part))


def comparisons(condition: Condition | None) -> tuple[Comparison, ...]:
    """Every comparison inside a condition, in order."""
    if condition is None:
        return ()
    if isinstance(condition, Comparison):
        return (condition,)
    return tuple(one for part in condition.parts for one in comparisons(part))


def as_data(condition: Condition, name_of: Callable[[str], str]) -> dict[str, Any]:
    """The condition as the page's script reads it, with field names for keys."""
    if isinstance(condition, Comparison):
        return _comparison_data(condition, name_of(condition.question))
    return {condition.how: [as_data(part, name_of) for part in condition.parts]}


def is_filled(value: Any) -> bool:
    """True if something was answered: 0 is an answer; "", [] and a refused consent are not."""
    return value is not None and value is not False and value != "" and value != [] and value != {}


def _compare(condition: Comparison, answer: Any) -> bool:
    test, wanted = condition.test, condition.value
    if test == "filled":
        return bool(is_filled(answer) == wanted)
    if isinstance(wanted, bool):
        return ((answer is True) == wanted) == (test == "equals")
    if not is_filled(answer):
        return False
    if test in ("at_least", "at_most"):
        size = len(answer) if isinstance(answer, list) else answer
        try:
            return bool(size >= wanted if test == "at_least" else size <= wanted)
        except TypeError:
            return False
    given = answer if isinstance(answer, list) else [answer]
    among = wanted if isinstance(wanted, (list, tuple)) else [wanted]
    return any(one in among for one in given) != (test == "not_equals")


def _comparison_data(condition: Comparison, name: str) -> dict[str, Any]:
    value = list(condition.value) if isinstance(condition.value, tuple) else condition.value
    if isinstance(value, bool) and condition.test != "filled":
        given = {"question": name, "filled": True}
        return given if value == (condition.test == "equals") else {"not": [given]}
    return {"question": name, condition.test: value}
