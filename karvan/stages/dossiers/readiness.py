"""How ready documentation and technology are, computed from what is there, never typed."""

from __future__ import annotations

from dataclasses import dataclass

from .snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Readiness:
    """documentation: "ODRL-1" to "ODRL-3*"; technology: "OTRL-1" to "OTRL-5".

    rebuilt: somebody else's rebuild was confirmed. ODRL-4 is never reached here: it asks
    for certification papers that a workshop cannot issue.
    """

    documentation: str
    technology: str
    rebuilt: bool


def readiness_of(snapshot: Snapshot, *, reviewed: bool = False, rebuilds: int = 0) -> Readiness:
    """Both levels of a snapshot.

    Documentation: 1 it is there; 2 there is a bill of materials and either sources of the
    design or instructions to build it; 3 there are also a teardown, risks and tests, and the
    building steps use every fitted line of the bill; 3* somebody outside the team reviewed it.
    Technology: 1 requirements are known; 2 a way was chosen or something measured; 3 a test
    was run; 4 every "must" was tried and passed or its deviation accepted; 5 also no risk is
    judged unacceptable or left unjudged, and somebody else has built it.
    """
    return Readiness(
        documentation=_documentation(snapshot, reviewed=reviewed),
        technology=_technology(snapshot, rebuilds=rebuilds),
        rebuilt=rebuilds > 0,
    )


def _documentation(snapshot: Snapshot, *, reviewed: bool) -> str:
    parts = snapshot["parts"]
    has_source = any(one["source_form"] for one in parts["design_files"])
    if not parts["parts"] or not (has_source or parts["building"]):
        return "ODRL-1"
    used = {one["part"] for one in parts["uses"]}
    needed = {one["key"] for one in parts["parts"] if one["fitted"] and not one["optional"]}
    full = parts["steps"] and parts["risks"] and parts["tests"] and needed <= used
    if not full:
        return "ODRL-2"
    return "ODRL-3*" if reviewed else "ODRL-3"


def _technology(snapshot: Snapshot, *, rebuilds: int) -> str:
    parts = snapshot["parts"]
    passed = {one["case"] for one in parts["runs"] if one["result"] == "pass"}
    musts = [one for one in parts["requirements"] if one["priority"] == "must"]
    shown = musts and all(
        one["deviation"] or (one["tested_by"] and set(one["tested_by"]) <= passed) for one in musts
    )
    safe = parts["risks"] and all(
        one["acceptable"] in ("yes", "benefit_outweighs") for one in parts["risks"]
    )
    if shown and safe and rebuilds:
        return "OTRL-5"
    if shown:
        return "OTRL-4"
    if any(one["result"] != "not_run" for one in parts["runs"]):
        return "OTRL-3"
    if any(one["chosen"] for one in parts["alternatives"]) or parts["measurements"]:
        return "OTRL-2"
    return "OTRL-1"
