"""A budget line beside its frozen plan: what was committed and paid."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from ..budgets import Row, sum_in_words
from ..models import Edition, PlanLine
from ..sums import NoComparison, Sum, excess
from .comparison import Comparison

_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


def budget(edition: Edition, row: Row, line: PlanLine | None) -> Comparison:
    """A budget line's frozen plan, and what was committed and paid."""
    committed = sum_in_words(row.committed) if row.committed else _("nothing")
    paid = sum_in_words(row.paid) if row.paid else _("nothing")
    actual = _("committed: %(committed)s; paid: %(paid)s") % {"committed": committed, "paid": paid}
    if not row.committed and not row.paid:
        actual = _("nothing committed or paid")
    frozen = _frozen_sum(line)
    planned = _("not in the plan") if line is None else _planned_money(frozen)
    mark, word, detail = _budget_mark(edition, row, frozen, line)
    return Comparison(
        "budget", str(row.line), planned, actual, mark, word, detail, "", row.line.code
    )


def _budget_mark(
    edition: Edition, row: Row, frozen: Sum, line: PlanLine | None
) -> tuple[str, str, str]:
    into = edition.programme.currency
    spent = [one for one in (row.committed, row.paid) if one]
    if line is None:
        return "changed", _("added later"), ""
    if not frozen and not row.planned and not spent:
        return "open", _("nothing was planned"), ""
    try:
        over = [by for one in spent if (by := excess(one, frozen, into)) is not None]
        under = excess(frozen, row.paid, into) if row.paid and edition.state in _OVER else None
    except NoComparison as unknown:
        return "unknown", _("cannot be compared"), _no_rates(unknown.without_rate)
    if over:
        most = max(over, key=lambda one: one.amount)
        return "changed", _("over the plan"), formats.money(most.amount, most.currency)
    if row.planned.amounts != frozen.amounts:
        now = {"amount": sum_in_words(row.planned)}
        return "changed", _("planned anew"), _("now %(amount)s") % now
    if under is not None:
        return "changed", _("under the plan"), formats.money(under.amount, under.currency)
    if not spent:
        if edition.state in _OVER:
            return "unknown", _("nobody has said what was spent"), ""
        return "open", _("nothing committed yet"), ""
    return "kept", _("within the plan"), ""


def _frozen_sum(line: PlanLine | None) -> Sum:
    if line is None:
        return Sum()
    planned = line.planned
    return Sum(
        tuple(
            (currency, Decimal(amount)) for currency, amount in sorted(planned["amounts"].items())
        ),
        Decimal(planned["converted"]),
        int(planned["without_rate"]),
        int(planned["count"]),
    )


def _planned_money(frozen: Sum) -> str:
    return sum_in_words(frozen) if frozen else _("nothing planned")


def _no_rates(count: int) -> str:
    return ngettext("%(count)s amount has no rate", "%(count)s amounts have no rate", count) % {
        "count": formats.number(count)
    }
