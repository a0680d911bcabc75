"""Write risks, say what is done about them, judge what remains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.dossiers import risk_matrix
from karvan.stages.dossiers.design_queries import last_results, risks_of
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import Dossier, Requirement, Risk, RiskControl, TestCase
from karvan.stages.dossiers.risk_matrix import Control, Point

from .editing import locked_dossier

FIELDS = (
    "code", "hazard", "sequence", "situation", "harm", "severity", "probability", "p1", "p2",
)  # fmt: skip


@transaction.atomic
def add_risk(
    dossier: Dossier,
    *,
    code: str,
    hazard: str,
    situation: str,
    harm: str,
    severity: int,
    probability: int,
    by: Person | None,
    sequence: str = "",
    p1: int | None = None,
    p2: int | None = None,
) -> Risk:
    """Write a hazard with its way to the harm, and how serious and how probable that is.

    Raises:
        NotGiven: the code is taken, or the probability is above one of its two parts.
    """
    held = locked_dossier(dossier)
    _check(held, code, probability, p1, p2)
    made = Risk.objects.create(
        dossier=held,
        code=code,
        hazard=hazard,
        sequence=sequence,
        situation=situation,
        harm=harm,
        severity=severity,
        probability=probability,
        p1=p1,
        p2=p2,
        author=by,
    )
    record("risk added", held, by=by, after={"code": code, "what": _in_short(made)})
    return made


@transaction.atomic
def change_risk(risk: Risk, *, by: Person | None, **typed: Any) -> list[str]:
    """Write a risk anew: ``typed`` are the fields of ``add_risk``.

    Returns the rules by which an earlier judgement no longer stands; it is then taken back.

    Raises:
        NotGiven: the code is taken, or the probability is above one of its two parts.
    """
    held = locked_dossier(risk.dossier)
    row = Risk.objects.select_for_update().get(pk=risk.pk)
    code = typed["code"] if typed["code"] != row.code else ""
    _check(held, code, typed["probability"], typed.get("p1"), typed.get("p2"))
    before = {"code": row.code, "what": _in_short(row)}
    for name in FIELDS:
        setattr(row, name, typed.get(name, "" if name == "sequence" else None))
    row.save()
    record(
        "risk changed",
        held,
        by=by,
        before=before,
        after={"code": row.code, "what": _in_short(row)},
    )
    return _reconsider(held, row, by)


@transaction.atomic
def remove_risk(risk: Risk, *, by: Person | None) -> None:
    """Take a risk out with its controls."""
    held = locked_dossier(risk.dossier)
    row = Risk.objects.select_for_update().get(pk=risk.pk)
    before = {"code": row.code, "what": _in_short(row)}
    row.delete()
    record("risk removed", held, by=by, before=before)


@transaction.atomic
def add_control(
    risk: Risk,
    *,
    option: str,
    text: str,
    by: Person | None,
    requirement: Requirement | None = None,
    test: TestCase | None = None,
    analysis: str = "",
) -> RiskControl:
    """Say one thing that is done about a risk, and where it is asked for and shown.

    Raises:
        NotOfThisDossier: the requirement or the test is another dossier's.
    """
    held = locked_dossier(risk.dossier)
    _same_dossier(held, requirement, test)
    made = RiskControl.objects.create(
        risk=risk,
        option=option,
        text=text,
        requirement=requirement,
        test=test,
        analysis=analysis,
        author=by,
    )
    record("control added", held, by=by, after={"code": risk.code, "what": text})
    return made


@transaction.atomic
def change_control(
    control: RiskControl,
    *,
    option: str,
    text: str,
    by: Person | None,
    requirement: Requirement | None = None,
    test: TestCase | None = None,
    analysis: str = "",
) -> list[str]:
    """Write a control anew. Returns the rules by which the risk's judgement no longer stands.

    Raises:
        NotOfThisDossier: the requirement or the test is another dossier's.
    """
    held = locked_dossier(control.risk.dossier)
    _same_dossier(held, requirement, test)
    row = RiskControl.objects.select_for_update().select_related("risk").get(pk=control.pk)
    before = {"code": row.risk.code, "what": row.text}
    row.option, row.text, row.analysis = option, text, analysis
    row.requirement, row.test = requirement, test
    row.save()
    after = {"code": row.risk.code, "what": text}
    record("control changed", held, by=by, before=before, after=after)
    return _reconsider(held, row.risk, by)


@transaction.atomic
def remove_control(control: RiskControl, *, by: Person | None) -> list[str]:
    """Take a control out. Returns the rules by which the risk's judgement no longer stands."""
    held = locked_dossier(control.risk.dossier)
    row = RiskControl.objects.select_for_update().select_related("risk").get(pk=control.pk)
    risk, before = row.risk, {"code": row.risk.code, "what": row.text}
    row.delete()
    record("control removed", held, by=by, before=before)
    return _reconsider(held, risk, by)


