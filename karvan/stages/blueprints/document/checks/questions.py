"""Questions: keys single in the whole form, each kind with what it needs, private data justified."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..nodes import Findings, Node

NEEDS_CHOICES = frozenset({"choice", "choices"})
NEEDS_QUESTIONS = frozenset({"group", "team"})
_LEAST_AND_MOST = (("min", "max"), ("min_words", "max_words"), ("min_items", "max_items"))


def questions_of(activity: Node) -> list[Node]:
    """The questions of an activity's form in the order they are asked, without those in groups."""
    sections = activity.at("form").entries("sections")
    return [question for section in sections for question in section.entries("questions")]


def asked_by_attribute(activity: Node) -> dict[str, Node]:
    """For each attribute, the question that feeds it, inside groups and teams too."""
    asked: dict[str, Node] = {}
    for question in _with_inner(questions_of(activity)):
        asked.setdefault(question.text("attribute"), question)
    asked.pop("", None)
    return asked


def questions_can_be_asked(root: Node) -> Findings:
    """Each question can be shown, answered and kept for a stated reason."""
    for activity in root.entries("activities"):
        seen: set[str] = set()
        for question in questions_of(activity):
            key = question.text("key")
            if key and key in seen:
                message = _("The question “%(key)s” stands in another section already.")
                yield question.raw, message % {"key": key}
            seen.add(key)
        for question in _with_inner(questions_of(activity)):
            yield from _parts(question)
            yield from _limits(question.at("limits"))
            yield from _eligibility(question)
            yield from _reason(question)


def _with_inner(questions: list[Node]) -> Iterator[Node]:
    for question in questions:
        yield question
        yield from _with_inner(question.entries("questions"))


def _parts(question: Node) -> Findings:
    kind = question.text("type")
    if kind in NEEDS_CHOICES and "choices" not in question:
        yield question.raw, _("A question of the type “%(type)s” needs choices.") % {"type": kind}
    if kind in NEEDS_QUESTIONS and "questions" not in question:
        yield question.raw, _("A question of the type “%(type)s” needs questions.") % {"type": kind}
    if kind == "scale" and not {"min", "max"} <= {key for key, _v in question.at("limits").pairs()}:
        yield question.raw, _("A scale needs limits with min and max.")


def _limits(limits: Node) -> Findings:
    for least, most in _LEAST_AND_MOST:
        low, high = limits.at(least).value, limits.at(most).value
        comparable = type(low) is type(high) and isinstance(low, int | float | str)
        if comparable and low > high:
            message = _("The least, %(least)s, is more than the most, %(most)s.")
            yield (*limits.raw, least), message % {"least": low, "most": high}


def _eligibility(question: Node) -> Findings:
    rule = question.at("eligibility")
    least, most = rule.number("min_age"), rule.number("max_age")
    if least is not None and most is not None and least > most:
        message = _("The least age, %(least)s, is more than the most, %(most)s.")
        yield (*rule.raw, "min_age"), message % {"least": least, "most": most}
    if (least is not None or most is not None) and question.text("type") != "date":
        yield rule.raw, _("An age can only be reckoned from a question of the type “date”.")
    wanted = rule.at("equals")
    choices = question.codes("choices", "value")
    if choices and wanted.value is not None and wanted.value not in list(choices):
        message = _("“%(value)s” is not a choice of this question, so nobody could be eligible.")
        yield wanted.raw, message % {"value": wanted.value}


def _reason(question: Node) -> Findings:
    # Data about a person are borrowed: without a reason and a term they are not asked for.
    personal = question.at("blind").value is True or "attribute" in question
    for key in ("purpose", "retention_months"):
        if personal and key not in question:
            message = _("A question about the person says its “%(key)s”.")
            yield question.raw, message % {"key": key}
