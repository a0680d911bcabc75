"""Do the units of a formula come out, and is the number in it the one they ask for?

A formula of the bench often hides units in a number: RCF = 1.118e-5 · r · n² with r in cm and
n in rpm. Its units come out when the product of the stated units has the dimension of the
result; the number is then the factor of conversion, and is compared with it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

import pint

from .units import UnitError, _parsed, _registry

LONGEST = 300
FUNCTIONS = ("sqrt", "exp", "log", "ln", "log10", "sin", "cos", "tan", "abs")
CLOSE = Decimal("0.005")


class FormulaError(ValueError):
    """A formula that cannot be read. ``code`` says why, ``where`` what part of it."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}")
        self.code, self.where = code, where


@dataclass(frozen=True, slots=True)
class FormulaCheck:
    """Whether a formula's units come out.

    ``stated`` is the number that stands in a product, ``expected`` the one its units ask for;
    both are None where the formula is no plain product or its dimension is wrong.
    """

    comes_out: bool
    found: str
    wanted: str
    stated: Decimal | None = None
    expected: Decimal | None = None

    @property
    def number_fits(self) -> bool | None:
        """True where the number is within 0.5 % of the one its units ask for."""
        if self.stated is None or self.expected is None or not self.expected:
            return None
        return abs(self.stated / self.expected - 1) <= CLOSE


def check_formula(formula: str, units: Mapping[str, str], result: str) -> FormulaCheck:
    """Whether ``formula`` of variables in ``units`` gives ``result``, a unit.

    Args:
        formula: "p * A", "1.118e-5 * r * n**2", "F = m*a"; ^ and · and × are understood.

    Raises:
        FormulaError: "syntax", "not_allowed", "unknown_name", "adds_unlike", "function_of_unit".
        UnitError: a unit is not known.
    """
    text = formula.rpartition("=")[2].replace("^", "**").replace("·", "*").replace("×", "*")
    if len(text) > LONGEST:
        raise FormulaError("too_long")
    try:
        tree = ast.parse(text.replace("²", "**2").replace("³", "**3").strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("syntax", formula) from None
    registry = _registry()
    given = {name: registry.Quantity(Decimal(1), _parsed(unit)) for name, unit in units.items()}
    try:
        value = _Reader(given, registry).of(tree.body)
    except (DivisionByZero, InvalidOperation, Overflow, OverflowError, RecursionError):
        raise FormulaError("not_allowed", formula) from None
    return _judged(value, _parsed(result), _is_product(tree.body))


def _judged(value: Any, target: Any, product: bool) -> FormulaCheck:
    found, wanted = str(value.dimensionality), str(target.dimensionality)
    if value.dimensionality != target.dimensionality:
        return FormulaCheck(False, found, wanted)
    if not product:
        return FormulaCheck(True, found, wanted)
    unity = _registry().Quantity(Decimal(1), value.units)
    try:
        expected = Decimal(unity.to(target).magnitude)
    except (pint.OffsetUnitCalculusError, pint.DimensionalityError):
        return FormulaCheck(True, found, wanted)
    return FormulaCheck(True, found, wanted, Decimal(value.magnitude), expected)


class _Reader:
    """Evaluates the few forms that a formula may have, with units."""

    def __init__(self, given: Mapping[str, Any], registry: Any) -> None:
        self.given, self.registry = given, registry

    def of(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return self.registry.Quantity(Decimal(str(node.value)), "dimensionless")
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            value = self.of(node.operand)
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, ast.BinOp):
            return self._joined(node)
        if isinstance(node, ast.Call):
            return self._called(node)
        raise FormulaError("not_allowed", ast.unparse(node))

    def _named(self, name: str) -> Any:
        if name in self.given:
            return self.given[name]
        if name == "pi":
            pi = Decimal("3.14159265358979323846264338327950288")
            return self.registry.Quantity(pi, "dimensionless")
        raise FormulaError("unknown_name", name)

    def _joined(self, node: ast.BinOp) -> Any:
        left, right = self.of(node.left), self.of(node.right)
        acts: dict[type, Callable[[], Any]] = {
            ast.Mult: lambda: left * right,
            ast.Div: lambda: left / right,
        }
        if type(node.op) in acts:
            return acts[type(node.op)]()
        if isinstance(node.op, ast.Pow):
            return self._raised(left, right, node)
        if isinstance(node.op, ast.Add | ast.Sub):
            if left.dimensionality != right.dimensionality:
                raise FormulaError("adds_unlike", ast.unparse(node))
            return left
        raise FormulaError("not_allowed", ast.unparse(node))

    def _raised(self, left: Any, right: Any, node: ast.BinOp) -> Any:
        if right.dimensionality:
            raise FormulaError("function_of_unit", ast.unparse(node))
        power = Decimal(right.magnitude)
        if abs(power) > 12:
            raise FormulaError("not_allowed", ast.unparse(node))
        return left ** (int(power) if power == int(power) else power)

    def _called(self, node: ast.Call) -> Any:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or len(node.args) != 1 or node.keywords:
            raise FormulaError("not_allowed", ast.unparse(node))
        value = self.of(node.args[0])
        if name == "abs":
            return value
        if name == "sqrt":
            return value ** Decimal("0.5")
        if value.dimensionality:
            raise FormulaError("function_of_unit", ast.unparse(node))
        return self.registry.Quantity(Decimal(1), "dimensionless")


def _is_product(node: ast.expr) -> bool:
    """True if only products, quotients and powers stand in it."""
    return not any(
        isinstance(one, ast.Call)
        or (isinstance(one, ast.BinOp) and isinstance(one.op, ast.Add | ast.Sub))
        for one in ast.walk(node)
    )


__all__ = ["FormulaCheck", "FormulaError", "UnitError", "check_formula"]
