"""Units of a line and of a price: their names in the wild, and how they convert."""

from __future__ import annotations

import re
from decimal import Decimal

EACH = "each"
# Canonical names are those that pint reads; a factor is to the first unit of the kind.
FACTORS: dict[str, tuple[str, Decimal]] = {
    EACH: ("count", Decimal(1)),
    "m": ("length", Decimal(1)),
    "dm": ("length", Decimal("0.1")),
    "cm": ("length", Decimal("0.01")),
    "mm": ("length", Decimal("0.001")),
    "inch": ("length", Decimal("0.0254")),
    "ft": ("length", Decimal("0.3048")),
    "yd": ("length", Decimal("0.9144")),
    "m**2": ("area", Decimal(1)),
    "dm**2": ("area", Decimal("0.01")),
    "cm**2": ("area", Decimal("0.0001")),
    "mm**2": ("area", Decimal("0.000001")),
    "inch**2": ("area", Decimal("0.00064516")),
    "ft**2": ("area", Decimal("0.09290304")),
    "kg": ("mass", Decimal(1)),
    "g": ("mass", Decimal("0.001")),
    "mg": ("mass", Decimal("0.000001")),
    "lb": ("mass", Decimal("0.45359237")),
    "oz": ("mass", Decimal("0.028349523125")),
    "L": ("volume", Decimal(1)),
    "mL": ("volume", Decimal("0.001")),
    "cm**3": ("volume", Decimal("0.001")),
    "m**3": ("volume", Decimal(1000)),
}
_WORDS = {
    EACH: "each ea pc pcs pce piece pieces stk stck stück stueck st unit units u un unité unités unite"
    " pièce pièces piece(s) pc(s) x шт штук штука nos no adet ədəd set sets kit kits qty count pack packs"
    " pair pairs item items",
    "m": "m meter meters metre metres mètre mètres м",
    "dm": "dm",
    "cm": "cm см centimeter centimetre centimeters",
    "mm": "mm мм millimeter millimetre",
    "inch": 'in inch inches " ″ zoll pouce pouces',
    "ft": "ft foot feet ' ′",
    "yd": "yd yard yards",
    "kg": "kg кг",
    "g": "g gr gram grams gramm г",
    "mg": "mg",
    "lb": "lb lbs",
    "oz": "oz",
    "L": "l liter litre liters litres л",
    "mL": "ml мл millilitre",
    "m**2": "m2 m**2 m^2 sqm qm м2",
    "dm**2": "dm2 dm^2",
    "cm**2": "cm2 cm**2 cm^2 sqcm qcm см2",
    "mm**2": "mm2 mm**2 mm^2 sqmm",
    "inch**2": "in2 inch2 in^2 sqin inch**2",
    "ft**2": "ft2 ft^2 sqft ft**2",
    "cm**3": "cm3 cm^3 cc cm**3",
    "m**3": "m3 m^3 m**3",
}
NAMES = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_RAISED = str.maketrans({"²": "2", "³": "3"})


def unit_named(text: str) -> str | None:
    """The canonical unit that a text names; "" names pieces; None where it is not known."""
    word = re.sub(r"\s+", "", text.strip().translate(_RAISED).lower()).strip(".")
    return NAMES.get(word) if word else EACH


def kind_of_unit(unit: str) -> str:
    """ "count", "length", "area", "mass", "volume", or "" where the unit is not known."""
    return FACTORS[unit][0] if unit in FACTORS else ""


def conversion(one: str, other: str) -> Decimal | None:
    """How many of ``other`` there are in one ``one``; None where they measure different things."""
    if one == other:
        return Decimal(1)
    if one not in FACTORS or other not in FACTORS or FACTORS[one][0] != FACTORS[other][0]:
        return None
    return FACTORS[one][1] / FACTORS[other][1]
