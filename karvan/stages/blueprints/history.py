"""What a draft or version changes from the version before it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .document import Difference, differences
from .models import Blueprint


@dataclass(frozen=True, slots=True)
class Explained:
    """One difference with why it was made, "" where nobody has said."""

    difference: Difference
    why: str


def version_before(version: Blueprint) -> Blueprint | None:
    """The newest published version below this one; None for the first."""
    return (
        Blueprint.objects.filter(
            programme_id=version.programme_id,
            state=Blueprint.State.PUBLISHED,
            number__lt=version.number,
        )
        .select_related("programme")
        .order_by("-number")
        .first()
    )


def explained(
    before: Mapping[str, Any], after: Mapping[str, Any], notes: Mapping[str, str]
) -> tuple[Explained, ...]:
    """Each difference between two documents with its note: at the same part, above or below."""
    return tuple(Explained(one, why(one.path, notes)) for one in differences(before, after))


def why(path: str, notes: Mapping[str, str]) -> str:
    """The notes that speak of a part: its own, else the nearest above, else those below."""
    above = path
    while above:
        if above in notes:
            return notes[above]
        above = above.rpartition(".")[0]
    return "\n".join(
        dict.fromkeys(said for one, said in notes.items() if one.startswith(f"{path}."))
    )


def notes_of(versions: Iterable[Blueprint]) -> dict[str, str]:
    """The notes of these versions by part; of one part, those of later versions come after."""
    found: dict[str, str] = {}
    for version in versions:
        for one in version.change_notes.all():
            found[one.path] = f"{found[one.path]}\n{one.note}" if one.path in found else one.note
    return found


def changes_explained(draft: Blueprint) -> tuple[Explained, ...]:
    """What the draft changes from the version before, with the notes there are; () for the first."""
    before = version_before(draft)
    if before is None:
        return ()
    return explained(before.data, draft.data, notes_of([draft]))


def silent(draft: Blueprint) -> list[Difference]:
    """The parts that differ from the version before and of which nobody has said why."""
    return [one.difference for one in changes_explained(draft) if not one.why]
