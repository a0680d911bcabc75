"""Write the steps in which it is built, their order, and the parts each of them uses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import BuildStep, Dossier, PartLine, PartUse

from .editing import locked_dossier


@transaction.atomic
def add_build_step(
    dossier: Dossier,
    *,
    title: str,
    by: Person | None,
    text: str = "",
    tools: Sequence[str] = (),
    minutes: int | None = None,
    check_text: str = "",
    produces: str = "",
) -> BuildStep:
    """Write a step after those that are there."""
    held = locked_dossier(dossier)
    last = held.build_steps.aggregate(last=Max("order"))["last"] or 0
    made = BuildStep.objects.create(
        dossier=held,
        order=last + 1,
        title=title,
        text=text,
        tools=list(tools),
        minutes=minutes,
        check_text=check_text,
        produces=produces,
        author=by,
    )
    record("build step added", held, by=by, after={"number": made.order, "title": title})
    return made


@transaction.atomic
def change_build_step(
    step: BuildStep,
    *,
    title: str,
    by: Person | None,
    text: str = "",
    tools: Sequence[str] = (),
    minutes: int | None = None,
    check_text: str = "",
    produces: str = "",
) -> BuildStep:
    """Write a step anew; its parts and its place stay."""
    held = locked_dossier(step.dossier)
    row = BuildStep.objects.select_for_update().get(pk=step.pk)
    before = {"number": row.order, "title": row.title}
    row.title, row.text, row.tools, row.minutes = title, text, list(tools), minutes
    row.check_text, row.produces = check_text, produces
    row.save()
    after = {"number": row.order, "title": title}
    record("build step changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_build_step(step: BuildStep, *, by: Person | None) -> None:
    """Take a step out; those after it move up."""
    held = locked_dossier(step.dossier)
    row = BuildStep.objects.select_for_update().get(pk=step.pk)
    before = {"number": row.order, "title": row.title}
    row.delete()
    _number(list(held.build_steps.order_by("order")))
    record("build step removed", held, by=by, before=before)


@transaction.atomic
def move_build_step(step: BuildStep, *, to: int, by: Person | None) -> BuildStep:
    """Give a step another number; the others make room.

    Raises:
        NotGiven: there is no such number.
    """
    held = locked_dossier(step.dossier)
    steps = list(held.build_steps.select_for_update().order_by("order"))
    if not 1 <= to <= len(steps):
        raise NotGiven(_("Steps go from 1 to %(last)s.") % {"last": len(steps)})
    row = next(one for one in steps if one.pk == step.pk)
    before = {"number": row.order}
    steps.remove(row)
    steps.insert(to - 1, row)
    _number(steps)
    after = {"number": row.order, "title": row.title}
    record("build step moved", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def use_part(step: BuildStep, *, part: PartLine, quantity: Decimal, by: Person | None) -> PartUse:
    """Say how much of a line of the bill a step uses; again for the same line writes it anew.

    Raises:
        NotGiven: the quantity is not above zero.
        NotOfThisDossier: the line is another dossier's.
    """
    held = locked_dossier(step.dossier)
    if part.dossier_id != held.pk:
        raise NotOfThisDossier(_("This part is of another dossier's bill of materials."))
    if quantity <= 0:
        raise NotGiven(_("A step uses more than nothing of a part."))
    made, _new = PartUse.objects.update_or_create(
        step=step, part=part, defaults={"quantity": quantity}
    )
    after = {"number": step.order, "part": str(part), "amount": f"{quantity:f} {part.unit}"}
    record("part used", held, by=by, after=after)
    return made


@transaction.atomic
def release_part(use: PartUse, *, by: Person | None) -> None:
    """Say that a step does not use a part after all."""
    held = locked_dossier(use.step.dossier)
    row = PartUse.objects.select_for_update().select_related("step", "part").get(pk=use.pk)
    before = {"number": row.step.order, "part": str(row.part)}
    row.delete()
    record("part not used", held, by=by, before=before)


def _number(steps: Sequence[BuildStep]) -> None:
    """Number the steps from 1 without a gap; the constraint is looked at when all are written."""
    for number, one in enumerate(steps, 1):
        if one.order != number:
            one.order = number
            one.save(update_fields=["order", "changed_at"])
