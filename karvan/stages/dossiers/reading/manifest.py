"""An Open Know-How manifest of others: v1 in YAML or LOSH in TOML, read leniently.

Manifests in the wild name licences in prose, languages by their names and write signs that YAML
forbids; what cannot be used is told as a doubt and never guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import BadLicence, Unreadable
from karvan.stages.dossiers.licences import parse_licence

LONGEST = 400_000
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_UNQUOTED = re.compile(r"^(\s*(?:-\s+)?[\w-]+:\s+)([@`].*)$", re.M)


@dataclass(frozen=True, slots=True)
class ManifestRead:
    """What a manifest says, "" and () where it says nothing.

    ``doubts`` are sentences; ``files`` pairs of title and address, none of which was fetched.
    """

    form: str
    title: str = ""
    summary: str = ""
    use: str = ""
    version: str = ""
    language: str = ""
    licences: Mapping[str, str] = field(default_factory=dict)
    licensor: str = ""
    address: str = ""
    bom: str = ""
    files: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()


def read_manifest(data: bytes, *, name: str) -> ManifestRead:
    """Read a manifest by its content; ``name`` only says which form is tried first.

    Raises:
        Unreadable: it is neither; the sentence says up to where it could be read.
    """
    if len(data) > LONGEST:
        raise Unreadable(_("This file is too large for a manifest."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Unreadable(
            _("The manifest is no UTF-8: byte %(at)s cannot be read.") % {"at": broken.start + 1}
        ) from None
    doubts: list[str] = []
    if name.lower().endswith(".toml"):
        return _losh(_toml(text), doubts)
    said = _yaml(text, doubts)
    return _losh(said, doubts) if "okhv" in said else _okh(said, doubts)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise Unreadable(_("The manifest is no TOML: %(why)s") % {"why": broken}) from None


def _yaml(text: str, doubts: list[str]) -> dict[str, Any]:
    """The mapping of a YAML text; values that begin with a forbidden sign are quoted first."""
    mended = _UNQUOTED.sub(r'\1"\2"', text)
    if mended != text:
        doubts.append(_("A value begins with @ or `, which YAML forbids; it was read as text."))
    try:
        said = yaml.safe_load(mended)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark
        raise Unreadable(
            _("The manifest can be read up to line %(line)s: %(why)s.")
            % {"line": mark.line + 1 if mark else "?", "why": broken.problem or ""}
        ) from None
    except (yaml.YAMLError, RecursionError) as broken:
        raise Unreadable(_("The manifest is no YAML: %(why)s") % {"why": broken}) from None
    if not isinstance(said, dict):
        raise Unreadable(_("The manifest holds no names with values."))
    return {str(key).replace("_", "-"): value for key, value in said.items()}


def _okh(said: Mapping[str, Any], doubts: list[str]) -> ManifestRead:
    named = said.get("license")
    typed = named if isinstance(named, dict) else {"hardware": named}
    files = []
    for key in ("design-files", "manufacturing-files", "schematics", "making-instructions"):
        listed = said.get(key)
        for one in listed if isinstance(listed, list) else []:
            path = _text(one.get("path")) if isinstance(one, dict) else _text(one)
            title = _text(one.get("title")) if isinstance(one, dict) else ""
            files.append((title or key, path))
    return ManifestRead(
        form="okh-1",
        title=_text(said.get("title")),
        summary=_text(said.get("description")),
        use=_text(said.get("intended-use")),
        version=_text(said.get("version")),
        language=_language(said.get("documentation-language"), doubts),
        licences=_licences(typed, doubts),
        licensor=_person(said.get("licensor")),
        address=_text(said.get("project-link") or said.get("documentation-home")),
        bom=_text(said.get("bom")),
        files=tuple(files),
        doubts=tuple(doubts),
    )


def _losh(said: Mapping[str, Any], doubts: list[str]) -> ManifestRead:
    if said.get("okhv") not in ("OKH-LOSHv1.0", "2.4"):
        doubts.append(
            _("It says it follows “%(form)s”, which we do not know.")
            % {"form": _text(said.get("okhv"))}
        )
    files = [(kind, path) for kind in ("source", "export") for path in _texts(said.get(kind))]
    for part in said.get("part") or []:
        if isinstance(part, dict):
            for kind in ("source", "export"):
                files += [(_text(part.get("name")) or kind, one) for one in _texts(part.get(kind))]
    return ManifestRead(
        form="okh-losh",
        title=_text(said.get("name")),
        summary=_text(said.get("function")),
        version=_text(said.get("version")),
        language=_language(said.get("documentation-language"), doubts),
        licences=_licences({"hardware": said.get("license")}, doubts),
        licensor=", ".join(_texts(said.get("licensor"))),
        address=_text(said.get("repo")),
        bom=_text(said.get("bom")),
        files=tuple(files),
        doubts=tuple(doubts),
    )


def _licences(typed: Mapping[str, Any], doubts: list[str]) -> dict[str, str]:
    found = {}
    for kind in ("hardware", "documentation", "software"):
        text = _text(typed.get(kind))
        if not text:
            continue
        try:
            found[kind] = parse_licence(text)
        except BadLicence as bad:
            doubts.append(str(bad))
    return found


def _language(value: Any, doubts: list[str]) -> str:
    text = (_texts(value) or [""])[0]
    if not text or _LANGUAGE.match(text):
        return text
    doubts.append(_("“%(text)s” is no language tag, such as “en”.") % {"text": text})
    return ""


def _person(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("name"))
    return ", ".join(_person(one) for one in value) if isinstance(value, list) else _text(value)


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [_text(one) for one in listed if _text(one)]


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else " ".join(str(value).split())
