"""Named reads of requirements, risks, tests, alternatives and build steps."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person

from .models import (
    BuildStep,
    Dossier,
    PartLine,
    PartUse,
    Requirement,
    Risk,
    RiskControl,
    TestCase,
    TestRun,
)
from .tracing import Traced

REQUIREMENT_FILES = ("text", "csv", "xlsx", "ods", "design")


def requirements_of(dossier: Dossier) -> QuerySet[Requirement]:
    """The dossier's requirements with their links, controls and tests. Four queries."""
    controls = RiskControl.objects.select_related("risk", "test")
    return dossier.requirements.prefetch_related(
        "fulfils", "tested_by", Prefetch("controls", queryset=controls)
    )


def traced(requirements: QuerySet[Requirement]) -> list[Traced]:
    """Requirements as far as their traces go; a test of a control counts for its requirement."""
    return [
        Traced(
            code=one.code,
            type=one.type,
            statement=one.statement,
            verification=one.verification,
            fulfils=tuple(other.code for other in one.fulfils.all()),
            dangling=tuple(one.dangling),
            controls=tuple(dict.fromkeys(control.risk.code for control in one.controls.all())),
            tests=tuple(
                dict.fromkeys(
                    [
                        *(case.code for case in one.tested_by.all()),
                        *(control.test.code for control in one.controls.all() if control.test),
                    ]
                )
            ),
            has_deviation=one.deviation_accepted_by_id is not None,
        )
        for one in requirements
    ]


def last_results(dossier: Dossier) -> dict[str, str]:
    """The result of the last run of each of the dossier's tests, by the code of the test."""
    rows = TestRun.objects.filter(case__dossier=dossier).order_by("run_at", "pk")
    return dict(rows.values_list("case__code", "result"))


def requirement_files(dossier: Dossier, person: Person) -> QuerySet[StoredFile]:
    """Files the person sent in the dossier's workshop that can hold requirements."""
    return StoredFile.objects.filter(
        scope=dossier.scope, uploaded_by=person, kind__in=REQUIREMENT_FILES
    )


def risks_of(dossier: Dossier) -> QuerySet[Risk]:
    """The dossier's risks with their controls. Two queries."""
    controls = RiskControl.objects.select_related("requirement", "test")
    return dossier.risks.prefetch_related(Prefetch("controls", queryset=controls))


def cases_of(dossier: Dossier) -> QuerySet[TestCase]:
    """The dossier's tests with their runs, oldest first, and what they show. Four queries."""
    runs = TestRun.objects.select_related("instrument", "operator").order_by("run_at", "pk")
    return dossier.test_cases.prefetch_related(
        Prefetch("runs", queryset=runs), "requirements", "controls__risk"
    )


def build_steps_of(dossier: Dossier) -> QuerySet[BuildStep]:
    """The dossier's build steps with the parts they use. Two queries."""
    uses = PartUse.objects.select_related("part")
    return dossier.build_steps.prefetch_related(Prefetch("uses", queryset=uses))


def lines_to_build(dossier: Dossier) -> QuerySet[PartLine]:
    """The dossier's lines with what its build steps use of them. Two queries."""
    uses = PartUse.objects.select_related("step").filter(step__dossier=dossier)
    return dossier.part_lines.prefetch_related(Prefetch("uses", queryset=uses))
