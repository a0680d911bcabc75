"""How sure each place is: the share of plausible marks under which each application is in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotFeasible, WrongState
from ..models import SelectionRun
from .replaying import choice_of

STEPS, DRAWS = 10, 20  # so many times so many draws; progress is told after each step


@transaction.atomic
def ask_sureness(run: SelectionRun, *, by: Person | None) -> SelectionRun:
    """Ask that it be worked out how sure each place is; may be asked again. Returns the run.

    Raises:
        NotFeasible: the run found no cohort.
        WrongState: nothing is known of how far the marks may be off, or it is a lottery.
    """
    run = SelectionRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_feasible:
        raise NotFeasible(_("This run found no cohort, so no place is sure or unsure."))
    if run.method == SelectionRun.Method.LOTTERY:
        raise WrongState(_("A lottery has chances of its own; marks do not move its places."))
    if not run.decisions.filter(deviation__gt=0).exists():
        raise WrongState(
            _("Nothing is known of how far these marks may be off: too little was read twice.")
        )
    # What was worked out before stays on the screen until the new answer is there.
    run.sureness = {**run.sureness, "asked_at": clock.now().isoformat(), "done": 0, "of": STEPS}
    run.save(update_fields=["sureness"])
    record("asked how sure places are", run, by=by, after={"draws": STEPS * DRAWS})
    return run


def work_out_sureness(run: SelectionRun, *, by: Person | None = None) -> int:
    """Draw marks as they might have been, choose anew each time, and keep each one's share.

    Marks are drawn around those that decided, by their own deviations, with the run's
    seed: the same run gives the same shares. Not one transaction, so that others see how
    far it is. Safe to run again. Returns how many draws were made.

    Raises:
        ValueError: the run's document was changed.

    Cost: one choice for each of 200 draws.
    """
    problem, cohort = choice_of(run)
    deviations = {
        str(number): deviation or 0
        for number, deviation in run.decisions.values_list("application__number", "deviation")
    }
    totals: Counter[str] = Counter()
    for step in range(STEPS):
        found = engine.sureness(
            problem, cohort, deviations, draws=DRAWS, seed=f"{problem.seed}/{step}"
        )
        totals.update(found)
        _tell(run, {"done": step + 1, "of": STEPS})
    ids = dict(run.decisions.values_list("application__number", "application_id"))
    shares = {str(ids[key]): totals[key] // STEPS for key in totals if key in ids}
    _tell(run, {"shares": shares, "draws": STEPS * DRAWS, "at": clock.now().isoformat()}, ends=True)
    return STEPS * DRAWS


@transaction.atomic
def _tell(run: SelectionRun, news: dict[str, Any], *, ends: bool = False) -> None:
    """Keep how far it is, beside whatever else the run's row has become meanwhile."""
    row = SelectionRun.objects.select_for_update(of=("self",)).only("sureness").get(pk=run.pk)
    row.sureness = {**row.sureness, **news}
    if ends:
        for key in ("asked_at", "done", "of"):
            row.sureness.pop(key, None)
    row.save(update_fields=["sureness"])
