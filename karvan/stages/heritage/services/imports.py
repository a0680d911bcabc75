"""Tables that others keep: read, mapped, doubts settled; nothing of the register changes yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import TABLES
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import Unreadable, WrongState
from karvan.stages.heritage.models import MonumentImport, Register, RememberedMapping
from karvan.stages.heritage.reading.doubts import OPTIONS, Doubt
from karvan.stages.heritage.reading.headings import fitting, guessed_mapping, signature_of
from karvan.stages.heritage.reading.lines import ReadTable, read_lines
from karvan.stages.heritage.reading.tables import Table, read_table
from karvan.stages.heritage.reading.wlm import fitted, mapping_of

from .imports_diff import Diff, compared, ways_of

MOST_BYTES = 40 * 1024 * 1024
MOST_DOUBTS, MOST_CHANGES, MOST_SHOWN = 1_500, 200, 60


@transaction.atomic
def read_file(register: Register, *, upload: File[Any], by: Person | None) -> MonumentImport:
    """Keep a table and read it: as the last one with these headings was, else as can be guessed.

    Raises:
        Unreadable: there is no table in it; says up to where it was read.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.

    Cost: 20,000 lines take about six seconds.
    """
    stored = store_upload(upload, kinds=TABLES, scope=register.scope, by=by, max_bytes=MOST_BYTES)
    made = MonumentImport(
        register=register, file=stored, made_by=by, made_at=clock.now(), options={"settled": {}}
    )
    table = table_of(made)
    made.signature = signature_of(table)
    known = RememberedMapping.objects.filter(register=register, signature=made.signature).first()
    if known is not None:
        made.options |= {**known.options, "remembered": True}
        table = table_of(made)
    mapping = fitting(known.mapping, table) if known else {}
    made.mapping = mapping or guessed_mapping(table)
    made.options.setdefault("language", _language(register))
    _report(made, table)
    made.save()
    after = {"file": stored.name, "sha256": stored.sha256, "lines": len(table.lines)}
    record("table of monuments read", made, by=by, after=after)
    return made


@transaction.atomic
def read_anew(
    imported: MonumentImport,
    *,
    by: Person | None,
    mapping: Mapping[str, str] | None = None,
    encoding: str = "",
    separator: str = "",
    language: str = "",
) -> MonumentImport:
    """Read the table with other columns, another encoding or separator.

    ``mapping`` None leaves the columns as they are. Nothing is taken over.

    Raises:
        WrongState: it is taken over or set aside already.
        Unreadable: it cannot be read so.
    """
    held = locked(imported)
    held.options |= {"encoding": encoding, "separator": separator}
    if language:
        held.options["language"] = language
    table = table_of(held)
    if signature_of(table) != held.signature:  # other headings: what was said of them is void
        held.signature = signature_of(table)
        held.mapping = guessed_mapping(table)
    elif mapping is not None:
        held.mapping = fitting(mapping, table)
    _report(held, table)
    held.save()
    record("table of monuments mapped", held, by=by, after={"columns": len(held.mapping)})
    return held


@transaction.atomic
def map_by_file(
    imported: MonumentImport, *, upload: File[Any], by: Person | None
) -> MonumentImport:
    """Read the columns as a field map of Wiki Loves Monuments says them.

    Raises:
        WrongState: it is taken over or set aside already.
        Unreadable: it is no field map, or none of its columns is in this table.
    """
    held = locked(imported)
    table = table_of(held)
    held.mapping = _field_map(upload, table)
    _report(held, table)
    held.save()
    after = {"file": (upload.name or "")[:100], "columns": len(held.mapping)}
    record("table of monuments mapped", held, by=by, after=after)
    return held


@transaction.atomic
def settle_doubts(
    imported: MonumentImport, *, choices: Mapping[str, str], by: Person | None
) -> MonumentImport:
    """Say how doubts are to be read: ``choices`` maps a group, or "code@line", to an option.

    An empty choice takes back what was said. Nothing is taken over.

    Raises:
        WrongState: it is taken over or set aside already.
    """
    held = locked(imported)
    settled = dict(held.options.get("settled", {}))
    for key, choice in choices.items():
        code = key.partition("@")[0].partition(":")[0]
        if choice in [option for option, _words in OPTIONS.get(code, [])]:
            settled[key] = choice
        elif not choice:
            settled.pop(key, None)
    held.options["settled"] = settled
    _report(held, table_of(held))
    held.save()
    record("doubts settled", held, by=by, after={"doubts": len(choices)})
    return held


@transaction.atomic
def set_import_aside(imported: MonumentImport, *, by: Person | None) -> MonumentImport:
    """Leave a table; nothing of it is taken over.

    Raises:
        WrongState: it is taken over or set aside already.
    """
    held = locked(imported)
    held.state = MonumentImport.State.SET_ASIDE
    held.save(update_fields=["state"])
    record("table of monuments set aside", held, by=by)
    return held


def table_of(imported: MonumentImport) -> Table:
    """The table as the import's options read it.

    Raises:
        Unreadable: it cannot be read so.
    """
    with open_file(imported.file) as opened:
        data = opened.read()
    options = imported.options
    return read_table(
        data,
        imported.file.kind,
        encoding=options.get("encoding", ""),
        separator=options.get("separator", ""),
    )


def locked(imported: MonumentImport) -> MonumentImport:
    """The import, locked, while it can still be changed.

    Raises:
        WrongState: it is taken over or set aside already.
    """
    held = (
        MonumentImport.objects.select_for_update(of=("self",))
        .select_related("register", "file")
        .get(pk=imported.pk)
    )
    if held.state != MonumentImport.State.PREVIEWED:
        raise WrongState(
            _("This table is %(state)s; read the file again to change how it is taken.")
            % {"state": str(held.get_state_display()).lower()}
        )
    return held


def _report(imported: MonumentImport, table: Table) -> None:
    """Read all lines and write down what taking them over would do."""
    read = read_lines(table, ways_of(imported))
    diff = compared(imported, read)
    imported.options |= {"encoding": table.encoding, "separator": table.separator}
    doubts = [*read.doubts, *diff.doubts]
    groups: dict[str, int] = {}
    for doubt in doubts:
        groups[doubt.group] = groups.get(doubt.group, 0) + 1
    imported.report = {
        "lines": len(table.lines),
        "columns": list(table.keys),
        "samples": _samples(table),
        "repeated": list(table.repeated),
        "before": list(table.before),
        "cleaned": read.cleaned,
        **_counted(diff, read),
        "groups": groups,
        "doubts": [doubt.plain() for doubt in _spread(doubts)],
    }
    imported.lines_total = sum(one.is_written for one in diff.changes)


def _counted(diff: Diff, read: ReadTable) -> dict[str, Any]:
    changed = [one for one in diff.changes if one.state == "changed"]
    new = [one for one in diff.changes if one.state == "new"]
    return {
        "new": len(new),
        "changed": len(changed),
        "same": diff.count("same"),
        "gone": len(diff.gone),
        "gone_numbers": diff.gone[:MOST_CHANGES],
        "left_out": [[line, why] for line, why, _cells in read.left_out[:MOST_CHANGES]],
        "left_out_count": len(read.left_out),
        "new_rows": [
            {
                "line": one.read.line,
                "number": one.read.number,
                "names": one.read.values["names"],
                "kind": one.read.values.get("kind", ""),
                "date": one.read.values.get("date_text", ""),
                "place": _place(one.read.values),
            }
            for one in new[:MOST_SHOWN]
        ],
        "changed_rows": [
            {
                "line": one.read.line,
                "number": one.read.number,
                "names": one.read.values["names"],
                "fields": [[name, _shown(b), _shown(a)] for name, (b, a) in one.fields.items()],
            }
            for one in changed[:MOST_CHANGES]
        ],
    }


def _spread(doubts: list[Doubt]) -> list[Doubt]:
    """As many doubts as a report keeps: of each group its first ones, none crowded out."""
    if len(doubts) <= MOST_DOUBTS:
        return doubts
    groups = len({doubt.group for doubt in doubts})
    most, seen = max(3, MOST_DOUBTS // groups), dict[str, int]()
    kept = []
    for doubt in doubts:
        seen[doubt.group] = seen.get(doubt.group, 0) + 1
        if seen[doubt.group] <= most:
            kept.append(doubt)
    return kept[:MOST_DOUBTS]


def _samples(table: Table) -> list[str]:
    """The first thing each column says, cut short."""
    found = []
    for place in range(len(table.keys)):
        cells = (line.cells[place].strip() for line in table.lines[:200])
        found.append(next((cell for cell in cells if cell), "")[:70])
    return found


def _field_map(upload: File[Any], table: Table) -> dict[str, str]:
    said = mapping_of(upload.read())
    found = fitted(said, table)
    if not found:
        raise Unreadable(
            _("None of the columns that this field map names is in the table: %(columns)s.")
            % {"columns": ", ".join(list(said.values())[:8])}
        )
    return found


def _language(register: Register) -> str:
    """The language of names in Latin letters: the country's own, else English."""
    official = register.country.official_languages if register.country else []
    return next((code for code in official if code not in ("ar", "fa", "ru", "ur")), "en")


def _place(values: Mapping[str, Any]) -> str:
    if values.get("latitude") is None:
        return ""
    return f"{values['latitude']:.5g}, {values['longitude']:.5g}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        parts = [f"{part:.6g}" for part in value.values() if isinstance(part, float)]
        return ", ".join(parts)
    if isinstance(value, list):
        return "; ".join(str(one.get("list", one)) if isinstance(one, dict) else str(one) for one in value)  # fmt: skip
    return "" if value is None else str(value)[:200]
