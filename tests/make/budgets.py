"""Builders of budgets: lines, shares, amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from karvan.stages.editions.models import (
    BudgetEntry,
    BudgetLine,
    BudgetShare,
    Edition,
    EditionPartner,
)

from .editions import edition
from .people import one, party, texts


def budget_line(code: str = "", *, of: Edition | None = None, **fields: Any) -> BudgetLine:
    """A line of the country's own, which any partner may bear."""
    code = code or f"LINE{one()}"
    fields.setdefault("titles", texts(f"Line {code}"))
    fields.setdefault("basis", "lump_sum")
    fields.setdefault("is_own", True)
    return BudgetLine.objects.create(edition=of or edition(), code=code, **fields)


def edition_partner(of: Edition, part: str = "partner", **fields: Any) -> EditionPartner:
    fields.setdefault("party", None)
    fields["party"] = fields["party"] or party()
    return EditionPartner.objects.create(edition=of, part=part, **fields)


def budget_share(line: BudgetLine, percent: int = 50, **fields: Any) -> BudgetShare:
    fields.setdefault("partner", None)
    fields["partner"] = fields["partner"] or edition_partner(line.edition)
    return BudgetShare.objects.create(line=line, part=percent * 100, **fields)


def budget_entry(
    line: BudgetLine, amount: str = "100.00", currency: str = "AZN", **fields: Any
) -> BudgetEntry:
    """A planned amount without a rate."""
    fields.setdefault("kind", "planned")
    fields.setdefault("on", date(2026, 5, 1))
    fields.setdefault("made_at", timezone.now())
    return BudgetEntry.objects.create(
        line=line, amount=Decimal(amount), currency=currency, **fields
    )
