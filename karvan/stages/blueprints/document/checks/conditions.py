"""Conditions: each looks back at a question asked before it, and none in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..nodes import Findings, Node
from ..problems import did_you_mean
from .questions import questions_of

TESTS = frozenset({"equals", "not_equals", "in", "filled", "at_least", "at_most"})


def conditions_can_be_followed(root: Node) -> Findings:
    """Every `show_if` asks about a known, earlier question in a way that can be answered."""
    for activity in root.entries("activities"):
        questions = questions_of(activity)
        yield from _form(questions)
        for section in activity.at("form").entries("sections"):
            before = {q.text("key"): q for q in questions if q.raw < section.raw}
            yield from _condition(section.at("show_if"), before, {})
        for question in questions:
            inner = question.entries("questions")
            yield from _form(inner)


def _form(questions: list[Node]) -> Findings:
    known = {question.text("key"): question for question in questions}
    rings = _rings(known)
    in_ring = {key for ring in rings for key in ring}
    for ring in rings:
        message = _("The conditions run in a circle: %(ring)s.")
        raw = (*known[ring[0]].raw, "show_if")
        yield raw, message % {"ring": " → ".join([*ring, ring[0]])}
    for at, question in enumerate(questions):
        before = {q.text("key"): q for q in questions[:at]}
        later = {q.text("key"): q for q in questions[at:]}
        if question.text("key") in in_ring:
            # The circle is the cause; saying "asked later" as well would only confuse.
            before, later = {**before, **later}, {}
        yield from _condition(question.at("show_if"), before, later)


def _condition(condition: Node, before: dict[str, Node], later: dict[str, Node]) -> Findings:
    for inner in _tests(condition):
        asked = inner.text("question")
        if "question" not in inner:
            yield inner.raw, _("A condition names a question, or has all, any or not.")
            continue
        if not any(key in TESTS for key, _value in inner.pairs()):
            yield (
                inner.raw,
                _("The condition on “%(key)s” says nothing of its answer.") % {"key": asked},
            )
        if asked in later:
            message = _("“%(key)s” is asked later; a condition can only look back.")
            yield (*inner.raw, "question"), message % {"key": asked}
        elif asked not in before:
            message = _("There is no question “%(key)s” to depend on.") % {"key": asked}
            yield (*inner.raw, "question"), message + did_you_mean(asked, before)
        else:
            yield from _answers(inner, before[asked])


def _answers(condition: Node, question: Node) -> Findings:
    choices = question.codes("choices", "value")
    wanted = [condition.at("equals"), condition.at("not_equals"), *condition.at("in").items()]
    for node in wanted:
        if choices and node.value is not None and node.value not in list(choices):
            message = _("“%(value)s” is not a choice of the question “%(question)s”.")
            detail = {"value": node.value, "question": question.text("key")}
            yield node.raw, message % detail + did_you_mean(str(node.value), choices)


def _tests(condition: Node) -> Iterator[Node]:
    """The plain conditions inside all, any and not."""
    if not isinstance(condition.value, dict):
        return
    nested = [*condition.entries("all"), *condition.entries("any")]
    if "not" in condition:
        nested.append(condition.at("not"))
    if not nested:
        yield condition
    for inner in nested:
        yield from _tests(inner)


def _rings(known: dict[str, Node]) -> list[list[str]]:
    """The circles among the conditions, each once, in the order of the form."""
    asks = {
        key: [inner.text("question") for inner in _tests(question.at("show_if"))]
        for key, question in known.items()
    }
    rings: list[list[str]] = []
    done: set[str] = set()
    for start in known:
        ring = _ring_through(start, asks)
        if ring and not done & set(ring):
            rings.append(ring)
            done |= set(ring)
    return rings


def _ring_through(start: str, asks: dict[str, list[str]]) -> list[str]:
    """The shortest way from a question back to itself, by breadth; empty when there is none."""
    trails, seen = [[start]], {start}
    while trails:
        trail = trails.pop(0)
        for asked in asks.get(trail[-1], []):
            if asked == start:
                return trail
            if asked not in seen:
                seen.add(asked)
                trails.append([*trail, asked])
    return []
