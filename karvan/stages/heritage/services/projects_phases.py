"""Plan, begin, end and leave out the phases of a restoration, in their order.

The rules: an earlier phase is done or left out before a later one begins; emergency measures may
begin at any time. Trial areas and works need a permit in force and a signed survey younger than
24 months; all that is missing is said at once. Acceptance needs what shows that the works helped.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words, in_a_row
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, WrongState
from karvan.stages.heritage.models import Permit, Phase, RestorationProject, WorkItem
from karvan.stages.heritage.queries import projects as queries
from karvan.stages.heritage.queries.surveys import last_survey

from .projects import check_within, moving_project

Kind, State = Phase.Kind, Phase.State
NEED_PERMIT = (Kind.TRIALS, Kind.WORKS)


@transaction.atomic
def plan_phase(
    phase: Phase, *, planned_from: date | None, planned_to: date | None, by: Person | None
) -> Phase:
    """Say when a phase is planned.

    Raises:
        WrongState: the project is stopped.
        NotGiven: it ends before it begins, or lies outside the project.
    """
    project = moving_project(phase.project)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if planned_from and planned_to and planned_to < planned_from:
        raise NotGiven(_("A phase must end after it begins."))
    for day in (planned_from, planned_to):
        check_within(project, day, kind=row.kind)
    before = {"from": row.planned_from, "until": row.planned_to}
    row.planned_from, row.planned_to = planned_from, planned_to
    row.save(update_fields=["planned_from", "planned_to"])
    after = {"what": row.kind, "from": planned_from, "until": planned_to}
    record("phase planned", project, by=by, before=before, after=after)
    return row


@transaction.atomic
def begin_phase(phase: Phase, *, on: date, by: Person | None) -> Phase:
    """Begin a phase on a day.

    Raises:
        WrongState: it is not planned any more, or the project is stopped.
        NotGiven: the day lies ahead or outside the project.
        NotAllowedYet: earlier phases are open; for trial areas and works also the permit or the
            survey that is missing. All at once.
    """
    project = moving_project(phase.project)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.state != State.PLANNED:
        raise WrongState(
            _("The phase “%(phase)s” is in the state “%(state)s” and cannot begin.")
            % {"phase": row.get_kind_display(), "state": row.get_state_display()}
        )
    _check_day(project, row, on)
    missing = missing_to_begin(project, row, on)
    if missing:
        raise NotAllowedYet(" ".join(missing))
    row.state, row.actual_from = State.STARTED, on
    row.save(update_fields=["state", "actual_from"])
    became = {Kind.WORKS: "works", Kind.MONITORING: "monitored"}.get(Kind(row.kind))
    if became:
        project.state = became
        project.save(update_fields=["state"])
    record("phase begun", project, by=by, after={"what": row.kind, "from": on})
    return row


@transaction.atomic
def end_phase(phase: Phase, *, on: date, by: Person | None) -> Phase:
    """End a phase on a day. Ending the acceptance accepts the works.

    Raises:
        WrongState: it is not under way, or the project is stopped.
        NotGiven: the day lies ahead, before its begin, or outside the project.
        NotAllowedYet: what it was to bring is missing, all at once.
    """
    project = moving_project(phase.project)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.state != State.STARTED or row.actual_from is None:
        raise WrongState(
            _("The phase “%(phase)s” is not under way.") % {"phase": row.get_kind_display()}
        )
    _check_day(project, row, on)
    if on < row.actual_from:
        raise NotGiven(_("A phase must end after it begins."))
    missing = missing_to_end(project, row, on)
    if missing:
        raise NotAllowedYet(" ".join(missing))
    row.state, row.actual_to = State.DONE, on
    row.save(update_fields=["state", "actual_to"])
    if row.kind == Kind.PERMIT and project.state == RestorationProject.State.PREPARED:
        project.state = RestorationProject.State.PERMITTED
    if row.kind == Kind.ACCEPTANCE:
        project.state, project.accepted_on = RestorationProject.State.ACCEPTED, on
    project.save(update_fields=["state", "accepted_on"])
    record("phase ended", project, by=by, after={"what": row.kind, "until": on})
    return row


@transaction.atomic
def leave_out_phase(phase: Phase, *, reason: str, by: Person | None) -> Phase:
    """Leave a phase out, with the reason. Permit, works and acceptance cannot be left out.

    Raises:
        WrongState: it has begun, or the project is stopped.
        NotGiven: there is no reason, or it is one that every restoration has.
    """
    project = moving_project(phase.project)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.state != State.PLANNED:
        raise WrongState(_("A phase that has begun cannot be left out."))
    if row.kind in (Kind.PERMIT, Kind.WORKS, Kind.ACCEPTANCE):
        raise NotGiven(
            _("No restoration goes without the phase “%(phase)s”.")
            % {"phase": row.get_kind_display()}
        )
    if not reason.strip():
        raise NotGiven(_("Say why the phase is left out."))
    row.state, row.reason = State.SKIPPED, reason.strip()
    row.save(update_fields=["state", "reason"])
    record("phase left out", project, by=by, after={"what": row.kind}, reason=row.reason)
    return row


def missing_to_begin(project: RestorationProject, phase: Phase, on: date) -> list[str]:
    """All that keeps a phase from beginning on a day, in sentences; [] where nothing does."""
    missing = []
    if phase.kind != Kind.EMERGENCY:
        open_before = [
            str(one.get_kind_display())
            for one in queries.phases_of(project)
            if one.position < phase.position
            and one.state in (State.PLANNED, State.STARTED)
            and (one.kind != Kind.EMERGENCY or phase.kind == Kind.ACCEPTANCE)
        ]
        if open_before:
            missing.append(
                _("Earlier phases are not done or left out: %(listed)s.")
                % {"listed": in_a_row(open_before)}
            )
    if phase.kind in NEED_PERMIT:
        missing += missing_for_works(project, on)
    return missing


def missing_for_works(project: RestorationProject, on: date) -> list[str]:
    """What works lack on a day: a permit in force, a survey younger than 24 months."""
    missing = []
    permits = list(queries.permits_of(project))
    if not [one for one in permits if one.granted_on <= on and (one.valid_to or on) >= on]:
        missing.append(_no_permit(permits, on))
    if queries.counting_survey(project, on) is None:
        last = last_survey(project.monument, by=on)
        if last is None:
            missing.append(_("The monument has no signed survey: survey it first."))
        else:
            missing.append(
                _("The last signed survey is of %(day)s, 24 months old or more: survey it anew.")
                % {"day": date_in_words(last.on)}
            )
    return missing


def missing_to_end(project: RestorationProject, phase: Phase, on: date) -> list[str]:
    """All that a phase was to bring and did not, in sentences; [] where nothing lacks."""
    if phase.kind == Kind.PERMIT and not project.permits.filter(queries.in_force(on)).exists():
        return [_no_permit(list(queries.permits_of(project)), on)]
    if phase.kind == Kind.WORKS:
        left = WorkItem.objects.filter(
            phase__project=project, state__in=(WorkItem.State.PLANNED, WorkItem.State.STARTED)
        )
        numbers = [f"{one.number} {one.treatment}" for one in left.order_by("phase", "pk")]
        if numbers:
            return [
                _("Work is neither done nor dropped: %(listed)s.")
                % {"listed": in_a_row(numbers, ";")}
            ]
    return missing_for_acceptance(project) if phase.kind == Kind.ACCEPTANCE else []


def missing_for_acceptance(project: RestorationProject) -> list[str]:
    """What acceptance needs: an after to each before, and a survey by another than the contractor."""
    missing = []
    without = [
        str(one.viewpoint)
        for one in queries.viewpoints_of(project)
        if one.before is not None and one.after is None
    ]
    if without:
        missing.append(
            _("There is a picture before and none after: %(listed)s.")
            % {"listed": in_a_row(without)}
        )
    if queries.survey_after_works(project) is None:
        missing.append(
            _("A signed survey after the works, by another than the contractor, is missing.")
        )
    return missing


def _no_permit(permits: list[Permit], on: date) -> str:
    """Why no permit is in force: there is none, it has expired, or it is of a later day."""
    if not permits:
        return _("No permit is entered.")
    last = permits[-1]
    if last.valid_to is not None and last.valid_to < on:
        return _("The permit %(number)s expired on %(day)s.") % {
            "number": last.number,
            "day": date_in_words(last.valid_to),
        }
    return _("The permit %(number)s is only in force from %(day)s.") % {
        "number": last.number,
        "day": date_in_words(last.granted_on),
    }


def _check_day(project: RestorationProject, phase: Phase, on: date) -> None:
    if on > clock.today():
        raise NotGiven(
            _("The day %(day)s has not come yet; plan the phase instead.")
            % {"day": date_in_words(on)}
        )
    check_within(project, on, kind=phase.kind)
