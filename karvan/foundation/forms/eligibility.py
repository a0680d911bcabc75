"""Who may take part, and which attributes of a person a selection may count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .questions import Eligibility, FormDefinition

AGE_BANDS = ((14, "0-14"), (24, "15-24"), (35, "25-35"), (45, "36-45"), (60, "46-60"))
OLDEST_BAND = "61+"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody cannot take part: which question, and in words."""

    question: str
    message: str


def eligibility(
    definition: FormDefinition, answers: Mapping[str, Any], *, first_day: date | None
) -> tuple[Refusal, ...]:
    """Every rule of eligibility that the answers break, in the form's order; () if none.

    A question that was not answered refuses nobody: that it is missing is another error.
    Ages count on ``first_day`` unless the rule names its own date; where neither is known
    the age cannot be told and refuses nobody.
    """
    refusals = []
    for question in definition:
        rule, value = question.eligibility, answers.get(question.key)
        if rule is None or value is None:
            continue
        message = _broken_age(rule, value, first_day) or _broken_value(rule, value)
        if message:
            label = in_language(question.label)
            own = in_language(rule.message)
            refusals.append(Refusal(question.key, own or message % {"question": label}))
    return tuple(refusals)


def attributes(
    definition: FormDefinition, answers: Mapping[str, Any], first_day: date | None
) -> dict[str, str]:
    """What a selection may count about a person; what was not answered has no key.

    ``birth_date`` becomes ``age_band`` on the first day; a consent becomes yes or no;
    several choices are joined with "|". Members of a team are not counted here.
    """
    found: dict[str, str] = {}
    for question in definition:
        value = answers.get(question.key)
        if not question.attribute or value is None:
            continue
        if question.attribute == "birth_date":
            if first_day:
                found["age_band"] = age_band(age_on(date.fromisoformat(value), first_day))
        elif isinstance(value, bool):
            found[question.attribute] = "yes" if value else "no"
        elif isinstance(value, list):
            found[question.attribute] = "|".join(value)
        else:
            found[question.attribute] = str(value)
    return found


def age_on(birth: date, on: date) -> int:
    """Age in whole years. Who is born on 29 February is a year older on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_band(age: int) -> str:
    """The band an age counts in: 0-14, 15-24, 25-35, 36-45, 46-60 or 61+."""
    return next((name for top, name in AGE_BANDS if age <= top), OLDEST_BAND)


def _broken_value(rule: Eligibility, value: Any) -> str:
    given = value if isinstance(value, list) else [value]
    wanted = [*rule.among, *([] if rule.equals is None else [rule.equals])]
    if not wanted or any(one in wanted for one in given):
        return ""
    return _("Your answer to “%(question)s” does not let you take part.")


def _broken_age(rule: Eligibility, value: Any, first_day: date | None) -> str:
    on = rule.on or first_day
    if on is None or (rule.min_age is None and rule.max_age is None):
        return ""
    age = age_on(date.fromisoformat(value), on)
    words: dict[str, Any] = {"least": rule.min_age, "most": rule.max_age, "age": age}
    # The day goes in last: the caller still fills in the question's own name.
    words["day"] = date_format(on, "DATE_FORMAT").replace("%", "%%")
    if rule.min_age is not None and age < rule.min_age:
        return (
            _("You must be at least %(least)s years old on %(day)s; you will be %(age)s.") % words
        )
    if rule.max_age is not None and age > rule.max_age:
        return _("You must be at most %(most)s years old on %(day)s; you will be %(age)s.") % words
    return ""
