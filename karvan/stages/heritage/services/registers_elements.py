"""Elements of a monument as a tree: building, facade, bay, course or mural."""

from __future__ import annotations

from typing import Any, Literal

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import Element, Monument

Way = Literal["up", "down", "in", "out"]
DEEPEST = 8


@transaction.atomic
def add_element(
    monument: Monument,
    *,
    code: str,
    names: dict[str, str],
    by: Person | None,
    parent: Element | None = None,
    kind: str = "",
    material: str = "",
) -> Element:
    """Add a part at the end of those under ``parent`` (of the monument itself where None).

    Raises:
        NotGiven: the code is taken in this monument, or the tree would be too deep.
        NotOfThisProject: the parent is another monument's.
    """
    held = _locked(monument)
    _check(held, code, None)
    if parent is not None:
        _own(held, parent)
        if _depth(parent) + 1 > DEEPEST:
            raise NotGiven(_("Parts lie at most %(most)d deep.") % {"most": DEEPEST})
    last = held.elements.filter(parent=parent).aggregate(last=Max("position"))["last"]
    made = Element.objects.create(
        monument=held, parent=parent, code=code, names=names, kind=kind, material=material,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    record("element added", made, by=by, after={"code": code, "names": names, "kind": kind})
    return made


@transaction.atomic
def change_element(
    element: Element,
    *,
    by: Person | None,
    code: str,
    names: dict[str, str],
    kind: str = "",
    material: str = "",
    parent: Element | None = None,
) -> Element:
    """Describe a part anew, or hang it under another.

    Raises:
        NotGiven: the code is taken, or the part would lie under itself.
        NotOfThisProject: the parent is another monument's.
    """
    monument = _locked(element.monument)
    held = Element.objects.get(pk=element.pk)
    _check(monument, code, held.pk)
    said: dict[str, Any] = {"code": code, "names": names, "kind": kind, "material": material}
    before = {name: getattr(held, name) for name in said}
    if parent is not None:
        _own(monument, parent)
        if held.pk in {one.pk for one in _above(parent)}:
            raise NotGiven(_("A part cannot lie under itself. Choose another place for it."))
    if parent != held.parent:
        held.parent = parent
        last = monument.elements.filter(parent=parent).aggregate(last=Max("position"))["last"]
        held.position = 0 if last is None else last + 1
    for name, value in said.items():
        setattr(held, name, value)
    held.save()
    record("element described", held, by=by, before=before, after=said)
    return held


@transaction.atomic
def move_element(element: Element, *, way: Way, by: Person | None) -> Element:
    """Move a part: up or down among its own, in under the one above it, or out beside its parent.

    Raises:
        WrongState: it stands at that end already.
    """
    monument = _locked(element.monument)
    held = Element.objects.select_related("parent").get(pk=element.pk)
    beside = list(monument.elements.filter(parent=held.parent).order_by("position", "pk"))
    at = beside.index(held)
    if way in ("up", "down"):
        other = at - 1 if way == "up" else at + 1
        if not 0 <= other < len(beside):
            raise WrongState(_("This part stands at that end already."))
        beside[at], beside[other] = beside[other], beside[at]
        _number(beside)
    elif way == "in":
        if at == 0:
            raise WrongState(_("There is no part above this one that it could lie under."))
        _hang(monument, held, beside[at - 1], after=None)
    else:
        if held.parent is None:
            raise WrongState(_("This part lies under no other."))
        _hang(monument, held, held.parent.parent, after=held.parent)
    record("element moved", held, by=by, after={"code": held.code, "to": way})
    return held


@transaction.atomic
def remove_element(element: Element, *, by: Person | None) -> None:
    """Take out a part and all that lie under it.

    Raises:
        WrongState: surveys or works speak of one of them.
    """
    monument = _locked(element.monument)
    record("element removed", element, by=by, before={"code": element.code, "names": element.names})
    try:
        with transaction.atomic():
            element.delete()
    except ProtectedError:
        raise WrongState(
            _("Surveys or works speak of “%(name)s”, or of a part of it; it stays.")
            % {"name": element}
        ) from None
    _number(list(monument.elements.filter(parent=element.parent_id).order_by("position", "pk")))


def _locked(monument: Monument) -> Monument:
    return Monument.objects.select_for_update().select_related("register").get(pk=monument.pk)


def _check(monument: Monument, code: str, pk: int | None) -> None:
    taken = monument.elements.filter(code=code).first()
    if taken is not None and taken.pk != pk:
        raise NotGiven(
            _("Code %(code)s stands for another part of this monument.") % {"code": code}
        )


def _own(monument: Monument, element: Element) -> None:
    if element.monument_id != monument.pk:
        raise NotOfThisProject(_("This part belongs to another monument."))


def _above(element: Element) -> list[Element]:
    """The part and all it lies under."""
    found: list[Element] = []
    at: Element | None = element
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _depth(element: Element) -> int:
    return len(_above(element))


def _number(listed: list[Element]) -> None:
    for position, one in enumerate(listed):
        one.position = position
    Element.objects.bulk_update(listed, ["position"])


def _hang(monument: Monument, held: Element, parent: Element | None, after: Element | None) -> None:
    held.parent = parent
    held.save(update_fields=["parent"])
    beside = [
        one
        for one in monument.elements.filter(parent=parent).order_by("position", "pk")
        if one.pk != held.pk
    ]
    at = len(beside) if after is None else [one.pk for one in beside].index(after.pk) + 1
    beside.insert(at, held)
    _number(beside)
