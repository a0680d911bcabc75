"""Figures as people write them: quantities, prices, ranges, measures, currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .bom_units import EACH, unit_named

MOST = Decimal(10) ** 8  # figures at and above it are no quantity and no price of a part
NOTHING = {"", "-", "–", "—", "n/a", "na", "n.a.", "none", "nil", "?", "tbd", "null", "x/x", "any"}
CURRENCIES = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
    "₼": "AZN", "₺": "TRY", "₸": "KZT", "₴": "UAH", "₩": "KRW", "руб": "RUB", "manat": "AZN",
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD",
}  # fmt: skip
CODES = (
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR", "RUB", "AZN", "TRY", "KZT", "MAD",
    "EGP", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "XOF", "XAF", "TND", "DZD", "SAR",
    "AED", "MYR", "IDR", "PKR", "BDT", "UZS", "KGS", "KES", "NGN", "ZAR", "BRL", "MXN", "HKD",
    "SGD", "UAH", "KRW", "TWD", "QAR", "JOD", "LBP", "UGX", "GHS", "ETB", "TZS", "RWF",
)  # fmt: skip
_CODE = re.compile(rf"(?<![A-Za-z])({'|'.join(CODES)})(?![A-Za-z])")
_SIGN = re.compile("|".join(re.escape(s) for s in sorted(CURRENCIES, key=len, reverse=True)), re.I)
_FIGURE = r"[-+]?(?:\d[\d.,'’  ]*\d|\d)"
NUMBER = re.compile(_FIGURE)
_ABOUT = re.compile(r"^\s*(?:~|≈|ca\.?|approx\.?|about|environ|etwa|около)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: at least, at most, of which unit; what is doubtful about it."""

    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = EACH
    optional: bool = False
    is_about: bool = False
    doubts: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """An amount for so many of a unit ("" where the unit is not said)."""

    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    is_about: bool = False
    doubts: tuple[str, ...] = ()


def is_nothing(cell: Any) -> bool:
    """True for an empty cell and for the many ways to write that there is nothing."""
    return cell is None or str(cell).strip().lower() in NOTHING


def text_of(cell: Any) -> str:
    """A cell as one line of text; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def number_of(cell: Any, *, comma: bool = False) -> Decimal | None:
    """The number that a cell is, wholly; None where it is anything more or else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        if isinstance(cell, float) and cell.is_integer() and abs(cell) < MOST:
            return Decimal(int(cell))
        value = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        return value if value.is_finite() and abs(value) < MOST else None
    text = str(cell or "").strip()
    if not NUMBER.fullmatch(text):
        return None
    return plain_number(text, comma=comma)


def plain_number(text: str, *, comma: bool = False) -> Decimal | None:
    """A written figure: both signs present, the last is the decimal one; one alone by ``comma``."""
    figure = re.sub(r"[\s'’  ]", "", text)
    points, commas = figure.count("."), figure.count(",")
    if points and commas:
        decimal = max(".,", key=figure.rfind)
        figure = figure.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif commas:
        is_decimal = commas == 1 and (comma or len(figure.rsplit(",", 1)[1]) != 3)
        figure = figure.replace(",", "." if is_decimal else "")
    elif points > 1 or (points == 1 and comma and re.fullmatch(r"[-+]?\d{1,3}\.\d{3}", figure)):
        figure = figure.replace(".", "")
    try:
        value = Decimal(figure)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < MOST else None


def writes_commas(cells: Iterable[Any]) -> bool | None:
    """True where figures show a decimal comma, False where a point, None where neither shows."""
    commas = points = 0
    for cell in cells:
        if not isinstance(cell, str):
            continue
        for figure in NUMBER.findall(cell):
            commas += bool(re.search(r",(\d{1,2}|\d{4,})$", figure)) and figure.count(",") == 1
            points += bool(re.search(r"\.\d{1,2}$|\.\d{4,}$", figure)) and figure.count(".") == 1
    return None if commas == points else commas > points


def currency_of(text: str) -> str:
    """The currency that a text names; "" where it names none, or several."""
    found = {code if code != "RMB" else "CNY" for code in _CODE.findall(text)}
    if not found:
        found = {CURRENCIES[sign.lower()] for sign in _SIGN.findall(text)}
    return found.pop() if len(found) == 1 else ""


