"""What the editions of a programme plan, commit and pay, summed in the programme's currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .budgets import Budget, Row, budget_from, lines_of
from .models import BudgetLine, Edition
from .sums import Sum, total


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line of the blueprint over all editions; all lines of countries' own are one."""

    code: str
    title: str
    planned: Sum
    committed: Sum
    paid: Sum


@dataclass(frozen=True, slots=True)
class ProgrammeBudget:
    """The budgets of editions side by side. ``into`` is the currency of every total."""

    editions: tuple[tuple[Edition, Budget], ...]
    lines: tuple[LineSum, ...]
    planned: Sum
    committed: Sum
    paid: Sum
    into: str

    @property
    def planning(self) -> int:
        """How many editions have planned something."""
        return sum(bool(budget.planned) for _edition, budget in self.editions)


def programme_budget(editions: Iterable[Edition], into: str) -> ProgrammeBudget:
    """The budgets of these editions, by edition and by line. Three queries and the editions' own."""
    listed = list(editions)
    held: dict[int, list[BudgetLine]] = {}
    for line in lines_of(listed):
        held.setdefault(line.edition_id, []).append(line)
    budgets = tuple((one, budget_from(held.get(one.pk, ()), into)) for one in listed)
    every = [budget for _edition, budget in budgets]
    return ProgrammeBudget(
        budgets,
        _by_line([row for budget in every for row in budget.rows]),
        total(one.planned for one in every),
        total(one.committed for one in every),
        total(one.paid for one in every),
        into,
    )


def _by_line(rows: list[Row]) -> tuple[LineSum, ...]:
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: (one.line.is_own, one.line.position)):
        groups.setdefault("" if row.line.is_own else row.line.code, []).append(row)
    return tuple(
        LineSum(
            code,
            str(found[-1].line) if code else _("The countries' own lines"),
            total(one.planned for one in found),
            total(one.committed for one in found),
            total(one.paid for one in found),
        )
        for code, found in groups.items()
    )
