"""What every saving of a draft has in common: the next revision, and the notes on what changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from karvan.foundation import clock
from karvan.foundation.people.models import Person

from ..examined import Examined
from ..models import Blueprint, ChangeNote, Revision

LONGEST_PATH = 200


def write_revision(
    draft: Blueprint,
    *,
    read: Examined,
    note: str,
    by: Person | None,
    began_from: int | None = None,
    is_set_aside: bool = False,
) -> Revision:
    """Add the next revision of a draft. Part of an act: its caller holds the lock and records."""
    newest = draft.revisions.aggregate(newest=Max("number"))["newest"] or 0
    return Revision.objects.create(
        blueprint=draft,
        number=newest + 1,
        source=read.source,
        sha256=read.sha256,
        data=read.data,
        note=note.strip(),
        began_from=began_from,
        is_set_aside=is_set_aside,
        saved_by=by,
        saved_at=clock.now(),
    )


def write_notes(draft: Blueprint, *, paths: Iterable[str], note: str, by: Person | None) -> None:
    """Say of these parts why they changed; what was said of one before stays in front."""
    said = note.strip()
    if not said:
        return
    known = {one.path: one for one in draft.change_notes.all()}
    for path in dict.fromkeys(_noted(path) for path in paths):
        earlier = known.get(path)
        if earlier is None:
            ChangeNote.objects.create(
                blueprint=draft, path=path, note=said, made_by=by, made_at=clock.now()
            )
        elif said not in earlier.note.splitlines():
            earlier.note = f"{earlier.note}\n{said}"
            earlier.made_by, earlier.made_at = by, clock.now()
            earlier.save(update_fields=["note", "made_by", "made_at"])


def _noted(path: str) -> str:
    """The part a note is written at: the nearest above whose address can be kept."""
    while len(path) > LONGEST_PATH and "." in path:
        path = path.rpartition(".")[0]
    return path[:LONGEST_PATH]
