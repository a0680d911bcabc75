"""A table beside a register: what is new, changed, gone and the same, line by line.

Three sides are held against each other: the line now, the line as it was read the last time, and
what stands in the register. So a re-import never doubles a monument, and never undoes in silence
what a person changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from karvan.foundation import clock
from karvan.foundation.places.models import Country
from karvan.stages.heritage.models import Monument, MonumentImport, Register
from karvan.stages.heritage.reading.doubts import Doubt, Settled
from karvan.stages.heritage.reading.lines import ReadMonument, ReadTable, Ways, read_again

SPLIT = ("names", "texts")  # compared language by language
PLACE = ("latitude", "longitude", "geometry")
BATCH = 400

Flat = dict[str, Any]


@dataclass
class Change:
    """One line beside the monument of its number. ``fields``: what changes, before and after."""

    read: ReadMonument
    row: Monument | None
    state: str  # "new", "changed", "same"
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def is_written(self) -> bool:
        """True if taking it over writes anything: also a line whose other cells have changed."""
        return self.state != "same" or bool(
            self.row and self.row.raw.get("cells") != self.read.raw["cells"]
        )


@dataclass
class Diff:
    """A whole table beside the register."""

    changes: list[Change]
    gone: list[str]  # numbers that came from such a table and are in it no more
    doubts: list[Doubt]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.changes)


def ways_of(imported: MonumentImport) -> Ways:
    """How a table is, or was, read."""
    options = imported.options
    return Ways(
        mapping=imported.mapping,
        language=options.get("language") or "en",
        country=imported.register.country_id or "",
        this_year=imported.made_at.year,
        settled=Settled(options.get("settled", {})),
    )


def compared(imported: MonumentImport, read: ReadTable) -> Diff:
    """The table's lines beside the register's monuments.

    Cost: one read of the monuments of these numbers a batch; 20,000 lines beside as many
    monuments take about ten seconds, beside none half a second.
    """
    register = imported.register
    known = frozenset(Country.objects.values_list("code", flat=True))
    settled = ways_of(imported).settled
    doubts: list[Doubt] = []
    changes: list[Change] = []
    before: dict[int, Ways] = {}
    for start in range(0, len(read.monuments), BATCH):
        part = read.monuments[start : start + BATCH]
        rows = _rows(register, [one.number for one in part])
        for one in part:
            row = rows.get(one.number)
            changes.append(
                Change(one, None, "new")
                if row is None
                else _change(one, row, register, known, before, settled, doubts)
            )
    return Diff(changes, _gone(imported, {one.number for one in read.monuments}), doubts)


def row_values(read: ReadMonument, register: Register, known: Iterable[str]) -> dict[str, Any]:
    """The columns of the table of monuments that a line fills, countries as rows where there are."""
    values = dict(read.values)
    countries = values.pop("countries", None)
    if countries is None:
        return values
    if not countries and register.country_id:
        countries = [register.country_id]
    alone = len(countries) == 1 and countries[0] in known
    values["country_id"] = countries[0] if alone else None
    values["countries"] = [] if alone else countries
    return values


def merged(row: Monument, fields: Mapping[str, tuple[Any, Any]]) -> None:
    """Set what changes on the monument."""
    for name, (_before, after) in fields.items():
        stem, _colon, language = name.partition(":")
        if stem in SPLIT and language:
            setattr(row, stem, {**getattr(row, stem), language: after})
        elif name == "place":
            for part, value in after.items():
                setattr(row, part, value)
        elif name != "condition":
            setattr(row, name, after)


def _rows(register: Register, numbers: list[str]) -> dict[str, Monument]:
    found = Monument.objects.filter(register=register, national_id__in=numbers)
    return {one.national_id: one for one in found.select_related("imported_in__register")}


def _change(
    read: ReadMonument,
    row: Monument,
    register: Register,
    known: frozenset[str],
    before: dict[int, Ways],
    settled: Settled,
    doubts: list[Doubt],
) -> Change:
    last = _last(row, before)
    if last is not None and last.raw["cells"] == read.raw["cells"] and _reads_alike(last, read):
        return Change(read, row, "same")  # whatever stands here is what people made of it
    now = _flat(row_values(read, register, known))
    then = _flat(row_values(last, register, known)) if last else {}
    fields: dict[str, tuple[Any, Any]] = {}
    for name, wanted in now.items():
        here = _here(row, name, wanted)
        if wanted == here or (name in then and then[name] == wanted):
            continue
        if _is_nothing(here) or (name in then and then[name] == here):
            fields[name] = (here, wanted)
            continue
        said = {"here": _short(here), "value": _short(wanted)}
        doubt = Doubt("edited_here", read.line, name, said)
        doubts.append(doubt)
        if settled.of(doubt) == "file":
            fields[name] = (here, wanted)
    if read.survey and _says_more(read.survey, last, row):
        fields["condition"] = (row.condition, read.survey["condition"])
    return Change(read, row, "changed" if fields else "same", fields)


def _reads_alike(last: ReadMonument, read: ReadMonument) -> bool:
    return (last.values, last.survey) == (read.values, read.survey)


def _says_more(survey: dict[str, Any], last: ReadMonument | None, row: Monument) -> bool:
    """True if the line's condition is another than it was; beside a monument that came from no
    table, another than the last survey's."""
    if last is not None:
        return survey != last.survey
    return bool(row.condition != survey["condition"])


def _last(row: Monument, before: dict[int, Ways]) -> ReadMonument | None:
    """What the monument's kept line said, as it was read then."""
    source = row.imported_in
    if source is None:
        return None
    if source.pk not in before:
        before[source.pk] = ways_of(source)
    return read_again(row.raw, before[source.pk])


def _flat(values: Mapping[str, Any]) -> Flat:
    found: Flat = {}
    for name, value in values.items():
        if name in SPLIT:
            found |= {f"{name}:{language}": text for language, text in value.items()}
        elif name not in PLACE:
            found[name] = value
    place = {name: values[name] for name in PLACE if name in values}
    return {**found, "place": place} if place else found


def _here(row: Monument, name: str, wanted: Any) -> Any:
    stem, _colon, language = name.partition(":")
    if stem in SPLIT and language:
        return getattr(row, stem).get(language, "")
    if name == "place":
        return {part: getattr(row, part) for part in wanted}
    return getattr(row, name)


def _is_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(part is None for part in value.values())
    return value in (None, "", [], False, "unknown")


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{part:.6g}" for part in value.values() if isinstance(part, float))
    return str(value)[:80]


def _gone(imported: MonumentImport, numbers: set[str]) -> list[str]:
    came = Monument.objects.filter(
        register=imported.register, imported_in__signature=imported.signature
    )
    listed = came.order_by("national_id").values_list("national_id", flat=True)
    return [number for number in listed if number not in numbers]


def today_of(imported: MonumentImport) -> Any:
    """The day that stands for one a line does not say: when the table was read."""
    return min(imported.made_at.date(), clock.today())
