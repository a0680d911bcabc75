"""Begin, change, stop and take up restorations; each has its eleven phases from the first day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words
from karvan.stages.editions.models import Activity
from karvan.stages.heritage.errors import NotGiven, WrongState
from karvan.stages.heritage.models import Monument, Phase, RestorationProject

State = RestorationProject.State
# What comes after the works may lie beyond the project's last day.
AFTERWARDS = (Phase.Kind.ACCEPTANCE, Phase.Kind.MAINTENANCE, Phase.Kind.MONITORING)


@transaction.atomic
def start_project(
    monument: Monument,
    *,
    code: str,
    titles: Mapping[str, str],
    by: Person | None,
    client: Party | None = None,
    designer: Party | None = None,
    contractor: Party | None = None,
    activity: Activity | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    currency: str = "EUR",
) -> RestorationProject:
    """Begin a restoration of a monument, with all its phases planned and no dates in them.

    Raises:
        NotGiven: the code or the course is taken, or it ends before it begins.
    """
    if RestorationProject.objects.filter(code=code).exists():
        raise NotGiven(_("There is a restoration “%(code)s” already.") % {"code": code})
    _check(activity, starts_on, ends_on, None)
    made = RestorationProject.objects.create(
        monument=monument,
        code=code,
        titles=dict(titles),
        client=client,
        designer=designer,
        contractor=contractor,
        activity=activity,
        starts_on=starts_on,
        ends_on=ends_on,
        currency=currency.upper(),
        scope=f"{monument.register.scope}/{code}",
    )
    Phase.objects.bulk_create(
        Phase(project=made, kind=kind, position=position)
        for position, kind in enumerate(Phase.Kind.values, 1)
    )
    record("restoration started", made, by=by, after={"code": code, "name": str(monument)})
    return made


@transaction.atomic
def change_project(
    project: RestorationProject,
    *,
    titles: Mapping[str, str],
    by: Person | None,
    client: Party | None = None,
    designer: Party | None = None,
    contractor: Party | None = None,
    activity: Activity | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    currency: str = "EUR",
    is_public: bool = False,
) -> RestorationProject:
    """Write the head of a restoration anew; ``is_public`` opens its page to everybody.

    Raises:
        NotGiven: it ends before it begins, the course learns elsewhere, or the contractor changes
            although works have begun.
    """
    row = locked_project(project)
    _check(activity, starts_on, ends_on, row.pk)
    begun = row.phases.filter(kind=Phase.Kind.WORKS, actual_from__isnull=False).exists()
    if begun and row.contractor_id and (contractor is None or contractor.pk != row.contractor_id):
        raise NotGiven(_("The contractor cannot change once works have begun: stop the project."))
    values: dict[str, Any] = {
        "titles": dict(titles),
        "client": client,
        "designer": designer,
        "contractor": contractor,
        "activity": activity,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "currency": currency.upper(),
        "is_public": is_public,
    }
    before = {"starts": row.starts_on, "ends": row.ends_on, "public": row.is_public}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    after = {"starts": row.starts_on, "ends": row.ends_on, "public": row.is_public}
    record("restoration changed", row, by=by, before=before, after=after)
    return row


@transaction.atomic
def stop_project(project: RestorationProject, *, reason: str, by: Person | None) -> None:
    """Stop a restoration; nothing is begun in it until it is taken up again.

    Raises:
        WrongState: it is stopped, accepted or monitored.
        NotGiven: no reason is given.
    """
    row = locked_project(project)
    if row.state not in (State.PREPARED, State.PERMITTED, State.WORKS):
        raise WrongState(
            _("This restoration is in the state “%(state)s” and cannot be stopped.")
            % {"state": row.get_state_display()}
        )
    if not reason.strip():
        raise NotGiven(_("Say why the restoration is stopped."))
    before = {"state": row.state}
    row.state, row.state_reason = State.STOPPED, reason.strip()
    row.save(update_fields=["state", "state_reason"])
    record("restoration stopped", row, by=by, before=before, reason=row.state_reason)


@transaction.atomic
def resume_project(project: RestorationProject, *, by: Person | None) -> None:
    """Take a stopped restoration up again, in the state that its phases show.

    Raises:
        WrongState: it is not stopped.
    """
    row = RestorationProject.objects.select_for_update().get(pk=project.pk)
    if row.state != State.STOPPED:
        raise WrongState(_("This restoration is not stopped."))
    phases = {one.kind: one for one in row.phases.all()}
    works, permit = phases.get(Phase.Kind.WORKS), phases.get(Phase.Kind.PERMIT)
    row.state = State.PREPARED
    if permit is not None and permit.state == Phase.State.DONE:
        row.state = State.PERMITTED
    if works is not None and works.actual_from is not None:
        row.state = State.WORKS
    row.state_reason = ""
    row.save(update_fields=["state", "state_reason"])
    record("restoration resumed", row, by=by, after={"state": row.state})


def locked_project(project: RestorationProject) -> RestorationProject:
    """The project's row, locked, with its monument and contractor."""
    return (
        RestorationProject.objects.select_for_update(of=("self",))
        .select_related("monument__register", "contractor")
        .get(pk=project.pk)
    )


def moving_project(project: RestorationProject) -> RestorationProject:
    """The project's row, locked.

    Raises:
        WrongState: it is stopped.
    """
    row = locked_project(project)
    if row.state == State.STOPPED:
        raise WrongState(
            _("This restoration is stopped: %(reason)s") % {"reason": row.state_reason}
        )
    return row


def check_within(project: RestorationProject, day: date | None, *, kind: str = "") -> None:
    """Nothing may be dated outside the project, save what comes after the works.

    Raises:
        NotGiven: the day lies before the project begins or after it ends; it says when that is.
    """
    if day is None:
        return
    words = {"day": date_in_words(day)}
    if project.starts_on and day < project.starts_on:
        words["limit"] = date_in_words(project.starts_on)
        raise NotGiven(_("The day %(day)s lies before the project begins, on %(limit)s.") % words)
    if project.ends_on and day > project.ends_on and kind not in AFTERWARDS:
        words["limit"] = date_in_words(project.ends_on)
        raise NotGiven(_("The day %(day)s lies after the project ends, on %(limit)s.") % words)


def _check(
    activity: Activity | None, starts_on: date | None, ends_on: date | None, own: int | None
) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise NotGiven(_("A project must end after it begins."))
    if activity is not None:
        other = RestorationProject.objects.filter(activity=activity).first()
        if other is not None and other.pk != own:
            raise NotGiven(
                _("This course learns on the restoration “%(code)s” already.")
                % {"code": other.code}
            )
