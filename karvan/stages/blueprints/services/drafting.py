"""Edit a draft in the browser: part by part, or as the YAML text. Both are one model."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..document import REMOVED, UnknownPath, identity_of, value_at, with_value
from ..document.paths import is_named_list
from ..errors import AlreadyThere, NoSuchPart, NothingToStartFrom
from ..examined import examined
from ..models import Blueprint, Programme, Revision
from .revisions import write_revision
from .saving import Saved, base_of, locked_draft, save_data, save_text


@transaction.atomic
def start_draft(programme: Programme, *, by: Person | None) -> Blueprint:
    """Begin the next version as a copy, byte for byte, of the newest published one.

    A programme has one draft: where there is one, it is returned as it is.

    Raises:
        NothingToStartFrom: no version is published yet.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    draft = programme.blueprints.filter(state=Blueprint.State.DRAFT).first()
    if draft is not None:
        return draft
    newest = programme.blueprints.order_by("-number").first()
    if newest is None:
        raise NothingToStartFrom(
            _("No version of this programme is published yet. Import its blueprint first.")
        )
    draft = Blueprint.objects.create(
        programme=programme,
        number=newest.number + 1,
        source=bytes(newest.source),
        sha256=newest.sha256,
        data=newest.data,
        imported_by=by,
        imported_at=clock.now(),
    )
    read = examined(bytes(draft.source), programme.code)
    write_revision(draft, read=read, note="", by=by)
    after = {"version": draft.number, "from": newest.number, "sha256": draft.sha256}
    record("draft begun", draft, by=by, after=after)
    return draft


@transaction.atomic
def edit_part(
    draft: Blueprint, *, path: str, value: Any, note: str, base_revision: int, by: Person | None
) -> Saved:
    """Give a part of the draft another value, or take it away with ``REMOVED``.

    ``base_revision`` is the revision the person saw. The note is also the reason that the next
    version gives for this part. A draft may be at odds with itself for a while.

    Raises:
        NoSuchPart: nothing holds such a part, or the value would rename an item.
        NothingChanged, NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    base = base_of(draft, base_revision)
    wanted = _with(base, path, value)
    return save_data(draft, base=base, wanted=wanted, act="draft edited", note=note, by=by)


@transaction.atomic
def edit_text(
    draft: Blueprint, *, source: bytes, note: str, base_revision: int, by: Person | None
) -> Saved:
    """Save the draft as it was typed in YAML, byte for byte; it may still have problems.

    Raises:
        DocumentProblems: the text cannot be read as YAML, so there is no draft in it.
        NothingChanged, NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    read = examined(source, draft.programme.code)
    base = base_of(draft, base_revision)
    return save_text(draft, base=base, read=read, act="draft edited", note=note, by=by)


@transaction.atomic
def add_item(
    draft: Blueprint,
    *,
    path: str,
    item: Any,
    note: str,
    base_revision: int,
    by: Person | None,
    after: str = "",
) -> Saved:
    """Put an item into a list of the draft: after the one named, else at the end.

    The list may be missing as long as the part that holds it is there.

    Raises:
        AlreadyThere: the list has an item of this name.
        NoSuchPart, NothingChanged, NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    base = base_of(draft, base_revision)
    wanted = _with(base, path, _list_with(_list(base, path), item, after))
    return save_data(draft, base=base, wanted=wanted, act="draft edited", note=note, by=by)


@transaction.atomic
def remove_item(
    draft: Blueprint, *, path: str, note: str, base_revision: int, by: Person | None
) -> Saved:
    """Take an item out of its list, or any other part out of the draft.

    Raises:
        NoSuchPart, NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    base = base_of(draft, base_revision)
    wanted = _with(base, path, REMOVED)
    return save_data(draft, base=base, wanted=wanted, act="draft edited", note=note, by=by)


@transaction.atomic
def move_item(
    draft: Blueprint, *, path: str, steps: int, note: str, base_revision: int, by: Person | None
) -> Saved:
    """Move an item within its list by so many places: -1 is one up, 1 one down.

    Raises:
        NoSuchPart: it is no item of a list.
        NothingChanged: it stands at that end already.
        NotADraft, NoSuchRevision.
    """
    draft = locked_draft(draft)
    base = base_of(draft, base_revision)
    above, _dot, name = path.rpartition(".")
    listed = _list(base, above)
    places = [at for at, one in enumerate(listed) if name in (identity_of(one), str(at))]
    if not places:
        raise _missing(path)
    item = listed.pop(places[0])
    listed.insert(max(0, places[0] + steps), item)
    wanted = _with(base, above, listed)
    return save_data(draft, base=base, wanted=wanted, act="draft edited", note=note, by=by)


def _with(base: Revision, path: str, value: Any) -> Any:
    if not path:
        raise _missing(path)
    try:
        return with_value(base.data, path, value)
    except ValueError as error:
        raise NoSuchPart(str(error)) from error


def _list(base: Revision, path: str) -> list[Any]:
    try:
        held = value_at(base.data, path)
    except UnknownPath:
        return []
    if not isinstance(held, list):
        raise _missing(path)
    return list(held)


def _list_with(listed: list[Any], item: Any, after: str) -> list[Any]:
    name = identity_of(item)
    if name is not None and name in [identity_of(one) for one in listed]:
        raise AlreadyThere(
            _("This list has an item “%(code)s” already. Give the new one another code.")
            % {"code": name}
        )
    if name is None and listed and is_named_list(listed):
        raise NoSuchPart(_("Every item of this list has a code; give the new one its own."))
    names = [identity_of(one) for one in listed]
    at = names.index(after) + 1 if after in names else len(listed)
    return [*listed[:at], item, *listed[at:]]


def _missing(path: str) -> NoSuchPart:
    return NoSuchPart(_("The draft has no part “%(path)s”.") % {"path": path})
