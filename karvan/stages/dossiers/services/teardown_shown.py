"""Steps as a page shows them: pictures with numbered marks, bound to the lines of their colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.stages.dossiers.drawing.marks import Mark, marks_svg
from karvan.stages.dossiers.models import Annotation, StepPhoto, TeardownStep

from .teardown_said import BULLETS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNBOUND = "black"  # black begins most lines, so a black mark binds to none by its colour alone


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line with the names of the marks that show it: "1", or "B2" where pictures are several."""

    bullet: str
    bullet_word: str | Promise
    level: int
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """One photograph with its drawing, and each mark as number, colour and words."""

    photo: StepPhoto
    letter: str
    words: str
    drawing: SafeString
    marks: tuple[tuple[Annotation, str | Promise], ...]


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step ready for a page or a sheet."""

    step: TeardownStep
    lines: tuple[LineShown, ...]
    photos: tuple[PhotoShown, ...]


def shown(step: TeardownStep) -> StepShown:
    """A step that was read with ``steps_of``; costs no query of its own."""
    photos = list(step.photos.all())
    letters = [LETTERS[n % 26] if len(photos) > 1 else "" for n in range(len(photos))]
    pairs = list(zip(letters, photos, strict=True))
    lines = tuple(
        LineShown(
            bullet=line["bullet"],
            bullet_word=BULLETS.get(line["bullet"], line["bullet"]),
            level=int(line["level"]),
            text=line["text"],
            marks=tuple(_marks_of_line(number, line["bullet"], pairs)),
        )
        for number, line in enumerate(step.lines)
    )
    return StepShown(step, lines, tuple(photo_shown(photo, step, at) for at, photo in pairs))


def photo_shown(photo: StepPhoto, step: TeardownStep, letter: str = "") -> PhotoShown:
    """A photograph with its marks drawn and said."""
    marks = list(photo.annotations.all())
    said = photo.caption or _("Step %(number)s: %(title)s") % {
        "number": step.order,
        "title": step.title,
    }
    return PhotoShown(
        photo=photo,
        letter=letter,
        words=said,
        drawing=drawing_of(photo, marks),
        marks=tuple((one, BULLETS.get(one.colour, one.colour)) for one in marks),
    )


def drawing_of(photo: StepPhoto, marks: Iterable[Annotation]) -> SafeString:
    """The marks of a photograph as SVG to be laid over it."""
    drawn = marks_svg((mark_of(one) for one in marks), width=photo.width, height=photo.height)
    return SafeString(drawn)


def mark_of(one: Annotation) -> Mark:
    """The plain values of a mark's row."""
    points = tuple((float(x), float(y)) for x, y in one.points)
    return Mark(one.number, one.shape, one.x, one.y, one.w, one.h, points, one.colour)


def _marks_of_line(number: int, bullet: str, photos: list[tuple[str, StepPhoto]]) -> list[str]:
    """The marks bound to a line: by its number, or where they name none, by its colour."""
    found = []
    for letter, photo in photos:
        for one in photo.annotations.all():
            by_colour = one.line is None and one.colour == bullet != _UNBOUND
            if one.line == number or by_colour:
                found.append(f"{letter}{one.number}")
    return found
