"""What a bill of materials costs, on three bases, and how much of it that rests on.

(a) the price of each item times what is needed; (b) the whole packs that must really be bought
for a number of builds, with shipping once a supplier; (c) what these cost landed in the country,
with duty and value-added tax. A missing price is never nought: it is missing, and every basis
says how many lines and pieces it covers. Money of a currency without a rate stands apart.

Pure: plain values in and out. A duty is on the goods, the tax on goods and duty and shipping.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a supplier asks: ``price`` for ``pack`` units, at least ``moq`` packs."""

    price: Decimal | None
    currency: str = ""
    pack: Decimal = Decimal(1)
    moq: Decimal = Decimal(1)
    shipping: Decimal | None = None
    duty: Decimal | None = None  # per cent
    vat: Decimal | None = None  # per cent
    supplier: str = ""
    is_local: bool = False
    status: str = "unknown"
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One line: ``quantity`` for one device, None where it is unknown."""

    key: int
    label: str
    quantity: Decimal | None
    unit: str = "each"
    is_fitted: bool = True
    is_optional: bool = False
    is_drawn_only: bool = False  # a logo or fiducial
    made_from: int | None = None
    substitute_of: int | None = None
    stated: Decimal | None = None  # the cost of the line as its file states it
    asks: tuple[Ask, ...] = ()

    @property
    def ask(self) -> Ask | None:
        """The offer that counts: the chosen one, else the first sold one that has a price."""
        priced = [one for one in self.asks if one.price is not None]
        chosen = [one for one in priced if one.is_chosen]
        sold = [one for one in priced if one.status != "obsolete"]
        return next(iter(chosen or sold or priced), None)


@dataclass(frozen=True, slots=True)
class Basis:
    """A total in the currency asked for, what stands apart in others, and what it covers."""

    total: Decimal
    apart: Mapping[str, Decimal]
    each: Mapping[int, Decimal]  # of one line, in its own currency


@dataclass(frozen=True, slots=True)
class Costs:
    """All bases for one device when ``builds`` are made, and the sourcing beside them."""

    currency: str
    builds: int
    item: Basis
    packs: Basis  # all builds together
    landed: Basis  # all builds together
    stated: Decimal | None
    lines: int
    priced_lines: int
    pieces: Decimal
    priced_pieces: Decimal
    unpriced: tuple[Part, ...]
    left_out: Mapping[str, tuple[Part, ...]]  # by reason
    without_duty: int
    without_vat: int
    local_lines: int
    local_value: Decimal
    single_source: tuple[Part, ...]
    obsolete: tuple[Part, ...]
    substitutes: int = 0

    @property
    def line_share(self) -> Decimal | None:
        return HUNDRED * self.priced_lines / self.lines if self.lines else None

    @property
    def piece_share(self) -> Decimal | None:
        return HUNDRED * self.priced_pieces / self.pieces if self.pieces else None

    @property
    def local_line_share(self) -> Decimal | None:
        return HUNDRED * self.local_lines / self.lines if self.lines else None

    @property
    def local_value_share(self) -> Decimal | None:
        return HUNDRED * self.local_value / self.item.total if self.item.total else None

    @property
    def packs_each(self) -> Decimal:
        return self.packs.total / self.builds

    @property
    def landed_each(self) -> Decimal:
        return self.landed.total / self.builds


def costs_of(
    parts: Sequence[Part],
    *,
    builds: int = 1,
    currency: str = "",
    rates: Mapping[str, Decimal] | None = None,
) -> Costs:
    """The costs of ``parts`` in ``currency`` ("" takes the currency that most prices have).

    ``rates``: how many of ``currency`` one unit of another is worth.

    Raises:
        ValueError: ``builds`` is less than one.
    """
    if builds < 1:
        raise ValueError(f"at least one device is built, got {builds!r}")
    left_out = _left_out(parts)
    out = {part.key for found in left_out.values() for part in found}
    counted = [part for part in parts if part.key not in out]
    target = currency or _usual_currency(counted)
    worth = {**(rates or {}), target: Decimal(1)}
    bought = [part for part in counted if part.ask and part.quantity is not None]
    keys = {part.key for part in bought}
    pieces = [part for part in counted if part.unit == "each" and part.quantity is not None]
    item = _basis([(p, _item_cost(p)) for p in bought], worth)
    stated = [part.stated for part in parts if part.stated is not None]
    local = [part for part in counted if any(one.is_local for one in part.asks)]
    has_substitute = {part.substitute_of for part in parts if part.substitute_of}
    return Costs(
        currency=target,
        builds=builds,
        item=item,
        packs=_basis([(p, _packs_cost(p, builds)) for p in bought], worth, _shipping(bought)),
        landed=_basis(
            [(p, _landed_cost(p, builds)) for p in bought], worth, _shipping(bought, taxed=True)
        ),
        stated=sum(stated, ZERO) if stated else None,
        lines=len(counted),
        priced_lines=len(bought),
        pieces=sum((p.quantity or ZERO for p in pieces), ZERO),
        priced_pieces=sum((p.quantity or ZERO for p in pieces if p.ask), ZERO),
        unpriced=tuple(part for part in counted if part.key not in keys),
        left_out=left_out,
        without_duty=sum(1 for p in bought if p.ask and not p.ask.is_local and p.ask.duty is None),
        without_vat=sum(1 for p in bought if p.ask and p.ask.vat is None),
        local_lines=len(local),
        local_value=sum(
            (
                _item_cost(p) * worth[p.ask.currency]
                for p in bought
                if p.ask and p.ask.is_local and p.ask.currency in worth
            ),
            ZERO,
        ),
        single_source=tuple(
            part for part in counted if _sources(part) == 1 and part.key not in has_substitute
        ),
        obsolete=tuple(
            part for part in counted if part.asks and all(o.status == "obsolete" for o in part.asks)
        ),
        substitutes=len(has_substitute),
    )


def _left_out(parts: Sequence[Part]) -> dict[str, tuple[Part, ...]]:
    """The parts that no basis counts, by the reason that comes first."""
    made: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if part.made_from and part.is_fitted and not part.is_optional:
            made[part.made_from].append(part)
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.is_drawn_only:
            found["drawn"].append(part)
        elif not part.is_fitted:
            found["not_fitted"].append(part)
        elif part.substitute_of:
            found["substitute"].append(part)
        elif part.is_optional:
            found["optional"].append(part)
        elif made.get(part.key) and all(one.ask for one in made[part.key]):
            found["material"].append(part)
    return {reason: tuple(listed) for reason, listed in found.items()}


def _usual_currency(parts: Iterable[Part]) -> str:
    named = Counter(part.ask.currency for part in parts if part.ask)
    return named.most_common(1)[0][0] if named else ""


def _item_cost(part: Part) -> Decimal:
    ask = part.ask
    assert ask is not None and ask.price is not None and part.quantity is not None
    return ask.price / ask.pack * part.quantity


def _packs_cost(part: Part, builds: int) -> Decimal:
    """Whole packs, and not fewer than the supplier sells; nothing where nothing is needed."""
    ask = part.ask
    assert ask is not None and ask.price is not None and part.quantity is not None
    packs = (part.quantity * builds / ask.pack).to_integral_value(ROUND_CEILING)
    return ask.price * max(packs, ask.moq) if packs else ZERO


def _landed_cost(part: Part, builds: int) -> Decimal:
    ask = part.ask
    assert ask is not None
    duty = ZERO if ask.is_local else ask.duty or ZERO
    return _packs_cost(part, builds) * (1 + duty / HUNDRED) * (1 + (ask.vat or ZERO) / HUNDRED)


def _shipping(parts: Iterable[Part], *, taxed: bool = False) -> dict[str, Decimal]:
    """By currency, the shipping of one order from each supplier: the most that any offer says."""
    orders: dict[tuple[str, str], Decimal] = {}
    for part in parts:
        ask = part.ask
        if ask and ask.shipping:
            key = (ask.supplier.strip().lower() or str(part.key), ask.currency)
            cost = ask.shipping * (1 + (ask.vat or ZERO) / HUNDRED) if taxed else ask.shipping
            orders[key] = max(orders.get(key, ZERO), cost)
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for (_supplier, currency), cost in orders.items():
        found[currency] += cost
    return found


def _basis(
    costs: Sequence[tuple[Part, Decimal]],
    worth: Mapping[str, Decimal],
    more: Mapping[str, Decimal] | None = None,
) -> Basis:
    by_currency: dict[str, Decimal] = defaultdict(lambda: ZERO, more or {})
    for part, cost in costs:
        by_currency[part.ask.currency if part.ask else ""] += cost
    total = sum((cost * worth[code] for code, cost in by_currency.items() if code in worth), ZERO)
    apart = {code: cost for code, cost in sorted(by_currency.items()) if code not in worth}
    return Basis(total, apart, {part.key: cost for part, cost in costs})


def _sources(part: Part) -> int:
    return len({one.supplier.strip().lower() for one in part.asks if one.supplier.strip()})
