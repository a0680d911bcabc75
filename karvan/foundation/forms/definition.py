"""Read a form's definition, as written in a blueprint, and find every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from . import reading as read
from .conditions import TESTS, Comparison, Condition, Joined, comparisons, mentioned
from .errors import FormProblems
from .questions import (
    ATTRIBUTES,
    FILE_ENDINGS,
    FORMATS,
    LIMITS,
    TYPES,
    Choice,
    Eligibility,
    FormDefinition,
    Limits,
    Question,
    Section,
)
from .reading import Notes

__all__ = ["Choice", "FormDefinition", "Limits", "Question", "Section", "parse_form"]

QUESTION_KEYS = frozenset(field.name for field in fields(Question)) | {"labels"}
MEMBER = (
    {
        "key": "full_name",
        "type": "text",
        "required": True,
        "blind": True,
        "label": {"en": "Full name", "fr": "Nom complet", "ar": "الاسم الكامل", "az": "Tam adı"},
        "limits": {"max_length": 150},
    },
    {
        "key": "email",
        "type": "text",
        "blind": True,
        "label": {
            "en": "E-mail", "fr": "Adresse électronique", "ar": "البريد الإلكتروني",
            "az": "E-poçt",
        },
        "limits": {"max_length": 254},
    },
)  # fmt: skip


def parse_form(data: Any) -> FormDefinition:
    """The form that ``data`` (from YAML or JSON) defines, under ``form`` or at the top.

    Raises:
        FormProblems: with every mistake found and its path, not only the first:
            unknown words and types, keys used twice, choices missing, limits that
            cross, conditions on questions that do not exist, and conditions that wait
            for one another in a circle.
    """
    notes = Notes()
    path = "form"
    if isinstance(data, Mapping) and "form" in data:
        data = data["form"]
    read.only(data, {"sections"}, path, notes)
    sections = tuple(
        _section(raw, f"{path}.sections[{i}]", notes)
        for i, raw in enumerate(read.items(data, "sections", path, notes, needed=True))
    )
    form = FormDefinition(sections)
    _check_keys(form, notes)
    _check_conditions(form, notes)
    if notes.problems:
        raise FormProblems(notes.problems)
    return form


def _section(raw: Any, path: str, notes: Notes) -> Section:
    read.only(raw, {"key", "title", "help", "questions"}, path, notes)
    questions = read.items(raw, "questions", path, notes, needed=True)
    return Section(
        key=read.key(raw, path, notes),
        title=read.texts(raw, "title", path, notes, needed=True),
        help=read.texts(raw, "help", path, notes),
        questions=tuple(
            _question(one, f"{path}.questions[{i}]", notes) for i, one in enumerate(questions)
        ),
    )


def _question(raw: Any, path: str, notes: Notes, *, inside: str = "") -> Question:
    read.only(raw, QUESTION_KEYS, path, notes)
    kind = read.one_of(raw, "type", TYPES, path, notes)
    if inside and kind in ("group", "team", "file"):
        notes.add(f"{path}.type", f"a {inside} cannot hold a question of type {kind}")
    limits = _limits(raw, kind, path, notes)
    return Question(
        key=read.key(raw, path, notes),
        type=kind,
        label=read.texts(raw, "label", path, notes, needed=True),
        help=read.texts(raw, "help", path, notes),
        required=read.flag(raw, "required", path, notes),
        show_if=_condition(read.get(raw, "show_if"), f"{path}.show_if", notes),
        limits=limits,
        choices=_choices(raw, kind, path, notes),
        questions=_row_questions(raw, kind, path, notes),
        low=_scale_label(raw, "low", path, notes),
        high=_scale_label(raw, "high", path, notes),
        purpose=read.texts(raw, "purpose", path, notes),
        retention_months=read.whole(raw, "retention_months", path, notes, least=1),
        blind=read.flag(raw, "blind", path, notes),
        attribute=_attribute(raw, kind, path, notes),
        eligibility=_eligibility(read.get(raw, "eligibility"), kind, path, notes),
    )


def _row_questions(raw: Any, kind: str, path: str, notes: Notes) -> tuple[Question, ...]:
    listed = read.items(raw, "questions", path, notes, needed=kind == "group")
    if kind == "team" and not listed:
        listed = list(MEMBER)
    if listed and kind not in ("group", "team"):
        notes.add(f"{path}.questions", "only a group or a team holds questions")
        return ()
    return tuple(
        _question(one, f"{path}.questions[{i}]", notes, inside=kind) for i, one in enumerate(listed)
    )


def _choices(raw: Any, kind: str, path: str, notes: Notes) -> tuple[Choice, ...]:
    asked = kind in ("choice", "choices")
    listed = read.items(raw, "choices", path, notes, needed=asked)
    if listed and not asked:
        notes.add(f"{path}.choices", f"a question of type {kind} has no choices")
    found: list[Choice] = []
    for i, one in enumerate(listed):
        place = f"{path}.choices[{i}]"
        read.only(one, {"value", "label"}, place, notes)
        value = read.choice_value(one, place, notes)
        if value in {choice.value for choice in found}:
            notes.add(f"{place}.value", f"{value!r} is there twice")
        found.append(Choice(value, read.texts(one, "label", place, notes, needed=True)))
    return tuple(found)


def _scale_label(raw: Any, end: str, path: str, notes: Notes) -> Mapping[str, str]:
    """The words at one end of a scale: under ``labels``, under ``limits`` or beside them."""
    for place in ("labels", "limits"):
        if read.get(read.get(raw, place), end) is not None:
            return read.texts(read.get(raw, place), end, f"{path}.{place}", notes)
    return read.texts(raw, end, path, notes)


def _limits(raw: Any, kind: str, path: str, notes: Notes) -> Limits:
    given = read.get(raw, "limits") or {}
    path = f"{path}.limits"
    allowed = LIMITS.get(kind, frozenset()) | ({"low", "high"} if kind == "scale" else set())
    read.only(given, allowed, path, notes)
    whole = {
        name: read.whole(given, name, path, notes, least=0)
        for name in ("min_words", "max_words", "max_length", "min_items", "max_items")
    }
    low, high = (read.bound(given, name, kind, path, notes) for name in ("min", "max"))
    if kind == "scale" and not (
        isinstance(low, int) and isinstance(high, int) and high - low <= 10
    ):
        notes.add(path, "a scale needs a whole min and max, at most 10 apart")
    limits = Limits(
        min=low,
        max=high,
        file_kinds=tuple(read.file_kinds(given, FILE_ENDINGS, path, notes)),
        max_mb=read.bound(given, "max_mb", "number", path, notes),
        format=_format(given, path, notes),
        unique=tuple(str(key) for key in read.items(given, "unique", path, notes)),
        exactly_one=str(read.get(given, "exactly_one") or ""),
        **whole,
    )
    for less, more in (("min", "max"), ("min_words", "max_words"), ("min_items", "max_items")):
        a, b = getattr(limits, less), getattr(limits, more)
        if a is not None and b is not None and a > b:
            notes.add(path, f"{less} {a} is above {more} {b}")
    return limits


def _format(given: Any, path: str, notes: Notes) -> str:
    if read.get(given, "format") is None:
        return ""
    return read.one_of(given, "format", FORMATS, path, notes)


def _check_row_limits(question: Question, notes: Notes) -> None:
    """Limits of a group name questions of its rows."""
    own = {one.key: one for one in question.questions}
    one = question.limits.exactly_one
    for key in (*question.limits.unique, *([one] if one else [])):
        if key not in own:
            notes.add(f"question {question.key}", f"limits: {key!r} is no question of its rows")
    if one in own and "yes" not in {choice.value for choice in own[one].choices}:
        notes.add(f"question {question.key}", f"limits: {one!r} has no choice 'yes'")


def _attribute(raw: Any, kind: str, path: str, notes: Notes) -> str:
    if read.get(raw, "attribute") is None:
        return ""
    name = read.one_of(raw, "attribute", ATTRIBUTES, path, notes)
    if name == "birth_date" and kind != "date":
        notes.add(f"{path}.attribute", "birth_date belongs to a question of type date")
    if kind in ("group", "team", "file"):
        notes.add(f"{path}.attribute", f"a question of type {kind} has no attribute")
    return name


def _eligibility(given: Any, kind: str, path: str, notes: Notes) -> Eligibility | None:
    if given is None:
        return None
    path = f"{path}.eligibility"
    if isinstance(given, Mapping) and True in given:  # YAML 1.1 reads the bare word "on" as true
        given = {("on" if name is True else name): value for name, value in given.items()}
    read.only(given, {"equals", "in", "min_age", "max_age", "on", "message"}, path, notes)
    ages = [read.whole(given, name, path, notes, least=0) for name in ("min_age", "max_age")]
    if any(age is not None for age in ages) and kind != "date":
        notes.add(path, "an age is reckoned from a question of type date")
    among = tuple(read.items(given, "in", path, notes))
    equals = read.get(given, "equals")
    if equals is None and not among and ages == [None, None]:
        notes.add(path, "say equals, in, min_age or max_age")
    if not all(read.is_plain(one) for one in (*among, *([] if equals is None else [equals]))):
        notes.add(path, "an answer is one word, number, true or false")
        return None
    on = read.get(given, "on")
    return Eligibility(
        equals=equals,
        among=among,
        min_age=ages[0],
        max_age=ages[1],
        on=None if on in (None, "first_day") else read.bound(given, "on", "date", path, notes),
        message=read.texts(given, "message", path, notes),
    )


def _condition(raw: Any, path: str, notes: Notes) -> Condition | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        notes.add(path, f"a condition is a mapping, got {raw!r}")
        return None
    joins = [how for how in ("all", "any", "not") if how in raw]
    if joins:
        return _joined(raw, joins, path, notes)
    tests = [test for test in TESTS if test in raw]
    read.only(raw, {"question", *TESTS}, path, notes)
    if len(tests) != 1 or not isinstance(raw.get("question"), str):
        notes.add(path, f"a condition names one question and one of {', '.join(TESTS)}")
        return None
    value = raw[tests[0]]
    if tests[0] == "in" and (not isinstance(value, list) or not value):
        notes.add(f"{path}.in", f"a list is needed, got {value!r}")
        return None
    if not all(read.is_plain(one) for one in (value if tests[0] == "in" else [value])):
        notes.add(f"{path}.{tests[0]}", f"a word, number or date is needed, got {value!r}")
        return None
    if tests[0] == "filled" and not isinstance(value, bool):
        notes.add(f"{path}.filled", f"true or false is needed, got {value!r}")
        return None
    return Comparison(raw["question"], tests[0], read.condition_value(value))


def _joined(raw: Mapping[str, Any], joins: list[str], path: str, notes: Notes) -> Condition | None:
    if len(joins) > 1 or len(raw) > 1:
        notes.add(path, "all, any and not stand alone")
        return None
    how = joins[0]
    listed = raw[how] if isinstance(raw[how], list) else [raw[how]]
    if not listed:
        notes.add(f"{path}.{how}", "at least one condition is needed")
    parts = (_condition(part, f"{path}.{how}[{i}]", notes) for i, part in enumerate(listed))
    return Joined(how, tuple(part for part in parts if part is not None))  # type: ignore[arg-type]


def _check_keys(form: FormDefinition, notes: Notes) -> None:
    _unique([section.key for section in form.sections], "form.sections", notes)
    _unique([question.key for question in form], "form", notes)
    for question in form:
        _unique([one.key for one in question.questions], f"question {question.key}", notes)
    attributes = [question.attribute for question in form if question.attribute]
    for name in sorted({name for name in attributes if attributes.count(name) > 1}):
        notes.add("form", f"two questions give the attribute {name}")


def _unique(keys: list[str], path: str, notes: Notes) -> None:
    for key in dict.fromkeys(key for key in keys if key and keys.count(key) > 1):
        notes.add(path, f"the key {key!r} is used {keys.count(key)} times")


def _check_conditions(form: FormDefinition, notes: Notes) -> None:
    waits: dict[str, list[str]] = {}
    for question in form:
        _check_row_limits(question, notes)
        _check_eligible(question, notes)
        waits[question.key] = _targets(question, form.by_key, "", notes)
        for one in question.questions:
            siblings = {other.key: other for other in question.questions}
            known = {k: q for k, q in form.by_key.items() if q is not question} | siblings
            found = _targets(one, known, f"{question.key}.", notes)
            waits[f"{question.key}.{one.key}"] = [
                f"{question.key}.{key}" if key in siblings else key for key in found
            ]
    for circle in read.circles(waits):
        notes.add("form", f"these wait for one another: {' → '.join((*circle, circle[0]))}")


def _check_eligible(question: Question, notes: Notes) -> None:
    rule = question.eligibility
    if rule is None or not question.choices:
        return
    known = {choice.value for choice in question.choices}
    for value in (*rule.among, *(() if rule.equals is None else (rule.equals,))):
        if value not in known:
            notes.add(f"question {question.key}", f"eligibility: there is no choice {value!r}")


def _targets(
    question: Question, known: Mapping[str, Question], place: str, notes: Notes
) -> list[str]:
    """The known questions that a question waits for; notes those that are not known."""
    path = f"question {place}{question.key}"
    for one in comparisons(question.show_if):
        target = known.get(one.question)
        if target is None:
            notes.add(path, f"show_if asks for {one.question!r}, which is no question here")
        elif target.choices and one.test in ("equals", "not_equals", "in"):
            values = one.value if isinstance(one.value, tuple) else (one.value,)
            unknown = [v for v in values if v not in {c.value for c in target.choices}]
            if unknown:
                notes.add(path, f"show_if: {one.question} has no choice {unknown[0]!r}")
    return [key for key in mentioned(question.show_if) if key in known]
