"""What many dossiers hold, counted by a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from .completeness import Completeness, Counts, completeness
from .models import (
    Block,
    BlockLink,
    BuildStep,
    Contribution,
    DesignAlternative,
    DesignFile,
    DeviceUnit,
    Dossier,
    DossierVersion,
    GateCheck,
    LabelPhoto,
    Measurement,
    Member,
    PartLine,
    PartUse,
    Requirement,
    Risk,
    SignalCapture,
    TeardownStep,
    TestCase,
)

USES = ("clinical_need", "users", "setting", "energy", "maintenance", "consumables")
LAYOUTS = ("pcb", "gerber", "cad_source", "cad_export")
# Kinds of part that are known without a manufacturer's number.
MADE_HERE = ("printed", "raw_material", "service", "software", "tool")
_NAMES = {field.name for field in fields(Counts)}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one dossier is, and when something in it was changed last."""

    counts: Counts
    completeness: Completeness
    changed_at: datetime


def progress_of(dossiers: Iterable[Dossier]) -> dict[int, Progress]:
    """``Progress`` of each dossier by its key. Nineteen queries, however many dossiers.

    Fetch ``device_type`` along with the dossiers.
    """
    listed = list(dossiers)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    latest = {one.pk: one.changed_at for one in listed}
    for row in _rows([one.pk for one in listed]):
        key, last = row.pop("dossier_id"), row.pop("last", None)
        found[key].update(row)
        if last is not None:
            latest[key] = max(latest[key], last)
    return {one.pk: _progress(one, found[one.pk], latest[one.pk]) for one in listed}


def _progress(dossier: Dossier, found: dict[str, Any], last: datetime) -> Progress:
    use, function = dossier.intended_use, dossier.function_test
    has_readings = bool(_text(function, "readings")) or found.get("measured_before", 0)
    counts = Counts(
        **{key: int(value or 0) for key, value in found.items() if key in _NAMES},
        has_type=int(dossier.device_type_id is not None),
        uses_said=sum(bool(_text(use, key)) for key in USES),
        works_said=int(bool(_text(function, "works"))),
        readings_said=int(bool(has_readings)),
        faults_said=int(bool(_text(function, "faults"))),
    )
    kind = dossier.device_type
    return Progress(counts, completeness(counts, kind.required_sections if kind else ()), last)


def _text(said: dict[str, Any], key: str) -> str:
    return str(said.get(key) or "").strip()


def _rows(keys: list[int]) -> Iterator[dict[str, Any]]:
    for one in (
        _unit, _labels, _gates, _blocks, _links, _steps, _parts, _files, _measurements,
        _captures, _risks, _requirements, _alternatives, _cases, _building, _uses, _members,
        _credits, _versions,
    ):  # fmt: skip
        yield from one(keys)


def _by_dossier(rows: QuerySet[Any], **counted: Any) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values("dossier_id").annotate(**counted)
    return found


def _n(where: Q | None = None) -> Count:
    return Count("pk", distinct=True, filter=where)


def _unit(keys: list[int]) -> QuerySet[Any, Any]:
    clean = ~Q(decontamination_method="") & Q(decontaminated_on__isnull=False)
    clean &= ~Q(decontamination_signed_by="") & Q(decontamination_file__isnull=False)
    return _by_dossier(
        DeviceUnit.objects.filter(dossier__in=keys),
        has_emdn=_n(~Q(emdn="")),
        has_maker=_n(~Q(manufacturer="")),
        has_model=_n(~Q(model="")),
        has_serial=_n(~Q(serial="") | ~Q(lot="")),
        has_class=_n(~Q(risk_class="unknown") & ~Q(protection_class="unknown")),
        has_markings=_n(~Q(markings="")),
        has_permission=_n(Q(owner_permission__isnull=False)),
        has_decontamination=_n(clean),
        last=Max("changed_at"),
    )


def _labels(keys: list[int]) -> QuerySet[Any, Any]:
    rows = LabelPhoto.objects.filter(unit__dossier__in=keys).order_by()
    return rows.values(dossier_id=F("unit__dossier_id")).annotate(label_photos=_n())


def _gates(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        GateCheck.objects.filter(dossier__in=keys),
        gate_items=_n(),
        gates_answered=_n(~Q(answer="")),
        gates_blocking=_n(Q(blocking=True)),
        gates_signed=_n(Q(blocking=True, signed_at__isnull=False)),
        last=Max("changed_at"),
    )


def _blocks(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        Block.objects.filter(dossier__in=keys),
        blocks=_n(),
        blocks_sided=_n(~Q(side="none") | Q(kind="user")),
        blocks_backed=_n(Q(inferred=True) | Q(steps__isnull=False)),
        blocks_linked=_n(Q(links_out__isnull=False) | Q(links_in__isnull=False)),
        power_blocks=_n(Q(kind="power")),
        last=Max("changed_at"),
    )


