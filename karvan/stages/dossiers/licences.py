"""Licences: known by their SPDX names, and what a source asks of what is made from it."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from license_expression import ExpressionError, ExpressionParseError, get_spdx_licensing

from .errors import BadLicence

# Offered first, because they were written for what they are offered for.
HARDWARE = ("CERN-OHL-S-2.0", "CERN-OHL-W-2.0", "CERN-OHL-P-2.0", "TAPR-OHL-1.0", "CC-BY-SA-4.0")
DOCUMENTATION = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0")
SOFTWARE = ("GPL-3.0-or-later", "Apache-2.0", "MIT", "LGPL-3.0-or-later")

# Share-alike: what is made from it may go out under one of these only.
_ALLOWED: dict[str, frozenset[str]] = {
    "CERN-OHL-S-2.0": frozenset({"CERN-OHL-S-2.0"}),
    "CERN-OHL-W-2.0": frozenset({"CERN-OHL-W-2.0", "CERN-OHL-S-2.0"}),
    "CERN-OHL-1.1": frozenset({"CERN-OHL-1.1", "CERN-OHL-1.2"}),
    "CERN-OHL-1.2": frozenset({"CERN-OHL-1.2"}),
    "TAPR-OHL-1.0": frozenset({"TAPR-OHL-1.0"}),
    "CC-BY-SA-3.0": frozenset({"CC-BY-SA-3.0", "CC-BY-SA-4.0"}),
    "CC-BY-SA-4.0": frozenset({"CC-BY-SA-4.0", "GPL-3.0-only", "GPL-3.0-or-later"}),
    "GPL-2.0-only": frozenset({"GPL-2.0-only"}),
    "GPL-2.0-or-later": frozenset(
        {"GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later",
         "AGPL-3.0-only", "AGPL-3.0-or-later"}
    ),
    "GPL-3.0-only": frozenset({"GPL-3.0-only", "AGPL-3.0-only"}),
    "GPL-3.0-or-later": frozenset(
        {"GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "AGPL-3.0-or-later"}
    ),
    "LGPL-3.0-or-later": frozenset(
        {"LGPL-3.0-only", "LGPL-3.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"}
    ),
    "LGPL-3.0-only": frozenset({"LGPL-3.0-only", "GPL-3.0-only"}),
    "AGPL-3.0-only": frozenset({"AGPL-3.0-only"}),
    "AGPL-3.0-or-later": frozenset({"AGPL-3.0-only", "AGPL-3.0-or-later"}),
}  # fmt: skip


def parse_licence(text: str) -> str:
    """The licence as an SPDX expression: "gpl-3.0-or-later" → "GPL-3.0-or-later".

    Raises:
        BadLicence: it is none; the sentence offers the nearest that is.
    """
    typed = text.strip()
    if not typed:
        raise BadLicence(_("Name a licence, such as CERN-OHL-S-2.0."))
    try:
        return str(_licensing().parse(typed, validate=True, strict=True))
    except (ExpressionError, ExpressionParseError):
        pass
    near = suggested(typed)
    if near:
        raise BadLicence(
            _("“%(typed)s” is no SPDX licence. Did you mean %(near)s?")
            % {"typed": typed, "near": ", ".join(near)}
        )
    raise BadLicence(
        _("“%(typed)s” is no SPDX licence. Take one of the list at spdx.org/licenses.")
        % {"typed": typed}
    )


def suggested(typed: str) -> list[str]:
    """Up to three SPDX licences that free text such as "CERN OHL v1.2" may mean, nearest first."""
    wanted = _folded(typed)
    known = _by_folded_name()
    if wanted in known:
        return known[wanted]
    starting = [
        name
        for folded, names in known.items()
        if wanted and folded.startswith(wanted)
        for name in names
    ]
    if starting:
        return sorted(set(starting), key=lambda name: (len(name), name))[:3]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.75)
    return [known[one][0] for one in near]


def laxer_than_source(licence: str, source: str) -> bool:
    """True if ``licence`` gives away more than a share-alike ``source`` allows.

    Expressions with OR: it is enough that one choice of the source allows it. With AND:
    all of them bind. An expression that cannot be read binds nobody here; it is refused
    where it is typed.
    """
    parsed = _parsed(source)
    return parsed is not None and not _fits(parsed, frozenset(_names(licence)))


def allowed_under(source: str) -> list[str]:
    """The licences a share-alike source allows; [] where it asks for none."""
    sets = [_ALLOWED[one] for one in _names(source) if one in _ALLOWED]
    return sorted(frozenset.intersection(*sets)) if sets else []


def _fits(source: Any, given: frozenset[str]) -> bool:
    """True if one of the licences given may follow the source; a lax source binds nobody."""
    if isinstance(source, _licensing().OR):
        return any(_fits(one, given) for one in source.args)
    if isinstance(source, _licensing().AND):
        return all(_fits(one, given) for one in source.args)
    allowed = _ALLOWED.get(str(source))
    return allowed is None or bool(given & allowed)


def _parsed(expression: str) -> Any:
    try:
        return _licensing().parse(expression)
    except (ExpressionError, ExpressionParseError):
        return None


def _names(expression: str) -> list[str]:
    parsed = _parsed(expression)
    return [str(one) for one in _licensing().license_keys(parsed)] if parsed else []


@cache
def _licensing() -> Any:
    return get_spdx_licensing()


@cache
def _by_folded_name() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for name, symbol in _licensing().known_symbols.items():
        if symbol.is_exception or name.startswith("LicenseRef-"):
            continue
        for called in (name, *symbol.aliases):
            if called.startswith("LicenseRef-"):
                continue
            found = known.setdefault(_folded(called), [])
            if name not in found:
                found.append(name)
    return known


def _folded(text: str) -> str:
    """Small letters and figures only; "v1.2", "version 1.2" and "1.2" are one."""
    plain = re.sub(r"\b(version|ver|v)\.?\s*(?=\d)", "", text.lower())
    plain = re.sub(r"\b(the|licen[cs]e|public)\b", "", plain)
    return re.sub(r"[^a-z0-9]+", "", plain)
