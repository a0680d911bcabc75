"""To carry on from another team's release, in another workshop and another country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.carried import (
    DOSSIER_FIELDS,
    NOT_FORKED,
    PARTS,
    TYPE_FIELDS,
    Carried,
)
from karvan.stages.dossiers.errors import WrongState
from karvan.stages.dossiers.models import DeviceType, DeviceUnit, Dossier, DossierVersion
from karvan.stages.editions.models import Activity

NOT_ITS_OWN = ("function_test", "rates", "rates_on", "currency")


def fork_version(
    version: DossierVersion, *, activity: Activity, code: str, title: str, by: Person | None
) -> Dossier:
    """A new dossier of another workshop that begins with everything a release holds.

    It begins as a draft with a device of its own: what was measured, captured and tried at the
    other bench is left there, its gates are to be checked anew, and its origin stays written.
    Part keys are new; files are the same bytes.

    Raises:
        WrongState: the workshop has a dossier of that code.
    Cost: one insert a part, some hundreds for a full dossier.
    """
    with transaction.atomic():
        if Dossier.objects.filter(activity=activity, code=code).exists():
            raise WrongState(_("This workshop has a dossier %(code)s already.") % {"code": code})
        frozen = version.snapshot
        fields = {
            name: _value(Dossier, name, frozen["dossier"][name])
            for name in DOSSIER_FIELDS
            if name not in NOT_ITS_OWN and name in frozen["dossier"]
        }
        made = Dossier.objects.create(
            **{**fields, "title": title},
            activity=activity,
            code=code,
            device_type=DeviceType.objects.filter(code=frozen["device_type"]).first(),
            currency=activity.edition.currency,
            origin=version,
            author=by,
        )
        DeviceUnit.objects.create(
            dossier=made, author=by, **{name: frozen["unit"][name] for name in TYPE_FIELDS}
        )
        write_parts(made, parts=frozen["parts"], files=_files(version), by=by, without=NOT_FORKED)
        record(
            "carried on from release",
            made,
            by=by,
            after={"version": version.number, "origin": version.dossier.record_label},
        )
    return made


def write_parts(
    made: Dossier,
    *,
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    by: Person | None,
    files: Mapping[str, StoredFile] = MappingProxyType({}),
    without: Sequence[str] = (),
) -> None:
    """Write the parts of a snapshot into a dossier that has none of them; part of a larger act.

    Fields a row does not name keep their default. References are by the rows' keys, also to
    rows that come later; ``files`` are found by their hash. Keys of the new rows are new.
    """
    rows: dict[str, dict[str, models.Model]] = {}
    later: list[tuple[models.Model, str, str, str]] = []
    for one in PARTS:
        if one.name in without:
            continue
        rows[one.name] = {}
        for frozen in parts.get(one.name, ()):
            row, waiting = _row(one, frozen, made, rows, files, by)
            rows[one.name][frozen["key"]] = row
            later += waiting
            for name, target in one.many.items():
                known = rows.get(target, {})
                found = [known[key] for key in frozen.get(name, ()) if key in known]
                if target != one.name:
                    getattr(row, name).set(found)
        _join_own(one, parts.get(one.name, ()), rows)
    for row, name, target, key in later:
        if key in rows.get(target, {}):
            setattr(row, name, rows[target][key])
            row.save(update_fields=[name])


def _row(
    one: Carried,
    frozen: Mapping[str, Any],
    made: Dossier,
    rows: dict[str, dict[str, models.Model]],
    files: Mapping[str, StoredFile],
    by: Person | None,
) -> tuple[models.Model, list[tuple[models.Model, str, str, str]]]:
    values = {name: _value(one.model, name, frozen[name]) for name in one.fields if name in frozen}
    for name in one.files:
        if frozen.get(name):
            values[name] = files.get(frozen[name]["sha256"])
    waiting = []
    for name, target in one.refs.items():
        key = frozen.get(name)
        if key is None:
            continue
        if key in rows.get(target, {}):
            values[name] = rows[target][key]
        else:
            waiting.append((name, target, key))
    if one.of == "dossier":
        values["dossier"] = made
    if one.keyed:
        values["author"] = by
    row = one.model._default_manager.create(**values)
    return row, [(row, *found) for found in waiting]


def _join_own(one: Carried, frozen_rows: Any, rows: dict[str, dict[str, models.Model]]) -> None:
    """Many-to-many within one kind, once all its rows are there."""
    for name, target in one.many.items():
        if target != one.name:
            continue
        for frozen in frozen_rows:
            found = [rows[target][key] for key in frozen.get(name, ()) if key in rows[target]]
            getattr(rows[target][frozen["key"]], name).set(found)


def _files(version: DossierVersion) -> dict[str, StoredFile]:
    """The stored files of the release's own workshop, by their hash."""
    scope = version.dossier.activity.scope
    return {one.sha256: one for one in StoredFile.objects.filter(scope=scope)}


def _value(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as its column wants it, from the text a snapshot holds."""
    column = model._meta.get_field(name)
    if value is None or not isinstance(value, str):
        return value
    if isinstance(column, models.DecimalField):
        return Decimal(value)
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(column, models.DateField):
        return date.fromisoformat(value)
    return value
