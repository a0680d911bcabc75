"""Lists a monument stands on, with the years: "Y 2003", "P 2003-2009", "National list, 1998"."""

from __future__ import annotations

import re
from typing import Any, Protocol

WORLD_HERITAGE = "World Heritage List"
IN_DANGER = "List of World Heritage in Danger"
_ENTRY = re.compile(r"\b([YP])\s+(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_NAMED = re.compile(r"^(.*?)[,:]?\s*(?:\(?(\d{4})(?:\s*[-–]\s*(\d{4}|))?\)?)?$")


class Cells(Protocol):
    @property
    def ways(self) -> Any: ...
    def text(self, name: str) -> str: ...
    def many(self, name: str) -> list[str]: ...
    def doubt(self, code: str, name: str = "", **values: str) -> str: ...


def read_lists(cells: Cells) -> list[dict[str, Any]]:
    """Entries ``{"list", "from", "to"}``; "to" is the year it left the list, None while on it.

    In the danger list, Y is a site that is on it and P one that was; Baku's "P 2003-2009" left
    in 2009. A cell may hold several: "Y 1996 P 1984-1992".
    """
    found: list[dict[str, Any]] = []
    inscribed = re.search(r"\d{4}", cells.text("inscribed"))
    if inscribed:
        found.append(entry(WORLD_HERITAGE, int(inscribed[0]), None))
    for text in cells.many("lists"):
        coded = list(_ENTRY.finditer(text))
        if coded:
            rest = _ENTRY.sub("", text).strip(" ,;")
            if rest:
                cells.doubt("list_unread", "lists", value=text[:80])
            found += sorted(
                (entry(IN_DANGER, int(one[2]), int(one[3]) if one[3] else None) for one in coded),
                key=lambda one: one["from"],
            )
        elif named := named_entry(text):
            found.append(named)
        else:
            cells.doubt("list_unread", "lists", value=text[:80])
    return found


def named_entry(text: str) -> dict[str, Any] | None:
    """An entry as a person writes it: "National list, 1998–2004"; None where it has no name."""
    parts = _NAMED.match(text.strip())
    if not parts or not parts[1].strip(" ,:"):
        return None
    return entry(
        parts[1].strip(" ,:"),
        int(parts[2]) if parts[2] else None,
        int(parts[3]) if parts[3] else None,
    )


def entry(name: str, first: int | None, last: int | None) -> dict[str, Any]:
    """One list with the years from and to."""
    return {"list": name[:120], "from": first, "to": last}


def entry_text(one: dict[str, Any]) -> str:
    """The entry as it is typed again."""
    if not one.get("from"):
        return str(one.get("list", ""))
    years = f"{one['from']}–{one['to']}" if one.get("to") else str(one["from"])
    return f"{one.get('list', '')}, {years}"
