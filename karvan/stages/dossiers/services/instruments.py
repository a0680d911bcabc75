"""The instruments of a workshop."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven
from ..models import Dossier, Instrument
from .editing import locked_dossier
from .measuring_budget import known_unit
from .measuring_facts import changed_facts

FIELDS = (
    "maker", "model", "serial", "range", "resolution", "unit", "accuracy", "percent_reading",
    "digits", "calibrated_on", "due_on", "certificate",
)  # fmt: skip


@transaction.atomic
def add_instrument(dossier: Dossier, *, by: Person | None, **facts: Any) -> Instrument:
    """Enter an instrument of the dossier's workshop; every team of it may then use it.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
        BadUnit, NotGiven: as ``change_instrument``.
    """
    held = locked_dossier(dossier)
    instrument = Instrument(activity=held.activity, author=by)
    _put(instrument, facts)
    instrument.save()
    record("added instrument", instrument, by=by, after=_said(instrument), scope=held.scope)
    return instrument


@transaction.atomic
def change_instrument(instrument: Instrument, *, by: Person | None, **facts: Any) -> Instrument:
    """Correct what is known of an instrument. Results taken with it keep their uncertainty.

    Raises:
        BadUnit: the unit of its resolution is none.
        NotGiven: a resolution or digits without what they need, or due before calibrated.
    """
    found = Instrument.objects.select_for_update().get(pk=instrument.pk)
    before = _said(found)
    _put(found, facts)
    found.save()
    was, now = changed_facts(before, _said(found))
    record("changed instrument", found, by=by, before=was, after=now, scope=found.scope)
    return found


def _put(instrument: Instrument, facts: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in facts:
            setattr(instrument, name, facts[name])
    if instrument.unit:
        instrument.unit = known_unit(instrument.unit)
    if instrument.resolution and not instrument.unit:
        raise NotGiven(_("Say in which unit the resolution is."))
    if instrument.digits and not instrument.resolution:
        raise NotGiven(_("An accuracy in digits needs the resolution: how much one digit is."))
    if (
        instrument.calibrated_on
        and instrument.due_on
        and instrument.due_on < instrument.calibrated_on
    ):
        raise NotGiven(_("The calibration is due before it was made."))


def _said(instrument: Instrument) -> dict[str, Any]:
    return {
        "what": str(instrument),
        "due": instrument.due_on.isoformat() if instrument.due_on else None,
        "certificate": instrument.certificate,
        "accuracy": instrument.accuracy,
    }
