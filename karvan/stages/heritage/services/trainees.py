"""Write hours worked under supervision, and sign them. Nobody signs his or her own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words, number
from karvan.stages.delivery.models import Enrolment
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import RestorationProject, TraineeLog, WorkItem
from karvan.stages.heritage.queries import trainees as queries

from .projects import check_within, moving_project

MOST_HOURS_A_DAY = Decimal(12)
LEVELS = (1, 2, 3, 4)


@transaction.atomic
def log_hours(
    enrolment: Enrolment,
    *,
    work: WorkItem,
    on: date,
    hours: Decimal,
    supervisor: Person,
    by: Person | None,
    note: str = "",
) -> TraineeLog:
    """Write hours of a day on a piece of work, for the supervisor to sign.

    Raises:
        WrongState: the project is stopped, or the participant has left.
        NotGiven: no or over 12 hours, also with what the day has already; a day that lies ahead
            or outside the project; a supervisor who is the trainee or does not teach there.
        NotAllowedYet: the work has not begun by that day.
        NotOfThisProject: the work is not of the project that the course learns on.
    """
    project = moving_project(work.phase.project)
    place = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person", "activity")
        .get(pk=enrolment.pk)
    )
    if place.state == Enrolment.State.LEFT:
        raise WrongState(_("Who has left the course writes no more hours."))
    if project.activity_id != place.activity_id:
        raise NotOfThisProject(_("Your course does not learn on this restoration."))
    _check_day(project, work, on)
    _check_hours(place.person, on, hours)
    _check_supervisor(place, supervisor)
    made = TraineeLog.objects.create(
        enrolment=place,
        work=work,
        on=on,
        hours=hours,
        supervisor=supervisor,
        note=note.strip(),
        written_at=clock.now(),
    )
    after = {"hours": hours, "on": on, "work": work.number}
    record("hours written", project, by=by, after=after)
    return made


@transaction.atomic
def sign_hours(
    project: RestorationProject, *, levels: Mapping[int, int], by: Person
) -> list[TraineeLog]:
    """Sign several logs at once, each with the level of competence (1 to 4) that was seen.

    ``levels``: log id → level. All are signed or none.

    Raises:
        NotGiven: none is chosen, a level is missing or unknown; it says whose.
        NotAllowedYet: one is not this supervisor's, or is the supervisor's own work.
        WrongState: one is signed already.
    """
    if not levels:
        raise NotGiven(_("Choose at least one line, and say the level you saw."))
    rows = list(
        TraineeLog.objects.select_for_update(of=("self",))
        .filter(pk__in=list(levels), work__phase__project=project)
        .select_related("enrolment__person", "work")
        .order_by("on", "pk")
    )
    if len(rows) != len(levels):
        raise NotOfThisProject(_("A line that you chose is no longer there. Look again."))
    for row in rows:
        _check_signing(row, levels[row.pk], by)
    now = clock.now()
    for row in rows:
        row.level, row.signed_at = levels[row.pk], now
        row.save(update_fields=["level", "signed_at"])
    total = sum((row.hours for row in rows), Decimal(0))
    record("hours signed", project, by=by, after={"lines": len(rows), "hours": total})
    return rows


@transaction.atomic
def take_back_hours(log: TraineeLog, *, by: Person | None) -> None:
    """Take a log back that is not signed yet.

    Raises:
        WrongState: it is signed.
    """
    row = (
        TraineeLog.objects.select_for_update(of=("self",))
        .select_related("work__phase__project")
        .get(pk=log.pk)
    )
    if row.signed_at is not None:
        raise WrongState(_("These hours are signed and stay."))
    before = {"hours": row.hours, "on": row.on, "work": row.work.number}
    record("hours taken back", row.work.phase.project, by=by, before=before)
    row.delete()


def _check_day(project: RestorationProject, work: WorkItem, on: date) -> None:
    if on > clock.today():
        raise NotGiven(
            _("Hours of %(day)s cannot be written yet: that day has not come.")
            % {"day": date_in_words(on)}
        )
    check_within(project, on)
    if work.started_on is None or on < work.started_on:
        raise NotAllowedYet(
            _("Work %(number)s has not begun by %(day)s.")
            % {"number": work.number, "day": date_in_words(on)}
        )
    if work.done_on is not None and on > work.done_on:
        raise NotGiven(
            _("Work %(number)s was done on %(day)s: choose a day before.")
            % {"number": work.number, "day": date_in_words(work.done_on)}
        )


def _check_hours(person: Person, on: date, hours: Decimal) -> None:
    if not 0 < hours <= MOST_HOURS_A_DAY:
        raise NotGiven(_("Write more than no and at most 12 hours for a day."))
    there = queries.hours_on(person, on)
    if there + hours > MOST_HOURS_A_DAY:
        raise NotGiven(
            ngettext(
                "With the %(there)s hour already written for this day it would be %(all)s, "
                "and a day has at most 12.",
                "With the %(there)s hours already written for this day it would be %(all)s, "
                "and a day has at most 12.",
                int(there),
            )
            % {"there": number(there, digits=1), "all": number(there + hours, digits=1)}
        )


def _check_supervisor(place: Enrolment, supervisor: Person) -> None:
    if supervisor.pk == place.person_id:
        raise NotGiven(_("Nobody supervises his or her own work: choose another person."))
    if not queries.supervisors_of(place.activity).filter(pk=supervisor.pk).exists():
        raise NotGiven(
            _("Not a trainer of this course: %(person)s. Choose one who is.")
            % {"person": supervisor}
        )


def _check_signing(row: TraineeLog, level: int, by: Person) -> None:
    words = {"person": row.enrolment.person, "day": date_in_words(row.on)}
    if row.signed_at is not None:
        raise WrongState(_("The hours of %(person)s on %(day)s are signed already.") % words)
    if row.enrolment.person_id == by.pk:
        raise NotAllowedYet(_("Nobody signs his or her own hours."))
    if row.supervisor_id != by.pk:
        raise NotAllowedYet(
            _("The hours of %(person)s on %(day)s were under another supervisor.") % words
        )
    if level not in LEVELS:
        raise NotGiven(_("Say the level of %(person)s on %(day)s, from 1 to 4.") % words)
