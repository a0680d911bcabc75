"""A release as its public page shows it: frozen rows with their words, joined to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from .emdn import term_of
from .frozen_pictures import diagram_of, finding_of, marks_of, marks_over
from .frozen_words import credits_in, use_of, word
from .manifests import public_files
from .models import (
    Block,
    BlockLink,
    DeviceUnit,
    DossierVersion,
    Requirement,
    Risk,
    TeardownStep,
    TestRun,
)
from .readiness import Readiness, readiness_of
from .snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Page:
    """What the template of a release walks through; every list is in the dossier's order."""

    frozen: Snapshot
    device: str
    emdn: str
    risk_class: str
    use: list[tuple[str, str]]
    blocks: list[dict[str, Any]]
    links: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    measurements: list[dict[str, Any]]
    requirements: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    tests: list[dict[str, Any]]
    building: list[dict[str, Any]]
    files: list[dict[str, Any]]
    credits: list[tuple[str, str]]
    readiness: Readiness
    diagram: SafeString
    finding: str


def page_of(version: DossierVersion) -> Page:
    """The page of a release. No query: all is in the snapshot."""
    frozen = version.snapshot
    unit, parts = frozen["unit"], frozen["parts"]
    blocks = {one["key"]: one["name"] for one in parts["blocks"]}
    return Page(
        frozen=frozen,
        device=" ".join(one for one in (unit["manufacturer"], unit["model"]) if one),
        emdn=f"{unit['emdn']} {term_of(unit['emdn'])}".strip(),
        risk_class=word(DeviceUnit.RiskClass, unit["risk_class"]),
        use=use_of(frozen),
        blocks=[
            {
                **one,
                "kind_word": word(Block.Kind, one["kind"]),
                "side_word": word(Block.Side, one["side"]),
            }
            for one in parts["blocks"]
        ],
        links=[
            {
                **one,
                "from": blocks.get(one["source"], ""),
                "to": blocks.get(one["target"], ""),
                "flow_word": word(BlockLink.Flow, one["flow"]),
            }
            for one in parts["links"]
        ],
        steps=[_step(one, frozen) for one in parts["steps"]],
        parts=parts["parts"],
        measurements=parts["measurements"],
        requirements=[
            {**one, "type_word": word(Requirement.Type, one["type"])}
            for one in parts["requirements"]
        ],
        risks=[_risk(one, frozen) for one in parts["risks"]],
        tests=[_test(one, frozen) for one in parts["tests"]],
        building=[_built(one, frozen) for one in parts["building"]],
        files=public_files(frozen),
        credits=credits_in(frozen),
        readiness=readiness_of(frozen),
        diagram=diagram_of(frozen),
        finding=finding_of(frozen),
    )


def _step(one: dict[str, Any], frozen: Snapshot) -> dict[str, Any]:
    photos = [
        {**photo, "marks": marks_of(frozen, photo), "drawing": marks_over(frozen, photo)}
        for photo in frozen["parts"]["photos"]
        if photo["step"] == one["key"]
    ]
    return {
        **one,
        "direction_word": word(TeardownStep.Direction, one["direction"]),
        "photos": photos,
    }


def _risk(one: dict[str, Any], frozen: Snapshot) -> dict[str, Any]:
    controls = [c["text"] for c in frozen["parts"]["controls"] if c["risk"] == one["key"]]
    judged = word(Risk.Acceptable, one["acceptable"])
    return {**one, "controls": controls, "judged": judged}


def _test(one: dict[str, Any], frozen: Snapshot) -> dict[str, Any]:
    own = [run for run in frozen["parts"]["runs"] if run["case"] == one["key"]]
    result = own[-1]["result"] if own else "not_run"
    mark = {"pass": "done", "fail": "dropped", "inconclusive": "waiting"}.get(result, "open")
    return {
        **one,
        "value": own[-1]["value"] if own else None,
        "mark": mark,
        "result_word": word(TestRun.Result, result),
    }


def _built(one: dict[str, Any], frozen: Snapshot) -> dict[str, Any]:
    names = {
        part["key"]: part["description"] or part["mpn"] or part["value"]
        for part in frozen["parts"]["parts"]
    }
    uses = [
        (use["quantity"], names.get(use["part"], "?"))
        for use in frozen["parts"]["uses"]
        if use["step"] == one["key"]
    ]
    return {**one, "uses": uses}
