"""A call in plain words: who may take part, and where one's application stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from karvan.foundation.forms.questions import Eligibility, FormDefinition, Question
from karvan.foundation.texts import in_language
from karvan.foundation.ui.formats import date_in_words


def eligibility_in_words(definition: FormDefinition, first_day: date | None) -> list[str]:
    """One line a rule, in the active language: "18 to 35 years old on …", "Do you live here? Yes"."""
    return [line for question in definition for line in _lines(question, first_day)]


def _lines(question: Question, first_day: date | None) -> Iterator[str]:
    rule = question.eligibility
    if rule is None:
        return
    if rule.min_age is not None or rule.max_age is not None:
        yield _age(rule, rule.on or first_day)
    wanted = [*rule.among, *([] if rule.equals is None else [rule.equals])]
    label = in_language(question.label)
    if question.choices and wanted:
        names = [in_language(c.label) for c in question.choices if c.value in wanted]
        yield f"{label} {_(' or ').join(names)}"
    elif wanted:
        yield label


def _age(rule: Eligibility, on: date | None) -> str:
    words = {
        "least": rule.min_age,
        "most": rule.max_age,
        "day": date_in_words(on) if on else _("the first day"),
    }
    if rule.max_age is None:
        return _("You are at least %(least)s years old on %(day)s.") % words
    if rule.min_age is None:
        return _("You are at most %(most)s years old on %(day)s.") % words
    return _("You are %(least)s to %(most)s years old on %(day)s.") % words
