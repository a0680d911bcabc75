"""Amounts planned, committed and paid. Never changed: a correction is a second amount."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui import formats

from ..currencies import is_currency
from ..errors import (
    AlreadyCorrected,
    BadAmount,
    BadRate,
    MayNotBear,
    ReasonMissing,
    UnknownCurrency,
    WrongDates,
)
from ..models import BudgetEntry, BudgetLine, EditionPartner
from ..sums import product, to_cents
from .budgeting import locked_line

_MOST = Decimal(10) ** 12  # amounts have twelve digits before the point
_MOST_OF, _MOST_COST = Decimal(10) ** 8, Decimal(10) ** 10
_MOST_RATE = Decimal(10) ** 8


@dataclass(frozen=True, slots=True)
class Money:
    """What is said of an amount, as it was typed: an amount, or a quantity and the cost of one.

    rate: units of the programme's currency for one unit of ``currency``, as of ``rate_on``.
    """

    currency: str
    on: date
    amount: Decimal | None = None
    quantity: Decimal | None = None
    unit_cost: Decimal | None = None
    partner: EditionPartner | None = None
    rate: Decimal | None = None
    rate_on: date | None = None
    rate_source: str = ""
    note: str = ""


@transaction.atomic
def enter_amount(line: BudgetLine, *, kind: str, by: Person | None, **said: Any) -> BudgetEntry:
    """Plan, commit or pay an amount on a line. ``said`` is what ``Money`` takes.

    More committed than planned, or paid than committed, is not refused: it is shown.

    Raises:
        BadAmount: no amount, a negative or too large one, or not what quantity and cost come to.
        UnknownCurrency: there is no such currency.
        BadRate: a rate without its date or the reverse, 0 or less, of a day to come, or one
            for the programme's own currency.
        WrongDates: something is said to have been paid on a day to come.
        MayNotBear: the partner is of another edition, or named for what is only planned.
        WrongState: the edition is over.
    """
    line = locked_line(line)
    entry = _make(line, kind, Money(**said), by)
    record("amount entered", line, by=by, after=_said(entry))
    return entry


@transaction.atomic
def correct_amount(
    entry: BudgetEntry, *, reason: str, by: Person | None, **said: Any
) -> BudgetEntry:
    """Say an amount anew; the first one stays to be read and counts no more.

    An amount that should never have been there is corrected to 0.

    Raises:
        AlreadyCorrected: it has been corrected; correct the correction.
        ReasonMissing: nothing says why.
        BadAmount, UnknownCurrency, BadRate, WrongDates, MayNotBear, WrongState: as for ``enter_amount``.
    """
    line = locked_line(entry.line)
    if BudgetEntry.objects.filter(corrects=entry).exists():
        raise AlreadyCorrected(
            _("This amount has been corrected already. Correct the newer amount instead.")
        )
    if not reason.strip():
        raise ReasonMissing(_("Say why the amount is corrected."))
    made = _make(line, entry.kind, Money(**said), by, corrects=entry)
    before, after = _said(entry), _said(made)
    same = [key for key in before if before[key] == after.get(key) and key != "amount"]
    for key in same:
        del before[key], after[key]
    record("amount corrected", line, by=by, before=before, after=after, reason=reason)
    return made


def _make(
    line: BudgetLine,
    kind: str,
    money: Money,
    by: Person | None,
    corrects: BudgetEntry | None = None,
) -> BudgetEntry:
    if kind not in BudgetEntry.Kind.values:
        raise ValueError(f"no kind {kind!r}; the kinds are {', '.join(BudgetEntry.Kind.values)}")
    amount = _amount(money)
    _check_currency(money.currency)
    _check_rate(money, line.edition.programme.currency)
    _check_partner(line, kind, money.partner)
    if kind == BudgetEntry.Kind.PAID and money.on > clock.today():
        raise WrongDates(_("What was paid was paid on a day that has come; this one has not."))
    values = {one.name: getattr(money, one.name) for one in fields(money)} | {"amount": amount}
    return BudgetEntry.objects.create(
        line=line, kind=kind, corrects=corrects, made_by=by, made_at=clock.now(), **values
    )


def _amount(money: Money) -> Decimal:
    """The amount in hundredths: as typed, else quantity by cost of one, rounded half to even."""
    quantity, cost = money.quantity, money.unit_cost
    if any(one is not None and one < 0 for one in (money.amount, quantity, cost)):
        raise BadAmount(_("Amounts, quantities and costs are 0 or more."))
    if (quantity or 0) >= _MOST_OF or (cost or 0) >= _MOST_COST:
        raise BadAmount(_("This quantity or cost is too large."))
    if any(one is not None and one != to_cents(one) for one in (quantity, cost, money.amount)):
        raise BadAmount(_("Amounts, quantities and costs have two decimals at most."))
    if (quantity is None) != (cost is None) and money.amount is None:
        raise BadAmount(_("Give the quantity and the cost of one, or the amount alone."))
    counted = product(quantity, cost) if quantity is not None and cost is not None else None
    if counted is None and money.amount is None:
        raise BadAmount(_("Give an amount, or a quantity and the cost of one."))
    if counted is not None and money.amount is not None and money.amount != counted:
        raise BadAmount(
            _(
                "%(quantity)s at %(cost)s come to %(counted)s, not to %(amount)s. Leave one of them out."
            )
            % {
                "quantity": formats.number(quantity or 0),
                "cost": formats.money(cost or 0, money.currency),
                "counted": formats.money(counted, money.currency),
                "amount": formats.money(money.amount, money.currency),
            }
        )
    amount = money.amount if counted is None else counted
    if amount is None or amount >= _MOST:
        raise BadAmount(_("This amount has more than twelve figures."))
    return amount


def _check_currency(code: str) -> None:
    if not is_currency(code):
        raise UnknownCurrency(
            _("There is no currency “%(code)s”. Its code has three letters, such as KZT.")
            % {"code": code}
        )


def _check_rate(money: Money, into: str) -> None:
    words = {"currency": money.currency, "into": into}
    if (money.rate is None) != (money.rate_on is None):
        raise BadRate(_("A rate goes with the date on which it held. Give both, or neither."))
    if money.rate is None or money.rate_on is None:
        return
    if money.currency == into:
        raise BadRate(_("%(currency)s is the programme's own currency: it needs no rate.") % words)
    if not 0 < money.rate < _MOST_RATE:
        raise BadRate(
            _("A rate is how many %(into)s one %(currency)s was worth: more than 0.") % words
        )
    if money.rate_on > clock.today():
        raise BadRate(_("Nobody knows the rate of a day that has not come."))


def _check_partner(line: BudgetLine, kind: str, partner: EditionPartner | None) -> None:
    if partner is None:
        return
    if partner.edition_id != line.edition_id:
        raise MayNotBear(_("This partner is not one of this edition's."))
    if kind == BudgetEntry.Kind.PLANNED:
        raise MayNotBear(
            _("Who bears what is planned is said by the shares of the line. Leave the partner out.")
        )


def _said(entry: BudgetEntry) -> dict[str, Any]:
    """What the record keeps of an amount."""
    said: dict[str, Any] = {
        "kind": entry.kind,
        "amount": f"{to_cents(entry.amount):f}",
        "currency": entry.currency,
        "on": entry.on,
    }
    if entry.rate is not None:
        said |= {"rate": f"{entry.rate.normalize():f}", "rate_of": entry.rate_on}
    if entry.partner is not None:
        said["party"] = entry.partner.party.code
    return said
