"""What is typed when a table is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.texts import language_name

from ..models import MonumentImport
from ..reading.doubts import OPTIONS, said
from ..reading.heading_words import LANGUAGES
from ..reading.headings import field_keys, field_name
from ..reading.tables import ENCODINGS, SEPARATORS

SHOWN_A_GROUP = 25
SEPARATOR_NAMES = {
    ",": pgettext_lazy("separator", "comma"),
    ";": pgettext_lazy("separator", "semicolon"),
    "\t": pgettext_lazy("separator", "tab"),
    "|": pgettext_lazy("separator", "bar"),
}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "cp1252": "Windows 1252",
    "latin-1": "Latin 1",
    "cp1251": "Windows 1251",
    "cp1254": "Windows 1254",
    "cp1256": "Windows 1256",
}


class TableForm(forms.Form):
    """A table to be read."""

    upload = forms.FileField(
        label=_("Table"),
        help_text=_("CSV, Excel or OpenDocument. It is read and shown first; nothing changes yet."),
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.xlsx,.ods"}),
    )


class FieldMapForm(forms.Form):
    """A field map of Wiki Loves Monuments."""

    upload = forms.FileField(
        label=_("Field map of Wiki Loves Monuments"),
        help_text=_("A JSON file such as az_az.json, which says which column is which."),
        widget=forms.ClearableFileInput({"accept": ".json"}),
    )


class WaysForm(forms.Form):
    """How the text is read: encoding, separator, the language of Latin letters."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[(code, ENCODING_NAMES[code]) for code in ENCODINGS], required=False
    )  # fmt: skip
    separator = forms.ChoiceField(
        label=_("Columns are told apart by"),
        choices=[(sign, SEPARATOR_NAMES[sign]) for sign in SEPARATORS],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of names in Latin letters"),
        choices=lambda: [(code, language_name(code)) for code in LANGUAGES],
    )

    def __init__(self, *args: Any, imported: MonumentImport, **options: Any) -> None:
        options["initial"] = {name: imported.options.get(name, "") for name in self.base_fields}
        super().__init__(*args, **options)
        if imported.file.kind != "csv":
            del self.fields["encoding"], self.fields["separator"]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column with what stands in it and what it is read as."""

    number: int
    key: str
    sample: str
    field: str


def column_rows(imported: MonumentImport) -> list[ColumnRow]:
    """Every column of the table, in its order."""
    fields: dict[str, str] = {}
    for name, key in imported.mapping.items():
        fields.setdefault(key, name)
    report = imported.report
    pairs = zip(report.get("columns", []), report.get("samples", []), strict=False)
    return [
        ColumnRow(number, key, sample, fields.get(key, ""))
        for number, (key, sample) in enumerate(pairs)
    ]


def field_choices() -> list[tuple[str, str]]:
    """What a column can be read as."""
    return [(key, field_name(key)) for key in field_keys()]


def mapping_sent(sent: QueryDict, imported: MonumentImport) -> dict[str, str]:
    """The mapping a form sends: one field a column; of two columns for one field the first."""
    known = set(field_keys())
    mapping: dict[str, str] = {}
    for row in column_rows(imported):
        name = sent.get(f"column_{row.number}", "")
        if name in known and name not in mapping:
            mapping[name] = row.key
    if "inscribed" in mapping and "number" in mapping:
        mapping.setdefault("whs_id", mapping["number"])
    return {name: mapping[name] for name in field_keys() if name in mapping}


def choices_sent(sent: QueryDict) -> dict[str, str]:
    """How doubts are settled, by group and by line, as a form sends it."""
    found: dict[str, str] = {}
    for name in sent:
        kind, _under, key = name.partition("_")
        if kind in ("all", "one") and key:
            found[key[:200]] = sent.get(name) or ""
    return found


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt as it is shown."""

    line: int
    column: str
    words: str
    key: str
    choice: str


@dataclass(frozen=True, slots=True)
class DoubtGroup:
    """Doubts of one kind, which can be settled together or one by one."""

    key: str
    title: str
    count: int
    options: list[tuple[str, str | Promise]]
    choice: str
    rows: list[DoubtRow]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


def doubt_groups(imported: MonumentImport) -> list[DoubtGroup]:
    """The report's doubts by kind, those first that can be settled."""
    settled = imported.options.get("settled", {})
    listed: dict[str, list[Mapping[str, Any]]] = {}
    for doubt in imported.report.get("doubts", []):
        word = doubt["values"].get("word", "")
        group = f"{doubt['code']}:{word}" if word else doubt["code"]
        listed.setdefault(group, []).append(doubt)
    counts = imported.report.get("groups", {})
    groups = [
        _group(group, doubts, counts.get(group, len(doubts)), settled)
        for group, doubts in listed.items()
    ]
    return sorted(groups, key=lambda one: (not one.options, -one.count, one.key))


def _group(
    key: str, doubts: list[Mapping[str, Any]], count: int, settled: Mapping[str, str]
) -> DoubtGroup:
    code = doubts[0]["code"]
    rows = [
        DoubtRow(
            line=doubt["line"],
            column=doubt["column"],
            words=said(code, doubt["values"]),
            key=f"{code}@{doubt['line']}",
            choice=settled.get(f"{code}@{doubt['line']}", ""),
        )
        for doubt in doubts[:SHOWN_A_GROUP]
    ]
    return DoubtGroup(
        key, _title(code), count, list(OPTIONS.get(code, [])), settled.get(key, ""), rows
    )


def _title(code: str) -> str:
    return {
        "place_swapped": _now("Latitude and longitude that changed places"),
        "place_far": _now("Places outside their country"),
        "place_out": _now("Places that are not on earth"),
        "place_zero": _now("Places at nought"),
        "place_half": _now("Half a place"),
        "place_unread": _now("Places that cannot be read"),
        "places_differ": _now("Two places in one line"),
        "number_missing": _now("Lines without a number"),
        "number_repeated": _now("Numbers that are repeated"),
        "number_long": _now("Numbers that are too long"),
        "name_missing": _now("Lines without a name"),
        "date_future": _now("Years ahead of today"),
        "date_kept": _now("Years ahead of today in columns that are not read"),
        "date_unread": _now("Dates that cannot be read"),
        "years_order": _now("Years that run backwards"),
        "years_unread": _now("Years that cannot be read"),
        "importance_unknown": _now("Importance that is not known"),
        "country_unknown": _now("Countries that are not known"),
        "condition_unknown": _now("Conditions that are not known"),
        "conditions_differ": _now("Several conditions in one line"),
        "trend_unknown": _now("Trends that are not known"),
        "columns_differ": _now("Columns of one name that differ"),
        "cells_joined": _now("Labels that hold the separator"),
        "cells_more": _now("Lines with too many cells"),
        "cells_fewer": _now("Lines with too few cells"),
        "unreadable": _now("Letters that cannot be read"),
        "list_unread": _now("Lists that cannot be read"),
        "status_order": _now("Statuses that end before they begin"),
        "too_long": _now("Texts that are cut"),
        "edited_here": _now("Changed here and in the file"),
    }.get(code, code)
