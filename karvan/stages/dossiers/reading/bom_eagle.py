"""Eagle from 6 on: schematics and boards as XML."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

from .bom_placed import Placed, placed_table, repeated
from .bom_shapes import Table


def eagle(data: bytes) -> tuple[Table, dict[str, Any], str]:
    """The parts of a schematic, or the elements of a board; and which of them it is.

    Supplies, frames and other symbols without a package are counted, not listed.

    Raises:
        Unreadable: it is no XML, or no drawing of Eagle; says the line.
    """
    try:
        root = ElementTree.fromstring(data, forbid_dtd=False)
    except ParseError as broken:
        line = broken.position[0] if broken.position else 0
        raise Unreadable(
            _("It can be read up to line %(line)d: %(why)s.") % {"line": line, "why": broken}
        ) from broken
    except (DefusedXmlException, ValueError, LookupError) as broken:
        raise Unreadable(
            _("This XML is not read: %(why)s") % {"why": type(broken).__name__}
        ) from broken
    if root.tag != "eagle":
        raise Unreadable(
            _("This XML is no drawing of Eagle: it begins with “%(word)s”.")
            % {"word": str(root.tag)[:40]}
        )
    schematic = root.find("./drawing/schematic")
    if schematic is not None:
        return *_schematic(schematic, root.get("version", "")), "eagle_sch"
    board = root.find("./drawing/board")
    if board is None:
        raise Unreadable(_("This drawing of Eagle holds neither a schematic nor a board."))
    return *_board(board, root.get("version", "")), "eagle_brd"


def _schematic(drawing: Element, version: str) -> tuple[Table, dict[str, Any]]:
    devices = {}
    technologies = {}
    for library in drawing.iterfind("./libraries/library"):
        for deviceset in library.iterfind("./devicesets/deviceset"):
            for device in deviceset.iterfind("./devices/device"):
                key = (_library(library), deviceset.get("name", ""), device.get("name", ""))
                devices[key] = device.get("package") or ""
                for technology in device.iterfind("./technologies/technology"):
                    technologies[(*key, technology.get("name", ""))] = _attributes(technology)
    placed, supplies = [], 0
    parts = drawing.findall("./parts/part")
    for part in parts:
        of = f"{part.get('library', '')}{part.get('library_urn', '')}"
        key = (of, part.get("deviceset", ""), part.get("device", ""))
        package = devices.get(key)
        if package == "":
            supplies += 1
            continue
        fields = {**technologies.get((*key, part.get("technology", "")), {}), **_attributes(part)}
        variants = [v for v in part.iterfind("variant") if v.get("populate") == "no"]
        placed.append(
            Placed(
                part.get("name", "?"),
                part.get("value") or _device(part),
                package or part.get("device") or "",
                fields,
                not variants,
            )
        )
    facts = {"version": version, "parts": len(parts), "supplies": supplies, "refs": len(placed)}
    return placed_table(placed), facts


def _board(drawing: Element, version: str) -> tuple[Table, dict[str, Any]]:
    elements = drawing.findall("./elements/element")
    placed = [
        Placed(
            one.get("name", "?"),
            one.get("value", ""),
            one.get("package", ""),
            _attributes(one),
            one.get("populate") != "no"
            and not any(v.get("populate") == "no" for v in one.iterfind("variant")),
        )
        for one in elements
    ]
    refs = [one.ref for one in placed]
    facts = {"version": version, "elements": len(elements), "refs": len(set(refs))}
    return placed_table(placed, doubts=repeated(refs)), facts


def _library(library: Element) -> str:
    return f"{library.get('name', '')}{library.get('urn', '')}"


def _device(part: Element) -> str:
    name = part.get("deviceset", "").replace("*", part.get("technology", ""))
    return (
        name.replace("?", part.get("device", ""))
        if "?" in name
        else f"{name}{part.get('device', '')}"
    )


def _attributes(element: Element) -> dict[str, str]:
    return {
        one.get("name", ""): one.get("value", "")
        for one in element.iterfind("attribute")
        if one.get("value")
    }