def _links(keys: list[int]) -> QuerySet[Any, Any]:
    out = Q(source__side="patient", target__side="mains")
    back = Q(source__side="mains", target__side="patient")
    return _by_dossier(
        BlockLink.objects.filter(dossier__in=keys),
        links=_n(),
        links_unbarred=_n((out | back) & Q(crosses_isolation=False)),
        last=Max("changed_at"),
    )


def _steps(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        TeardownStep.objects.filter(dossier__in=keys),
        steps=_n(),
        steps_pictured=_n(Q(photos__isnull=False)),
        steps_annotated=_n(Q(photos__annotations__isnull=False)),
        steps_with_tools=_n(~Q(tools=[])),
        steps_timed=_n(Q(minutes__isnull=False)),
        last=Max("changed_at"),
    )


def _parts(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        PartLine.objects.filter(dossier__in=keys),
        parts=_n(),
        parts_counted=_n(Q(quantity__isnull=False)),
        parts_identified=_n(~Q(mpn="") | Q(kind__in=MADE_HERE)),
        parts_priced=_n(Q(offers__price__isnull=False)),
        parts_sourced=_n(Q(offers__supplier__gt="") | Q(offers__url__gt="")),
        substitutes=_n(Q(substitute_of__isnull=False)),
        last=Max("changed_at"),
    )


def _files(keys: list[int]) -> QuerySet[Any, Any]:
    sourced = Q(source_form=True) | Q(source__isnull=False) | ~Q(no_source_reason="")
    return _by_dossier(
        DesignFile.objects.filter(dossier__in=keys),
        files=_n(),
        schematics=_n(Q(role="schematic")),
        layouts=_n(Q(role__in=LAYOUTS)),
        files_sourced=_n(sourced),
        files_licensed=_n(~Q(licence="")),
        last=Max("changed_at"),
    )


def _measurements(keys: list[int]) -> QuerySet[Any, Any]:
    under = Q(temperature__isnull=False) | Q(humidity__isnull=False) | ~Q(supply="")
    return _by_dossier(
        Measurement.objects.filter(dossier__in=keys),
        measurements=_n(),
        measured_surely=_n(Q(expanded_uncertainty__isnull=False)),
        measured_with=_n(Q(instrument__isnull=False)),
        measured_under=_n(under),
        measured_before=_n(Q(before_opening=True)),
        last=Max("changed_at"),
    )


def _captures(keys: list[int]) -> QuerySet[Any, Any]:
    rows = SignalCapture.objects.filter(dossier__in=keys)
    return _by_dossier(rows, captures=_n(Q(state="read")), last=Max("changed_at"))


def _risks(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        Risk.objects.filter(dossier__in=keys),
        risks=_n(),
        risks_controlled=_n(Q(controls__isnull=False)),
        risks_residual=_n(Q(residual_severity__isnull=False)),
        risks_judged=_n(~Q(acceptable="")),
        last=Max("changed_at"),
    )


def _requirements(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        Requirement.objects.filter(dossier__in=keys),
        requirements=_n(),
        requirements_verified_by=_n(~Q(verification="")),
        last=Max("changed_at"),
    )


def _alternatives(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        DesignAlternative.objects.filter(dossier__in=keys),
        alternatives=_n(),
        decisions=_n(Q(chosen=True)),
        last=Max("changed_at"),
    )


def _cases(keys: list[int]) -> QuerySet[Any, Any]:
    limited = Q(limit_low__isnull=False) | Q(limit_high__isnull=False) | ~Q(procedure="")
    was_run = Q(runs__result__in=("pass", "fail", "inconclusive"))
    return _by_dossier(
        TestCase.objects.filter(dossier__in=keys),
        cases=_n(),
        cases_limited=_n(limited),
        cases_run=_n(was_run),
        cases_run_with=_n(was_run & Q(runs__instrument__isnull=False)),
        last=Max("changed_at"),
    )


def _building(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(
        BuildStep.objects.filter(dossier__in=keys),
        build_steps=_n(),
        build_steps_using=_n(Q(uses__isnull=False)),
        last=Max("changed_at"),
    )


def _uses(keys: list[int]) -> QuerySet[Any, Any]:
    rows = PartUse.objects.filter(step__dossier__in=keys).order_by()
    return rows.values(dossier_id=F("step__dossier_id")).annotate(
        parts_used=Count("part", distinct=True)
    )


def _members(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(Member.objects.filter(dossier__in=keys, left_on__isnull=True), members=_n())


def _credits(keys: list[int]) -> QuerySet[Any, Any]:
    """How many of the present members are credited."""
    own = Q(
        person__enrolments__dossier_memberships__dossier=F("dossier"),
        person__enrolments__dossier_memberships__left_on__isnull=True,
    )
    rows = Contribution.objects.filter(own, dossier__in=keys)
    return _by_dossier(rows, credited=Count("person", distinct=True))


def _versions(keys: list[int]) -> QuerySet[Any, Any]:
    return _by_dossier(DossierVersion.objects.filter(dossier__in=keys), versions=_n())
