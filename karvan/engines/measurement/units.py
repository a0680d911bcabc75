"""Units: what a text means, which quantity it measures, and exact conversion.

Pint knows the units; here stand the names that the bench uses besides, and the texts it would
take for something else: "Nm" is a newton metre, never a count times a metre.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pint

LONGEST = 40
PRECISION = 50

# Names of the bench that Pint lacks.
EXTRA = (
    "Ohm = ohm",
    "Ohms = ohm",
    "bpm = 1/minute",
    "beat = count",
    "breath = count = breaths",
    "NU = []",
    "adu = []",
    "dBA = []",
    "lpm = liter/minute",
    "xg = 9.80665 meter/second**2",
)
# Texts that Pint reads as something else than who wrote them.
MEANT = {
    "Nm": "N*m",
    "mNm": "mN*m",
    "Ncm": "N*cm",
    "℃": "degC",
    "oC": "degC",
    "deg C": "degC",
    "degrees C": "degC",
    "dB(A)": "dBA",
    "dB A": "dBA",
    "dB SPL": "dB",
    "L/Min": "L/min",
    "sccm": "cm**3/min",
    "micron": "um",
    "V RMS": "V",
    "Vrms": "V",
    "Vpp": "V",
    "VDC": "V",
    "VAC": "V",
    "x g": "xg",
    "×g": "xg",
    "× g": "xg",
}
# What each quantity is measured in; the first unit gives the dimension, all are proposed.
QUANTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "voltage": ("V", "mV", "µV", "kV"),
        "current": ("A", "mA", "µA", "nA"),
        "resistance": ("Ω", "kΩ", "MΩ", "mΩ"),
        "capacitance": ("F", "µF", "nF", "pF"),
        "inductance": ("H", "mH", "µH"),
        "charge": ("C", "mC", "µC"),
        "power": ("W", "mW", "kW"),
        "energy": ("J", "kJ", "Wh"),
        "frequency": ("Hz", "kHz", "MHz", "1/min"),
        "rotation": ("rpm", "rad/s", "Hz"),
        "time": ("s", "ms", "µs", "min", "h"),
        "length": ("m", "mm", "µm", "nm", "cm"),
        "area": ("m²", "mm²", "cm²"),
        "volume": ("L", "mL", "µL", "m³"),
        "mass": ("kg", "g", "mg", "µg"),
        "speed": ("m/s", "mm/s", "µm/h"),
        "acceleration": ("m/s²", "g_0"),
        "force": ("N", "mN", "kN"),
        "torque": ("N·m", "mN·m"),
        "pressure": ("Pa", "kPa", "hPa", "mbar", "bar", "cmH2O", "mmHg", "psi"),
        "flow": ("L/min", "L/s", "mL/h", "mL/min"),
        "mass_flow": ("kg/s", "g/min"),
        "temperature": ("°C", "K", "°F"),
        "temperature_difference": ("delta_degC", "K"),
        "heat_rate": ("K/s", "delta_degC/s", "K/min"),
        "illuminance": ("lx",),
        "radiant_flux": ("W", "mW"),
        "mass_concentration": ("g/L", "mg/dL", "mg/L"),
        "amount_concentration": ("mol/L", "mmol/L", "µmol/L"),
        "compliance": ("L/Pa", "mL/cmH2O"),
        "airway_resistance": ("Pa·s/L", "cmH2O/(L/s)"),
        "magnetic_field": ("T", "mT", "µT"),
        "angle": ("rad", "deg"),
        "sound_level": ("dB", "dBA"),
        "ratio": ("1", "%", "ppm"),
        "count": ("count", "1"),
    }
)
# Dimensionless quantities that are told apart by the unit's name alone.
BY_NAME = {"sound_level": {"decibel", "dBA"}, "angle": {"radian", "degree"}}
NEAR = {unit.lower(): unit for units in QUANTITIES.values() for unit in units}


class UnitError(ValueError):
    """A text is no unit, or measures another quantity. ``code`` says how, ``args_`` with what."""

    def __init__(self, code: str, **said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.code, self.said = code, said


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was written, as it is shown, and its dimension as powers of base quantities."""

    written: str
    symbol: str
    dimension: Mapping[str, int | float] = field(hash=False)
    has_offset: bool = False

    @property
    def dimensionless(self) -> bool:
        return not self.dimension


def parse_unit(text: str) -> Unit:
    """The unit that a text names.

    Raises:
        UnitError: "empty", "too_long", "root", "scaled" (a number stands in it), "unknown"
            (``near`` is what may have been meant, or empty).
    """
    written = text.strip()
    found = _parsed(written)
    dimension = {str(key).strip("[]"): _plain(power) for key, power in found.dimensionality.items()}
    return Unit(
        written=written,
        symbol=_symbol(written, found),
        dimension=MappingProxyType(dimension),
        has_offset=not _registry().Quantity(1, found)._is_multiplicative,
    )


