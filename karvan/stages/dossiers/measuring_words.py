"""What measuring is called: quantities, distributions, and what is wrong with a unit or a budget."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from karvan.foundation.ui import formats

Words = str | Promise

QUANTITY_NAMES: dict[str, Words] = {
    "voltage": gettext_lazy("voltage"),
    "current": gettext_lazy("electric current"),
    "resistance": gettext_lazy("resistance"),
    "capacitance": gettext_lazy("capacitance"),
    "inductance": gettext_lazy("inductance"),
    "charge": gettext_lazy("electric charge"),
    "power": gettext_lazy("power"),
    "energy": gettext_lazy("energy"),
    "frequency": gettext_lazy("frequency, rate"),
    "rotation": gettext_lazy("speed of rotation"),
    "time": gettext_lazy("time"),
    "length": gettext_lazy("length"),
    "area": gettext_lazy("area"),
    "volume": gettext_lazy("volume"),
    "mass": gettext_lazy("mass"),
    "speed": gettext_lazy("speed"),
    "acceleration": gettext_lazy("acceleration"),
    "force": gettext_lazy("force"),
    "torque": gettext_lazy("torque"),
    "pressure": gettext_lazy("pressure"),
    "flow": gettext_lazy("flow"),
    "mass_flow": gettext_lazy("mass flow"),
    "temperature": gettext_lazy("temperature"),
    "temperature_difference": gettext_lazy("difference of temperatures"),
    "heat_rate": gettext_lazy("rate of heating or cooling"),
    "illuminance": gettext_lazy("illuminance"),
    "radiant_flux": gettext_lazy("radiant power"),
    "mass_concentration": gettext_lazy("mass concentration"),
    "amount_concentration": gettext_lazy("amount concentration"),
    "compliance": gettext_lazy("compliance"),
    "airway_resistance": gettext_lazy("airway resistance"),
    "magnetic_field": gettext_lazy("magnetic field"),
    "angle": gettext_lazy("angle"),
    "sound_level": gettext_lazy("sound level"),
    "ratio": gettext_lazy("ratio, share, saturation"),
    "count": gettext_lazy("count"),
}
DISTRIBUTION_NAMES: dict[str, Words] = {
    "rectangular": pgettext_lazy("distribution", "rectangular"),
    "normal": pgettext_lazy("distribution", "normal"),
    "triangular": pgettext_lazy("distribution", "triangular"),
    "u-shaped": pgettext_lazy("distribution", "U-shaped"),
}


def quantity_name(code: str) -> str:
    """The quantity in the reader's language; its code where nobody knows it."""
    return str(QUANTITY_NAMES.get(code, code))


def unit_fault(code: str, said: Mapping[str, str]) -> str:
    """What is wrong with a unit, and what would do."""
    if code == "other_quantity":
        return _(
            "“%(unit)s” is no unit of this quantity (%(quantity)s). These are: %(proposed)s."
        ) % {**said, "quantity": quantity_name(said["quantity"])}
    if code == "unknown" and said.get("near"):
        return _("“%(unit)s” is no unit that we know. Do you mean %(near)s?") % said
    if code == "not_convertible":
        return _("“%(unit)s” cannot be counted in %(target)s.") % said
    sentences = {
        "empty": _("A unit is missing. Write 1 for a number without one."),
        "too_long": _("“%(unit)s…” is too long for a unit."),
        "root": _("“%(unit)s” has a root in it; write the unit of the square."),
        "scaled": _("“%(unit)s” has a number in it; write only the unit."),
        "unknown": _("“%(unit)s” is no unit that we know."),
    }
    return sentences[code] % said


def budget_fault(code: str, where: str) -> str:
    """What is wrong with a component of the uncertainty."""
    sentences = {
        "no_readings": _("There is neither a value nor a reading."),
        "digits_without_resolution": _(
            "The instrument's accuracy counts digits, but its resolution is not known."
        ),
        "negative": _("“%(where)s” needs a value that is a number and not below zero."),
        "bad_divisor": _("The divisor of “%(where)s” must be above zero."),
        "bad_distribution": _("The distribution of “%(where)s” is not known."),
        "bad_coverage": _("The coverage factor must be above zero."),
    }
    return sentences[code] % {"where": where}


def decimal_text(value: Decimal) -> str:
    """An exact decimal with all its figures, zeros at the end included, in the reader's way."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return formats.number(value, digits=places)


def figures_text(value: float | Decimal | None, figures: int = 4) -> str:
    """A number to so many significant figures, in powers of ten where it is far from one."""
    if value is None:
        return "–"
    number = float(value)
    if number != 0 and not 1e-4 <= abs(number) < 1e7:
        shown, _e, power = f"{number:.{figures - 1}e}".partition("e")
        return f"{decimal_text(Decimal(shown))}·10{_raised(int(power))}"
    return decimal_text(_plain(Decimal(f"{number:.{figures}g}")))


def _plain(value: Decimal) -> Decimal:
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
