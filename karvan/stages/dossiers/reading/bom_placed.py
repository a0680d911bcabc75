"""Parts placed in a drawing become rows: equal parts in one row, drawings of nothing said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .bom_refs import UNANNOTATED
from .bom_shapes import Doubt, Row, Table

HIDDEN = re.compile(
    r"(?i)^(ki_.*|reference|value|footprint|datasheet|sheet ?name|sheet ?file|sim\..*|spice_.*|fieldname|dn[pfi])$"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """One part as drawn: its reference, what it is, further fields, the line of the file."""

    ref: str
    value: str = ""
    package: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    is_fitted: bool = True
    is_bought: bool = True  # False: the drawing says that it is in no bill of materials
    row: int = 0


def placed_table(
    placed: Iterable[Placed], *, title: str = "", doubts: Iterable[Doubt] = ()
) -> Table:
    """One row for parts of the same value, package and fields; references in natural order.

    A reference drawn more than once (the units of one part) counts once; with two values it
    stands in two rows, and that is a doubt.
    """
    said = list(doubts)
    groups: dict[tuple[Any, ...], list[Placed]] = {}
    names: dict[str, None] = {}
    left = [one for one in placed if not one.is_bought]
    for one in placed:
        if one.is_bought:
            shown = {k: v for k, v in one.fields.items() if v.strip(" ~") and not HIDDEN.match(k)}
            fitted = one.is_fitted and not _says_unfitted(one.fields)
            names.update(dict.fromkeys(shown))
            key = (one.value, one.package, tuple(sorted(shown.items())), fitted)
            groups.setdefault(key, []).append(one)
    if left:
        names_left = ", ".join(sorted({one.ref for one in left}, key=natural)[:20])
        said.append(Doubt("left_out_of_bom", "", {"refs": names_left, "count": len(left)}))
    head = ("Reference", "Value", "Footprint", "DNP", *names)
    rows = []
    for (value, package, listed_fields, fitted), parts in sorted(
        groups.items(), key=lambda g: natural(g[1][0].ref)
    ):
        refs = sorted({one.ref for one in parts}, key=natural)
        loose = sum(1 for one in parts if UNANNOTATED.fullmatch(one.ref)) - sum(
            1 for ref in refs if UNANNOTATED.fullmatch(ref)
        )
        listed = ", ".join([*refs, *[parts[0].ref] * loose])
        cells = (
            listed,
            value,
            package,
            "" if fitted else "DNP",
            *(dict(listed_fields).get(n, "") for n in names),
        )
        rows.append(Row(parts[0].row, cells))
    return Table(title, "", head, 0, tuple(rows), doubts=(*said, *_two_values(groups)))


def _says_unfitted(fields: Mapping[str, str]) -> bool:
    """True where a field called DNP, or the variant's, says so."""
    said = [v.strip().lower() for k, v in fields.items() if re.fullmatch(r"(?i)dn[pfi]", k.strip())]
    variant = [v for k, v in fields.items() if k.lower() in ("config", "variant")]
    return any(v not in ("", "~", "0", "no", "n", "false") for v in said) or any(
        re.search(r"(?i)\bdn[pfi]\b", v) for v in variant
    )


def _two_values(groups: Mapping[tuple[Any, ...], list[Placed]]) -> list[Doubt]:
    values: dict[str, set[str]] = {}
    for (value, *_rest), parts in groups.items():
        for one in parts:
            values.setdefault(one.ref, set()).add(value)
    return [
        Doubt("two_values", "", {"ref": ref, "values": ", ".join(sorted(found))})
        for ref, found in values.items()
        if len(found) > 1 and not UNANNOTATED.fullmatch(ref)
    ]


def natural(ref: str) -> tuple[str, int, str]:
    """R2 before R10."""
    found = re.match(r"([^\d]*)(\d*)(.*)", ref, re.S)
    head, number, tail = found.groups() if found else (ref, "", "")
    return head, int(number[:12] or 0), tail


def repeated(refs: Iterable[str]) -> list[Doubt]:
    """A doubt for each reference that stands on a board more than once."""
    seen: dict[str, int] = {}
    for ref in refs:
        seen[ref] = seen.get(ref, 0) + 1
    return [
        Doubt("placed_twice", "", {"ref": ref, "count": count})
        for ref, count in sorted(seen.items(), key=lambda pair: natural(pair[0]))
        if count > 1 and "?" not in ref and "*" not in ref
    ]
