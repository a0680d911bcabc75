"""Permits, work items and money of a restoration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words, money
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import (
    Advice,
    Element,
    FundingLine,
    Permit,
    Phase,
    RestorationProject,
    WorkItem,
)

from .projects import check_within, moving_project
from .projects_phases import NEED_PERMIT, missing_for_works

State = WorkItem.State


@transaction.atomic
def add_permit(
    project: RestorationProject,
    *,
    number: str,
    authority: str,
    granted_on: date,
    by: Person | None,
    valid_to: date | None = None,
    covers: str = "",
    file: File[Any] | None = None,
) -> Permit:
    """Enter a permission for works, with its paper.

    Raises:
        WrongState: the project is stopped.
        NotGiven: the number is entered already, it ends before it begins, or is of a later day.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.
    """
    held = moving_project(project)
    if held.permits.filter(number=number).exists():
        raise NotGiven(_("The permit %(number)s is entered already.") % {"number": number})
    if valid_to is not None and valid_to < granted_on:
        raise NotGiven(_("A permit cannot end before it is granted."))
    if granted_on > clock.today():
        raise NotGiven(_("Enter a permit once it is granted; that day has not come yet."))
    stored = store_upload(file, kinds=PAPERS, scope=held.scope, by=by) if file else None
    made = Permit.objects.create(
        project=held,
        number=number,
        authority=authority,
        covers=covers,
        granted_on=granted_on,
        valid_to=valid_to,
        file=stored,
    )
    after = {"number": number, "from": granted_on, "until": valid_to}
    record("permit entered", held, by=by, after=after)
    return made


@transaction.atomic
def add_work(
    phase: Phase,
    *,
    element: Element,
    treatment: str,
    quantity: Decimal,
    unit: str,
    by: Person | None,
    advice: Advice | None = None,
    reason: str = "",
    unit_price: Decimal | None = None,
    materials: str = "",
    is_compatible: bool | None = None,
    is_reversible: bool | None = None,
    trade: str = "",
) -> WorkItem:
    """Plan a treatment of a part of the monument.

    Raises:
        WrongState: the project is stopped, or the phase is over.
        NotGiven: no survey advised it and there is no reason; or its material is not compatible
            and there is no reason; or a quantity or price is not above zero.
        NotOfThisProject: the part or the recommendation is of another monument.
    """
    held = moving_project(phase.project)
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if phase.state in (Phase.State.DONE, Phase.State.SKIPPED):
        raise WrongState(
            _("The phase “%(phase)s” takes no more work.") % {"phase": phase.get_kind_display()}
        )
    _check_work(held, element, advice, reason, is_compatible)
    if quantity <= 0 or (unit_price is not None and unit_price < 0):
        raise NotGiven(_("A quantity is above zero, and a price not below it."))
    numbers = [int(one) for one in _numbers(held) if one.isdecimal()]
    made = WorkItem.objects.create(
        phase=phase,
        number=str(max(numbers, default=0) + 1),
        element=element,
        treatment=treatment,
        advice=advice,
        reason=reason.strip(),
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        materials=materials,
        is_compatible=is_compatible,
        is_reversible=is_reversible,
        trade=trade,
    )
    after = {"number": made.number, "what": treatment, "part": str(element)}
    record("work planned", held, by=by, after=after, reason=made.reason)
    return made


@transaction.atomic
def start_work(item: WorkItem, *, on: date, by: Person | None) -> WorkItem:
    """Begin a piece of work on a day.

    Raises:
        WrongState: it has begun or is dropped, or the project is stopped.
        NotGiven: the day lies ahead or outside the project.
        NotAllowedYet: its phase has not begun by that day, or no permit or survey holds on it.
    """
    held = moving_project(item.phase.project)
    row = _locked(item, State.PLANNED)
    _check_day(held, row, on)
    phase = row.phase
    missing = []
    if phase.actual_from is None or on < phase.actual_from:
        missing.append(
            _("The phase “%(phase)s” has not begun by %(day)s.")
            % {"phase": phase.get_kind_display(), "day": date_in_words(on)}
        )
    if phase.kind in NEED_PERMIT:
        missing += missing_for_works(held, on)
    if missing:
        raise NotAllowedYet(" ".join(missing))
    row.state, row.started_on = State.STARTED, on
    row.save(update_fields=["state", "started_on"])
    after = {"number": row.number, "what": row.treatment, "from": on}
    record("work begun", held, by=by, after=after)
    return row


@transaction.atomic
def finish_work(item: WorkItem, *, on: date, by: Person | None) -> WorkItem:
    """Say that a piece of work was done by a day.

    Raises:
        WrongState: it is not under way, or the project is stopped.
        NotGiven: the day lies ahead, before its begin, or outside the project.
    """
    held = moving_project(item.phase.project)
    row = _locked(item, State.STARTED)
    _check_day(held, row, on)
    if row.started_on and on < row.started_on:
        raise NotGiven(
            _("Work that began on %(day)s cannot be done before.")
            % {"day": date_in_words(row.started_on)}
        )
    row.state, row.done_on = State.DONE, on
    row.save(update_fields=["state", "done_on"])
    after = {"number": row.number, "what": row.treatment, "until": on}
    record("work done", held, by=by, after=after)
    return row


@transaction.atomic
def drop_work(item: WorkItem, *, reason: str, by: Person | None) -> WorkItem:
    """Drop a piece of work that is planned or under way, with the reason.

    Raises:
        WrongState: it is done or dropped, or the project is stopped.
        NotGiven: there is no reason.
    """
    held = moving_project(item.phase.project)
    row = _locked(item, State.PLANNED, State.STARTED)
    if not reason.strip():
        raise NotGiven(_("Say why the work is dropped."))
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    before = {"number": row.number, "what": row.treatment}
    record("work dropped", held, by=by, before=before, reason=reason.strip())
    return row


@transaction.atomic
def set_money(
    phase: Phase,
    *,
    funder: Party,
    planned: Decimal,
    committed: Decimal,
    paid: Decimal,
    by: Person | None,
) -> FundingLine:
    """Write what a funder plans, has committed and has paid for a phase, in the project's currency.

    Raises:
        NotGiven: more is paid than committed, or an amount is below zero; it says by how much.
    """
    project = RestorationProject.objects.select_for_update().get(pk=phase.project_id)
    if min(planned, committed, paid) < 0:
        raise NotGiven(_("An amount cannot be below zero."))
    if paid > committed:
        raise NotGiven(
            _("Paid %(paid)s: that is %(more)s more than the %(committed)s committed.")
            % {
                "paid": money(paid, project.currency),
                "more": money(paid - committed, project.currency),
                "committed": money(committed, project.currency),
            }
        )
    known = FundingLine.objects.select_for_update().filter(phase=phase, funder=funder).first()
    before = (
        {"planned": known.planned, "committed": known.committed, "paid": known.paid}
        if known
        else {}
    )
    row, _new = FundingLine.objects.update_or_create(
        phase=phase,
        funder=funder,
        defaults={
            "project": project,
            "planned": planned,
            "committed": committed,
            "paid": paid,
        },
    )
    after = {"party": str(funder), "planned": planned, "committed": committed, "paid": paid}
    record("money written", project, by=by, before=before, after=after)
    return row


def _check_work(
    project: RestorationProject,
    element: Element,
    advice: Advice | None,
    reason: str,
    is_compatible: bool | None,
) -> None:
    if element.monument_id != project.monument_id:
        raise NotOfThisProject(_("This part belongs to another monument."))
    if advice is not None and advice.survey.monument_id != project.monument_id:
        raise NotOfThisProject(_("This recommendation is of another monument's survey."))
    if advice is not None and advice.survey.state != "signed":
        raise NotGiven(_("The survey that advises this is not signed yet."))
    if advice is None and not reason.strip():
        raise NotGiven(
            _("A treatment needs a survey's recommendation or a reason: choose or write one.")
        )
    if is_compatible is False and not reason.strip():
        raise NotGiven(_("The materials are not compatible: say why they are taken all the same."))


def _numbers(project: RestorationProject) -> list[str]:
    return list(WorkItem.objects.filter(phase__project=project).values_list("number", flat=True))


def _locked(item: WorkItem, *states: str) -> WorkItem:
    row = WorkItem.objects.select_for_update(of=("self",)).select_related("phase").get(pk=item.pk)
    if row.state not in states:
        raise WrongState(
            _("Work %(number)s is in the state “%(state)s”; this cannot be done to it now.")
            % {"number": row.number, "state": row.get_state_display()}
        )
    return row


def _check_day(project: RestorationProject, row: WorkItem, on: date) -> None:
    if on > clock.today():
        raise NotGiven(_("The day %(day)s has not come yet.") % {"day": date_in_words(on)})
    check_within(project, on, kind=row.phase.kind)
