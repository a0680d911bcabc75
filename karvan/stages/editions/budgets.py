"""An edition's budget as it is read: what is planned, committed and paid, and who bears it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .models import BudgetEntry, BudgetLine, BudgetShare, Edition, EditionPartner
from .sums import (
    WHOLE,
    Amount,
    NoComparison,
    Sum,
    converted,
    divided,
    excess,
    sum_of,
    total,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its sums, its shares and what is to be looked at, in words."""

    line: BudgetLine
    planned: Sum
    committed: Sum
    paid: Sum
    shares: tuple[BudgetShare, ...]
    warnings: tuple[str, ...]

    @property
    def unborne(self) -> int:
        """What nobody bears yet, in hundredths of a per cent."""
        return WHOLE - sum(one.part for one in self.shares)

    @property
    def unborne_fraction(self) -> Decimal:
        return Decimal(self.unborne) / WHOLE

    @property
    def unborne_digits(self) -> int:
        return 0 if self.unborne % 100 == 0 else 2


@dataclass(frozen=True, slots=True)
class Bearer:
    """What one partner bears of the whole; ``partner`` None is what nobody is named for.

    ``planned`` comes from the shares; ``in_kind`` is the part of it that is not money.
    """

    partner: EditionPartner | None
    planned: Sum
    in_kind: Sum
    committed: Sum
    paid: Sum


@dataclass(frozen=True, slots=True)
class Budget:
    """All lines, their totals, and who bears them. ``into`` is the programme's currency."""

    rows: tuple[Row, ...]
    planned: Sum
    committed: Sum
    paid: Sum
    bearers: tuple[Bearer, ...]
    into: str


def lines_of(editions: Iterable[Edition]) -> QuerySet[BudgetLine]:
    """The lines of editions with their amounts and shares. Three queries when it is read."""
    return (
        BudgetLine.objects.filter(edition__in=list(editions))
        .select_related("edition__programme")
        .prefetch_related(
            Prefetch("entries", BudgetEntry.objects.select_related("partner__party", "made_by")),
            Prefetch("shares", BudgetShare.objects.select_related("partner__party")),
        )
    )


def budget_of(edition: Edition) -> Budget:
    """The edition's whole budget. Three queries, one more where its programme was not fetched."""
    return budget_from(lines_of([edition]), edition.programme.currency)


def budget_from(lines: Iterable[BudgetLine], into: str) -> Budget:
    """The budget that these lines make, summed into one programme's currency. No queries."""
    rows = tuple(row_of(line, into) for line in lines)
    return Budget(
        rows,
        total(row.planned for row in rows),
        total(row.committed for row in rows),
        total(row.paid for row in rows),
        _bearers(rows, into),
        into,
    )


def row_of(line: BudgetLine, into: str) -> Row:
    """One line summed up. No queries where ``lines_of`` fetched it."""
    entries = counting(line)
    sums = {
        kind: sum_of(amount_of(one, into) for one in entries if one.kind == kind)
        for kind in BudgetEntry.Kind.values
    }
    planned, committed, paid = (sums[kind] for kind in BudgetEntry.Kind.values)
    warnings = _warnings(planned, committed, paid, into)
    return Row(line, planned, committed, paid, tuple(line.shares.all()), warnings)


def counting(line: BudgetLine) -> list[BudgetEntry]:
    """The line's amounts that count: those that no later one corrects."""
    entries = list(line.entries.all())
    corrected = {one.corrects_id for one in entries}
    return [one for one in entries if one.pk not in corrected]


def amount_of(entry: BudgetEntry, into: str) -> Amount:
    """An entry as an amount that can be summed."""
    return Amount(
        entry.amount,
        entry.currency,
        converted(entry.amount, entry.currency, entry.rate, into),
    )


def left_out_in_words(of: Sum) -> str:
    """How many amounts are not in the total of the programme's currency; "" if all are."""
    if of.is_whole:
        return ""
    return ngettext(
        "%(count)s amount without a rate is not in it",
        "%(count)s amounts without a rate are not in it",
        of.without_rate,
    ) % {"count": formats.number(of.without_rate)}


def sum_in_words(of: Sum) -> str:
    """The totals by currency in one line: "1,200.00 KZT; 300.00 USD"; unknown is said."""
    if not of:
        return _("unknown")
    return formats.in_a_row(
        (formats.money(amount, currency) for currency, amount in of.amounts), ";"
    )


def _warnings(planned: Sum, committed: Sum, paid: Sum, into: str) -> tuple[str, ...]:
    found = []
    for more, than, over, beside in (
        (committed, planned, _("Committed over planned by %(amount)s"), _("committed and planned")),
        (paid, committed, _("Paid over committed by %(amount)s"), _("paid and committed")),
    ):
        try:
            by = excess(more, than, into)
        except NoComparison as unknown:
            words = {"what": beside, "count": formats.number(unknown.without_rate)}
            found.append(
                ngettext(
                    "Whether %(what)s fit is unknown: %(count)s amount has no rate",
                    "Whether %(what)s fit is unknown: %(count)s amounts have no rate",
                    unknown.without_rate,
                )
                % words
            )
            continue
        if by is not None:
            found.append(over % {"amount": formats.money(by.amount, by.currency)})
    return tuple(found)


def _bearers(rows: Iterable[Row], into: str) -> tuple[Bearer, ...]:
    """Each partner's part, in the order of the partners; last what nobody is named for."""
    partners: dict[int | None, EditionPartner | None] = {}
    held: dict[tuple[int | None, str], list[Amount]] = {}
    for row in rows:
        for one in counting(row.line):
            if one.kind == BudgetEntry.Kind.PLANNED:
                continue
            partners[one.partner_id] = one.partner
            held.setdefault((one.partner_id, one.kind), []).append(amount_of(one, into))
        for partner, kind, amount in _planned_parts(row, into):
            partners[partner.pk if partner else None] = partner
            held.setdefault((partner.pk if partner else None, kind), []).append(amount)
    order = sorted(key for key in partners if key is not None) + (
        [None] if None in partners else []
    )
    return tuple(_bearer(partners[key], key, held) for key in order)


def _bearer(
    partner: EditionPartner | None,
    key: int | None,
    held: dict[tuple[int | None, str], list[Amount]],
) -> Bearer:
    sums = {
        kind: sum_of(held.get((key, kind), ()))
        for kind in ("planned", "in_kind", "committed", "paid")
    }
    return Bearer(
        partner, sums["planned"] + sums["in_kind"], sums["in_kind"], sums["committed"], sums["paid"]
    )


def _planned_parts(row: Row, into: str) -> Iterable[tuple[EditionPartner | None, str, Amount]]:
    """What each share of a line comes to, and what is left for nobody."""
    parts = [share.part for share in row.shares]
    rest = WHOLE - sum(parts)
    bearers: list[tuple[EditionPartner | None, str]] = [
        (share.partner, "in_kind" if share.in_kind else "planned") for share in row.shares
    ]
    if rest:
        parts.append(rest)
        bearers.append((None, "planned"))
    for entry in counting(row.line):
        if entry.kind != BudgetEntry.Kind.PLANNED:
            continue
        whole = amount_of(entry, into)
        amounts = divided(whole.amount, parts)
        known = divided(whole.converted, parts) if whole.converted is not None else None
        for at, (partner, kind) in enumerate(bearers):
            yield partner, kind, Amount(amounts[at], whole.currency, known[at] if known else None)
