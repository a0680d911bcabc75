"""How the selection room is put together: for looking, after a trial, and when a proposal is refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.requests import Request
from karvan.stages.calls.models import Call

from .. import access, services
from ..committee import committee_shown
from ..forms import QuotasForm, SetNameForm
from ..models import QuotaSet, SelectionRun
from ..pool import Pool
from ..queries import funnel_of
from ..reasons import clash_in_words, proof_in_words
from ..room import (
    compared,
    drawn,
    marks_in_words,
    pool_in_words,
    prices_in_words,
    quota_lines,
    relaxations,
    slider_places,
    swaps_of,
    teams_in_words,
    with_numbers_of,
)
from ..sureness import sureness_shown
from ..trials import TrialShown
from .decisions import decisions_register


def show_room(
    request: Request,
    call: Call,
    shown: SelectionRun | None,
    *,
    form: QuotasForm | None = None,
    trial: TrialShown | None = None,
    ready: services.Ready | None = None,
) -> HttpResponse:
    """The page, or the list of decisions as a file."""
    pool = (ready or services.ready_pool(call)).pool
    sets = list(access.quota_sets_for(call))
    form = form or first_form(call, pool, shown, _asked(request, sets))
    context = _of_pool(pool, call, shown) | _of_form(form, pool, call, shown, trial)
    context |= {
        "call": call,
        "slug": call.activity.edition.slug,
        "code": call.activity.code,
        "run": shown,
        "runs": list(access.runs_for(call)),
        "sets": sets,
        "awaited": _awaited(request, call),
        "may_run": access.may_run(request.user, call),
    }
    if shown:
        context |= _of_run(request, call, shown)
        if context["register"].wants_file:
            return context["register"].file()  # type: ignore[no-any-return]
    return render(request, "selection/room.html", context, status=422 if form.errors else 200)


def _of_pool(pool: Pool, call: Call, shown: SelectionRun | None) -> dict[str, Any]:
    """What the room says of those who can be chosen from, and of those who cannot."""
    return {
        "pool": pool_in_words(pool),
        "marks": marks_in_words(pool, call),
        "teams": teams_in_words(pool, call, shown),
        "twice": pool.twice,
        "unread": len(pool.unread),
        "funnel": funnel_of(call, read=len(pool.entrants), run=shown),
    }


def _of_form(
    form: QuotasForm, pool: Pool, call: Call, shown: SelectionRun | None, trial: TrialShown | None
) -> dict[str, Any]:
    """The numbers that can be moved, each beside what the pool has and what a trial gave."""
    lines = quota_lines(form, pool, shown)
    states = trial.states if trial else [None] * len(lines)
    return {
        "form": form,
        "set_form": SetNameForm(),
        "lines": list(zip(lines, states, strict=True)),
        "slider_places": slider_places(call, form),
        "fold_open": any(name in form.errors for name in ("seed", "method", "least_mark", "note")),
        "trial": trial,
    }


def first_form(
    call: Call, pool: Pool, shown: SelectionRun | None, kept: QuotaSet | None = None
) -> QuotasForm:
    """The call's quotas with the numbers of the set asked for, else of the run looked at."""
    quotas = with_numbers_of(services.default_quotas(call, call.places, pool), shown, kept)
    first = {
        "places": kept.places if kept else shown.places if shown else call.places,
        "seed": shown.seed if shown else call.slug,
        # A run that was not corrected because nothing could be says nothing of what is wanted.
        "is_corrected": shown is None or shown.is_corrected or not pool.marks.is_corrected,
    }
    if shown:
        first["method"] = shown.method
    return QuotasForm(quotas, initial=first)


def _asked(request: Request, sets: list[QuotaSet]) -> QuotaSet | None:
    return next((one for one in sets if str(one.pk) == request.GET.get("set")), None)


def _awaited(request: Request, call: Call) -> dict[str, Any] | None:
    """The run that the worker was asked for, and whether it is there."""
    asked = request.GET.get("awaits", "")
    if not (asked.isascii() and asked.isdecimal()):
        return None
    return {"number": int(asked), "is_there": access.next_number(call) > int(asked)}


def _of_run(request: Request, call: Call, shown: SelectionRun) -> dict[str, Any]:
    """What the room says of one run."""
    asked = request.GET.get("with", "")
    other = access.run_for(call, int(asked)) if asked.isdecimal() and shown.is_feasible else None
    wants_prices = "prices" in request.GET and shown.is_feasible
    prices = services.price_quotas(shown) if wants_prices else ()
    return {
        "register": decisions_register(request, shown),
        "swaps": swaps_of(shown),
        "drawn": drawn(shown),
        "proof": proof_in_words(shown),
        "clash": "" if shown.is_feasible else clash_in_words(shown),
        "relaxations": relaxations(shown),
        "prices": prices_in_words(shown, prices) if wants_prices else None,
        "comparison": compared(shown, other) if other else None,
        "sureness": sureness_shown(shown) if shown.method == "merit" else None,
        "records": history_of(shown),
        **committee_shown(shown, request.user),
    }
