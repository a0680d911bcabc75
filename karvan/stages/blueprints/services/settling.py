"""Two people changed the same part: choose, part by part, whose value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines.merging import ABSENT, Conflict, Merged, resolved
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..document import REMOVED, changes
from ..document.writing import rewritten
from ..errors import ChoicesMissing, DraftMovedOn, NothingToChoose
from ..examined import decoded, examined
from ..models import Blueprint, Revision
from .revisions import write_notes, write_revision
from .saving import Saved, locked_draft, merged_of, present_of

Choice = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """One part that both changed: what stood, what the draft says now, what was set aside."""

    path: str
    kind: str
    base: Any
    theirs: Any
    ours: Any


@dataclass(frozen=True, slots=True)
class Disputed:
    """A revision set aside against the draft as it is now, ``present``."""

    aside: Revision
    base: Revision
    present: Revision
    parts: tuple[Dispute, ...]
    agreed: int  # how many other changes of the revision come in without a choice


def disputed(draft: Blueprint, number: int) -> Disputed:
    """What is to be chosen for a revision that was set aside.

    Raises:
        NothingToChoose: it was not set aside, or has been settled since.
    """
    found = _open(draft, number)
    merged = _merged(found, _base(draft, found), present := present_of(draft))
    parts = tuple(
        Dispute(".".join(one.path), one.kind, *map(_plain, (one.base, one.theirs, one.ours)))
        for one in merged.conflicts
    )
    return Disputed(found, _base(draft, found), present, parts, len(merged.ours))


@transaction.atomic
def settle_revision(
    draft: Blueprint,
    *,
    revision: int,
    choices: Mapping[str, Choice],
    base_revision: int,
    by: Person | None,
) -> Saved:
    """Take a revision that was set aside into the draft, with what was chosen for each part.

    Its other changes come in too. Both revisions stay as they were saved.

    Raises:
        ChoicesMissing: a part in dispute has no choice.
        DraftMovedOn: the draft is no longer the one whose values were shown.
        NothingToChoose: the revision was not set aside, or has been settled.
        NotADraft: the draft is published.
    """
    draft = locked_draft(draft)
    found = _open(draft, revision)
    present = present_of(draft)
    if present.number != base_revision:
        raise DraftMovedOn(_("The draft has changed again meanwhile. Look at the choices anew."))
    merged = _merged(found, _base(draft, found), present)
    paths = {".".join(one.path): one for one in merged.conflicts}
    missing = [path for path in paths if choices.get(path) not in ("ours", "theirs")]
    if missing:
        raise ChoicesMissing(
            _("Choose for each part whose value stands: %(parts)s.")
            % {"parts": ", ".join(missing) or _("the whole")}
        )
    document = _chosen(merged, paths, choices)
    text = rewritten(decoded(bytes(present.source)), document)
    read = examined(text.text.encode(), draft.programme.code)
    before = {"sha256": draft.sha256}
    draft.source, draft.sha256, draft.data = read.source, read.sha256, read.data
    draft.save(update_fields=["source", "sha256", "data"])
    made = write_revision(draft, read=read, note=found.note, by=by, began_from=found.number)
    changed = [one.path for one in changes(present.data, read.data)]
    write_notes(draft, paths=changed, note=found.note, by=found.saved_by)
    after = {"revision": made.number, "of": found.number, "kept": dict(choices)}
    record("revision settled", draft, by=by, before=before, after=after)
    return Saved(made, is_whole=text.is_whole)


def _open(draft: Blueprint, number: int) -> Revision:
    found = draft.revisions.filter(number=number, is_set_aside=True).first()
    if found is None or draft.revisions.filter(began_from=number).exists():
        raise NothingToChoose(
            _("Nothing is left to choose for revision %(number)s.") % {"number": number}
        )
    return found


def _base(draft: Blueprint, aside: Revision) -> Revision:
    base: Revision = draft.revisions.get(number=aside.began_from or 0)
    return base


def _merged(aside: Revision, base: Revision, present: Revision) -> Merged:
    return merged_of(base.data, aside.data, present.data)


def _chosen(merged: Merged, paths: Mapping[str, Conflict], choices: Mapping[str, Choice]) -> Any:
    theirs = {one.path: one.theirs for path, one in paths.items() if choices[path] == "theirs"}
    if () in theirs:
        return theirs[()]
    return resolved(merged, theirs) if theirs else merged.document


def _plain(value: Any) -> Any:
    """As the rest of the stage says that nothing is there."""
    return REMOVED if value is ABSENT else value
