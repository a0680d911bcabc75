"""Measuring: units, uncertainty, verdicts; and signals, from the bytes of a file to its figures.

Pure: no database, no files, no clock. A file is its bytes; several are a mapping of names.
"""

from __future__ import annotations

from .formulas import FormulaCheck, FormulaError, check_formula
from .reporting import Reported, plain, reported, significant
from .uncertainty import (
    DIVISORS,
    BadBudget,
    Budget,
    Component,
    Line,
    Readings,
    combine,
    coverage_for,
    of_instrument,
    of_readings,
    read_many,
)
from .units import (
    QUANTITIES,
    Unit,
    UnitError,
    check_unit,
    convert,
    convert_difference,
    is_unit,
    parse_unit,
    quantities_of,
)
from .verdicts import FAIL, INCONCLUSIVE, PASS, guarded_verdict, simple_verdict

__all__ = [
    "DIVISORS",
    "FAIL",
    "INCONCLUSIVE",
    "PASS",
    "QUANTITIES",
    "BadBudget",
    "Budget",
    "Component",
    "FormulaCheck",
    "FormulaError",
    "Line",
    "Readings",
    "Reported",
    "Unit",
    "UnitError",
    "check_formula",
    "check_unit",
    "combine",
    "convert",
    "convert_difference",
    "coverage_for",
    "guarded_verdict",
    "is_unit",
    "of_instrument",
    "of_readings",
    "parse_unit",
    "plain",
    "quantities_of",
    "read_many",
    "reported",
    "significant",
    "simple_verdict",
]
