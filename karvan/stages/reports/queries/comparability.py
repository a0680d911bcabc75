"""What each figure rests on in the design, and so what a departure does to its comparability.

Two effects. A part that changes what is counted, the numerator or the denominator, makes the
figures of two editions *not comparable*. A part that changes only the conditions under which it
is counted leaves them *comparable with care*. The rules stand here once for each computation; an
indicator's ``rests_on`` adds to them. Ours, drawn from how each figure is computed
(``sources/``); to be confirmed by those who answer for an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import in_language
from karvan.stages.blueprints.document import Change
from karvan.stages.blueprints.document.changes import leaves
from karvan.stages.blueprints.document.paths import REMOVED, split
from karvan.stages.blueprints.document.patterns import STAR


class Effect(StrEnum):
    """What a departure does to a figure's comparability."""

    FULL = "full"
    CARE = "care"
    NOT = "not"


_RANK = {Effect.FULL: 0, Effect.CARE: 1, Effect.NOT: 2}


@dataclass(frozen=True, slots=True)
class Rule:
    """A part of the design by its pattern, what changing it does, and why."""

    pattern: str
    effect: Effect
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Touched:
    """An indicator, what was done to its comparability, and why; FULL where nothing was."""

    code: str
    title: str
    effect: Effect
    reasons: tuple[str, ...] = ()


def _counts(pattern: str, reason: str | Promise) -> Rule:
    return Rule(f"activities.*.{pattern}", Effect.NOT, reason)


def _conditions(pattern: str, reason: str | Promise) -> Rule:
    return Rule(f"activities.*.{pattern}", Effect.CARE, reason)


_ELIGIBLE = "form.sections.*.questions.*.eligibility"
_MORE_PLACES = _("Another number of places, so another number can be reached.")
_LENGTH = _("It is held in another length.")
_TEACHING = _("The sessions take other minutes, or others are held.")
_EASIER = _("What is shorter or longer is easier or harder to complete.")
_STEPS = _("The steps of a venture are others, so others are counted.")
_ASKED_AFTER = _("Ventures are asked after other months.")

RESTS: Mapping[str, tuple[Rule, ...]] = {
    "calls.eligible_applications": (
        _counts(_ELIGIBLE, _("Other people are eligible, so others are counted.")),
        _conditions("prerequisites", _("What people must bring with them differs.")),
        _conditions("form.sections.*.questions.*.required", _("The form asks for more or less.")),
        _conditions("form.sections.*.questions.*.type", _("The form asks for more or less.")),
        _conditions("selection.quotas", _("Other groups are told that places are kept for them.")),
        _conditions("cohort.max", _("More or fewer places are offered, which draws applicants.")),
    ),
    "selection.parity_index": (
        _counts(_ELIGIBLE, _("Other people are eligible, so shares are of others.")),
        _counts("form.sections.*.questions.*.attribute", _("Groups are told apart otherwise.")),
        _conditions("selection.quotas", _("Quotas move the shares of groups.")),
        _conditions("selection.rubric", _("Merit is found in another way.")),
        _conditions("selection.decided_by", _("Somebody else decides.")),
        _conditions("selection.reads", _("Each application is read another number of times.")),
        _conditions("selection.blind", _("Readers see more or less of who applies.")),
        _conditions("cohort.max", _("More or fewer are chosen from those who apply.")),
    ),
    "credentials.completed": (
        _counts("award", _("A certificate asks for something else.")),
        _counts("assessment", _("The marks behind a certificate are others.")),
        _counts("rubrics", _("The marks behind a certificate are given otherwise.")),
        _conditions("duration.days", _EASIER),
        _conditions("duration.weeks", _EASIER),
        _conditions("duration.contact_minutes", _("Attendance is a share of other hours.")),
        _conditions("sessions.*.minutes", _("Attendance is a share of other hours.")),
    ),
    "delivery.paired_gain": (
        _counts("assessment", _("The tests before and after measure something else.")),
        _counts("rubrics", _("The tests are marked otherwise.")),
        _conditions("outcomes", _("Something else is taught.")),
        _conditions("duration", _("More or less is taught between the two tests.")),
        _conditions("sessions.*.minutes", _("More or less is taught between the two tests.")),
        _conditions("sessions.*.outcomes", _("Sessions teach towards other outcomes.")),
    ),
    "delivery.trainers_certified": (
        _counts("award", _("A certificate asks for something else.")),
        _conditions("trainer_roles", _("Another number of trainers is needed.")),
    ),
    "dossiers.released": (
        _counts("sessions.*.dossier", _("A dossier has other parts.")),
        _counts("milestones", _("Another step makes a dossier a released one.")),
        _conditions("duration", _LENGTH),
        _conditions("cohort.max_teams", _("More or fewer teams begin a dossier.")),
        _conditions("equipment", _("Teams work with other equipment.")),
    ),
    "dossiers.rebuilds": (
        _counts("milestones", _("Another step makes a rebuild a confirmed one.")),
        _conditions("duration", _LENGTH),
        _conditions("cohort.max_teams", _("More or fewer dossiers can be rebuilt from.")),
        _conditions("equipment", _("Teams work with other equipment.")),
    ),
    "dossiers.local_value": (
        _counts("sessions.*.dossier", _("A dossier has other parts.")),
        _conditions("equipment", _("Teams work with other equipment.")),
    ),
    "ventures.milestones_verified": (
        _counts("milestones", _STEPS),
        _conditions("duration.days", _("Teams have more or less time to reach the same steps.")),
        _conditions("duration.weeks", _("Teams have more or less time to reach the same steps.")),
        _conditions("plan.*.due", _("Steps fall due at other times.")),
        _conditions("plan.*.mentor_minutes_per_team", _("Mentors give more or less time.")),
        _conditions("cohort.max", _MORE_PLACES),
        _conditions("cohort.max_teams", _("More or fewer teams can reach a step.")),
        _conditions("cohort.mentor_ratio_teams", _("A mentor has more or fewer teams.")),
    ),
    "ventures.active_after": (
        _counts("milestones.*.after_months", _ASKED_AFTER),
        _conditions("milestones.*.evidence", _("What makes a venture is proved otherwise.")),
    ),
    "ventures.paid_jobs": (
        _counts("milestones.*.after_months", _ASKED_AFTER),
        _conditions("cohort.max", _MORE_PLACES),
        _conditions("cohort.max_teams", _("More or fewer teams can make jobs.")),
    ),
    # Promises are agreed, not designed: no part of a blueprint changes which of them fell due.
    "agreements.commitments_on_time": (),
    "heritage.specialists_trained": (
        _counts("award", _("A certificate asks for something else.")),
        _conditions("duration", _LENGTH),
        _conditions("sessions.*.minutes", _TEACHING),
        _conditions("cohort.max", _MORE_PLACES),
    ),
    "heritage.condition_improved": (
        _counts("milestones", _("Another step makes a monument an improved one.")),
        _conditions("duration", _LENGTH),
        _conditions("equipment", _("Other equipment is at hand.")),
    ),
}

