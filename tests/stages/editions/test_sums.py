"""Laws of sums in several currencies, checked on generated amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.stages.editions.sums import (
    NOTHING,
    WHOLE,
    Amount,
    NoComparison,
    Sum,
    converted,
    divided,
    excess,
    product,
    sum_of,
    total,
)

# How fast a busy machine makes up amounts says nothing about the sums.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
money = st.integers(0, 10**13).map(lambda cents: Decimal(cents).scaleb(-2))
rates = st.integers(1, 10**15).map(lambda parts: Decimal(parts).scaleb(-8))
currencies = st.sampled_from(["KZT", "USD", "EUR", "MAD"])


some = st.lists(
    st.builds(
        lambda amount, currency, rate: Amount(
            amount, currency, converted(amount, currency, rate, "USD")
        ),
        money,
        currencies,
        st.none() | rates,
    ),
    max_size=8,
)


@unhurried
@given(some.flatmap(lambda listed: st.tuples(st.just(listed), st.permutations(listed))))
def test_order_of_the_amounts_does_not_matter(pair):
    listed, shuffled = pair

    assert sum_of(shuffled) == sum_of(listed)


@unhurried
@given(some)
def test_totals_by_currency_are_the_amounts_of_that_currency_and_of_no_other(listed):
    found = sum_of(listed)

    assert found.currencies == {one.currency for one in listed}
    for currency in found.currencies:
        assert found.of(currency) == sum(
            (one.amount for one in listed if one.currency == currency), Decimal(0)
        )


@unhurried
@given(some)
def test_total_in_one_currency_is_over_what_has_a_rate_and_says_how_many_have_none(listed):
    found = sum_of(listed)
    known = [one.converted for one in listed if one.converted is not None]

    assert found.converted == sum(known, Decimal(0))
    assert found.without_rate == len(listed) - len(known)
    assert found.count == len(listed)


@unhurried
@given(st.lists(some, max_size=4))
def test_totals_of_lines_add_up_to_the_total_of_all(lines):
    every = [one for line in lines for one in line]

    assert total(sum_of(line) for line in lines) == sum_of(every)


@unhurried
@given(money, st.lists(st.integers(0, WHOLE), max_size=6))
def test_shares_of_all_of_it_add_up_to_all_of_it(amount, parts):
    while sum(parts) > WHOLE:
        parts.pop()
    rest = WHOLE - sum(parts)

    found = divided(amount, [*parts, rest])

    assert sum(found) == amount
    for part, share in zip([*parts, rest], found, strict=True):
        assert share >= 0
        assert abs(share - amount * part / WHOLE) <= Decimal("0.01")


@unhurried
@given(some, some)
def test_one_sum_exceeds_the_other_or_is_exceeded_but_not_both(one, other):
    try:
        more, less = (
            excess(sum_of(one), sum_of(other), "USD"),
            excess(sum_of(other), sum_of(one), "USD"),
        )
    except NoComparison as refused:
        assert refused.without_rate > 0
        return

    assert more is None or less is None


def test_products_are_rounded_half_to_even():
    assert product(Decimal("0.05"), Decimal("0.1")) == Decimal("0.00")
    assert product(Decimal("0.15"), Decimal("0.1")) == Decimal("0.02")
    assert product(Decimal("0.25"), Decimal("0.1")) == Decimal("0.02")


def test_largest_amount_at_the_largest_rate_is_exact():
    amount, rate = Decimal("999999999999.99"), Decimal("99999999.99999999")

    assert product(amount, rate) == Decimal("99999999999998990000.00")


def test_amount_in_the_programme_s_own_currency_needs_no_rate():
    assert converted(Decimal("5.00"), "USD", None, "USD") == Decimal("5.00")
    assert converted(Decimal("5.00"), "KZT", None, "USD") is None


def test_nothing_is_nothing_in_every_currency():
    assert converted(Decimal("0.00"), "KZT", None, "USD") == 0
    assert not NOTHING
    assert sum_of([Amount(Decimal(0), "KZT", Decimal(0))])


def test_sums_in_one_currency_are_compared_without_any_rate():
    more = sum_of([Amount(Decimal(300), "KZT", None)])
    than = sum_of([Amount(Decimal(200), "KZT", None)])

    assert excess(more, than, "USD") == Amount(Decimal(100), "KZT", None)
    assert excess(than, more, "USD") is None


def test_sums_in_two_currencies_are_compared_in_the_programme_s():
    more = sum_of([Amount(Decimal(1000), "KZT", Decimal("2.00"))])
    than = sum_of([Amount(Decimal("1.50"), "USD", Decimal("1.50"))])

    assert excess(more, than, "USD") == Amount(Decimal("0.50"), "USD", None)


def test_sums_in_two_currencies_without_a_rate_are_not_compared():
    with pytest.raises(NoComparison, match="1 amounts have no rate"):
        excess(
            sum_of([Amount(Decimal(1000), "KZT", None)]),
            sum_of([Amount(Decimal(5), "USD", Decimal(5))]),
            "USD",
        )


def test_shares_of_more_than_the_whole_are_a_mistake():
    with pytest.raises(ValueError, match="10000 at most"):
        divided(Decimal(10), [6000, 4001])
    with pytest.raises(ValueError, match="0 or more"):
        divided(Decimal(10), [-1])


def test_sum_of_nothing_has_no_currency():
    assert sum_of([]) == Sum()
    assert total([]) == Sum()
