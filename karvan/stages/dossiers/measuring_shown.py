"""What the screens show of measurements: results as they are reported, budgets as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .measuring_words import DISTRIBUTION_NAMES, decimal_text, figures_text, quantity_name
from .models import Measurement
from .services.measuring_budget import PROPOSED_UNITS, budget_of, is_overdue, report_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A result: "12.35 ± 0.10" with its unit beside it, k, and what is to be said of it."""

    measurement: Measurement
    value: str
    expanded: str
    unit: str
    coverage: str
    quantity: str
    overdue: bool

    @property
    def known(self) -> bool:
        return bool(self.expanded)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of a budget as it is shown; ``share`` is in per cent of the combined variance."""

    name: str
    kind: str
    value: str
    distribution: str
    divisor: str
    standard: str
    share: float
    freedom: str


def result_shown(measurement: Measurement) -> Shown:
    """How one result reads."""
    report = report_of(measurement)
    unit = measurement.unit
    return Shown(
        measurement=measurement,
        value=decimal_text(report.value),
        expanded="" if report.expanded is None else decimal_text(report.expanded),
        unit="" if unit == "1" else unit,
        coverage=figures_text(measurement.coverage_factor),
        quantity=quantity_name(measurement.quantity),
        overdue=is_overdue(measurement),
    )


def shown_measurements(measurements: Iterable[Measurement]) -> list[Shown]:
    """How many results read."""
    return [result_shown(one) for one in measurements]


def budget_rows(measurement: Measurement) -> dict[str, Any] | None:
    """The budget as rows with its sums; None where there is nothing to combine."""
    budget = budget_of(measurement)
    if budget is None:
        return None
    rows = [
        BudgetRow(
            name=line.component.name
            or _("Spread of %(n)s readings") % {"n": len(measurement.readings)},
            kind=line.component.kind,
            value=figures_text(line.component.value),
            distribution=str(DISTRIBUTION_NAMES[line.component.distribution]),
            divisor=figures_text(line.component.divides),
            standard=figures_text(line.standard, 3),
            share=round(float(100 * line.share), 1),
            freedom="∞" if line.component.freedom is None else str(line.component.freedom),
        )
        for line in budget.lines
    ]
    return {
        "rows": rows,
        "standard": figures_text(budget.standard, 3),
        "expanded": figures_text(budget.expanded, 3),
        "coverage": figures_text(budget.coverage),
        "freedom": "∞" if budget.freedom is None else figures_text(Decimal(int(budget.freedom))),
        "largest": max(rows, key=lambda row: row.share).name,
    }


def proposed_units() -> list[tuple[str, str]]:
    """The units that are usual for each quantity, for the list under the form."""
    return [
        (quantity_name(quantity), ", ".join(units)) for quantity, units in PROPOSED_UNITS.items()
    ]
