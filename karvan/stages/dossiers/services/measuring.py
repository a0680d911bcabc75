"""Write down a measurement; its uncertainty is computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines.measurement import significant
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotOfThisDossier
from ..models import Dossier, Measurement
from .editing import locked_dossier
from .measuring_budget import (
    checked_unit,
    component_of,
    component_row,
    computed,
    instrument_component,
    stored,
)
from .measuring_facts import changed_facts

PLAIN = (
    "name", "symbol", "instrument", "block", "point", "temperature", "humidity", "supply",
    "taken_at", "operator", "before_opening", "note",
)  # fmt: skip


@transaction.atomic
def record_measurement(
    dossier: Dossier,
    *,
    quantity: str,
    unit: str,
    value: Decimal | None,
    readings: Sequence[Decimal],
    components: Sequence[Mapping[str, Any]],
    coverage: Decimal | None,
    by: Person | None,
    **facts: Any,
) -> Measurement:
    """Write down a measurement of a dossier.

    ``readings`` give the value where there are any; ``components`` are of type B (name, value,
    distribution, divisor), to which the instrument's stated accuracy is added. ``coverage``
    None takes k from the effective degrees of freedom. ``facts`` are the fields of ``PLAIN``.

    Raises:
        Stopped, WrongState: the dossier cannot be changed; only what was measured before the
            opening may be written before the clearance.
        BadUnit: the unit does not measure the quantity.
        NotGiven: there is no value, or a component makes no sense.
        NotOfThisDossier: instrument, block or point belong elsewhere.
    """
    held = locked_dossier(dossier, opening=not facts.get("before_opening"))
    measurement = Measurement(dossier=held, author=by)
    _put(measurement, quantity, unit, value, readings, components, coverage, facts)
    measurement.save()
    record("measured", measurement, by=by, after=_said(measurement), scope=held.scope)
    return measurement


@transaction.atomic
def change_measurement(
    measurement: Measurement,
    *,
    quantity: str,
    unit: str,
    value: Decimal | None,
    readings: Sequence[Decimal],
    components: Sequence[Mapping[str, Any]],
    coverage: Decimal | None,
    by: Person | None,
    **facts: Any,
) -> Measurement:
    """Correct a measurement; its uncertainty is computed anew. Raises as ``record_measurement``."""
    held = locked_dossier(measurement.dossier, opening=not facts.get("before_opening"))
    found = Measurement.objects.select_for_update().get(pk=measurement.pk)
    before = _said(found)
    _put(found, quantity, unit, value, readings, components, coverage, facts)
    found.save()
    was, now = changed_facts(before, _said(found))
    record("corrected measurement", found, by=by, before=was, after=now, scope=held.scope)
    return found


@transaction.atomic
def remove_measurement(measurement: Measurement, *, by: Person | None) -> None:
    """Take a measurement out; the history keeps what it said.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(measurement.dossier)
    found = Measurement.objects.select_for_update().get(pk=measurement.pk)
    record("removed measurement", found, by=by, before=_said(found), scope=held.scope)
    found.delete()


def _put(
    measurement: Measurement,
    quantity: str,
    unit: str,
    value: Decimal | None,
    readings: Sequence[Decimal],
    components: Sequence[Mapping[str, Any]],
    coverage: Decimal | None,
    facts: Mapping[str, Any],
) -> None:
    for name in PLAIN:
        if name in facts:
            setattr(measurement, name, facts[name])
    _check_belongs(measurement)
    measurement.quantity, measurement.unit = quantity, checked_unit(unit, quantity)
    typed = [component_of(row) for row in components]
    first = computed(value=value, readings=readings, components=(), coverage=Decimal(2))
    stated = instrument_component(measurement.instrument, first.value, measurement.unit)
    whole = [*typed, *([stated] if stated else [])]
    result = computed(value=value, readings=readings, components=whole, coverage=coverage)
    measurement.value = result.value
    measurement.readings = [f"{one:f}" for one in readings]
    measurement.components = [component_row(one, "typed") for one in typed]
    if stated:
        measurement.components.append(component_row(stated, "instrument"))
    budget = result.budget
    measurement.coverage_factor = budget.coverage if budget else coverage or Decimal(2)
    measurement.standard_uncertainty = stored(budget.standard) if budget else None
    measurement.expanded_uncertainty = stored(budget.expanded) if budget else None


def _check_belongs(measurement: Measurement) -> None:
    dossier = measurement.dossier
    block, point, instrument = measurement.block, measurement.point, measurement.instrument
    if block is not None and block.dossier_id != dossier.pk:
        raise NotOfThisDossier(_("This block belongs to another dossier."))
    if point is not None and point.photo.step.dossier_id != dossier.pk:
        raise NotOfThisDossier(_("This mark is on a photograph of another dossier."))
    if instrument is not None and instrument.activity_id != dossier.activity_id:
        raise NotOfThisDossier(_("This instrument belongs to another workshop."))


def _said(measurement: Measurement) -> dict[str, Any]:
    """What the history keeps of it."""
    kept = measurement.expanded_uncertainty
    return {
        "what": measurement.name,
        "value": f"{measurement.value.normalize():f}",
        "unit": measurement.unit,
        "uncertainty": None if kept is None else f"{significant(kept):f}",
    }
