"""Budgets and plans as files that a spreadsheet opens: each amount with its currency beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui.registers import Column
from karvan.foundation.ui.registers.export import KINDS, file

from .budgets import Budget, amount_of, counting, left_out_in_words
from .models import BudgetEntry, Edition
from .plans import Plan
from .programme_budgets import ProgrammeBudget
from .sums import Sum, total

_AMOUNT_COLUMNS = (
    Column("code", gettext_lazy("Code"), value="line.code"),
    Column("line", gettext_lazy("Budget line"), kind="name"),
    Column("kind", gettext_lazy("What"), value=lambda e: e.get_kind_display()),
    Column("on", gettext_lazy("Date"), kind="date"),
    Column("partner", gettext_lazy("Committed or paid by"), value=lambda e: e.partner or ""),
    Column("quantity", gettext_lazy("Quantity"), kind="number"),
    Column("unit_cost", gettext_lazy("Cost of one"), kind="number"),
    Column("amount", gettext_lazy("Amount"), kind="number"),
    Column("currency", gettext_lazy("Currency")),
    Column("rate", gettext_lazy("Rate"), kind="number"),
    Column("rate_on", gettext_lazy("Date of the rate"), kind="date"),
    Column("rate_source", gettext_lazy("Where the rate comes from")),
    Column("converted", gettext_lazy("In the programme's currency"), kind="number", value=lambda e: _into(e)),
    Column("into", gettext_lazy("Programme's currency"), value="line.edition.programme.currency"),
    Column("counts", gettext_lazy("Counts"), kind="flag", value=lambda e: e in counting(e.line)),
    Column("note", gettext_lazy("Note")),
)  # fmt: skip
_TOTAL_COLUMNS = (
    Column("edition", gettext_lazy("Edition")),
    Column("code", gettext_lazy("Code")),
    Column("line", gettext_lazy("Budget line")),
    Column("currency", gettext_lazy("Currency")),
    Column("planned", gettext_lazy("Planned"), kind="number"),
    Column("committed", gettext_lazy("Committed"), kind="number"),
    Column("paid", gettext_lazy("Paid"), kind="number"),
    Column("note", gettext_lazy("Note")),
)
_PLAN_COLUMNS = (
    Column("edition", gettext_lazy("Edition"), value=lambda pair: pair[0]),
    Column("kind", gettext_lazy("Kind"), value=lambda pair: pair[1].kind_word),
    Column("what", gettext_lazy("What"), value=lambda pair: pair[1].what),
    Column("planned", gettext_lazy("Planned"), value=lambda pair: pair[1].planned),
    Column("actual", gettext_lazy("Actual"), value=lambda pair: pair[1].actual),
    Column("word", gettext_lazy("State"), value=lambda pair: pair[1].word),
    Column("detail", gettext_lazy("Difference"), value=lambda pair: pair[1].detail),
    Column("reason", gettext_lazy("Why"), value=lambda pair: pair[1].reason),
)


@dataclass(frozen=True, slots=True)
class _Total:
    """One line's totals in one currency; None is that there is no amount."""

    edition: str
    code: str
    line: str
    currency: str
    planned: Decimal | None
    committed: Decimal | None
    paid: Decimal | None
    note: str = ""


def wanted(asked: Any) -> str:
    """The kind of file that an address asks for, or ""."""
    kind = asked.get("format", "")
    return kind if kind in KINDS else ""


def amounts_file(kind: str, edition: Edition, budget: Budget) -> HttpResponse:
    """Every amount of the budget, those corrected included."""
    rows = [entry for row in budget.rows for entry in row.line.entries.all()]
    name = f"{edition.slug}-amounts"
    return file(kind, name=name, columns=_AMOUNT_COLUMNS, rows=rows)


def totals_file(kind: str, edition: Edition, budget: Budget) -> HttpResponse:
    """The lines' totals by currency, each also in the programme's over what has a rate."""
    rows = list(_totals(edition, budget))
    return file(kind, name=f"{edition.slug}-budget", columns=_TOTAL_COLUMNS, rows=rows)


def programme_file(kind: str, code: str, budget: ProgrammeBudget) -> HttpResponse:
    """The totals of all editions one under the other."""
    rows = [one for edition, own in budget.editions for one in _totals(edition, own) if own.rows]
    return file(kind, name=f"{code.lower()}-budgets", columns=_TOTAL_COLUMNS, rows=rows)


def plan_file(kind: str, name: str, plans: Iterable[Plan], *, differing: bool) -> HttpResponse:
    """What was planned and what became of it, of one edition or of several."""
    rows = [
        (plan.edition, one)
        for plan in plans
        for one in (plan.differing if differing else plan.comparisons)
    ]
    return file(kind, name=name, columns=_PLAN_COLUMNS, rows=rows)


def _totals(edition: Edition, budget: Budget) -> Iterator[_Total]:
    for row in budget.rows:
        yield from _rows(
            edition, row.line.code, str(row.line), (row.planned, row.committed, row.paid), budget
        )
    yield from _rows(
        edition, "", _("All lines"), (budget.planned, budget.committed, budget.paid), budget
    )


def _rows(
    edition: Edition, code: str, title: str, sums: tuple[Sum, Sum, Sum], budget: Budget
) -> Iterator[_Total]:
    for currency in sorted(set().union(*(one.currencies for one in sums))):
        held = [one.of(currency) if currency in one.currencies else None for one in sums]
        yield _Total(str(edition), code, title, currency, held[0], held[1], held[2])
    known = [one.converted if one.count > one.without_rate else None for one in sums]
    words = _("in %(into)s, at the rates given") % {"into": budget.into}
    note = left_out_in_words(total(sums))
    yield _Total(str(edition), code, title, words, known[0], known[1], known[2], note)


def _into(entry: BudgetEntry) -> Decimal | None:
    return amount_of(entry, entry.line.edition.programme.currency).converted
