"""A dossier as plain data: the same dossier gives the same bytes, and so the same hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from karvan.foundation.files.models import StoredFile

from .carried import DOSSIER_FIELDS, PARTS, UNIT_FIELDS, Carried
from .models import Contribution, Dossier, LabelPhoto, Measurement
from .udi import serial_in_public

FORM = "dossier/1"
Snapshot = dict[str, Any]


def snapshot_of(dossier: Dossier) -> Snapshot:
    """The dossier as it stands: JSON values only, rows named by their keys.

    ``parts`` maps each name of ``carried.PARTS`` to its rows in their order. A file is
    {"sha256", "name", "kind", "size"}. Nobody is named but contributors, by the name they
    have on certificates.
    Cost: one query a kind of part and one for each many-to-many, about thirty in all.
    """
    unit = dossier.unit
    return {
        "karvan": FORM,
        "code": dossier.code,
        "workshop": dossier.activity.scope,
        "country": dossier.activity.edition.country_id,
        "device_type": dossier.device_type.code if dossier.device_type else "",
        "standards": list(dossier.device_type.standards) if dossier.device_type else [],
        "dossier": {name: _plain(getattr(dossier, name)) for name in DOSSIER_FIELDS},
        "unit": {
            **{name: _plain(getattr(unit, name)) for name in UNIT_FIELDS},
            "serial": serial_in_public(unit),
        },
        "labels": [
            {"file": _file(photo.file), "caption": photo.caption}
            for photo in LabelPhoto.objects.filter(unit=unit).select_related("file")
        ],
        "parts": {one.name: list(_rows(one, dossier)) for one in PARTS},
        "instruments": _instruments(dossier),
        "credits": [
            {"name": one.person.paper_name, "role": one.role}
            for one in Contribution.objects.filter(dossier=dossier).select_related("person")
        ],
        "origin": _origin(dossier),
    }


def canonical(snapshot: Snapshot) -> bytes:
    """The one text of a snapshot: keys in order, no blanks, UTF-8."""
    return json.dumps(
        snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def hash_of(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def texts_in(value: Any, path: str = "") -> Iterable[tuple[str, str]]:
    """Every text in a snapshot with where it stands ("parts.steps.2.title")."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts_in(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from texts_in(one, f"{path}.{number}")


def _rows(one: Carried, dossier: Dossier) -> Iterable[dict[str, Any]]:
    rows = (
        one.model._default_manager.filter(**{one.of: dossier})
        .select_related(*one.refs, *one.files)
        .prefetch_related(*one.many)
        .order_by(*(one.model._meta.ordering or ["pk"]))
    )
    for number, row in enumerate(rows, start=1):
        yield {
            "key": _key(row) if one.keyed else str(number),
            **{name: _plain(getattr(row, name)) for name in one.fields},
            **{name: _file(getattr(row, name)) for name in one.files},
            **{name: _key(getattr(row, name)) for name in one.refs},
            **{
                name: sorted(str(_key(other)) for other in getattr(row, name).all())
                for name in one.many
            },
        }


def _instruments(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """What was measured with: maker, model, calibration; by the key of the measurement."""
    rows = Measurement.objects.filter(dossier=dossier, instrument__isnull=False)
    return {
        str(row.key): {
            "maker": row.instrument.maker,
            "model": row.instrument.model,
            "accuracy": row.instrument.accuracy,
            "calibrated_on": _plain(row.instrument.calibrated_on),
            "due_on": _plain(row.instrument.due_on),
        }
        for row in rows.select_related("instrument")
        if row.instrument
    }


def _origin(dossier: Dossier) -> dict[str, Any] | None:
    origin = dossier.origin
    if origin is None:
        return None
    return {
        "code": origin.code,
        "title": origin.dossier.title,
        "version": origin.number,
        "sha256": origin.sha256,
        "country": origin.dossier.activity.edition.country_id,
        "licence_hardware": origin.licence_hardware,
        "licence_documentation": origin.licence_documentation,
        "licence_software": origin.licence_software,
    }


def _key(row: Any) -> str | None:
    return None if row is None else str(row.key)


def _file(stored: StoredFile | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    return {
        "sha256": stored.sha256,
        "name": stored.name,
        "kind": stored.kind,
        "size": stored.size,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _figures(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, models.Model):
        raise TypeError(f"{value!r} is a row, not a value")
    return value


def _figures(value: Decimal) -> str:
    """A number without zeros that the column added: "12.5", "300"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