@transaction.atomic
def judge_risk(
    risk: Risk,
    *,
    residual_severity: int,
    residual_probability: int,
    acceptable: str,
    by: Person | None,
    reason: str = "",
) -> Risk:
    """Say what remains of a risk after its controls, and whether that can be borne.

    Raises:
        NotGiven: a rule is broken; the sentence says which, and by which control.
    """
    held = locked_dossier(risk.dossier)
    row = risks_of(held).select_for_update().get(pk=risk.pk)
    after = Point(residual_severity, residual_probability)
    broken = risk_matrix.broken_rules(
        Point(row.severity, row.probability),
        after,
        controls=controls_of(row, last_results(held)),
        judged=acceptable,
        reason=reason,
        cells=risk_matrix.cells_of(held.risk_limits),
    )
    if broken:
        raise NotGiven(" ".join(broken))
    row.residual_severity, row.residual_probability = residual_severity, residual_probability
    row.acceptable, row.reason = acceptable, reason.strip()
    row.save()
    record(
        "risk judged",
        held,
        by=by,
        before={"code": row.code, "state": f"{row.severity} × {row.probability}"},
        after={"code": row.code, "state": f"{after}", "reason": row.reason},
    )
    return row


@transaction.atomic
def set_risk_limits(
    dossier: Dossier, *, cells: Sequence[Sequence[str]], by: Person | None
) -> Dossier:
    """Set which cells of the dossier's matrix are acceptable, to be reduced, not acceptable.

    Raises:
        NotGiven: a cell is judged milder than one with less harm or less often.
    """
    held = locked_dossier(dossier)
    wrong = risk_matrix.wrong_cells(cells)
    if wrong:
        raise NotGiven(wrong)
    before = _in_letters(risk_matrix.cells_of(held.risk_limits))
    held.risk_limits = {**held.risk_limits, "cells": [list(row) for row in cells]}
    held.save(update_fields=["risk_limits", "changed_at"])
    after = {"kinds": _in_letters(cells)}
    record("risk limits set", held, by=by, before={"kinds": before}, after=after)
    return held


@transaction.atomic
def take_hazards(dossier: Dossier, *, by: Person | None) -> list[Risk]:
    """Write the hazards that the kind of device brings to mind, those that are not there yet.

    A template without an estimate stands at 3 × 3 until the team estimates it.
    """
    held = locked_dossier(dossier)
    there = set(held.risks.values_list("situation", flat=True))
    codes = set(held.risks.values_list("code", flat=True))
    made = []
    for one in held.device_type.hazards if held.device_type else ():
        situation = in_language(one.get("situation"), held.language)
        if not situation or situation in there or one.get("hazard") not in Risk.Hazard.values:
            continue
        made.append(
            Risk(
                dossier=held,
                code=next_code("H", codes),
                hazard=one["hazard"],
                sequence=in_language(one.get("sequence"), held.language),
                situation=situation,
                harm=in_language(one.get("harm"), held.language),
                severity=one.get("severity", 3),
                probability=one.get("probability", 3),
                author=by,
            )
        )
        codes.add(made[-1].code)
    Risk.objects.bulk_create(made)
    record("hazards taken over", held, by=by, after={"codes": [one.code for one in made]})
    return made


def next_code(letter: str, taken: set[str]) -> str:
    """The next free code of a letter: "H-01", "H-02"."""
    number = 1
    while f"{letter}-{number:02d}" in taken:
        number += 1
    return f"{letter}-{number:02d}"


def controls_of(risk: Risk, results: dict[str, str]) -> list[Control]:
    """The risk's controls as the rules see them; ``results``: last results by code of test."""
    return [
        Control(
            text=one.text,
            option=one.option,
            has_test=one.test is not None,
            has_analysis=bool(one.analysis.strip()),
            test_result=results.get(one.test.code, "") if one.test else "",
        )
        for one in risk.controls.all()
    ]


def rules_broken_by(risk: Risk, results: dict[str, str], cells: risk_matrix.Cells) -> list[str]:
    """Why the judgement of a risk does not stand today; [] where it does or there is none."""
    if risk.residual_severity is None or risk.residual_probability is None:
        return []
    return risk_matrix.broken_rules(
        Point(risk.severity, risk.probability),
        Point(risk.residual_severity, risk.residual_probability),
        controls=controls_of(risk, results),
        judged=risk.acceptable,
        reason=risk.reason,
        cells=cells,
    )


def _reconsider(dossier: Dossier, risk: Risk, by: Person | None) -> list[str]:
    """Take a judgement back that no longer stands."""
    row = risks_of(dossier).get(pk=risk.pk)
    cells = risk_matrix.cells_of(dossier.risk_limits)
    broken = rules_broken_by(row, last_results(dossier), cells)
    if broken:
        before = {
            "code": row.code,
            "state": f"{row.residual_severity} × {row.residual_probability}",
        }
        row.residual_severity = row.residual_probability = None
        row.acceptable = row.reason = ""
        row.save()
        record("judgement taken back", dossier, by=by, before=before, reason=" ".join(broken))
    return broken


def _check(dossier: Dossier, code: str, probability: int, p1: int | None, p2: int | None) -> None:
    if code and dossier.risks.filter(code=code).exists():
        raise NotGiven(_("There is a risk %(code)s already.") % {"code": code})
    wrong = risk_matrix.probability_rule(probability, p1, p2)
    if wrong:
        raise NotGiven(wrong)


def _same_dossier(dossier: Dossier, requirement: Requirement | None, test: TestCase | None) -> None:
    if any(one is not None and one.dossier_id != dossier.pk for one in (requirement, test)):
        raise NotOfThisDossier(_("This requirement or test belongs to another dossier."))


def _in_short(risk: Risk) -> str:
    return f"{risk.harm} ({risk.severity} × {risk.probability})"


def _in_letters(cells: Sequence[Sequence[str]]) -> str:
    return " ".join("".join(zone[0] for zone in row) for row in cells)
