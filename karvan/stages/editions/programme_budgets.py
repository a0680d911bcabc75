"""What the editions of a programme plan, commit and pay, summed in the programme's currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .budgets import Budget, Row, budget_from, lines_of
from .models import BudgetLine, Edition
from .sums import Sum, total


@dataclass(frozen=True, slots=True)
class Part:
    """What falls to one line of the blueprint, or to one country, over all editions.

    All lines that are countries' own are one, with the code "".
    """

    code: str
    title: str
    planned: Sum
    committed: Sum
    paid: Sum


@dataclass(frozen=True, slots=True)
class ProgrammeBudget:
    """The budgets of editions side by side. ``into`` is the currency of every total."""

    editions: tuple[tuple[Edition, Budget], ...]
    countries: tuple[Part, ...]
    lines: tuple[Part, ...]
    planned: Sum
    committed: Sum
    paid: Sum
    into: str

    @property
    def speaking(self) -> tuple[tuple[Edition, Budget], ...]:
        """The editions that have entered any amount."""
        return tuple(
            (edition, one)
            for edition, one in self.editions
            if one.planned or one.committed or one.paid
        )

    @property
    def silent(self) -> int:
        """How many editions have entered no amount; what they cost is unknown, not zero."""
        return len(self.editions) - len(self.speaking)


def programme_budget(editions: Iterable[Edition], into: str) -> ProgrammeBudget:
    """The budgets of these editions, by edition and by line. Three queries and the editions' own."""
    listed = list(editions)
    held: dict[int, list[BudgetLine]] = {}
    for line in lines_of(listed):
        held.setdefault(line.edition_id, []).append(line)
    budgets = tuple((one, budget_from(held.get(one.pk, ()), into)) for one in listed)
    rows = [row for _edition, budget in budgets for row in budget.rows]
    every = _part("", "", rows)
    return ProgrammeBudget(
        budgets,
        _by_country(budgets),
        _by_line(rows),
        every.planned,
        every.committed,
        every.paid,
        into,
    )


def _by_country(budgets: Iterable[tuple[Edition, Budget]]) -> tuple[Part, ...]:
    """The countries that have entered any amount, by name."""
    groups: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for edition, budget in budgets:
        if budget.planned or budget.committed or budget.paid:
            names[edition.country_id] = str(edition.country)
            groups.setdefault(edition.country_id, []).extend(budget.rows)
    parts = [_part(code, names[code], rows) for code, rows in groups.items()]
    return tuple(sorted(parts, key=lambda one: one.title))


def _by_line(rows: list[Row]) -> tuple[Part, ...]:
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: (one.line.is_own, one.line.position)):
        groups.setdefault("" if row.line.is_own else row.line.code, []).append(row)
    return tuple(
        _part(code, str(found[-1].line) if code else _("The countries' own lines"), found)
        for code, found in groups.items()
    )


def _part(code: str, title: str, rows: list[Row]) -> Part:
    return Part(
        code,
        title,
        total(one.planned for one in rows),
        total(one.committed for one in rows),
        total(one.paid for one in rows),
    )
