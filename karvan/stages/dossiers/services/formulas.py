"""Whether a formula's units come out, in words. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from karvan.engines import measurement as engine
from karvan.foundation.people.models import Person
from karvan.stages.dossiers.errors import BadUnit
from karvan.stages.dossiers.measuring_words import unit_fault


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found. ``mark`` is a key of the states of the house."""

    mark: str
    words: str


def check_formula(formula: str, *, units: dict[str, str], result: str, by: Person | None) -> Judged:
    """Say whether the units of a formula come out, and whether the number in it fits them.

    Raises:
        BadUnit: the formula cannot be read, or a unit is not known; the text says which.
    """
    try:
        found = engine.check_formula(formula, units, result)
    except engine.FormulaError as fault:
        raise BadUnit(_fault(fault.code, fault.where)) from fault
    except engine.UnitError as fault:
        raise BadUnit(unit_fault(fault.code, fault.said)) from fault
    if not found.comes_out:
        return Judged(
            "dropped",
            _("The units do not come out: the formula gives %(found)s, the result is %(wanted)s.")
            % {"found": found.found, "wanted": found.wanted},
        )
    if found.number_fits is False:
        return Judged(
            "changed",
            _("The units come out, but the number %(stated)s does not fit them: %(expected)s does.")
            % {"stated": _short(found.stated), "expected": _short(found.expected)},
        )
    if found.number_fits:
        return Judged(
            "done",
            _("The units come out, and the number %(stated)s fits them.")
            % {"stated": _short(found.stated)},
        )
    return Judged("done", _("The units come out."))


def _short(value: object) -> str:
    return f"{float(str(value)):.4g}"


def _fault(code: str, where: str) -> str:
    known = {
        "unknown_name": _("“%(where)s” has no unit; write its unit on a line of its own."),
        "adds_unlike": _("“%(where)s” adds things of different kinds."),
        "function_of_unit": _("“%(where)s” takes a power or a function of something with a unit."),
        "too_long": _("The formula is too long."),
    }
    other = _("The formula cannot be read at “%(where)s”.")
    return known.get(code, other) % {"where": where}
