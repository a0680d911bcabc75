"""The teardown on paper: each step with its lines and its photographs, marks drawn in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import open_file
from karvan.foundation.ui.formats import number
from karvan.foundation.ui.sheets import (
    Block,
    Column,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Points,
    Sheet,
    Table,
)
from karvan.stages.dossiers.drawing.paper_photo import paper_photo
from karvan.stages.dossiers.models import Dossier, TeardownStep

from .teardown_said import balance_of
from .teardown_shown import PhotoShown, StepShown, mark_of, shown


def teardown_sheet(dossier: Dossier, steps: Iterable[TeardownStep]) -> Sheet:
    """The sheet of a teardown in the reader's language. Steps were read with ``steps_of``.

    Cost: about 30 ms a photograph.
    """
    steps = list(steps)
    facts = [(_("Steps"), number(len(steps)))]
    if minutes := sum(one.minutes or 0 for one in steps):
        facts.append((_("Minutes of work"), number(minutes)))
    blocks: list[Block] = [Facts(tuple(facts))]
    for step in steps:
        blocks += _step(shown(step))
    if balance := balance_of(steps):
        rows = tuple((one.type, number(one.out), number(one.back), one.note) for one in balance)
        heads = (
            Column(_("Fastener")),
            Column(_("Out"), numeric=True),
            Column(_("Back"), numeric=True),
            Column(_("Why a fastener stays out")),
        )
        blocks += [Heading(_("Fasteners")), Table(heads, rows)]
    return Sheet(
        title=_("Teardown: %(title)s") % {"title": dossier.title},
        language=(get_language() or "en").split("-")[0],
        blocks=tuple(blocks),
        made_at=clock.now(),
        over=str(dossier.activity.edition),
        reference=dossier.record_label,
    )


def _step(one: StepShown) -> list[Block]:
    step = one.step
    head = f"{number(step.order)}. {step.get_direction_display()}: {step.title}"
    blocks: list[Block] = [Heading(head)]
    if step.risk_note:
        blocks.append(Paragraph(_("Risk: %(words)s") % {"words": step.risk_note}))
    if one.lines:
        blocks.append(Points(tuple(_line(line.marks, line.text) for line in one.lines)))
    for photo in one.photos:
        blocks.append(Figure(_drawn(photo), photo.words, _caption(photo)))
    if step.tools:
        blocks.append(Paragraph(_("Tools: %(tools)s") % {"tools": ", ".join(step.tools)}, True))
    return blocks


def _line(marks: tuple[str, ...], text: str) -> str:
    return f"[{', '.join(marks)}] {text}" if marks else text


def _caption(one: PhotoShown) -> str:
    """The photograph's letter and words, and what each of its marks is."""
    said = [part for part in (one.letter, one.photo.caption) if part]
    labels = [f"{mark.number} {mark.label}" for mark, _colour in one.marks if mark.label]
    return " · ".join([" ".join(said), *labels] if said else labels)


def _drawn(one: PhotoShown) -> str:
    with open_file(one.photo.file) as file:
        return paper_photo(file, [mark_of(mark) for mark, _colour in one.marks])
