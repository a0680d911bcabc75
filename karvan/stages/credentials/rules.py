"""The award rules of a blueprint, judged: what holds, what lacks, what is not known. No rows here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .supervised import asked_in_words, lacking_in_words


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one participant. None and a missing key mean: not known."""

    attendance_percent: int | None = None
    outputs: Mapping[str, int] = field(default_factory=dict)
    assessments: Mapping[str, int] = field(default_factory=dict)
    total_percent: int | None = None
    milestones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lack:
    """One line of a rule that does not hold. `found` is None where nothing is known."""

    rule: str
    needed: int
    found: int | None
    code: str = ""

    @property
    def is_unknown(self) -> bool:
        return self.found is None

    def __str__(self) -> str:
        if self.rule == "outputs" and (
            said := lacking_in_words(self.code, self.found, self.needed)
        ):
            return said
        values = {"needed": self.needed, "found": self.found, "code": self.code}
        return (_unknown(self.rule) if self.is_unknown else _short(self.rule)) % values


def _unknown(rule: str) -> str:
    return {
        "min_attendance_percent": _("attendance is not known; %(needed)s%% is needed"),
        "min_total": _("the total is not known yet; %(needed)s%% is needed"),
        "assessments_passed": _("%(code)s has no result yet; %(needed)s%% is needed"),
        "min_assessments": _("%(code)s has no result yet; %(needed)s%% is needed"),
    }[rule]


def _short(rule: str) -> str:
    return {
        "min_attendance_percent": _("attended %(found)s%% of %(needed)s%% needed"),
        "outputs": _("handed in %(found)s of %(needed)s: %(code)s"),
        "milestones": _("milestone %(code)s is not verified"),
        "min_total": _("total %(found)s%% of %(needed)s%% needed"),
        "assessments_passed": _("%(code)s: %(found)s%% of %(needed)s%% needed"),
        "min_assessments": _("%(code)s: %(found)s%% of %(needed)s%% needed"),
        "left": _("left the activity"),
        "no_award": _("this activity awards no certificate"),
    }[rule]


def lacks(
    rule: Mapping[str, Any], standing: Standing, *, passes: Mapping[str, int]
) -> tuple[Lack, ...]:
    """The lines of the rule that do not hold; empty when all do.

    Args: `passes` gives the mark from which each assessment is passed, in per cent.
    """
    return tuple(one for one in _lines(rule, standing, passes) if not _holds(one))


def basis(rule: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """What the rule looked at, as it was found: the grounds on which a certificate stands."""
    found: dict[str, Any] = {}
    if "min_attendance_percent" in rule:
        found["attendance_percent"] = standing.attendance_percent
    if outputs := rule.get("outputs"):
        found["outputs"] = {code: standing.outputs.get(code, 0) for code in outputs}
    if milestones := rule.get("milestones"):
        found["milestones"] = sorted(standing.milestones & set(milestones))
    if "min_total" in rule:
        found["total_percent"] = standing.total_percent
    asked = [*rule.get("assessments_passed", ()), *rule.get("min_assessments", ())]
    if asked:
        found["assessments"] = {code: standing.assessments.get(code) for code in asked}
    return found


def _lines(
    rule: Mapping[str, Any], standing: Standing, passes: Mapping[str, int]
) -> Iterator[Lack]:
    """Every line of the rule with what was found, whether it holds or not."""
    if "min_attendance_percent" in rule:
        needed = int(rule["min_attendance_percent"])
        yield Lack("min_attendance_percent", needed, standing.attendance_percent)
    for code, many in (rule.get("outputs") or {}).items():
        yield Lack("outputs", int(many), standing.outputs.get(code, 0), code)
    for code in rule.get("milestones") or ():
        yield Lack("milestones", 1, int(code in standing.milestones), code)
    for code in rule.get("assessments_passed") or ():
        yield Lack("assessments_passed", passes.get(code, 0), standing.assessments.get(code), code)
    for code, least in (rule.get("min_assessments") or {}).items():
        yield Lack("min_assessments", int(least), standing.assessments.get(code), code)
    if "min_total" in rule:
        yield Lack("min_total", int(rule["min_total"]), standing.total_percent)


def _holds(line: Lack) -> bool:
    return line.found is not None and line.found >= line.needed


def pass_marks(assessments: Any) -> dict[str, int]:
    """Assessment → the per cent from which it is passed.

    A pass mark in words ("all_blocking_items") asks for everything, so for 100; an
    assessment without one is passed by any result.
    """
    marks = {one["code"]: one.get("pass", 0) for one in assessments or ()}
    return {
        code: int(mark) if isinstance(mark, int | float) else 100 for code, mark in marks.items()
    }


def rule_in_words(rule: Mapping[str, Any], *, passes: Mapping[str, int]) -> str:
    """What had to be done, as one sentence of the active language."""
    parts = []
    if "min_attendance_percent" in rule:
        percent = rule["min_attendance_percent"]
        parts.append(_("attended at least %(percent)s%% of the sessions") % {"percent": percent})
    if outputs := rule.get("outputs"):
        said = {code: asked_in_words(code, int(many)) for code, many in outputs.items()}
        parts += [words for words in said.values() if words]
        listed = ", ".join(f"{code} × {many}" for code, many in outputs.items() if not said[code])
        if listed:
            parts.append(_("handed in: %(listed)s") % {"listed": listed})
    if milestones := rule.get("milestones"):
        parts.append(_("milestones verified: %(listed)s") % {"listed": ", ".join(milestones)})
    for code in rule.get("assessments_passed") or ():
        parts.append(_("passed %(code)s") % {"code": code})
    for code, least in (rule.get("min_assessments") or {}).items():
        parts.append(_("at least %(percent)s%% in %(code)s") % {"code": code, "percent": least})
    if "min_total" in rule:
        parts.append(_("a total of at least %(percent)s%%") % {"percent": rule["min_total"]})
    return "; ".join(parts) or _("took part")
