"""Marks on photographs: points, boxes, arrows and outlines, numbered and bound."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import Annotation, Dossier, StepPhoto

from .editing import locked_dossier
from .teardown_said import COLOURS

MOST_MARKS = 60
MOST_POINTS = 60
_ASIDE = 10_000  # numbers beyond all others, while marks change theirs


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """One mark as a person drew it; ``key`` names the row that is to change, None a new one.

    Without a number it gets the next free one. ``line`` counts from 0.
    """

    shape: str
    x: float
    y: float
    w: float = 0.0
    h: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    colour: str = "red"
    label: str = ""
    number: int | None = None
    line: int | None = None
    block: int | None = None
    part: int | None = None
    key: UUID | None = None


@transaction.atomic
def annotate_photo(
    photo: StepPhoto,
    *,
    marks: Sequence[MarkSaid],
    by: Person | None,
    removed: Iterable[UUID] = (),
) -> list[Annotation]:
    """Write marks of a photograph, change others, take some away; returns all it has then.

    Marks that are named in neither stay as they are, so that two people who mark the same
    photograph do not undo each other.

    Raises:
        Stopped, WrongState: the dossier takes no marks now.
        NotGiven: a mark lies off the picture, is too small, or two have one number; it says which.
        NotOfThisDossier: a block, a part or a mark belongs elsewhere.
    """
    held = locked_dossier(photo.step.dossier, opening=True)
    photo = StepPhoto.objects.select_for_update().select_related("step").get(pk=photo.pk)
    gone = set(removed)
    photo.annotations.filter(key__in=gone).delete()
    kept = {one.key: one for one in photo.annotations.all()}
    wanted = [mark for mark in marks if mark.key not in gone]
    for at, mark in enumerate(wanted, 1):
        _check(mark, mark.number or at, photo)
        _check_bound(mark, held)
        if mark.key is not None and mark.key not in kept:
            raise NotOfThisDossier(_("A mark that was changed here is no longer there."))
    touched = {mark.key for mark in wanted if mark.key}
    taken = {one.number for key, one in kept.items() if key not in touched}
    numbers = _numbers(wanted, taken)
    if len(taken) + len(wanted) > MOST_MARKS:
        raise NotGiven(_("A photograph takes at most %(most)s marks.") % {"most": MOST_MARKS})
    photo.annotations.filter(key__in=touched).update(number=F("number") + _ASIDE)
    for mark, number in zip(wanted, numbers, strict=True):
        row = kept[mark.key] if mark.key else Annotation(photo=photo, author=by)
        _write(row, mark, number)
    rows = list(photo.annotations.order_by("number"))
    after = {"marks": len(rows), "number": photo.step.order}
    record("photograph marked", photo, by=by, scope=held.scope, after=after)
    return rows


def _numbers(wanted: Sequence[MarkSaid], taken: set[int]) -> list[int]:
    """A number for each mark: its own where it may keep it, else the next free one."""
    used = set(taken)
    asked: set[int] = set()
    for mark in wanted:
        if mark.number is None:
            continue
        if mark.number in asked:
            raise NotGiven(
                _("The number %(number)s stands on two marks.") % {"number": mark.number}
            )
        asked.add(mark.number)
    used |= {number for number in asked if number not in taken}
    found = []
    for mark in wanted:
        number = mark.number
        if number is None or number in taken:
            number = next(n for n in range(1, len(used) + 2) if n not in used)
            used.add(number)
        found.append(number)
    return found


def _write(row: Annotation, mark: MarkSaid, number: int) -> None:
    row.number, row.shape = number, mark.shape
    row.x, row.y = min(max(mark.x, 0.0), 1.0), min(max(mark.y, 0.0), 1.0)
    row.w, row.h = (mark.w, mark.h) if mark.shape in ("box", "arrow") else (0.0, 0.0)
    row.points = [list(point) for point in mark.points] if mark.shape == "polygon" else []
    row.colour, row.label, row.line = mark.colour, mark.label.strip(), mark.line
    row.block_id, row.part_id = mark.block, mark.part
    row.save()


def _check(mark: MarkSaid, number: int, photo: StepPhoto) -> None:
    name = {"number": number}
    if mark.shape not in Annotation.Shape.values or mark.colour not in COLOURS:
        raise NotGiven(_("Mark %(number)s has a shape or a colour that is not known.") % name)
    corners = [(mark.x, mark.y)]
    if mark.shape in ("box", "arrow"):
        corners.append((mark.x + mark.w, mark.y + mark.h))
    if mark.shape == "polygon":
        corners += mark.points
    if not all(_on_picture(x) and _on_picture(y) for x, y in corners):
        raise NotGiven(_("Mark %(number)s lies off the picture: its places go from 0 to 1.") % name)
    if mark.shape == "box" and (mark.w <= 0 or mark.h <= 0):
        raise NotGiven(_("Mark %(number)s is a box: give it a width and a height.") % name)
    if mark.shape == "arrow" and not (mark.w or mark.h):
        raise NotGiven(_("Mark %(number)s is an arrow: say where its head is.") % name)
    if mark.shape == "polygon" and not 3 <= len(mark.points) <= MOST_POINTS:
        raise NotGiven(
            _("Mark %(number)s is an outline: give it three points or more, %(most)s at most.")
            % {**name, "most": MOST_POINTS}
        )
    if mark.line is not None and not 0 <= mark.line < len(photo.step.lines):
        raise NotGiven(_("Mark %(number)s names a line that the step does not have.") % name)


def _on_picture(share: float) -> bool:
    return math.isfinite(share) and -1e-9 <= share <= 1 + 1e-9


def _check_bound(mark: MarkSaid, dossier: Dossier) -> None:
    if mark.block is not None and not dossier.blocks.filter(pk=mark.block).exists():
        raise NotOfThisDossier(_("A block named here belongs to another dossier."))
    if mark.part is not None and not dossier.part_lines.filter(pk=mark.part).exists():
        raise NotOfThisDossier(_("A part named here belongs to another dossier."))
