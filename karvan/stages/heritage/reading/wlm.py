"""Field maps of Wiki Loves Monuments: which column of a list is the number, which the name.

Format: ``monuments_config/*.json`` of the monuments database (heritage), MIT licence. Its
``fields`` pair a column ("source") with a name of its own ("dest"), and ``sql_data`` says which
of those names is number, name, region, latitude and so on.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import fold

from ..errors import Unreadable
from .tables import Table

TARGETS = {
    "id": "number", "name": "name", "adm1": "adm1", "adm2": "adm2", "address": "address",
    "municipality": "adm2", "lat": "latitude", "lon": "longitude", "commonscat": "commons",
    "source": "source",
}  # fmt: skip
BY_THEIR_NAMES = {
    "type": "kind", "date": "date", "description": "text", "decret": "authority", "ref": "source",
    "adresse": "address", "commonscat": "commons", "id": "number", "architect": "builder",
    "style": "kind", "year": "date", "state": "adm1", "region": "adm1",
}  # fmt: skip
LANGUAGES = ("en", "fr", "ar", "az", "ru", "tr", "de", "es", "fa")


def mapping_of(data: bytes) -> dict[str, str]:
    """Field to column as such a file says it. Columns are those of the list, not of a table yet.

    Raises:
        Unreadable: it is no field map.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
        fields = {one["dest"]: one["source"] for one in found["fields"] if "conv" not in one}
        said = found.get("sql_data", {})
        language = str(found.get("lang", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(
            _(
                "This is not a field map of Wiki Loves Monuments: it says no “fields” with “dest” and “source”."
            )  # fmt: skip
        ) from None
    mapping: dict[str, str] = {}
    for target, field in TARGETS.items():
        column = fields.get(_field_in(said.get(target)))
        if column and field not in mapping and column not in mapping.values():
            mapping[field] = column
    for dest, column in fields.items():
        field = BY_THEIR_NAMES.get(dest, "")
        if field and field not in mapping and column not in mapping.values():
            mapping[field] = column
    for stem in ("name", "text"):
        if stem in mapping and language in LANGUAGES:
            mapping[f"{stem}:{language}"] = mapping.pop(stem)
    if not mapping:
        raise Unreadable(_("This field map names none of the fields that a register has."))
    return mapping


def fitted(mapping: dict[str, str], table: Table) -> dict[str, str]:
    """The mapping with the columns as this table spells them; what it does not have is left out."""
    spelt = {_spelling(key): key for key in reversed(table.keys)}
    return {
        field: spelt[_spelling(column)]
        for field, column in mapping.items()
        if _spelling(column) in spelt
    }


def _field_in(said: Any) -> str:
    """The name a value refers to: itself, or the one within "LOWER(`ray-iso`)"."""
    if not isinstance(said, dict):
        return ""
    value = str(said.get("value", ""))
    if said.get("type") == "Field":
        return value
    quoted = re.search(r"`([^`]+)`", value)
    return quoted[1] if said.get("type") == "Raw" and quoted else ""


def _spelling(column: str) -> str:
    return re.sub(r"[\W_]+", "", fold(column))
