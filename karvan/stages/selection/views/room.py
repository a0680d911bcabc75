"""The selection room: quotas, the cohort they give, what they cost, who signs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.calls.models import Call

from .. import access, services
from ..committee import committee_shown
from ..forms import QuotasForm
from ..models import SelectionRun
from ..queries import Pool, decisions_listed, funnel_of, pool_of_call
from ..reasons import SHORT, clash_in_words, proof_in_words, reason_of
from ..room import (
    compared,
    drawn,
    mark_of,
    outcome_state,
    pool_in_words,
    prices_in_words,
    quota_lines,
    relaxations,
    swaps_of,
    with_numbers_of,
)
from .filters import OUTCOMES


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The selection of every activity of an edition."""
    found, activities = access.edition_to_select(request.user, edition)
    listed = list(activities)
    if len(listed) == 1:
        return redirect("selection:room", edition=edition, activity=listed[0].code)
    return render(request, "selection/edition.html", {"edition": found, "activities": listed})


@login_required
@require_GET
def room(request: Request, edition: str, activity: str) -> HttpResponse:
    """The room with the signed run, else the newest one, else none yet."""
    call = access.call_for(request.user, edition, activity)
    return _room(request, call, access.run_to_show(call))


@login_required
@require_GET
def run(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """The room with one run."""
    call = access.call_for(request.user, edition, activity)
    return _room(request, call, access.run_for(call, number))


@login_required
@require_POST
def propose(request: Request, edition: str, activity: str) -> HttpResponse:
    """Choose a cohort with the quotas typed."""
    call = access.call_to_run(request.user, edition, activity)
    pool = pool_of_call(call)
    form = QuotasForm(services.default_quotas(call, call.places, pool), request.POST)
    made = done(form, lambda **typed: _proposed(call, form, request))
    if made is None:
        return _room(request, call, access.run_to_show(call), pool=pool, form=form)
    return redirect("selection:run", edition=edition, activity=activity, number=made.number)


def _proposed(call: Call, form: QuotasForm, request: Request) -> SelectionRun:
    typed = form.cleaned_data
    return services.propose_selection(
        call,
        places=typed["places"],
        quotas=form.chosen(),
        seed=typed["seed"],
        note=typed["note"],
        by=request.user,
    )


def _room(
    request: Request,
    call: Call,
    shown: SelectionRun | None,
    *,
    pool: Pool | None = None,
    form: QuotasForm | None = None,
) -> HttpResponse:
    """The page, or the list of decisions as a file."""
    pool = pool or pool_of_call(call)
    form = form or _form(call, pool, shown)
    context: dict[str, Any] = {
        "call": call,
        "slug": call.activity.edition.slug,
        "code": call.activity.code,
        "run": shown,
        "runs": list(access.runs_for(call)),
        "form": form,
        "lines": quota_lines(form, pool, shown),
        "pool": pool_in_words(pool),
        "unread": len(pool.unread),
        "funnel": funnel_of(call, read=len(pool.entrants), run=shown),
        "may_run": access.may_run(request.user, call),
    }
    if shown:
        context |= _of_run(request, call, shown)
        if context["register"].wants_file:
            return context["register"].file()  # type: ignore[no-any-return]
    return render(request, "selection/room.html", context, status=422 if form.errors else 200)


def _form(call: Call, pool: Pool, shown: SelectionRun | None) -> QuotasForm:
    """The quotas of the call with the numbers of the run that is looked at."""
    quotas = with_numbers_of(services.default_quotas(call, call.places, pool), shown)
    first = {
        "places": shown.places if shown else call.places,
        "seed": shown.seed if shown else call.slug,
    }
    return QuotasForm(quotas, initial=first)


def _of_run(request: Request, call: Call, shown: SelectionRun) -> dict[str, Any]:
    """What the room says of one run."""
    asked = request.GET.get("with", "")
    other = access.run_for(call, int(asked)) if asked.isdigit() and shown.is_feasible else None
    wants_prices = "prices" in request.GET and shown.is_feasible
    prices = services.price_quotas(shown) if wants_prices else ()
    return {
        "register": _decisions(request, shown),
        "swaps": swaps_of(shown),
        "drawn": drawn(shown),
        "proof": proof_in_words(shown),
        "clash": "" if shown.is_feasible else clash_in_words(shown),
        "relaxations": relaxations(shown),
        "prices": prices_in_words(shown, prices) if wants_prices else None,
        "comparison": compared(shown, other) if other else None,
        "records": history_of(shown),
        **committee_shown(shown, request.user),
    }


def _decisions(request: Request, shown: SelectionRun) -> Register:
    """The list of a run. Names stand in it only once the run is signed."""
    columns = [
        Column("rank", gettext_lazy("Rank"), kind="number", sort="rank"),
        Column(
            "number", gettext_lazy("Application"), value="application.number",
            sort="application__number",
        ),
        Column("mark", gettext_lazy("Mark of 100"), kind="number", value=mark_of, sort="merit"),
        Column(
            "outcome", gettext_lazy("Outcome"), kind="state", value=outcome_state,
            word=lambda d: d.get_outcome_display(),
        ),
        Column("why", gettext_lazy("Decided how"), value=lambda d: SHORT[d.reason]),
        Column("waiting_rank", gettext_lazy("Waiting"), kind="number", sort="waiting_rank"),
        Column("reason", gettext_lazy("Reason"), value=lambda d: reason_of(d, shown), shown=False),
    ]  # fmt: skip
    if shown.state == SelectionRun.State.SIGNED:
        name = Column("name", gettext_lazy("Name"), kind="name", value="application.full_name")
        columns.insert(2, name)
    return Register(
        request,
        decisions_listed(shown),
        columns,
        name=f"selection-{shown.call.slug}-{shown.number}",
        caption=_("Decisions"),
        order=("rank",),
        filters=[Filter(key, words, where) for key, words, where in OUTCOMES],
        empty_title=_("Nothing is decided"),
        empty_text=_("This run found no cohort."),
    )
