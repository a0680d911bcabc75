"""Save a draft: onto what it said when the person began, or merged with what others saved since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.engines.merging import IDENTITIES, Conflict, Merged, merge
from karvan.engines.merging import Change as Changed
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..document import Difference, changes, differences
from ..document.writing import rewritten
from ..errors import NoSuchRevision, NotADraft, NothingChanged
from ..examined import Examined, decoded, examined
from ..models import Blueprint, Revision
from .revisions import write_notes, write_revision


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an edit.

    ``others`` is what somebody else changed since the person began, and is in the draft too.
    A revision that is set aside contradicts the draft and waits to be settled.
    ``is_whole`` tells that comments and spacing could not be kept.
    """

    revision: Revision
    others: tuple[Difference, ...] = ()
    is_whole: bool = False


def locked_draft(draft: Blueprint) -> Blueprint:
    """The draft's row, locked until the transaction ends.

    Raises:
        NotADraft: it is published, and never changes.
    """
    found = Blueprint.objects.select_for_update().select_related("programme").get(pk=draft.pk)
    if found.state != Blueprint.State.DRAFT:
        raise NotADraft(
            _("Version %(number)s is published and never changes. Begin a new draft instead.")
            % {"number": found.number}
        )
    return found


def base_of(draft: Blueprint, number: int) -> Revision:
    """The revision an edit began from; a draft that was never edited gets its first one.

    Raises:
        NoSuchRevision: the draft has none of this number.
    """
    if not draft.revisions.exists():
        read = examined(bytes(draft.source), draft.programme.code)
        write_revision(draft, read=read, note=draft.note, by=draft.imported_by)
    found = draft.revisions.filter(number=max(number, 1)).first()
    if found is None:
        raise NoSuchRevision(
            _("The draft has no revision %(number)s. Open the editor again.") % {"number": number}
        )
    return found


def present_of(draft: Blueprint) -> Revision:
    """The revision that the draft says now: the newest that was not set aside."""
    present: Revision = draft.revisions.filter(is_set_aside=False).order_by("-number")[0]
    return present


def save_data(
    draft: Blueprint, *, base: Revision, wanted: Any, act: str, note: str, by: Person | None
) -> Saved:
    """Save changed data: its text is that of the revision it began from, edited in place.

    Raises:
        NothingChanged: the data are those it began from.
    """
    text = rewritten(decoded(bytes(base.source)), wanted)
    read = examined(text.text.encode(), draft.programme.code)
    saved = save_text(draft, base=base, read=read, act=act, note=note, by=by, is_typed=False)
    return Saved(saved.revision, saved.others, saved.is_whole or text.is_whole)


def save_text(
    draft: Blueprint,
    *,
    base: Revision,
    read: Examined,
    act: str,
    note: str,
    by: Person | None,
    is_typed: bool = True,
) -> Saved:
    """Save a text that was made from a revision. Part of an act: its caller holds the lock.

    Where the draft has moved on, both are merged by key. What contradicts is set aside whole, as
    a revision of its own, and the draft stays as it is. A text that a person typed keeps its own
    comments in a merge; otherwise those of the draft stay.

    Raises:
        NothingChanged: the text is the one it began from.
    """
    if read.sha256 == base.sha256:
        raise NothingChanged(_("Nothing was changed."))
    paths = [change.path for change in changes(base.data, read.data)]
    present = present_of(draft)
    if present.number == base.number:
        return _put(draft, read, paths, base.number, act, note, by, Saved)
    merged = merged_of(base.data, read.data, present.data)
    if merged.conflicts:
        return _set_aside(draft, read, base, merged, note, by)
    others = differences(base.data, present.data)
    source = read.source if is_typed else bytes(present.source)
    text = rewritten(decoded(source), merged.document)
    both = examined(text.text.encode(), draft.programme.code)
    return _put(
        draft, both, paths, base.number, act, note, by,
        lambda revision: Saved(revision, others, text.is_whole),
    )  # fmt: skip


def merged_of(base: Any, ours: Any, theirs: Any) -> Merged:
    """Both changes of a draft in one; where it cannot be merged, the whole is in dispute.

    A draft may name two items of a list alike for a while; then no item can be told from another.
    """
    try:
        return merge(base, ours, theirs, identities=(*IDENTITIES, "path"))  # locks by their path
    except ValueError:
        whole = Changed((), base, ours)
        return Merged(ours, (Conflict((), "changed", base, ours, theirs),), ours=(whole,))


def _put(
    draft: Blueprint,
    read: Examined,
    paths: list[str],
    began_from: int,
    act: str,
    note: str,
    by: Person | None,
    saved: Callable[[Revision], Saved],
) -> Saved:
    """Make the text the draft's own, with its revision, notes and record."""
    before = {"sha256": draft.sha256}
    draft.source, draft.sha256, draft.data = read.source, read.sha256, read.data
    draft.save(update_fields=["source", "sha256", "data"])
    revision = write_revision(draft, read=read, note=note, by=by, began_from=began_from)
    write_notes(draft, paths=paths, note=note, by=by)
    after = {"revision": revision.number, "sha256": read.sha256, "parts": paths[:20]}
    record(act, draft, by=by, before=before, after=after, reason=note.strip())
    return saved(revision)


def _set_aside(
    draft: Blueprint, read: Examined, base: Revision, merged: Merged, note: str, by: Person | None
) -> Saved:
    revision = write_revision(
        draft, read=read, note=note, by=by, began_from=base.number, is_set_aside=True
    )
    after = {
        "revision": revision.number,
        "parts": [".".join(one.path) for one in merged.conflicts][:20],
    }
    record("revision set aside", draft, by=by, after=after, reason=note.strip())
    return Saved(revision)
