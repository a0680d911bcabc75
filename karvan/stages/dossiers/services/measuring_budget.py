"""From a measurement to its budget of uncertainty, and back into what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from karvan.engines.measurement import (
    QUANTITIES,
    BadBudget,
    Budget,
    Component,
    Reported,
    UnitError,
    check_unit,
    combine,
    convert_difference,
    of_instrument,
    of_readings,
    parse_unit,
    read_many,
    reported,
)

from ..errors import BadUnit, NotGiven
from ..measuring_words import budget_fault, unit_fault
from ..models import Instrument, Measurement

PLACES = Decimal(1).scaleb(-12)
LARGEST = Decimal(10) ** 12
PROPOSED_UNITS = dict(QUANTITIES)


@dataclass(frozen=True, slots=True)
class Result:
    """What is computed of a measurement."""

    value: Decimal
    budget: Budget | None


def checked_unit(unit: str, quantity: str) -> str:
    """The unit as it is kept, when it measures the quantity.

    Raises:
        BadUnit: it is none, or measures another quantity.
    """
    try:
        return check_unit(unit, quantity).written
    except UnitError as error:
        raise BadUnit(unit_fault(error.code, error.said)) from None


def known_unit(unit: str) -> str:
    """The unit as it is kept, whatever it measures.

    Raises:
        BadUnit: it is none.
    """
    try:
        return parse_unit(unit).written
    except UnitError as error:
        raise BadUnit(unit_fault(error.code, error.said)) from None


def computed(
    *,
    value: Decimal | None,
    readings: Sequence[Decimal],
    components: Sequence[Component],
    coverage: Decimal | None,
) -> Result:
    """The value (the mean of several readings) and its budget; no budget without a component.

    Raises:
        NotGiven: there is neither value nor reading, or a component makes no sense.
    """
    try:
        if value is None or readings:
            found = read_many(readings)
            value = found.mean
            repeated = of_readings(found)
        else:
            repeated = None
        whole = [*([repeated] if repeated else []), *components]
        budget = combine(whole, coverage=coverage) if whole else None
    except BadBudget as error:
        raise NotGiven(budget_fault(error.code, error.where)) from None
    return Result(stored(value), budget)


def stored(value: Decimal) -> Decimal:
    """The value as its column keeps it.

    Raises:
        NotGiven: it is too large or so small that nothing of it would be left.
    """
    kept = value.quantize(PLACES, rounding=ROUND_HALF_EVEN) if abs(value) < LARGEST else value
    if abs(value) >= LARGEST or (value and abs(kept - value) > abs(value) / 1000):
        raise NotGiven(
            _(
                "This number is too large or too small for its unit. Use one nearer to it, as mV or kV."
            )
        )
    return kept


def instrument_component(
    instrument: Instrument | None, value: Decimal, unit: str
) -> Component | None:
    """What the instrument's stated accuracy contributes; None where it states none for this unit.

    Raises:
        NotGiven: its accuracy counts digits and its resolution is not known.
    """
    if instrument is None:
        return None
    resolution = instrument.resolution
    if resolution and instrument.unit:
        try:
            resolution = convert_difference(resolution, instrument.unit, unit)
        except UnitError:
            return None  # stated for another quantity that the instrument measures
    try:
        return of_instrument(
            value,
            percent=instrument.percent_reading,
            digits=instrument.digits,
            resolution=resolution,
            name=str(instrument),
        )
    except BadBudget as error:
        raise NotGiven(budget_fault(error.code, error.where)) from None


def component_row(one: Component, source: str) -> dict[str, str]:
    """A component as it is kept; ``source`` is "typed" or "instrument"."""
    return {
        "name": one.name,
        "value": f"{one.value.normalize():f}",
        "distribution": one.distribution,
        "divisor": "" if one.divisor is None else f"{one.divisor.normalize():f}",
        "source": source,
    }


def component_of(row: Mapping[str, Any]) -> Component:
    """A kept component.

    Raises:
        NotGiven: its numbers are none.
    """
    try:
        value = Decimal(str(row.get("value", "")))
        divisor = Decimal(str(row["divisor"])) if row.get("divisor") else None
    except InvalidOperation:
        raise NotGiven(budget_fault("negative", str(row.get("name", "")))) from None
    return Component(
        str(row.get("name", "")), value, str(row.get("distribution", "rectangular")), divisor
    )


def budget_of(measurement: Measurement) -> Budget | None:
    """The budget of a kept measurement, computed anew from what is kept of it."""
    readings = [Decimal(str(one)) for one in measurement.readings]
    return computed(
        value=measurement.value,
        readings=readings,
        components=[component_of(row) for row in measurement.components],
        coverage=measurement.coverage_factor,
    ).budget


def report_of(measurement: Measurement) -> Reported:
    """The result as it is shown: U with two significant figures, the value to the same place."""
    return reported(measurement.value, measurement.expanded_uncertainty)


def is_overdue(measurement: Measurement) -> bool:
    """True if it was taken after the instrument's calibration was due. Flagged, not refused."""
    instrument = measurement.instrument
    return bool(
        instrument and instrument.due_on and measurement.taken_at.date() > instrument.due_on
    )
