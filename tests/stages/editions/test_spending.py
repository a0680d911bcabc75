"""Amounts planned, committed and paid: entered once, corrected by a second, never changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from karvan.foundation import clock
from karvan.foundation.records.models import Record
from karvan.stages.editions.budgets import budget_of, counting, row_of
from karvan.stages.editions.errors import (
    AlreadyCorrected,
    BadAmount,
    BadRate,
    MayNotBear,
    ReasonMissing,
    UnknownCurrency,
    WrongDates,
    WrongState,
)
from karvan.stages.editions.models import BudgetEntry, Edition
from karvan.stages.editions.programme_budgets import programme_budget
from karvan.stages.editions.services import correct_amount, enter_amount, say_share
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db


def line_of(edition=None, code="CATERING"):
    return (edition or adopt()).budget_lines.get(code=code)


def enter(line, kind="planned", currency="MAD", **said):
    said.setdefault("on", clock.today())
    return enter_amount(line, kind=kind, currency=currency, by=None, **said)


def rate(of="0.10"):
    return {"rate": Decimal(of), "rate_on": clock.today(), "rate_source": "A bank"}


def test_quantity_by_the_cost_of_one_is_the_amount():
    entry = enter(line_of(), quantity=Decimal("2.5"), unit_cost=Decimal("0.01"))

    entry.refresh_from_db()
    assert entry.amount == Decimal("0.02")
    assert Record.objects.get(act="amount entered").after["amount"] == "0.02"


def test_amount_is_entered_with_its_rate_and_the_day_of_the_rate():
    entry = enter(line_of(), "committed", amount=Decimal(1000), **rate())

    entry.refresh_from_db()
    assert (entry.rate, entry.rate_on) == (Decimal("0.1"), clock.today())
    assert row_of(entry.line, "USD").committed.converted == Decimal("100.00")


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({}, BadAmount, "Give an amount"),
        ({"amount": Decimal(-1)}, BadAmount, "0 or more"),
        ({"amount": Decimal("1.005")}, BadAmount, "two decimals"),
        ({"amount": Decimal(10) ** 12}, BadAmount, "twelve figures"),
        ({"quantity": Decimal(3)}, BadAmount, "cost of one"),
        ({"quantity": Decimal(10) ** 8, "unit_cost": Decimal(1)}, BadAmount, "too large"),
        (
            {"quantity": Decimal(3), "unit_cost": Decimal(200), "amount": Decimal(500)},
            BadAmount,
            "come to 600.00",
        ),
        ({"amount": Decimal(1), "currency": "ABC"}, UnknownCurrency, "ABC"),
        ({"amount": Decimal(1), "currency": "XXX"}, UnknownCurrency, "XXX"),
        ({"amount": Decimal(1), "rate": Decimal(2)}, BadRate, "Give both"),
        ({"amount": Decimal(1), "rate_on": clock.today()}, BadRate, "Give both"),
        ({"amount": Decimal(1), **rate("0")}, BadRate, "more than 0"),
        ({"amount": Decimal(1), "currency": "USD", **rate("1")}, BadRate, "needs no rate"),
        (
            {"amount": Decimal(1), "rate": Decimal(1), "rate_on": clock.today() + timedelta(1)},
            BadRate,
            "not come",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(said, error, words):
    line = line_of()

    with pytest.raises(error, match=words):
        enter(line, **said)

    assert BudgetEntry.objects.count() == 0
    assert not Record.objects.filter(act="amount entered").exists()


def test_nothing_is_paid_on_a_day_to_come_but_it_may_be_planned():
    line, day = line_of(), clock.today() + timedelta(days=3)

    with pytest.raises(WrongDates):
        enter(line, "paid", amount=Decimal(5), on=day)
    enter(line, "planned", amount=Decimal(5), on=day)

    assert [one.kind for one in BudgetEntry.objects.all()] == ["planned"]


def test_partner_is_named_for_what_is_committed_or_paid_and_not_for_a_plan():
    line = line_of()
    host = line.edition.partners.get()

    with pytest.raises(MayNotBear, match="shares"):
        enter(line, amount=Decimal(5), partner=host)
    with pytest.raises(MayNotBear, match="this edition's"):
        enter(line, "paid", amount=Decimal(5), partner=make.edition_partner(make.edition()))
    enter(line, "paid", amount=Decimal(5), partner=host)

    assert BudgetEntry.objects.get().partner == host


def test_closed_edition_takes_no_amount():
    line = line_of()
    Edition.objects.update(state="closed", adopted_at=make.moment(2027, 1, 1))

    with pytest.raises(WrongState, match="over"):
        enter(line, amount=Decimal(5))

    assert BudgetEntry.objects.count() == 0


def test_correction_is_a_second_amount_and_the_first_counts_no_more():
    line = line_of()
    first = enter(line, amount=Decimal(100))

    second = correct_amount(
        first,
        amount=Decimal(80),
        currency="MAD",
        on=clock.today(),
        reason="A cheaper hall",
        by=None,
    )

    assert [one.amount for one in line.entries.all()] == [100, 80]
    assert counting(line) == [second]
    corrected = Record.objects.get(act="amount corrected")
    assert (corrected.before["amount"], corrected.after["amount"]) == ("100.00", "80.00")
    assert "currency" not in corrected.after
    assert corrected.reason == "A cheaper hall"


def test_amount_is_corrected_once_and_with_a_reason():
    first = enter(line_of(), amount=Decimal(100))
    said = {"amount": Decimal(80), "currency": "MAD", "on": clock.today(), "by": None}

    with pytest.raises(ReasonMissing):
        correct_amount(first, reason=" ", **said)
    correct_amount(first, reason="A cheaper hall", **said)
    with pytest.raises(AlreadyCorrected):
        correct_amount(first, reason="Again", **said)

    assert BudgetEntry.objects.count() == 2


def test_rate_that_becomes_known_is_said_by_a_correction():
    line = line_of()
    first = enter(line, "paid", amount=Decimal(100))
    assert row_of(line, "USD").paid.without_rate == 1

    correct_amount(
        first,
        amount=Decimal(100),
        currency="MAD",
        on=clock.today(),
        reason="Known",
        by=None,
        **rate(),
    )

    paid = row_of(line, "USD").paid
    assert (paid.converted, paid.without_rate) == (Decimal("10.00"), 0)


@pytest.mark.parametrize("act", ["UPDATE", "DELETE"])
def test_database_itself_refuses_to_change_an_amount(act):
    entry = enter(line_of(), amount=Decimal(100))
    sql = {
        "UPDATE": "UPDATE editions_budgetentry SET amount = 1 WHERE id = %s",
        "DELETE": "DELETE FROM editions_budgetentry WHERE id = %s",
    }[act]

    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [entry.pk])

    entry.refresh_from_db()
    assert entry.amount == 100


def test_totals_keep_currencies_apart_and_say_what_has_no_rate():
    edition = adopt()
    enter(line_of(edition), amount=Decimal(1000), **rate())
    enter(line_of(edition), currency="USD", amount=Decimal(50))
    enter(line_of(edition, "VENUE"), currency="EUR", amount=Decimal(70))

    planned = budget_of(edition).planned

    assert planned.amounts == (("EUR", 70), ("MAD", 1000), ("USD", 50))
    assert (planned.converted, planned.without_rate) == (Decimal("150.00"), 1)


def test_more_committed_than_planned_and_more_paid_than_committed_is_shown_not_refused():
    edition = adopt()
    enter(line_of(edition), amount=Decimal(100))
    enter(line_of(edition), "committed", amount=Decimal(120))
    enter(line_of(edition), "paid", amount=Decimal(150))

    row = next(one for one in budget_of(edition).rows if one.line.code == "CATERING")

    assert [one.replace("\xa0", " ") for one in row.warnings] == [
        "Committed over planned by 20.00 MAD",
        "Paid over committed by 30.00 MAD",
    ]


def test_what_cannot_be_compared_for_want_of_a_rate_is_said():
    edition = adopt()
    enter(line_of(edition), amount=Decimal(100))
    enter(line_of(edition), "committed", currency="USD", amount=Decimal(120))

    row = next(one for one in budget_of(edition).rows if one.line.code == "CATERING")

    assert row.warnings == ("Whether committed and planned fit is unknown: 1 amount has no rate",)


def test_each_partner_bears_its_share_of_the_plan_and_what_it_paid():
    edition = adopt()
    line, host, other = line_of(edition), edition.partners.get(), make.edition_partner(edition)
    say_share(line, partner=host, percent=Decimal("33.33"), by=None)
    say_share(line, partner=other, percent=Decimal(40), by=None)
    enter(line, amount=Decimal(100), **rate())
    enter(line, "paid", amount=Decimal(7), partner=other)
    enter(line, "committed", amount=Decimal(9))

    bearers = {one.partner: one for one in budget_of(edition).bearers}

    assert bearers[host].planned.amounts == (("MAD", Decimal("33.33")),)
    assert bearers[other].planned.converted == Decimal("4.00")
    assert bearers[other].paid.amounts == (("MAD", 7),)
    assert bearers[None].planned.amounts == (("MAD", Decimal("26.67")),)
    assert bearers[None].committed.amounts == (("MAD", 9),)


def test_programme_sums_its_editions_by_edition_and_by_line():
    first = adopt()
    second = adopt(first.blueprint, code="EG-2027", country=make.country("EG"), languages=["en"])
    enter(line_of(first), currency="USD", amount=Decimal(100))
    enter(line_of(second), currency="EGP", amount=Decimal(1000), **rate("0.02"))
    enter(line_of(second, "VENUE"), currency="EGP", amount=Decimal(500))

    found = programme_budget([first, second], "USD")

    assert (found.planned.converted, found.planned.without_rate) == (Decimal("120.00"), 1)
    assert (len(found.speaking), found.silent) == (2, 0)
    assert [one.code for one in found.countries] == ["EG", "MA"]
    assert found.countries[0].planned.converted == Decimal("20.00")
    by_line = {one.code: one.planned for one in found.lines}
    assert by_line["CATERING"].converted == Decimal("120.00")
    assert (by_line["VENUE"].converted, by_line["VENUE"].without_rate) == (0, 1)
    assert not by_line["SEED"]
