"""Quotas: asked for in the form, one kind of limit each, and none that rules out another."""

from __future__ import annotations

from itertools import combinations

from django.utils.translation import gettext as _

from ..nodes import Findings, Node
from ..problems import did_you_mean
from .questions import asked_by_attribute

LIMITS = ("floor_percent", "cap_percent", "per_team_at_least")


def quotas_can_be_met(root: Node) -> Findings:
    """Each quota counts an attribute that the form asks for; floors and caps leave room."""
    for activity in root.entries("activities"):
        quotas = activity.at("selection").entries("quotas")
        asked = asked_by_attribute(activity)
        for quota in quotas:
            yield from _one_limit(quota)
            yield from _is_asked(quota, asked)
        yield from _floors_fit(quotas, asked)
        for one, other in combinations(quotas, 2):
            yield from _clash(one, other)
            yield from _clash(other, one)


def _one_limit(quota: Node) -> Findings:
    given = [name for name in LIMITS if name in quota]
    if not given:
        yield quota.raw, _("A quota says floor_percent, cap_percent or per_team_at_least.")
    if "per_team_at_least" in quota and len(given) > 1:
        yield quota.raw, _("A quota within teams cannot also be a share of the cohort.")
    if "per_team_at_least" not in quota and "values" not in quota:
        yield quota.raw, _("Say which values the quota counts, or “each”.")
    if isinstance(quota.at("values").value, str) and quota.text("values") != "each":
        yield (*quota.raw, "values"), _("“values” is a list, or the word “each”.")
    floor, cap = quota.number("floor_percent"), quota.number("cap_percent")
    if floor is not None and cap is not None and floor > cap:
        message = _("The floor of %(floor)s %% is above the cap of %(cap)s %%.")
        yield (*quota.raw, "floor_percent"), message % {"floor": floor, "cap": cap}


def _is_asked(quota: Node, asked: dict[str, Node]) -> Findings:
    attribute = quota.text("attribute")
    question = asked.get(attribute)
    if question is None:
        message = _("No question of the form feeds “%(attribute)s”, which this quota counts.")
        yield (*quota.raw, "attribute"), message % {"attribute": attribute}
        return
    known = question.codes("choices", "value")
    for value in quota.texts("values"):
        if known and value.value not in known:
            message = _("“%(value)s” is not a choice of the question “%(question)s”.")
            detail = {"value": value.value, "question": question.text("key")}
            yield value.raw, message % detail + did_you_mean(value.value, known)


def _floors_fit(quotas: list[Node], asked: dict[str, Node]) -> Findings:
    """Floors of one attribute whose values do not overlap cannot ask for more than everyone."""
    for attribute in asked:
        seen: set[str] = set()
        total: float = 0
        for quota in quotas:
            values, floor = _values(quota), quota.number("floor_percent")
            if quota.text("attribute") != attribute or floor is None or values & seen:
                continue
            seen |= values
            total += floor
            if total > 100:
                message = _("The floors on “%(attribute)s” add up to %(total)s %%.")
                detail = {"attribute": attribute, "total": total}
                yield (*quota.raw, "floor_percent"), message % detail


def _clash(lower: Node, upper: Node) -> Findings:
    floor, cap = lower.number("floor_percent"), upper.number("cap_percent")
    same = lower.text("attribute") == upper.text("attribute")
    within = bool(_values(lower)) and _values(lower) <= _values(upper)
    if same and within and floor is not None and cap is not None and floor > cap:
        message = _("The floor of %(floor)s %% clashes with the cap of %(cap)s %% in “%(other)s”.")
        detail = {"floor": floor, "cap": cap, "other": upper.text("key")}
        yield (*lower.raw, "floor_percent"), message % detail


def _values(quota: Node) -> set[str]:
    return {item.value for item in quota.texts("values")}