def quantity_of(cell: Any, *, comma: bool = False, unit: str = EACH) -> Quantity:
    """A quantity as written: "3", "3x", "3-14x", "(1)", "(~200cm²)", "300 mm", "6in/15cm"."""
    number = number_of(cell, comma=comma)
    if number is not None:
        if number < 0:
            return Quantity(unit=unit, doubts=("quantity_unreadable",))
        return Quantity(number, unit=unit)
    text = text_of(cell)
    if is_nothing(text):
        return Quantity(unit=unit)
    optional = bool(re.fullmatch(r"[(\[].*[)\]]", text)) or "optional" in text.lower()
    inner = re.sub(r"(?i)\boptional\b", "", text).strip(" ()[],;")
    is_about = bool(_ABOUT.match(inner)) or inner.endswith("+")
    inner = _ABOUT.sub("", inner).rstrip("+ ")
    doubts: list[str] = []
    parts = inner.split("/")
    if len(parts) == 2 and all(
        re.match(r"\s*\d", part) and re.search(r"[A-Za-z\"']", part) for part in parts
    ):
        inner = parts[0].strip()
        doubts.append("two_measures")
    found = re.fullmatch(
        rf"(?:x|×)?\s*({_FIGURE})\s*(?:(?:-|–|—|to|bis|à|\.\.)\s*({_FIGURE}))?\s*(?:[x×](?![a-z]))?\s*(.*)",
        inner,
        re.I,
    )
    if not found:
        return Quantity(unit=unit, optional=optional, doubts=("quantity_unreadable",), rest=text)
    least = plain_number(found[1], comma=comma)
    most = plain_number(found[2], comma=comma) if found[2] else None
    named = unit_named(found[3]) if found[3] else unit
    fraction = re.fullmatch(r"(\d+)\s*/\s*(\d+)", inner)
    if fraction and int(fraction[2]):
        least, named = (
            (Decimal(fraction[1]) / Decimal(fraction[2])).quantize(Decimal("0.0001")),
            unit,
        )
    if named is None:
        doubts.append("unknown_unit")
    if least is None or least < 0 or (most is not None and most < least):
        return Quantity(unit=unit, optional=optional, doubts=("quantity_unreadable",), rest=text)
    if most is not None:
        doubts.append("range")
    return Quantity(
        least,
        most,
        named or found[3].strip()[:24],
        optional,
        is_about,
        tuple(doubts),
        "" if named else found[3].strip(),
    )


def price_of(cell: Any, *, comma: bool = False, currency: str = "") -> Price:
    """A price as written: "1.21", "$1.21", "~1.00", "20.44 / m2", "6.04 / 100", "12.30 / 2 ft"."""
    number = number_of(cell, comma=comma)
    if number is not None:
        return Price(number, currency) if number >= 0 else Price(doubts=("price_unreadable",))
    text = text_of(cell)
    if is_nothing(text):
        return Price(currency=currency)
    named = currency_of(text) or currency
    bare = _SIGN.sub(" ", _CODE.sub(" ", text)).strip(" :=*")
    is_about = bool(_ABOUT.match(bare))
    bare = _ABOUT.sub("", bare)
    found = re.fullmatch(
        rf"({_FIGURE})(?:\s*(?:/|per|je|par|pro|for|за)\s*({_FIGURE})?\s*([^\d/]*?[23²³]?))?\s*",
        bare,
        re.I,
    ) or re.fullmatch(rf"({_FIGURE})()\s*(each|ea\.?|pcs?|stk\.?|шт\.?)", bare, re.I)
    if not found:
        return Price(currency=named, doubts=("price_unreadable",))
    amount = plain_number(found[1], comma=comma)
    quantity = plain_number(found[2], comma=comma) if found[2] else Decimal(1)
    word = (found[3] or "").strip()
    unit = unit_named(word) if word else ""
    if amount is None or amount < 0 or not quantity or quantity < 0:
        return Price(currency=named, doubts=("price_unreadable",))
    if unit is None:
        return Price(currency=named, doubts=("price_unit_unknown",))
    return Price(amount, named, quantity, unit, is_about)
