"""What a survey found: damage with its photograph and marks, threats, recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.kinds import PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject
from karvan.stages.heritage.models import (
    Advice,
    ConditionSurvey,
    DamageObservation,
    Element,
    Term,
    Threat,
)
from karvan.stages.heritage.surveys_rules import due_by

from .surveys import locked_draft

MOST_MARKS = 30
SHAPES = ("point", "box", "arrow", "polygon")


@transaction.atomic
def note_damage(
    survey: ConditionSurvey,
    *,
    pattern: Term,
    by: Person | None,
    element: Element | None = None,
    extent_percent: int | None = None,
    severity: int | None = None,
    cause: Term | None = None,
    cause_certainty: str = "",
    crack_mm: Decimal | None = None,
    moisture_percent: Decimal | None = None,
    note: str = "",
    photo: File[Any] | None = None,
) -> DamageObservation:
    """Write one damage into a draft: its pattern, how much of it, how grave, the likely cause.

    Raises:
        WrongState: the survey is signed.
        NotGiven: a cause is sure that is not named, or a measure is out of bounds.
        NotOfThisProject: the element belongs to another monument.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.
    """
    held = locked_draft(survey)
    _same_monument(held, element)
    if cause_certainty and cause_certainty != "unknown" and cause is None:
        raise NotGiven(_("Name the cause, or leave open how sure you are of it."))
    if extent_percent is not None and not 0 <= extent_percent <= 100:
        raise NotGiven(_("An extent is between 0 and 100 per cent."))
    if moisture_percent is not None and not 0 <= moisture_percent <= 100:
        raise NotGiven(_("Moisture is between 0 and 100 per cent."))
    if crack_mm is not None and crack_mm <= 0:
        raise NotGiven(_("A crack is wider than 0 mm; leave it empty where there is none."))
    stored = (
        store_upload(photo, kinds=PICTURES, scope=held.scope, by=by) if photo is not None else None
    )
    made = DamageObservation.objects.create(
        survey=held,
        element=element,
        pattern=pattern,
        extent_percent=extent_percent,
        severity=severity,
        cause=cause,
        cause_certainty=cause_certainty,
        crack_mm=crack_mm,
        moisture_percent=moisture_percent,
        note=note,
        photo=stored,
    )
    record("damage noted", held, by=by, after={"what": str(pattern), "part": str(element or "")})
    return made


@transaction.atomic
def note_threat(
    survey: ConditionSurvey,
    *,
    category: Term,
    probability: str,
    by: Person | None,
    cause: Term | None = None,
    note: str = "",
) -> Threat:
    """Write into a draft what may yet harm the monument.

    Raises:
        WrongState: the survey is signed.
    """
    held = locked_draft(survey)
    made = Threat.objects.create(
        survey=held, category=category, cause=cause, probability=probability, note=note
    )
    record("threat noted", held, by=by, after={"what": str(category), "state": probability})
    return made


@transaction.atomic
def advise(
    survey: ConditionSurvey,
    *,
    kind: Term,
    priority: str,
    by: Person | None,
    element: Element | None = None,
    text: str = "",
) -> Advice:
    """Write a recommendation into a draft; by when follows from its priority.

    Raises:
        WrongState: the survey is signed.
        NotOfThisProject: the element belongs to another monument.
    """
    held = locked_draft(survey)
    _same_monument(held, element)
    made = Advice.objects.create(
        survey=held,
        kind=kind,
        element=element,
        priority=priority,
        due_on=due_by(priority, held.on),
        text=text,
    )
    record("recommendation written", held, by=by, after={"what": str(kind), "due": made.due_on})
    return made


@transaction.atomic
def take_out(part: DamageObservation | Threat | Advice, *, by: Person | None) -> None:
    """Take a damage, a threat or a recommendation out of a draft.

    Raises:
        WrongState: the survey is signed.
    """
    held = locked_draft(part.survey)
    what: models.Model = part
    record("taken out of survey", held, by=by, before={"what": _name_of(part)})
    what.delete()


@transaction.atomic
def mark_damage(
    observation: DamageObservation, *, marks: Sequence[Mapping[str, Any]], by: Person | None
) -> DamageObservation:
    """Lay marks over the photograph of a damage, in the place of those before.

    Each has shape, x, y, w, h (shares of the picture), points, colour, label; they are numbered
    in their order.

    Raises:
        WrongState: the survey is signed.
        NotGiven: there is no photograph, a mark lies off it, or there are too many.
    """
    held = locked_draft(observation.survey)
    row = DamageObservation.objects.select_for_update().get(pk=observation.pk)
    if row.photo_id is None:
        raise NotGiven(_("There is no photograph to mark."))
    if len(marks) > MOST_MARKS:
        raise NotGiven(_("A photograph takes at most %(most)s marks.") % {"most": MOST_MARKS})
    kept = []
    for number, mark in enumerate(marks, 1):
        _check_mark(mark, number)
        kept.append({**mark, "number": number})
    row.marks = kept
    row.save(update_fields=["marks"])
    record("damage marked", held, by=by, after={"marks": len(kept)})
    return row


def _check_mark(mark: Mapping[str, Any], number: int) -> None:
    corners = [(mark["x"], mark["y"]), *mark.get("points", ())]
    if mark["shape"] in ("box", "arrow"):
        corners.append((mark["x"] + mark.get("w", 0), mark["y"] + mark.get("h", 0)))
    inside = all(-1e-9 <= share <= 1 + 1e-9 for corner in corners for share in corner)
    if mark["shape"] not in SHAPES or not inside:
        raise NotGiven(
            _("Mark %(number)s lies off the picture: its places go from 0 to 1.")
            % {"number": number}
        )
    if mark["shape"] == "box" and (mark.get("w", 0) <= 0 or mark.get("h", 0) <= 0):
        raise NotGiven(
            _("Mark %(number)s is a box: give it a width and a height.") % {"number": number}
        )


def _same_monument(survey: ConditionSurvey, element: Element | None) -> None:
    if element is not None and element.monument_id != survey.monument_id:
        raise NotOfThisProject(_("This part belongs to another monument."))


def _name_of(part: DamageObservation | Threat | Advice) -> str:
    if isinstance(part, DamageObservation):
        return str(part.pattern)
    return str(part.category if isinstance(part, Threat) else part.kind)
