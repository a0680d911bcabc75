"""Schematics of KiCad 5 and before: blocks of lines between $Comp and $EndComp."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

from .bom_placed import Placed, placed_table
from .bom_shapes import Doubt, Table

_FIELD = re.compile(r'F\s+(\d+)\s+"((?:[^"\\]|\\.)*)"\s*(.*)')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_AT_PATH = re.compile(r'AR\s+Path="[^"]*"\s+Ref="([^"]*)"')
_NAMES = {1: "value", 2: "package"}


def schematic5(text: str) -> tuple[Table, dict[str, Any]]:
    """The parts of one sheet. Fields from 4 on have their own names; units of one part repeat
    its reference; a sheet used several times names its references by path.

    Raises:
        Unreadable: a block is not closed; says the line where it begins.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    placed: list[Placed] = []
    symbols, start = 0, 0
    block: list[str] = []
    files: list[str] = []
    in_sheet = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("$Comp"):
            if start:
                raise _not_closed(start)
            start, block = number, []
        elif line.startswith("$EndComp"):
            symbols += 1
            placed += _component(block, start)
            start = 0
        elif line.startswith("$Sheet"):
            in_sheet = True
        elif line.startswith("$EndSheet"):
            in_sheet = False
        elif start:
            block.append(line)
        elif in_sheet and line.startswith("F1 "):
            files += _QUOTED.findall(line)[:1]
    if start:
        raise _not_closed(start)
    title = next(
        (found[1] for line in lines[:60] if (found := re.match(r'Title "(.*)"', line))), ""
    )
    doubts = [Doubt("other_sheets", "", {"files": ", ".join(sorted(set(files)))})] if files else []
    real = [one for one in placed if not one.ref.startswith("#")]
    facts = {"symbols": symbols, "refs": len({one.ref for one in real}), "title": title}
    return placed_table(real, doubts=doubts), facts


def _component(block: list[str], row: int) -> list[Placed]:
    own: dict[str, str] = {}
    fields: dict[str, str] = {}
    ref = ""
    paths: list[str] = []
    for line in block:
        if line.startswith("L "):
            words = line.split()
            ref = words[2] if len(words) > 2 else ""
        elif found := _AT_PATH.match(line):
            paths.append(found[1])
        elif found := _FIELD.match(line):
            number, text = int(found[1]), found[2].replace('\\"', '"')
            if number in _NAMES:
                own[_NAMES[number]] = text
            elif number == 0 and not ref:
                ref = text
            elif number > 3:
                names = _QUOTED.findall(found[3])
                fields[names[-1] if names else f"Field{number}"] = text
    package = own.get("package", "").rpartition(":")[2].strip("~")
    refs = list(dict.fromkeys(paths)) or [ref or "?"]
    return [Placed(one, own.get("value", "").strip("~"), package, fields, row=row) for one in refs]


def _not_closed(line: int) -> Unreadable:
    return Unreadable(
        _("It can be read up to line %(line)d: the part that begins there has no end.")
        % {"line": line}
    )
