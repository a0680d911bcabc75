"""What a bill of materials costs, reckoned from plain parts."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.dossiers.costs import Ask, Part, costs_of


def part(key, quantity, price, pack=1, **more):
    asks = {name: more.pop(name) for name in list(more) if name in Ask.__dataclass_fields__}
    currency = asks.pop("currency", "USD")
    asked = () if price is None else (Ask(D(price), currency, D(pack), **asks),)
    return Part(key, f"P{key}", None if quantity is None else D(quantity), asks=asked, **more)


def test_the_three_bases_differ_where_packs_are_larger_than_the_need():
    costs = costs_of([part(1, 4, "9.91", 100), part(2, 1, "15"), part(3, "0.33", "18.88")])

    assert costs.item.total == D("9.91") / 100 * 4 + 15 + D("0.33") * D("18.88")
    assert costs.packs.total == D("9.91") + 15 + D("18.88")
    three = costs_of([part(1, 1, "33.99", 3)], builds=3)
    assert (three.packs.total, three.packs_each) == (D("33.99"), D("11.33"))


def test_the_least_order_and_shipping_once_a_supplier():
    costs = costs_of(
        [
            part(1, 3, "1", moq=D(10), supplier="A", shipping=D(5)),
            part(2, 3, "2", supplier="a ", shipping=D(7)),
            part(3, 1, "1", supplier="B", shipping=D(2)),
        ]
    )

    assert costs.packs.total == 10 + 6 + 1 + 7 + 2
    assert costs.item.total == 3 + 6 + 1


def test_duty_and_tax_are_on_what_is_bought_and_local_goods_pay_no_duty():
    costs = costs_of(
        [
            part(1, 1, "100", duty=D(15), vat=D(18)),
            part(2, 1, "100", duty=D(15), vat=D(18), is_local=True),
            part(3, 1, "10"),
        ]
    )

    assert costs.landed.total == D("135.70") + D("118.00") + 10
    assert (costs.without_duty, costs.without_vat) == (1, 1)


def test_a_missing_price_is_missing_and_coverage_says_so():
    costs = costs_of([part(1, 8, "1"), part(2, 2, None), part(3, None, "1")])

    assert (costs.lines, costs.priced_lines, [p.key for p in costs.unpriced]) == (3, 1, [2, 3])
    assert costs.item.total == 8
    assert costs.piece_share == 80
    assert costs_of([]).line_share is None


def test_currencies_without_a_rate_stand_apart():
    parts = [part(1, 1, "10"), part(2, 1, "10", currency="EUR"), part(3, 1, "10", currency="CHF")]
    costs = costs_of(parts, currency="AZN", rates={"USD": D("1.7"), "EUR": D("2")})

    assert costs.item.total == 37
    assert costs.item.apart == {"CHF": D(10)}
    assert costs_of(parts[:1] * 2 + parts[1:]).currency == "USD"


def test_what_is_optional_not_fitted_a_substitute_or_a_drawing_is_left_out_and_named():
    costs = costs_of(
        [
            part(1, 1, "1"),
            part(2, 1, "1", is_optional=True),
            part(3, 1, "1", is_fitted=False),
            part(4, 1, "1", substitute_of=1),
            part(5, 1, "1", is_drawn_only=True),
        ]
    )

    assert costs.item.total == 1
    assert {reason: [p.key for p in found] for reason, found in costs.left_out.items()} == {
        "optional": [2],
        "not_fitted": [3],
        "substitute": [4],
        "drawn": [5],
    }


def test_a_material_is_counted_only_where_a_part_made_from_it_has_no_price():
    material = part(1, 200, "20", 10000, unit="cm**2")
    priced = [material, part(2, 1, "1.10", made_from=1), part(3, 2, "0.90", made_from=1)]

    assert costs_of(priced).item.total == D("2.90")
    unpriced = [*priced[:2], part(3, 2, None, made_from=1)]
    assert costs_of(unpriced).item.total == D("0.4") + D("1.10")


def test_sourcing_says_what_is_local_single_or_obsolete():
    costs = costs_of(
        [
            part(1, 1, "30", is_local=True, supplier="Here"),
            part(2, 1, "70", supplier="There", status="obsolete"),
        ]
    )

    assert (costs.local_line_share, costs.local_value_share) == (50, 30)
    assert [p.key for p in costs.single_source] == [1, 2]
    assert [p.key for p in costs.obsolete] == [2]


def test_none_to_build_is_refused():
    with pytest.raises(ValueError, match="0"):
        costs_of([], builds=0)


@given(
    st.lists(
        st.tuples(st.integers(1, 50), st.integers(1, 9999), st.integers(1, 60)),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 40),
)
def test_whole_packs_never_cost_less_than_the_items_and_less_each_when_many_are_built(rows, builds):
    parts = [part(n, q, D(p) / 100, pack) for n, (q, p, pack) in enumerate(rows)]
    one, many = costs_of(parts), costs_of(parts, builds=builds)

    assert many.packs.total >= many.item.total * builds - D("0.000001")
    assert many.packs_each <= one.packs_each + D("0.000001")
