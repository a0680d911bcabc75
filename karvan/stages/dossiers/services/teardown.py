"""Teardown steps: written, moved, deleted. Their numbers run from one without a gap."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotOfThisDossier, WrongState
from karvan.stages.dossiers.models import Dossier, TeardownStep

from .editing import locked_dossier
from .teardown_said import StepSaid, check_said, said_of


def add_step(
    dossier: Dossier, *, said: StepSaid, by: Person | None, key: UUID | None = None
) -> TeardownStep:
    """Write a step after the last one.

    ``key`` is made by the telephone that wrote it: the same key gives the same step
    again, also where two requests bring it at once.

    Raises:
        Stopped, WrongState: the dossier takes no steps now.
        NotGiven: something is missing or does not fit.
        NotOfThisDossier: the key, a block or a part belongs to another dossier.
    """
    try:
        with transaction.atomic():
            return _add(dossier, said, by, key)
    except IntegrityError:
        if key is None:
            raise
        found = _step_of_key(dossier, key)
        if found is None:
            raise
        return found


@transaction.atomic
def change_step(
    step: TeardownStep, *, said: StepSaid, by: Person | None, seen: str = ""
) -> TeardownStep:
    """Write a step anew.

    ``seen`` is the moment the writer's copy was written (``seen_of``): where somebody else
    changed the step since, nothing is overwritten.

    Raises:
        Stopped, WrongState: the dossier takes no steps now, or somebody changed this one.
        NotGiven, NotOfThisDossier: as for ``add_step``.
    """
    held = locked_dossier(step.dossier, opening=True)
    check_said(said)
    step = TeardownStep.objects.select_for_update().get(pk=step.pk)
    before = said_of(step)
    wanted = _bound(said, held)
    if before.plain() == said.plain() and (before.blocks, before.parts) == wanted:
        return step
    if seen and seen != seen_of(step):
        raise WrongState(
            _("Somebody else changed this step meanwhile. Compare, then send yours again.")
        )
    for name, value in said.plain().items():
        setattr(step, name, value)
    step.save()
    step.blocks.set(wanted[0])
    step.parts.set(wanted[1])
    record("step changed", step, by=by, scope=held.scope, after=_told(step))
    return step


@transaction.atomic
def move_step(step: TeardownStep, *, places: int, by: Person | None) -> TeardownStep:
    """Move a step towards the start (negative) or the end; beyond either, it stays there.

    Raises:
        Stopped, WrongState: the dossier takes no steps now.
    """
    held = locked_dossier(step.dossier, opening=True)
    rows = list(TeardownStep.objects.select_for_update().filter(dossier=held).order_by("order"))
    moved = next(row for row in rows if row.pk == step.pk)
    at = rows.index(moved)
    to = min(max(at + places, 0), len(rows) - 1)
    if to == at:
        return moved
    rows.insert(to, rows.pop(at))
    for number, row in enumerate(rows, 1):
        row.order = number
    TeardownStep.objects.bulk_update(rows, ["order"])
    before, after = {"number": at + 1}, {"number": to + 1}
    record("step moved", moved, by=by, scope=held.scope, before=before, after=after)
    return moved


@transaction.atomic
def delete_step(step: TeardownStep, *, by: Person | None) -> None:
    """Delete a step with its photographs' places; the steps after it move up.

    Raises:
        Stopped, WrongState: the dossier takes no steps now.
    """
    held = locked_dossier(step.dossier, opening=True)
    step = TeardownStep.objects.select_for_update().get(pk=step.pk)
    record("step deleted", step, by=by, scope=held.scope, before=_told(step))
    order = step.order
    step.delete()
    TeardownStep.objects.filter(dossier=held, order__gt=order).update(order=F("order") - 1)


def seen_of(step: TeardownStep) -> str:
    """The moment a step was last written, as its form carries it."""
    return step.changed_at.isoformat()


def _add(dossier: Dossier, said: StepSaid, by: Person | None, key: UUID | None) -> TeardownStep:
    held = locked_dossier(dossier, opening=True)
    if key is not None and (known := _step_of_key(held, key)):
        return known
    check_said(said)
    blocks, parts = _bound(said, held)
    last = held.steps.aggregate(last=Max("order"))["last"] or 0
    keyed = {"key": key} if key is not None else {}
    step = TeardownStep.objects.create(
        dossier=held, order=last + 1, author=by, **keyed, **said.plain()
    )
    step.blocks.set(blocks)
    step.parts.set(parts)
    record("step added", step, by=by, scope=held.scope, after=_told(step))
    return step


def _step_of_key(dossier: Dossier, key: UUID) -> TeardownStep | None:
    found = TeardownStep.objects.filter(key=key).first()
    if found is not None and found.dossier_id != dossier.pk:
        raise NotOfThisDossier(_("This step belongs to another dossier."))
    return found


def _bound(said: StepSaid, dossier: Dossier) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The blocks and parts said, when all are the dossier's own."""
    blocks, parts = tuple(sorted(set(said.blocks))), tuple(sorted(set(said.parts)))
    if dossier.blocks.filter(pk__in=blocks).count() != len(blocks):
        raise NotOfThisDossier(_("A block named here belongs to another dossier."))
    if dossier.part_lines.filter(pk__in=parts).count() != len(parts):
        raise NotOfThisDossier(_("A part named here belongs to another dossier."))
    return blocks, parts


def _told(step: TeardownStep) -> dict[str, object]:
    return {"number": step.order, "title": step.title, "lines": len(step.lines)}