def check_unit(text: str, quantity: str) -> Unit:
    """The unit, when it measures the quantity.

    Raises:
        UnitError: as ``parse_unit``; "other_quantity" with the units that would do.
        KeyError: the quantity is none of ``QUANTITIES``.
    """
    proposed = QUANTITIES[quantity]
    unit = parse_unit(text)
    wanted = parse_unit(proposed[0])
    names = BY_NAME.get(quantity)
    fits = dict(unit.dimension) == dict(wanted.dimension)
    if fits and names is not None:
        fits = str(_parsed(text.strip())) in names
    if quantity in ("temperature_difference", "heat_rate") and unit.has_offset:
        fits = False
    if not fits:
        raise UnitError(
            "other_quantity", unit=text, quantity=quantity, proposed=", ".join(proposed[:4])
        )
    return unit


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """A value in another unit, with its offset where it has one (°C, °F). Exact to 40 digits.

    Raises:
        UnitError: a text is no unit, or "not_convertible".
    """
    return _converted(value, _parsed(source.strip()), _parsed(target.strip()), source, target)


def convert_difference(value: Decimal, source: str, target: str) -> Decimal:
    """A difference or an uncertainty in another unit: offsets do not count.

    Raises:
        UnitError: as ``convert``.
    """
    zero, moved = convert(Decimal(0), source, target), convert(value, source, target)
    with localcontext() as context:
        context.prec = 40
        difference = moved - zero
        context.prec = 24
        return (+difference).normalize() + Decimal(0)


def quantities_of(text: str) -> tuple[str, ...]:
    """The quantities that a unit may measure, in the order of ``QUANTITIES``."""
    found = []
    for quantity in QUANTITIES:
        try:
            check_unit(text, quantity)
        except UnitError:
            continue
        found.append(quantity)
    return tuple(found)


def is_unit(text: str) -> bool:
    """True if the text names a unit."""
    try:
        parse_unit(text)
    except UnitError:
        return False
    return True


@lru_cache(maxsize=1)
def _registry() -> Any:
    """The registry of units in decimal numbers. Made once: it costs half a second."""
    registry: Any = pint.UnitRegistry(non_int_type=Decimal)
    for line in EXTRA:
        registry.define(line)
    return registry


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Any:
    if not text:
        raise UnitError("empty")
    if len(text) > LONGEST:
        raise UnitError("too_long", unit=text[:LONGEST])
    if "√" in text or "sqrt" in text:
        raise UnitError("root", unit=text)
    if re.search(r"\d{3,}|[⁰-⁹]{3,}", text) and not re.search(r"H2O|_0", text):
        raise UnitError("scaled", unit=text)
    meant = MEANT.get(text, text)
    for tried in dict.fromkeys((meant, meant.lower() if len(meant) > 3 else meant)):
        try:
            return _registry().parse_units(tried)
        except (pint.UndefinedUnitError, AssertionError):
            continue
        except ValueError:
            raise UnitError("scaled", unit=text) from None
        except Exception:
            break
    raise UnitError("unknown", unit=text, near=NEAR.get(text.lower(), ""))


def _symbol(written: str, found: Any) -> str:
    """How it is shown: as written where that is short and plain, else Pint's short form."""
    swapped = {"u": "µ", "degC": "°C", "degF": "°F", "ohm": "Ω", "Ohm": "Ω"}
    if written in swapped:
        return swapped[written]
    if re.fullmatch(r"u[A-Za-z]{1,3}", written):
        return f"µ{written[1:]}"
    plain = written.replace("**", "^").replace("*", "·")
    for digit, raised in (("^2", "²"), ("^3", "³"), ("^-1", "⁻¹"), ("^-2", "⁻²")):
        plain = plain.replace(digit, raised)
    return plain or f"{found:~P}"


def _converted(value: Decimal, source: Any, target: Any, said: str, wanted: str) -> Decimal:
    with localcontext() as context:
        context.prec = PRECISION
        try:
            found = _registry().Quantity(value, source).to(target).magnitude
        except (pint.DimensionalityError, pint.OffsetUnitCalculusError):
            raise UnitError("not_convertible", unit=said, target=wanted) from None
        exact = Decimal(found)
    with localcontext() as context:
        context.prec = 40
        return +exact


def _plain(power: Any) -> int | float:
    number = float(power)
    return int(number) if number == int(number) else number
