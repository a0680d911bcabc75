"""KiCad from 6 on (schematics and boards) and boards of KiCad 5."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

from .bom_placed import Placed, natural, placed_table, repeated
from .bom_sexpr import Node, children, parsed, word_of
from .bom_shapes import Doubt, Table


def schematic(text: str) -> tuple[Table, dict[str, Any]]:
    """The parts of one sheet of a schematic, and what it says of itself.

    Units of one part share its reference and are one part. Where a sheet is used several
    times, each use has its own references. Sheets in other files are named, not read.
    """
    root = parsed(text)
    if not root or root[0] != "kicad_sch":
        raise Unreadable(
            _("This is no schematic of KiCad: it begins with “%(word)s”.")
            % {"word": str(root[:1])[:40]}
        )
    power = {
        one[1]
        for lib in children(root, "lib_symbols")
        for one in children(lib, "symbol")
        if children(one, "power")
    }
    listed = _listed(root)
    symbols = children(root, "symbol")
    placed: list[Placed] = []
    drawn = 0
    for symbol in symbols:
        properties = {str(p[1]): str(p[2]) for p in children(symbol, "property") if len(p) > 2}
        refs = _refs(symbol, properties.get("Reference", ""), listed)
        drawn += len(refs)
        if word_of(symbol, "lib_id") in power or refs[0].startswith("#"):
            continue
        placed += [
            Placed(
                ref,
                properties.get("Value", ""),
                properties.get("Footprint", "").rpartition(":")[2],
                properties,
                word_of(symbol, "dnp") != "yes",
                word_of(symbol, "in_bom", "yes") != "no",
            )
            for ref in refs
        ]
    own = {one.ref for one in placed}
    elsewhere = [
        one for one in listed.values() if one.ref not in own and not one.ref.startswith("#")
    ]
    files = [
        str(p[2]) for sheet in children(root, "sheet") for p in children(sheet, "property")
        if len(p) > 2 and str(p[1]).lower().replace(" ", "") == "sheetfile"
    ]  # fmt: skip
    doubts = [Doubt("other_sheets", "", {"files": ", ".join(sorted(set(files)))})] if files else []
    if elsewhere:
        doubts.append(
            Doubt(
                "listed_only",
                "",
                {
                    "refs": ", ".join(sorted((o.ref for o in elsewhere), key=natural)[:20]),
                    "count": len(elsewhere),
                },
            )
        )
        placed += elsewhere
    title = next((word_of(block, "title") for block in children(root, "title_block")), "")
    facts = {
        "version": word_of(root, "version"),
        "symbols": drawn,
        "refs": len({one.ref for one in placed}),
        "title": title,
    }
    return placed_table(placed, doubts=doubts), facts


def _listed(root: Node) -> dict[str, Placed]:
    """The references by path, which KiCad 6 keeps in the first sheet for all sheets."""
    found = {}
    for block in children(root, "symbol_instances"):
        for path in children(block, "path"):
            ref = word_of(path, "reference")
            if len(path) > 1 and ref:
                footprint = word_of(path, "footprint").rpartition(":")[2]
                found[str(path[1])] = Placed(ref, word_of(path, "value"), footprint)
    return found


def _refs(symbol: Node, reference: str, listed: dict[str, Placed]) -> list[str]:
    """Every reference of a symbol: one, or one for each use of its sheet."""
    found = [
        word_of(path, "reference")
        for block in children(symbol, "instances")
        for project in children(block, "project")
        for path in children(project, "path")
    ]
    if not found:
        own = word_of(symbol, "uuid")
        found = [one.ref for path, one in listed.items() if own and path.rpartition("/")[2] == own]
    return list(dict.fromkeys(ref for ref in found if ref)) or [reference or "?"]


def board(text: str) -> tuple[Table, dict[str, Any]]:
    """The footprints of a board: KiCad 6 writes ``footprint``, KiCad 5 ``module``."""
    root = parsed(text)
    if not root or root[0] != "kicad_pcb":
        raise Unreadable(
            _("This is no board of KiCad: it begins with “%(word)s”.")
            % {"word": str(root[:1])[:40]}
        )
    modules = children(root, "footprint") or children(root, "module")
    placed = [_footprint(module) for module in modules]
    refs = [one.ref for one in placed]
    facts = {
        "version": word_of(root, "version"),
        "footprints": len(modules),
        "refs": len(set(refs)),
        "is_kicad5": bool(children(root, "module")),
    }
    return placed_table(placed, doubts=repeated(refs)), facts


def _footprint(module: Node) -> Placed:
    texts = {
        str(t[1]): str(t[2])
        for t in children(module, "fp_text")
        if len(t) > 2 and not isinstance(t[2], list)
    }
    properties = {
        str(p[1]): str(p[2])
        for p in children(module, "property")
        if len(p) > 2 and not isinstance(p[2], list)
    }
    attributes = {str(word) for attr in children(module, "attr") for word in attr[1:]}
    name = str(module[1]) if len(module) > 1 and not isinstance(module[1], list) else ""
    return Placed(
        properties.get("Reference") or texts.get("reference") or "?",
        properties.get("Value") or texts.get("value", ""),
        name.rpartition(":")[2],
        properties,
        "dnp" not in attributes and word_of(module, "dnp") != "yes",
        not attributes & {"exclude_from_bom", "board_only"},
    )
