"""A release as others look for it: Open Know-How v1 (YAML) and OKH-LOSH v1.0 (TOML)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomli_w
import yaml
from django.utils.translation import gettext as _

from .readiness import Readiness
from .snapshots import Snapshot

OKH_FIRST_LINE = "%Open Know-How Manifest 1.0"
LOSH = "OKH-LOSHv1.0"
_WEB = re.compile(r"^https?://[^\s]+$")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_VERSION = re.compile(r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")


@dataclass(frozen=True, slots=True)
class Published:
    """What a manifest says beyond the snapshot.

    version: semantic. address: of the public page, absolute, ending in "/".
    licences: hardware, documentation and software, SPDX; "" for none.
    licensor, organisation: names. released_on: ISO date.
    """

    version: str
    address: str
    licence_hardware: str
    licence_documentation: str
    licence_software: str
    licensor: str
    organisation: str
    released_on: str


def okh_of(snapshot: Snapshot, published: Published, readiness: Readiness) -> dict[str, Any]:
    """The release as an Open Know-How v1 manifest; keys with hyphens are the standard's own.

    The five that a schema of the field asks for with underscores stand beside them.
    """
    dossier = snapshot["dossier"]
    address = published.address
    licences = {
        "hardware": published.licence_hardware,
        "documentation": published.licence_documentation,
        "software": published.licence_software,
    }
    manifest: dict[str, Any] = {
        "title": dossier["title"],
        "description": dossier["summary"] or dossier["title"],
        "intended-use": dossier["intended_use"].get("clinical_need", ""),
        "keywords": _keywords(snapshot),
        "project-link": address,
        "documentation-home": address,
        "contact": {"name": published.organisation},
        "contributors": [{"name": one["name"], "role": one["role"]} for one in snapshot["credits"]],
        "version": published.version,
        "date-created": published.released_on,
        "development-stage": readiness.technology,
        "made": bool(snapshot["parts"]["runs"]),
        "made-independently": readiness.rebuilt,
        "license": {kind: name for kind, name in licences.items() if name},
        "licensor": {"name": published.licensor, "affiliation": published.organisation},
        "documentation-language": dossier["language"],
        "standards-used": [{"standard-title": one} for one in snapshot["standards"]],
        "health-safety-notice": _(
            "A device rebuilt from this documentation is not cleared for use on patients."
        ),
        "bom": f"{address}bom.csv",
        "risk-assessment": [{"title": "Risks", "path": f"{address}#risks"}],
        "making-instructions": [{"title": "Building", "path": f"{address}#building"}],
        "design-files": _listed(snapshot, address, SOURCES),
        "manufacturing-files": _listed(snapshot, address, EXPORTS),
        "schematics": _listed(snapshot, address, ("schematic",)),
        "software": _listed(snapshot, address, ("software", "firmware_source")),
    }
    origin = snapshot["origin"]
    if origin:
        manifest["derivative-of"] = {
            "title": origin["title"],
            "manifest": f"{address.rsplit('/', 2)[0]}/{origin['code']}/okh.yml",
        }
    manifest = {key: value for key, value in manifest.items() if value not in ("", [], {})}
    manifest["documentation_language"] = dossier["language"]
    manifest["function"] = _function(snapshot)
    manifest["documentation_readiness_level"] = readiness.documentation
    manifest["technology_readiness_level"] = readiness.technology
    return manifest


def losh_of(snapshot: Snapshot, published: Published, readiness: Readiness) -> dict[str, Any]:
    """The release as an OKH-LOSH v1.0 manifest."""
    address = published.address
    manifest: dict[str, Any] = {
        "okhv": LOSH,
        "name": snapshot["dossier"]["title"],
        "repo": address,
        "version": published.version,
        "release": f"{address}dossier.json",
        "license": published.licence_hardware,
        "licensor": published.licensor,
        "organisation": published.organisation,
        "documentation-language": snapshot["dossier"]["language"],
        "technology-readiness-level": readiness.technology,
        "documentation-readiness-level": readiness.documentation,
        "function": _function(snapshot),
        "standard-compliance": [],  # nothing is claimed that nobody certified
        "bom": f"{address}bom.csv",
        "manufacturing-instructions": f"{address}#building",
        "source": [one["path"] for one in _listed(snapshot, address, SOURCES)],
        "export": [one["path"] for one in _listed(snapshot, address, EXPORTS)],
    }
    return {key: value for key, value in manifest.items() if value not in ("", [], {})}


def as_yaml(manifest: Mapping[str, Any]) -> str:
    """An OKH v1 manifest as its file: the standard's first line, then YAML."""
    body = yaml.safe_dump(dict(manifest), allow_unicode=True, sort_keys=False, width=100)
    return f"{OKH_FIRST_LINE}\n---\n{body}"


def as_toml(manifest: Mapping[str, Any]) -> str:
    """A LOSH manifest as its file."""
    return tomli_w.dumps(dict(manifest))


def manifest_problems(okh: Mapping[str, Any], losh: Mapping[str, Any]) -> list[str]:
    """What the two manifests lack, in words; [] where both may go out.

    Checks by hand what the published schemas check, since they are others' files; the tests
    hold both manifests against those.
    """
    missing = []
    names = {
        "title": _("a title"),
        "version": _("a version"),
        "license": _("a licence"),
        "licensor": _("a licensor"),
        "documentation_language": _("the language it is written in"),
        "function": _("a summary: what the device does and for whom"),
    }
    for key, words in names.items():
        if not okh.get(key):
            missing.append(_("The manifest lacks %(what)s.") % {"what": words})
    if not _VERSION.match(str(losh.get("version", ""))):
        missing.append(
            _("“%(version)s” is no version of the form 1.0.0.") % {"version": losh.get("version")}
        )
    if not _WEB.match(str(losh.get("repo", ""))):
        missing.append(_("The public address of the release is no web address."))
    if not _LANGUAGE.match(str(losh.get("documentation-language", ""))):
        missing.append(_("The language it is written in is no language tag, such as “az”."))
    return missing


SOURCES = ("cad_source", "pcb", "schematic", "harness", "drawing")
EXPORTS = ("cad_export", "gerber")


def public_files(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The design files that go out: not a binary that somebody else made."""
    return [
        one
        for one in snapshot["parts"]["design_files"]
        if one["file"] and not (one["third_party"] and one["role"] == "firmware_binary")
    ]


def _listed(snapshot: Snapshot, address: str, roles: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"title": one["path"], "path": f"{address}files/{one['file']['sha256']}"}
        for one in public_files(snapshot)
        if one["role"] in roles
    ]


def _function(snapshot: Snapshot) -> str:
    dossier = snapshot["dossier"]
    return str(dossier["summary"] or dossier["intended_use"].get("clinical_need", ""))


def _keywords(snapshot: Snapshot) -> list[str]:
    words = [snapshot["device_type"].replace("_", " "), snapshot["unit"]["emdn"]]
    return [word for word in words if word]
