"""Describe the device on the bench: what its labels say, its papers, its photographs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS, PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from .. import emdn, udi
from ..errors import NotGiven
from ..models import DeviceUnit, Dossier, LabelPhoto
from .editing import locked_dossier

FIELDS = (
    "emdn", "emdn_note", "gmdn_code", "gmdn_term", "manufacturer", "model", "serial",
    "masks_serial", "lot", "made_year", "udi_di", "udi_pi", "risk_class", "protection_class",
    "applied_part", "mains", "battery", "ip_code", "markings", "condition", "provenance", "owner",
    "decontamination_method", "decontaminated_on", "decontamination_signed_by",
    "patient_data_wiped",
)  # fmt: skip


@transaction.atomic
def describe_unit(
    dossier: Dossier,
    *,
    permission: File[Any] | None = None,
    certificate: File[Any] | None = None,
    by: Person,
    **values: Any,
) -> DeviceUnit:
    """Write down what the device is; ``values`` are fields of ``DeviceUnit``.

    ``permission`` and ``certificate`` replace the papers kept so far. Only what changed is
    recorded.

    Raises:
        NotGiven: a code, a number or a date does not fit; the text says which and how.
        Stopped, WrongState: the dossier cannot be changed.
        ValueError: a field that a unit has not.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"a device unit has no {sorted(unknown)}")
    held = locked_dossier(dossier)
    unit, _is_new = DeviceUnit.objects.select_for_update().get_or_create(dossier=held)
    _tidy(values)
    _refuse_wrong(values)
    before = {key: getattr(unit, key) for key in values if getattr(unit, key) != values[key]}
    for key in before:
        setattr(unit, key, values[key])
    after = {key: values[key] for key in before}
    for paper, field in ((permission, "owner_permission"), (certificate, "decontamination_file")):
        if paper is not None:
            kept = store_upload(paper, kinds=PAPERS, scope=held.scope, by=by)
            setattr(unit, field, kept)
            after[field] = str(kept)
    if after:
        unit.author = unit.author or by
        unit.save()
        record("described device", held, by=by, before=before, after=after)
    return unit


def _tidy(values: dict[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, str):
            values[key] = value.strip()
    if "emdn" in values:
        values["emdn"] = values["emdn"].upper().replace(" ", "")
    if "udi_di" in values:
        values["udi_di"] = udi.said(values["udi_di"])


def _refuse_wrong(values: dict[str, Any]) -> None:
    code = values.get("emdn", "")
    if code and not emdn.is_code(code):
        raise NotGiven(
            _("“%(code)s” is no EMDN code: a letter, then up to six pairs of digits.")
            % {"code": code}
        )
    if code and not emdn.term_of(code):
        near = emdn.nearest_known(code)
        words = {"code": code, "near": near, "term": emdn.term_of(near)}
        raise NotGiven(
            _("%(code)s is not in the list. The nearest above it is %(near)s, %(term)s.") % words
            if near
            else _("%(code)s is not in the list.") % words
        )
    if wrong := udi.wrong(values.get("udi_di", "")):
        raise NotGiven(wrong)
    year = values.get("made_year")
    if year is not None and year > clock.today().year:
        raise NotGiven(_("The year made, %(year)s, is still to come.") % {"year": year})
    cleaned = values.get("decontaminated_on")
    if isinstance(cleaned, date) and cleaned > clock.today():
        raise NotGiven(_("The day of the decontamination is still to come."))


@transaction.atomic
def add_label(dossier: Dossier, *, picture: File[Any], caption: str = "", by: Person) -> LabelPhoto:
    """Keep a photograph of a label; where it was taken is not kept.

    Raises:
        FileNotAllowed and other errors of files: nothing is kept.
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(dossier)
    unit, _is_new = DeviceUnit.objects.get_or_create(dossier=held)
    kept = store_upload(picture, kinds=PICTURES, scope=held.scope, by=by)
    made = LabelPhoto.objects.create(unit=unit, file=kept, caption=caption.strip()[:200])
    record("added label", held, by=by, after={"caption": made.caption or str(kept)})
    return made


@transaction.atomic
def remove_label(photo: LabelPhoto, *, by: Person) -> None:
    """Take a photograph of a label out of the dossier.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(photo.unit.dossier)
    said = photo.caption or str(photo.file)
    photo.delete()
    record("removed label", held, by=by, before={"caption": said})
