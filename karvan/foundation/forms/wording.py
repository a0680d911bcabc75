"""Say a condition in words, for pages that work without script."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .conditions import Comparison, Condition
from .questions import FormDefinition, Question


def only_if(
    definition: FormDefinition, question: Question, group: Question | None, language: str
) -> str:
    """ "Answer only if …" for a question with a condition, "" for any other."""
    if question.show_if is None:
        return ""
    known = dict(definition.by_key)
    if group:
        known |= {one.key: one for one in group.questions}
    return _("Answer only if %(condition)s.") % {
        "condition": _words(question.show_if, known, language)
    }


def _words(condition: Condition, known: dict[str, Question], language: str) -> str:
    if isinstance(condition, Comparison):
        return _comparison(condition, known[condition.question], language)
    if condition.how == "not" and len(condition.parts) == 1:
        only = condition.parts[0]
        if isinstance(only, Comparison) and only.test in ("equals", "in"):
            return _comparison(replace(only, test="not_equals"), known[only.question], language)
    parts = [_words(part, known, language) for part in condition.parts]
    if condition.how == "not":
        return _("it is not so that %(condition)s") % {"condition": _(" or ").join(parts)}
    return (_(" and ") if condition.how == "all" else _(" or ")).join(parts)


def _comparison(condition: Comparison, question: Question, language: str) -> str:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    labels = {choice.value: in_language(choice.label, language) for choice in question.choices}
    answers = _(" or ").join(
        str(value) if isinstance(value, (int, float)) else _("“%s”") % labels.get(value, value)
        for value in values
    )
    words = {"question": in_language(question.label, language), "answer": answers}
    if condition.test == "filled" or isinstance(condition.value, bool):
        if (condition.test != "not_equals") == condition.value:
            return _("you answered “%(question)s”") % words
        return _("you did not answer “%(question)s”") % words
    if condition.test == "at_least":
        return _("“%(question)s” is at least %(answer)s") % words
    if condition.test == "at_most":
        return _("“%(question)s” is at most %(answer)s") % words
    if condition.test == "not_equals":
        return _("your answer to “%(question)s” is not %(answer)s") % words
    return _("your answer to “%(question)s” is %(answer)s") % words
