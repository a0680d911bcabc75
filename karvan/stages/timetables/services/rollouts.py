"""Draft a team's year, order its editions, mend the order, agree it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from karvan.engines.timetabling.rollout import Rollout as Year
from karvan.engines.timetabling.rollout import mend_rollout, plan_rollout
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Activity, Edition

from ..errors import DatesMissing, NothingToPlace, WrongState
from ..models import Rollout, RolloutStop
from ..rollout_windows import days_there, fixed_day
from .rollout_problem import days_of, problem_of, said_of

LONGEST = 800  # days
WORK = 10
KEPT = ("days", "ready_from", "done_by", "visa_days", "amount", "weight", "fixed_on")
SETTINGS = ("team", "home", "day_from", "day_to", "handover_days", "quarters")


@transaction.atomic
def draft_rollout(
    programme: Programme,
    *,
    team: str,
    day_from: date,
    day_to: date,
    editions: Sequence[Edition],
    home: Country | None = None,
    handover_days: int = 3,
    by: Person | None,
) -> Rollout:
    """Begin a year with these editions as its stops and return it; nothing is ordered yet.

    Days there come from the design, a fixed first day from a plan that is frozen.

    Raises:
        DatesMissing: it ends before it begins, or is longer than 800 days.
        NothingToPlace: no edition is given.
    """
    _check_days(day_from, day_to)
    if not editions:
        raise NothingToPlace(_("Choose at least one edition."))
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    rollout = Rollout.objects.create(
        programme=programme,
        number=_next_number(programme),
        team=team,
        day_from=day_from,
        day_to=day_to,
        home=home,
        handover_days=handover_days,
        made_by=by,
        made_at=timezone.now(),
    )
    for edition in editions:
        held: list[Activity] = list(edition.activities.select_related("edition__blueprint"))
        RolloutStop.objects.create(
            rollout=rollout,
            edition=edition,
            days=days_there(held),
            fixed_on=fixed_day(held, day_from, day_to),
        )
    after = {"number": rollout.number, "editions": [one.code for one in editions]}
    record("drafted rollout", programme, by=by, after=after)
    return rollout


@transaction.atomic
def change_rollout(
    rollout: Rollout,
    *,
    settings: Mapping[str, Any],
    stops: Mapping[int, Mapping[str, Any]],
    by: Person | None,
) -> Rollout:
    """Write what was typed of a draft's year and of its stops, by the stops' ids.

    The order found before stays until the year is ordered anew.

    Raises:
        WrongState: it is agreed.
        DatesMissing: it ends before it begins, or is longer than 800 days; or a fixed day lies outside it.
    """
    rollout = _draft(rollout)
    _check_days(settings["day_from"], settings["day_to"])
    for name in SETTINGS:
        setattr(rollout, name, settings[name])
    rollout.save()
    changed: dict[str, dict[str, Any]] = {}
    for stop in _stops(rollout):
        typed = stops.get(stop.pk, {})
        new = {
            name: typed[name]
            for name in KEPT
            if name in typed and typed[name] != getattr(stop, name)
        }
        if new:
            for name, value in new.items():
                setattr(stop, name, value)
            stop.save(update_fields=list(new))
            changed[stop.edition.code] = new
        _check_fixed(rollout, stop)
    after = {"number": rollout.number, "stops": changed}
    record("changed rollout", rollout.programme, by=by, after=after)
    return rollout


@transaction.atomic
def order_year(rollout: Rollout, *, by: Person | None, keep: bool = False) -> Rollout:
    """Find the order and the days of a draft, or why there are none, and return it.

    ``keep`` moves as few of the editions that have days already as can be. Where there is no
    such year, ``reasons`` say why, and the days found before are taken away unless kept.

    Raises:
        WrongState: it is agreed.
    """
    rollout = _draft(rollout)
    stops = _stops(rollout)
    problem = problem_of(rollout, stops)
    before = {
        one.edition.code: (one.starts_on - rollout.day_from).days for one in stops if one.starts_on
    }
    answer = (
        mend_rollout(problem, before, work_limit=WORK)
        if keep and before
        else plan_rollout(problem, work_limit=WORK)
    )
    if isinstance(answer, Year):
        _write(rollout, stops, answer, mended=keep and bool(before))
        said: dict[str, Any] = {"order": list(answer.order), "moved": list(answer.moved)}
    else:
        rollout.reasons = said_of(answer)
        rollout.cost, rollout.bound, rollout.is_proved = None, None, False
        if not keep:
            rollout.stops.update(starts_on=None, ends_on=None, place=None)
        said = {"reasons": rollout.reasons}
    rollout.save()
    record("ordered rollout", rollout.programme, by=by, after={"number": rollout.number, **said})
    return rollout


@transaction.atomic
def agree_rollout(rollout: Rollout, *, by: Person | None) -> Rollout:
    """Make a draft the plan that holds; it is not changed any more.

    Raises:
        WrongState: it is agreed already, or some edition has no days, or its reasons say that
            there is no such year.
    """
    rollout = _draft(rollout)
    if rollout.reasons or rollout.stops.filter(starts_on__isnull=True).exists():
        raise WrongState(_("Order the year first: every edition needs its days."))
    rollout.state = Rollout.State.AGREED
    rollout.save(update_fields=["state"])
    days = {one.edition.code: one.starts_on for one in _stops(rollout)}
    after = {"number": rollout.number, "days": days}
    record("agreed rollout", rollout.programme, by=by, after=after)
    return rollout


@transaction.atomic
def copy_rollout(rollout: Rollout, *, by: Person | None) -> Rollout:
    """A new draft with everything the other version holds; return it."""
    Programme.objects.select_for_update(of=("self",)).get(pk=rollout.programme_id)
    stops = _stops(rollout)
    number, old = _next_number(rollout.programme), rollout.number
    rollout.pk, rollout.number, rollout.state = None, number, Rollout.State.DRAFT
    rollout.made_by, rollout.made_at = by, timezone.now()
    rollout._state.adding = True  # noqa: SLF001 -- Django's own way to copy a row
    rollout.save()
    for stop in stops:
        stop.pk, stop.rollout = None, rollout
        stop._state.adding = True  # noqa: SLF001
    RolloutStop.objects.bulk_create(stops)
    record("copied rollout", rollout.programme, by=by, after={"number": number, "from": old})
    return rollout


def _write(rollout: Rollout, stops: Iterable[RolloutStop], year: Year, *, mended: bool) -> None:
    """What was found into the rows; of a mended year only its moves are proved, not its cost."""
    dates = days_of(year.starts, rollout.day_from)
    place = {key: number for number, key in enumerate(year.order, start=1)}
    for stop in stops:
        code = stop.edition.code
        stop.starts_on, stop.place = dates[code], place[code]
        stop.ends_on = dates[code] + timedelta(days=stop.days - 1)
        stop.save(update_fields=["starts_on", "ends_on", "place"])
    rollout.reasons = []
    rollout.cost = year.costs.total
    rollout.bound = None if mended else year.bound
    rollout.is_proved = year.proved and not mended


def _draft(rollout: Rollout) -> Rollout:
    """The row, locked; it must be a draft."""
    found = (
        Rollout.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=rollout.pk)
    )
    if found.state != Rollout.State.DRAFT:
        raise WrongState(_("This version is agreed. Copy it as a new draft to change it."))
    return found


def _stops(rollout: Rollout) -> list[RolloutStop]:
    return list(rollout.stops.select_related("edition__country", "edition__programme"))


def _next_number(programme: Programme) -> int:
    newest: int | None = programme.rollouts.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _check_days(first: date, last: date) -> None:
    if not 0 < (last - first).days < LONGEST:
        raise DatesMissing(_("The year must end after it begins, and within 800 days."))


def _check_fixed(rollout: Rollout, stop: RolloutStop) -> None:
    if stop.fixed_on and not rollout.day_from <= stop.fixed_on <= rollout.day_to:
        raise DatesMissing(
            _("%(country)s is fixed to begin on a day outside the year.")
            % {"country": stop.edition.country}
        )
