"""Take requirements over from a file: shown as a difference first, written in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.files.base import File
from django.db import transaction

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.design_queries import REQUIREMENT_FILES
from karvan.stages.dossiers.models import Dossier, Requirement
from karvan.stages.dossiers.reading.requirements import (
    Doubt,
    Item,
    ReadRequirements,
    guessed_type,
    read_requirements,
)

from .editing import locked_dossier
from .requirements import tie_loose_ends

COMPARED = ("type", "statement", "rationale", "priority", "verification", "fulfils")


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement of the file beside what is here. ``fields``: name, before, after."""

    item: Item
    state: str  # "new", "changed", "same"
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file over would do. ``gone``: here from this file before, in it no more."""

    changes: tuple[Change, ...]
    gone: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    read: ReadRequirements
    type: str

    def count(self, state: str) -> int:
        """How many requirements are in that state."""
        return sum(one.state == state for one in self.changes)


@transaction.atomic
def keep_requirements_file(dossier: Dossier, *, upload: File[bytes], by: Person) -> StoredFile:
    """Keep a file of requirements to be looked at; nothing of the dossier changes.

    Raises:
        Unreadable: it holds no requirements; the sentence says up to where it was read.
    """
    held = locked_dossier(dossier)
    data = upload.read()
    read_requirements(data, upload.name or "")
    upload.seek(0)
    kept = store_upload(upload, kinds=REQUIREMENT_FILES, scope=held.scope, by=by)
    record("previewed import", held, by=by, after={"name": kept.name, "sha256": kept.sha256})
    return kept


def preview_requirements(
    dossier: Dossier,
    *,
    file: StoredFile,
    mapping: Mapping[str, int] | None = None,
    type: str = "",
    prefix: str = "",
) -> Preview:
    """What the file holds beside what the dossier has. ``type``: of what says none itself.

    Raises:
        Unreadable: it cannot be read with this mapping.
    """
    with open_file(file) as opened:
        read = read_requirements(opened.read(), file.name, mapping=mapping, prefix=prefix)
    items, kind, doubts = _typed(read.items, type)
    here = {one.code: one for one in dossier.requirements.prefetch_related("fulfils")}
    known = {*here, *(item.code for item in items)}
    doubts += [
        Doubt("dangling", item.where, {"code": item.code, "target": target})
        for item in items
        for target in item.fulfils
        if target not in known
    ]
    changes = tuple(_change(item, here.get(item.code)) for item in items)
    codes = {item.code for item in items}
    gone = tuple(
        one.code for one in here.values() if one.source == file.name and one.code not in codes
    )
    return Preview(changes, gone, (*read.doubts, *doubts), read, kind)


@transaction.atomic
def import_requirements(
    dossier: Dossier,
    *,
    file: StoredFile,
    by: Person | None,
    mapping: Mapping[str, int] | None = None,
    type: str = "",
    prefix: str = "",
) -> Preview:
    """Write what the preview shows: new ones in, changed ones anew; none is taken out.

    What the file does not say (a way of showing it, say) stays as it is here.
    Cost: 300 requirements with 300 links take about a second.
    """
    held = locked_dossier(dossier)
    shown = preview_requirements(held, file=file, mapping=mapping, type=type, prefix=prefix)
    by_code = {one.code: one for one in held.requirements.all()}
    made = [
        Requirement(dossier=held, code=one.item.code, author=by, **_fields(one.item, file, None))
        for one in shown.changes
        if one.state == "new"
    ]
    by_code |= {one.code: one for one in Requirement.objects.bulk_create(made)}
    for one in shown.changes:
        if one.state == "changed":
            row = by_code[one.item.code]
            for name, value in _fields(one.item, file, row).items():
                setattr(row, name, value)
            row.save()
    _link([one.item for one in shown.changes if one.state != "same"], by_code)
    tie_loose_ends(held, codes=[one.item.code for one in shown.changes])
    after = {"name": file.name, "new": shown.count("new"), "changed": shown.count("changed")}
    record("requirements imported", held, by=by, after=after)
    return shown


def _typed(items: Sequence[Item], type: str) -> tuple[list[Item], str, list[Doubt]]:
    """Items with a type each: their own, the one asked for, or that guessed from their codes."""
    bare = [item for item in items if not item.type]
    guess = guessed_type(item.code for item in bare)
    kind = type or guess or Requirement.Type.SYSTEM.value
    doubts = []
    if bare and not type:
        code = "type_guessed" if guess else "type_open"
        label = Requirement.Type(kind).label
        doubts.append(Doubt(code, "", {"count": len(bare), "type": label}))
    return [item if item.type else replace(item, type=kind) for item in items], kind, doubts


def _change(item: Item, row: Requirement | None) -> Change:
    if row is None:
        return Change(item, "new")
    before = {name: str(getattr(row, name)) for name in COMPARED if name != "fulfils"}
    before["fulfils"] = " ".join(sorted([*(one.code for one in row.fulfils.all()), *row.dangling]))
    after = {name: str(getattr(item, name)) for name in COMPARED if name != "fulfils"}
    after["fulfils"] = " ".join(sorted(item.fulfils))
    differing = tuple(
        (name, before[name], after[name])
        for name in COMPARED
        if before[name] != after[name] and (after[name] or name in ("statement", "fulfils"))
    )
    return Change(item, "changed" if differing else "same", differing)


def _fields(item: Item, file: StoredFile, row: Requirement | None) -> dict[str, str]:
    said = {
        "type": item.type,
        "statement": item.statement,
        "rationale": item.rationale,
        "priority": item.priority,
        "verification": item.verification,
    }
    if row is None:
        said["priority"] = said["priority"] or Requirement.Priority.MUST
        return {**said, "source": file.name}
    return {**{name: value for name, value in said.items() if value}, "source": file.name}


def _link(items: Iterable[Item], by_code: Mapping[str, Requirement]) -> None:
    """Set the links of these items in few queries; what leads nowhere is kept as a code."""
    through = Requirement.fulfils.through
    rows = [by_code[item.code] for item in items]
    through.objects.filter(from_requirement__in=rows).delete()
    links = []
    for item in items:
        row = by_code[item.code]
        row.dangling = [code for code in item.fulfils if code not in by_code]
        links += [
            through(from_requirement_id=row.pk, to_requirement_id=by_code[code].pk)
            for code in item.fulfils
            if code in by_code
        ]
    through.objects.bulk_create(links)
    Requirement.objects.bulk_update(rows, ["dangling"])
