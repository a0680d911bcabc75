"""Who has earned what, by the structured rules of the activity's design."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from karvan.stages.delivery.models import Assessment, Enrolment, HandIn
from karvan.stages.delivery.queries import attendance_percents, total_of, weights_of
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document
from karvan.stages.heritage.queries.trainees import SUPERVISED, supervised_outputs
from karvan.stages.ventures.models import Milestone

from ..models import Credential
from ..rules import Lack, Standing, basis, lacks, pass_marks

Kind = Credential.Kind
LEFT = Lack("left", 1, 0)
NO_AWARD = Lack("no_award", 1, 0)


@dataclass(frozen=True, slots=True)
class Award:
    """What was earned. `kind` is None when nothing was; `missing` then says what lacks for the
    certificate, each line a sentence by `str`, and `is_unknown` where nothing is known yet."""

    kind: str | None
    basis: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[Lack, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """True if nothing is failed so far: what lacks is only not known yet."""
        return self.kind is None and all(lack.is_unknown for lack in self.missing)


def award_of(enrolment: Enrolment) -> Award:
    """What one participant has earned in the activity. At most eight queries."""
    return _judged(enrolment.activity, [enrolment])[0][1]


def awards_of(activity: Activity) -> list[tuple[Enrolment, Award]]:
    """Every participant of an activity with what he or she has earned, by name.

    Those who left are listed too. At most nine queries however many they are.
    """
    listed = (
        Enrolment.objects.filter(activity=activity)
        .select_related("person", "activity__edition")
        .order_by("person__full_name", "pk")
    )
    return _judged(activity, list(listed))


def _judged(activity: Activity, enrolments: Sequence[Enrolment]) -> list[tuple[Enrolment, Award]]:
    design = activity_document(activity)
    rules = design.get("award") or {}
    passes = pass_marks(design.get("assessment"))
    found = standings(activity, enrolments, rules)
    return [(one, _award(one, rules, found[one.pk], passes)) for one in enrolments]


def _award(
    enrolment: Enrolment, rules: Mapping[str, Any], standing: Standing, passes: Mapping[str, int]
) -> Award:
    """Distinction where both rules hold, else completion, else attendance."""
    if enrolment.state == Enrolment.State.LEFT:
        return Award(None, {}, (LEFT,))
    complete, better, present = (
        rules.get(name) for name in ("certificate", "distinction", "attendance")
    )
    missing: tuple[Lack, ...] = ()
    if complete is not None:
        missing = lacks(complete, standing, passes=passes)
        if not missing:
            if better is not None and not lacks(better, standing, passes=passes):
                return Award(Kind.DISTINCTION, basis({**complete, **better}, standing))
            return Award(Kind.COMPLETION, basis(complete, standing))
    if present is not None:
        absent = lacks(present, standing, passes=passes)
        if not absent:
            return Award(Kind.ATTENDANCE, basis(present, standing), missing)
        missing = missing or absent
    return Award(None, {}, missing or (NO_AWARD,))


def standings(
    activity: Activity, enrolments: Sequence[Enrolment], rules: Mapping[str, Any]
) -> dict[int, Standing]:
    """Enrolment id → what is known of the participant. Only what the rules ask for is read."""
    asked = {line for rule in rules.values() if isinstance(rule, Mapping) for line in rule}
    graded = asked & {"assessments_passed", "min_assessments", "min_total"}
    attended = attendance_percents(enrolments) if "min_attendance_percent" in asked else {}
    outputs = _outputs(activity, enrolments) if "outputs" in asked else {}
    if any(code in SUPERVISED for code in _asked_outputs(rules)):
        outputs = _with_supervised(outputs, enrolments)
    results = _results(enrolments) if graded else {}
    weights = weights_of(activity) if "min_total" in asked else {}
    verified = _milestones(activity, enrolments) if "milestones" in asked else {}
    return {
        one.pk: Standing(
            attendance_percent=attended.get(one.pk),
            outputs=outputs.get(one.pk, {}),
            assessments=results.get(one.pk, {}),
            total_percent=total_of(results.get(one.pk, {}), weights),
            milestones=frozenset(verified.get(one.person_id, ())),
        )
        for one in enrolments
    }


def _outputs(activity: Activity, enrolments: Sequence[Enrolment]) -> dict[int, dict[str, int]]:
    """As `delivery.queries.outputs_of`, for many at once: what one of a team handed in for the
    team counts for all who applied together."""
    rows = (
        HandIn.objects.filter(coursework__activity=activity)
        .exclude(state=HandIn.State.RETURNED)
        .values_list(
            "enrolment_id",
            "enrolment__application_id",
            "coursework__by_team",
            "coursework__code",
        )
    )
    own: dict[int, list[str]] = defaultdict(list)
    shared: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for enrolment, application, by_team, code in rows:
        own[enrolment].append(code)
        if by_team and application:
            shared[application].append((enrolment, code))
    found: dict[int, dict[str, int]] = {}
    for one in enrolments:
        codes = list(own[one.pk])
        codes += [
            code for giver, code in shared.get(one.application_id or 0, ()) if giver != one.pk
        ]
        found[one.pk] = {code: codes.count(code) for code in codes}
    return found


def _asked_outputs(rules: Mapping[str, Any]) -> set[str]:
    """The outputs that any of the rules asks for."""
    asked = [one.get("outputs") or {} for one in rules.values() if isinstance(one, Mapping)]
    return {code for outputs in asked for code in outputs}


def _with_supervised(
    outputs: Mapping[int, Mapping[str, int]], enrolments: Sequence[Enrolment]
) -> dict[int, dict[str, int]]:
    """Hours, elements and level as they were signed on the site; nothing handed in stands for them."""
    worked = supervised_outputs([one.pk for one in enrolments])
    return {
        one.pk: {
            **{k: n for k, n in outputs.get(one.pk, {}).items() if k not in SUPERVISED},
            **worked.get(one.pk, {}),
        }
        for one in enrolments
    }


def _results(enrolments: Sequence[Enrolment]) -> dict[int, dict[str, int]]:
    rows = Assessment.objects.filter(enrolment__in=[one.pk for one in enrolments])
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for enrolment, code, percent in rows.values_list("enrolment_id", "code", "percent"):
        found[enrolment][code] = percent
    return found


def _milestones(activity: Activity, enrolments: Sequence[Enrolment]) -> dict[int, set[str]]:
    """Person id → the verified milestones of the venture of his or her team in the edition.

    A team is formed in the boot camp and goes on in the course, so the person counts, not
    the enrolment the membership hangs on.
    """
    member = "venture__team__memberships"
    rows = Milestone.objects.filter(
        **{
            "state": Milestone.State.VERIFIED,
            "venture__team__edition": activity.edition_id,
            f"{member}__left_on__isnull": True,
            f"{member}__enrolment__person__in": [one.person_id for one in enrolments],
        }
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person, code in rows.values_list(f"{member}__enrolment__person_id", "code"):
        found[person].add(code)
    return found