# What makes an indicator what it is; its target and its baseline are each country's own.
_DEFINING = ("definition", "numerator", "denominator", "unit", "source", "disaggregation")
_OTHER_DEFINITION = _("The indicator itself is defined otherwise.")
_DECLARED = _("The blueprint says that this indicator rests on it.")
_OTHER_GROUPS = _("Its groups are the country's own.")
_OTHER_OUTPUTS = _("What a certificate asks to be handed in is made in other sessions, or in none.")


def touched_by(paths: Iterable[str], data: Mapping[str, Any]) -> tuple[Touched, ...]:
    """The indicators of a document that parts at these paths touch, each with its worst effect.

    In the order of the document; those not touched are left out.
    """
    wanted = tuple(dict.fromkeys(paths))
    found = (_touched(one, wanted, data) for one in data.get("indicators", ()))
    return tuple(one for one in found if one.effect is not Effect.FULL)


def paths_of(found: Iterable[Change]) -> Iterator[str]:
    """The paths of the values that differ; of a part that came or went, all that is in it."""
    for one in found:
        present = one.after if one.before is REMOVED else one.before
        if one.before is REMOVED or one.after is REMOVED:
            yield from (path for path, _value in leaves(present, one.path))
        else:
            yield one.path


def touches(path: str, pattern: str) -> bool:
    """Whether a part at this path is one the pattern names, lies in one, or holds one."""
    pairs = zip(split(path), split(pattern), strict=False)
    return all(wanted in (STAR, part) for part, wanted in pairs)


def worst(effects: Iterable[Effect]) -> Effect:
    """The effect that takes the most comparability away; FULL of none."""
    return max(effects, key=_RANK.__getitem__, default=Effect.FULL)


def rules_for(indicator: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Rule]:
    """All that an indicator rests on: by its computation, by its own word, by its definition."""
    yield from RESTS.get(str(indicator.get("source")), ())
    if indicator.get("source") == "credentials.completed":
        yield from _outputs(data)
    for pattern in indicator.get("rests_on", ()):
        yield Rule(pattern, Effect.CARE, _DECLARED)
    for part in _DEFINING:
        yield Rule(f"indicators.{indicator['code']}.{part}", Effect.NOT, _OTHER_DEFINITION)
    dimensions = indicator.get("disaggregation", ())
    for key, attribute in _grouping(data):
        if attribute in dimensions:
            choices = f"activities.*.form.sections.*.questions.{key}.choices"
            yield Rule(choices, Effect.CARE, _OTHER_GROUPS)


def _touched(
    indicator: Mapping[str, Any], paths: tuple[str, ...], data: Mapping[str, Any]
) -> Touched:
    met = [
        rule
        for rule in rules_for(indicator, data)
        if any(touches(path, rule.pattern) for path in paths)
    ]
    effect = worst(rule.effect for rule in met)
    reasons = dict.fromkeys(str(rule.reason) for rule in met if rule.effect is effect)
    title = in_language(indicator.get("title"))
    return Touched(str(indicator["code"]), title, effect, tuple(reasons))


def _outputs(data: Mapping[str, Any]) -> Iterator[Rule]:
    """The outputs that a certificate of the same activity asks for."""
    for activity in data.get("activities", ()):
        asked = {
            key for award in activity.get("award", {}).values() for key in award.get("outputs", ())
        }
        for session in activity.get("sessions", ()):
            if session.get("output") in asked:
                path = f"activities.{activity['code']}.sessions.{session['id']}.output"
                yield Rule(path, Effect.NOT, _OTHER_OUTPUTS)


def _grouping(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The questions of all forms that feed a group: their key and the group's name."""
    for activity in data.get("activities", ()):
        for section in (activity.get("form") or {}).get("sections", ()):
            for question in section.get("questions", ()):
                if "attribute" in question:
                    yield question["key"], question["attribute"]
