"""Write tests with their limits, confirm these, run them. A result is computed where it can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.dossiers.errors import InsideTheTeam, NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import (
    Dossier,
    Instrument,
    Member,
    Requirement,
    TestCase,
    TestRun,
)
from karvan.stages.dossiers.trial_verdicts import GUARD_BAND, verdict

from .editing import locked_dossier

FIELDS = (
    "code", "title", "clause", "procedure", "setup", "limit_low", "limit_high", "unit",
    "decision_rule",
)  # fmt: skip
LIMITS = ("limit_low", "limit_high", "unit", "decision_rule")
TYPED = (TestRun.Result.PASS, TestRun.Result.FAIL, TestRun.Result.INCONCLUSIVE)


@transaction.atomic
def add_test_case(
    dossier: Dossier,
    *,
    code: str,
    title: str,
    by: Person | None,
    clause: str = "",
    procedure: str = "",
    setup: str = "",
    limit_low: Decimal | None = None,
    limit_high: Decimal | None = None,
    unit: str = "",
    decision_rule: str = TestCase.Rule.GUARD_BAND,
    requirements: Iterable[Requirement] = (),
) -> TestCase:
    """Write a test. Its limits count as unconfirmed until a trainer has looked at them.

    Raises:
        NotGiven: the code is taken, the limits are the wrong way round, or have no unit.
        NotOfThisDossier: a requirement is another dossier's.
    """
    held = locked_dossier(dossier)
    _check(held, code, limit_low, limit_high, unit)
    made = TestCase.objects.create(
        dossier=held,
        code=code,
        title=title,
        clause=clause,
        procedure=procedure,
        setup=setup,
        limit_low=limit_low,
        limit_high=limit_high,
        unit=unit,
        decision_rule=decision_rule,
        author=by,
    )
    _set_requirements(made, requirements)
    record("test added", held, by=by, after={"code": code, "title": title})
    return made


@transaction.atomic
def change_test_case(
    case: TestCase,
    *,
    by: Person | None,
    requirements: Iterable[Requirement] = (),
    **typed: Any,
) -> TestCase:
    """Write a test anew: ``typed`` are the fields of ``add_test_case``.

    Where its limits change, they are unconfirmed again, and every run with a value is judged
    anew by them.

    Raises:
        NotGiven, NotOfThisDossier: as for ``add_test_case``; or the runs cannot be judged by
            the new rule, since one of them has no uncertainty.
    """
    held = locked_dossier(case.dossier)
    row = TestCase.objects.select_for_update().get(pk=case.pk)
    code = typed["code"] if typed["code"] != row.code else ""
    _check(held, code, typed.get("limit_low"), typed.get("limit_high"), typed.get("unit", ""))
    limits = [getattr(row, name) for name in LIMITS]
    before = {"code": row.code, "title": row.title}
    for name in FIELDS:
        if name in typed:
            setattr(row, name, typed[name])
    moved = limits != [getattr(row, name) for name in LIMITS]
    row.confirmed = row.confirmed and not moved
    row.save()
    _set_requirements(row, requirements)
    changed = _judge_anew(row) if moved else 0
    after: dict[str, Any] = {"code": row.code, "title": row.title}
    if changed:
        after["changed"] = changed
    record("test changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_test_case(case: TestCase, *, by: Person | None) -> None:
    """Take a test out that was never run.

    Raises:
        NotGiven: it was run; what was found stays.
    """
    held = locked_dossier(case.dossier)
    row = TestCase.objects.select_for_update().get(pk=case.pk)
    if row.runs.exists():
        raise NotGiven(_("%(code)s was run; what was found stays.") % {"code": row.code})
    before = {"code": row.code, "title": row.title}
    row.delete()
    record("test removed", held, by=by, before=before)


@transaction.atomic
def confirm_limits(case: TestCase, *, by: Person) -> TestCase:
    """Say as a trainer that the limits are those of the clause that is cited.

    Raises:
        NotGiven: there are no limits to confirm.
        InsideTheTeam: the person is a member of the team.
    """
    held = locked_dossier(case.dossier)
    row = TestCase.objects.select_for_update().get(pk=case.pk)
    if not has_limits(row):
        raise NotGiven(_("%(code)s has no limits to confirm.") % {"code": row.code})
    if Member.objects.filter(dossier=held, enrolment__person=by, left_on__isnull=True).exists():
        raise InsideTheTeam(_("A member of the team cannot confirm the limits of its tests."))
    row.confirmed = True
    row.save(update_fields=["confirmed", "changed_at"])
    record("limits confirmed", held, by=by, after={"code": row.code})
    return row


@transaction.atomic
def run_test(
    case: TestCase,
    *,
    by: Person | None,
    value: Decimal | None = None,
    expanded_uncertainty: Decimal | None = None,
    result: str = "",
    observed: str = "",
    instrument: Instrument | None = None,
    version: str = "",
    run_at: datetime | None = None,
) -> TestRun:
    """Write down one try of a test.

    With limits, the result follows from value, uncertainty and rule; ``result`` is not asked
    for. Without limits, the result is said, with what was observed.

    Raises:
        NotGiven: the value, its uncertainty, or the result with what was observed is missing.
        NotOfThisDossier: the instrument is another workshop's.
    """
    held = locked_dossier(case.dossier)
    row = TestCase.objects.select_for_update().get(pk=case.pk)
    if instrument is not None and instrument.activity_id != held.activity_id:
        raise NotOfThisDossier(_("This instrument is another workshop's."))
    if run_at is not None and run_at > clock.now():
        raise NotGiven(_("A test that has not been run yet has no result."))
    if has_limits(row):
        found = result_of_value(row, value, expanded_uncertainty)
    else:
        found = _typed_result(row, result, observed)
    made = TestRun.objects.create(
        case=row,
        value=value,
        expanded_uncertainty=expanded_uncertainty,
        result=found,
        observed=observed.strip(),
        instrument=instrument,
        version=version.strip(),
        run_at=run_at or clock.now(),
        operator=by,
        author=by,
    )
    record("test run", held, by=by, after={"code": row.code, "state": made.get_result_display()})
    return made


@transaction.atomic
def take_tests(dossier: Dossier, *, by: Person | None) -> list[TestCase]:
    """Write the tests that belong to the kind of device, those whose code is not there yet.

    Their limits are not confirmed. A template whose limits are no figures comes without them.
    """
    held = locked_dossier(dossier)
    there = set(held.test_cases.values_list("code", flat=True))
    made = []
    for one in held.device_type.tests if held.device_type else ():
        code, title = str(one.get("code", ""))[:20], in_language(one.get("title"), held.language)
        if not code or not title or code in there:
            continue
        low, high = _figure(one.get("limit_low")), _figure(one.get("limit_high"))
        rule = one.get("decision_rule", "")
        made.append(
            TestCase(
                dossier=held,
                code=code,
                title=title[:200],
                clause=str(one.get("clause", ""))[:120],
                procedure=in_language(one.get("procedure"), held.language),
                setup=in_language(one.get("setup"), held.language),
                limit_low=low,
                limit_high=high,
                unit=str(one.get("unit", ""))[:24],
                decision_rule=rule if rule in TestCase.Rule.values else TestCase.Rule.GUARD_BAND,
                author=by,
            )
        )
        there.add(code)
    TestCase.objects.bulk_create(made)
    record("tests taken over", held, by=by, after={"codes": [one.code for one in made]})
    return made


def has_limits(case: TestCase) -> bool:
    """True if the result of a run follows from its value."""
    return case.limit_low is not None or case.limit_high is not None


def result_of_value(case: TestCase, value: Decimal | None, uncertainty: Decimal | None) -> str:
    """The result that follows from a value.

    Raises:
        NotGiven: the value is missing, or the uncertainty of which the guard band is made.
    """
    if value is None:
        raise NotGiven(
            _("%(code)s has limits: give the value that was found.") % {"code": case.code}
        )
    if uncertainty is not None and uncertainty < 0:
        raise NotGiven(_("An uncertainty is not below zero."))
    if case.decision_rule == GUARD_BAND and uncertainty is None:
        raise NotGiven(
            _(
                "%(code)s is decided with a guard band: give the expanded uncertainty of the value "
                "too. Without it nobody can say whether the limit is kept."
            )
            % {"code": case.code}
        )
    return verdict(
        value, uncertainty, low=case.limit_low, high=case.limit_high, rule=case.decision_rule
    )


def _typed_result(case: TestCase, result: str, observed: str) -> str:
    if result not in TYPED:
        raise NotGiven(_("%(code)s has no limits: say whether it passed.") % {"code": case.code})
    if not observed.strip():
        raise NotGiven(_("Say what was observed: nothing else shows this result."))
    return result


def _judge_anew(case: TestCase) -> int:
    """Judge the runs that have a value by the limits as they are now; how many changed."""
    if not has_limits(case):
        return 0
    changed = 0
    for run in case.runs.filter(value__isnull=False):
        found = result_of_value(case, run.value, run.expanded_uncertainty)
        if found != run.result:
            run.result = found
            run.save(update_fields=["result", "changed_at"])
            changed += 1
    return changed


def _check(
    dossier: Dossier, code: str, low: Decimal | None, high: Decimal | None, unit: str
) -> None:
    if code and dossier.test_cases.filter(code=code).exists():
        raise NotGiven(_("There is a test %(code)s already.") % {"code": code})
    if low is not None and high is not None and low > high:
        raise NotGiven(_("The lower limit is above the upper one."))
    if (low is not None or high is not None) and not unit.strip():
        raise NotGiven(_("Limits have a unit; write 1 where it is a plain number."))


def _set_requirements(case: TestCase, requirements: Iterable[Requirement]) -> None:
    chosen = list(requirements)
    if any(one.dossier_id != case.dossier_id for one in chosen):
        raise NotOfThisDossier(_("This requirement belongs to another dossier."))
    case.requirements.set(chosen)


def _figure(given: Any) -> Decimal | None:
    try:
        return Decimal(str(given)) if given not in (None, "") else None
    except InvalidOperation:
        return None
