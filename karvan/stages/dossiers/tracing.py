"""What is wrong with requirements, and the way from a need to the run that shows it. No rows known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECKS: dict[str, Promise] = {
    "dangling": _("link that leads nowhere"),
    "unfulfilled": _("nothing fulfils it"),
    "untested": _("no test"),
    "no_shall": _("no “shall”"),
    "open_point": _("TBD or TBC"),
    "no_verification": _("no way to show it"),
    "no_statement": _("no text"),
    "circle": _("fulfils itself in a circle"),
}
GAPS: dict[str, Promise] = {
    "need": _("No need"),
    "fulfilled": _("Nothing fulfils it"),
    "control": _("Safety without a control"),
    "test": _("No test"),
    "run": _("Not run"),
    "failed": _("Not passed"),
}
LOWER = ("hardware", "software")  # kinds that fulfil a system requirement
# Words that make a sentence binding, in the languages in which dossiers are written.
_BINDING = re.compile(
    r"\b(shall|must|should|will|may not|needs? to|has to|have to"
    r"|doit|doivent|devra|devront|devrait|devraient|il faut"
    r"|muss|müssen|soll|sollen|debe|deben|deberá|deberán|deve|devem|devono"
    r"|должен|должна|должно|должны|следует)\b"
    r"|\w+m[aəe]l[ıi]d[ıi]r|\w+m[ae]l[ıi](dır|dir)?\b|lazımdır|gerek(ir|mektedir)|tələb olunur"
    r"|يجب|ينبغي|لا بد|يتعين|يلزم",
    re.I,
)
_OPEN = re.compile(
    r"\b(tb[dca]|to be (defined|determined|confirmed|decided|agreed|specified)"
    r"|à (définir|préciser|confirmer)|dəqiqləşdiriləcək)\b|\?{2,}|<\s*\.{3}\s*>|يحدد لاحق",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Traced:
    """A requirement as far as its traces go; all links are codes."""

    code: str
    type: str
    statement: str
    verification: str = ""
    fulfils: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()  # codes of risks
    tests: tuple[str, ...] = ()
    has_deviation: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the matrix. ``results`` has the last result of each test, "" where it has none."""

    needs: tuple[str, ...]
    requirement: Traced
    results: Mapping[str, str]
    gaps: frozenset[str] = field(default_factory=frozenset)


def is_binding(statement: str) -> bool:
    """True if the text says "shall" or as much in another language."""
    return bool(_BINDING.search(statement))


def has_open_point(statement: str) -> bool:
    """True if the text leaves something to be said later: TBD, TBC, "??"."""
    return bool(_OPEN.search(statement))


def checks_of(listed: Sequence[Traced]) -> dict[str, tuple[str, ...]]:
    """What is wrong with each requirement, by its code; () where nothing is.

    A need is to be fulfilled by something. A system requirement is, too, as soon as the dossier
    has requirements of hardware or software; where it has none, it is itself the last level.
    A test is asked for where the requirement is to be shown by one, or by nothing that is said.
    Cost: one pass over the links.
    """
    fulfilled = {target for one in listed for target in one.fulfils}
    deep = any(one.type in LOWER for one in listed)
    circular = _in_circles(listed)
    return {
        one.code: tuple(
            code
            for code, wrong in (
                ("no_statement", not one.statement.strip()),
                ("dangling", bool(one.dangling)),
                ("circle", one.code in circular),
                ("unfulfilled", _to_be_fulfilled(one, deep) and one.code not in fulfilled),
                ("untested", _to_be_tested(one) and not one.tests),
                ("no_verification", one.type != "need" and not one.verification),
                ("no_shall", bool(one.statement.strip()) and not is_binding(one.statement)),
                ("open_point", has_open_point(one.statement)),
            )
            if wrong
        )
        for one in listed
    }


def traces_of(listed: Sequence[Traced], results: Mapping[str, str]) -> list[Trace]:
    """The matrix: every requirement that is no need with the needs above it, then the needs that
    nothing fulfils. ``results``: the last result of each test by its code."""
    by_code = {one.code: one for one in listed}
    fulfilled = {target for one in listed for target in one.fulfils}
    deep = any(one.type in LOWER for one in listed)
    lines = []
    for one in listed:
        if one.type == "need" and one.code in fulfilled:
            continue
        needs = () if one.type == "need" else _needs_above(one, by_code)
        seen = {test: results.get(test, "") for test in one.tests}
        gaps = _gaps(
            one, needs, seen, lacks=_to_be_fulfilled(one, deep) and one.code not in fulfilled
        )
        lines.append(Trace(needs, one, seen, gaps))
    return lines


def missing_codes(listed: Iterable[Traced]) -> tuple[int, int]:
    """How many codes are named that are not here, and by how many links."""
    links = [code for one in listed for code in one.dangling]
    return len(set(links)), len(links)


def _gaps(
    one: Traced, needs: tuple[str, ...], seen: Mapping[str, str], *, lacks: bool
) -> frozenset[str]:
    tested = _to_be_tested(one)
    return frozenset(
        gap
        for gap, open_ in (
            ("need", one.type != "need" and not needs),
            ("fulfilled", lacks),
            ("control", one.type == "safety" and not one.controls),
            ("test", tested and not one.tests),
            ("run", any(result in ("", "not_run") for result in seen.values())),
            (
                "failed",
                any(result in ("fail", "inconclusive") for result in seen.values())
                and not one.has_deviation,
            ),
        )
        if open_
    )


def _to_be_fulfilled(one: Traced, deep: bool) -> bool:
    return one.type == "need" or (one.type == "system" and deep)


def _to_be_tested(one: Traced) -> bool:
    return one.type != "need" and one.verification in ("", "test")


def _needs_above(one: Traced, by_code: Mapping[str, Traced]) -> tuple[str, ...]:
    """The needs that are reached by going up the links, each once."""
    found: dict[str, None] = {}
    seen, waiting = {one.code}, list(one.fulfils)
    while waiting:
        code = waiting.pop(0)
        if code in seen or code not in by_code:
            continue
        seen.add(code)
        if by_code[code].type == "need":
            found[code] = None
        waiting += by_code[code].fulfils
    return tuple(sorted(found))


def _in_circles(listed: Sequence[Traced]) -> set[str]:
    """Codes from which the links lead back to themselves: what stays when all loose ends are cut."""
    links = {one.code: set(one.fulfils) for one in listed}
    while True:
        loose = {code for code, targets in links.items() if not targets & links.keys()}
        named = {target for targets in links.values() for target in targets}
        loose |= {code for code in links if code not in named}
        if not loose:
            return set(links)
        links = {code: targets for code, targets in links.items() if code not in loose}
