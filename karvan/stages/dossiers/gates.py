"""The gate items as data: what is asked before a device is opened or a design goes out.

An item is in order when it is answered yes, or does not apply with a reason. A prohibition is
the other way round: "yes, it has it" shuts the device for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import GateCheck

Kind = GateCheck.Kind
SAFETY_KINDS = (Kind.SAFETY, Kind.BIOLOGICAL, Kind.ENVIRONMENT)
ADVISER_KINDS = (Kind.LEGAL, Kind.IP, Kind.ETHICS)


@dataclass(frozen=True, slots=True)
class GateItem:
    """One item: its code, kind and words; ``blocking``: nothing is opened before it is in order."""

    code: str
    kind: str
    text: str | Promise
    blocking: bool = True
    prohibits: bool = False


ITEMS = (
    GateItem("mains_locked_out", Kind.SAFETY, _("The mains plug is out and locked out.")),
    GateItem(
        "capacitors_discharged",
        Kind.SAFETY,
        _("Capacitors are discharged and were measured below 60 V DC."),
    ),
    GateItem(
        "high_voltage",
        Kind.SAFETY,
        _("It holds or makes high voltage: a defibrillator, a picture tube, X-rays."),
        prohibits=True,
    ),
    GateItem(
        "stored_energy_released",
        Kind.SAFETY,
        _("Rotors stand still and springs are released."),
    ),
    GateItem("laser_class_known", Kind.SAFETY, _("The class of every laser in it is known.")),
    GateItem("pressure_vented", Kind.SAFETY, _("Pressure is let off and gases are vented.")),
    GateItem("batteries_removed", Kind.SAFETY, _("Batteries are taken out.")),
    GateItem(
        "hazardous_materials",
        Kind.ENVIRONMENT,
        _("It was checked for lead, mercury, asbestos and radioactive matter."),
    ),
    GateItem(
        "clean_and_certified",
        Kind.BIOLOGICAL,
        _("It is visibly clean and has a decontamination certificate."),
    ),
    GateItem("no_sharps", Kind.BIOLOGICAL, _("There are no sharps in it or on it.")),
    GateItem("owner_permits", Kind.LEGAL, _("The owner has permitted it in writing.")),
    GateItem(
        "no_lease_forbids",
        Kind.LEGAL,
        _("No lease and no service contract forbids opening it."),
    ),
    GateItem("no_evidence", Kind.LEGAL, _("It is not evidence of an incident.")),
    GateItem(
        "patents_searched",
        Kind.IP,
        _("Patents were searched: number, office, status and date are noted."),
        blocking=False,
    ),
    GateItem(
        "firmware_readout",
        Kind.IP,
        _(
            "Reading out the firmware is permitted, its licence is known, and no protection is "
            "circumvented without advice."
        ),
        blocking=False,
    ),
    GateItem(
        "trademarks_removed",
        Kind.IP,
        _("Trademarks are removed from the redesign."),
        blocking=False,
    ),
    GateItem(
        "no_trade_secrets",
        Kind.IP,
        _("No trade secret got under a confidentiality agreement is used."),
        blocking=False,
    ),
    GateItem(
        "export_control",
        Kind.LEGAL,
        _("Export control was looked at and permits publication."),
        blocking=False,
    ),
    GateItem("photos_consented", Kind.ETHICS, _("Whoever is in a photograph has agreed to it.")),
    GateItem(
        "never_back_to_patients",
        Kind.ETHICS,
        _(
            "The device never goes back to patients, unless an authorised person requalifies it "
            "by IEC 62353."
        ),
    ),
    GateItem(
        "waste_route",
        Kind.ENVIRONMENT,
        _("It is settled where its waste goes."),
        blocking=False,
    ),
)
BY_CODE = {item.code: item for item in ITEMS}


def text_of(check: GateCheck) -> str:
    """The item in the reader's language; a workshop's own item as it was written."""
    known = BY_CODE.get(check.code)
    return str(known.text) if known else check.text


def prohibits(check: GateCheck) -> bool:
    """True for what no workshop may open where it is there."""
    known = BY_CODE.get(check.code)
    return known is not None and known.prohibits


def is_shut_for_ever(check: GateCheck) -> bool:
    """True where a prohibited thing was found."""
    return prohibits(check) and check.answer == GateCheck.Answer.YES


def is_in_order(check: GateCheck) -> bool:
    """True where the answer lets the work go on."""
    if prohibits(check):
        return check.answer == GateCheck.Answer.NO
    if check.answer == GateCheck.Answer.NA:
        return bool(check.reason.strip())
    return check.answer == GateCheck.Answer.YES
