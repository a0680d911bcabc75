"""Series of titles and their cycles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import READERS, holds
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import titles as access
from ..forms.titles_series import CallForm, CycleForm, ExpertForm, SeriesForm
from ..models import TitleCycle
from ..queries.title_register import region_names
from ..queries.titles import experts_of, ranking_of
from ..services import titles_cycles as services
from ..titles_data import packaged_series
from ..titles_marks import CYCLE_MARKS, NOMINATION_MARKS

COLUMNS = (
    Column("series", gettext_lazy("Title"), kind="name"),
    Column("year", gettext_lazy("Year"), sort="year"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda one: CYCLE_MARKS[one.state],
        word=lambda one: one.get_state_display(),
        sort="state",
    ),
    Column("closes", gettext_lazy("Closes"), kind="date", value="closes_on", sort="closes_on"),
    Column("sent", gettext_lazy("Nominations sent"), kind="number", sort="sent"),
)


@login_required
@require_GET
def titles(request: Request) -> HttpResponse:
    """Every cycle the person has to do with."""
    register = Register(
        request,
        access.cycles_for(request.user),
        COLUMNS,
        name="title-cycles",
        caption=_("Cycles of titles"),
        order=("-year",),
        row_url=lambda one: reverse("convening:title_cycle", args=[one.series.code, one.year]),
        empty_title=_("No cycle yet"),
        empty_text=_("The choice of each year's cities will be listed here."),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "series_run": access.series_run_by(request.user)}
    return render(request, "convening/titles/cycles.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_series(request: Request) -> HttpResponse:
    """Begin a series; the form proposes the rules that come with the package."""
    access.require_founder(request.user)
    rules = packaged_series()
    proposed = {**rules, "rubric": rules["rubric"]["criteria"], "code": "", "names": {}}
    form = SeriesForm(request.POST or None, initial=proposed)
    made = done(form, lambda **typed: services.save_series(None, by=request.user, **typed))
    if made:
        return redirect("convening:title_series", series=made.code)
    return render(request, "convening/titles/series.html", {"form": form}, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def series(request: Request, series: str) -> HttpResponse:
    """The rules of a series, changed."""
    found = access.series_to_run(request.user, series)
    form = SeriesForm(request.POST or None, series=found)
    if done(form, lambda **typed: services.save_series(found, by=request.user, **typed)):
        return redirect("convening:title_series", series=series)
    context = {"form": form, "series": found, "records": history_of(found)}
    return render(request, "convening/titles/series.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def new_cycle(request: Request, series: str) -> HttpResponse:
    """Prepare the choice of one year's cities."""
    found = access.series_to_run(request.user, series)
    form = CycleForm(request.POST or None, series=found)
    made = done(form, lambda **typed: services.plan_cycle(found, by=request.user, **typed))
    if made:
        return redirect("convening:title_cycle", series=series, year=made.year)
    context = {"form": form, "series": found}
    return render(request, "convening/titles/cycle_new.html", context, status=_status(form))


@login_required
@require_GET
def cycle(request: Request, series: str, year: int) -> HttpResponse:
    """One cycle: where it stands, its nominations, its experts."""
    return _show(request, access.cycle_for(request.user, series, year))


@login_required
@require_POST
def call(request: Request, series: str, year: int) -> HttpResponse:
    """Open the cycle and write to the states."""
    found = access.cycle_to_run(request.user, series, year)
    form = CallForm(request.POST)
    written = done(form, lambda **typed: services.call_states(found, by=request.user, **typed))
    if written is None:
        return _show(request, found, call_form=form)
    sentence = ngettext(
        "The call is open; %(count)d letter is written.",
        "The call is open; %(count)d letters are written.",
        written,
    )
    stated(request, lambda: True, sentence % {"count": written})
    return redirect("convening:title_cycle", series=series, year=year)


@login_required
@require_POST
def evaluate(request: Request, series: str, year: int) -> HttpResponse:
    """Close the call."""
    found = access.cycle_to_run(request.user, series, year)
    stated(
        request,
        lambda: services.begin_evaluation(found, by=request.user),
        _("The call is closed. Check the nominations, then the experts mark them."),
    )
    return redirect("convening:title_cycle", series=series, year=year)


@login_required
@require_POST
def expert(request: Request, series: str, year: int) -> HttpResponse:
    """Let somebody mark the nominations."""
    found = access.cycle_to_run(request.user, series, year)
    form = ExpertForm(request.POST)
    if done(form, lambda **typed: services.name_expert(found, by=request.user, **typed)):
        return redirect("convening:title_cycle", series=series, year=year)
    return _show(request, found, expert_form=form)


@login_required
@require_GET
def ranking(request: Request, series: str, year: int) -> HttpResponse:
    """The nominations of each region in the experts' order."""
    found = access.cycle_to_read(request.user, series, year)
    names = region_names(found.series)
    regions = [
        (names.get(code, code), found.seats.get(code, 0), listed)
        for code, listed in ranking_of(found).items()
    ]
    context = {"cycle": found, "regions": regions}
    return render(request, "convening/titles/ranking.html", context)


def _show(request: Request, found: TitleCycle, **forms: Any) -> HttpResponse:
    names = region_names(found.series)
    runs = access.runs(request.user, found.scope)
    nominations = [
        (one, NOMINATION_MARKS[one.state], names.get(one.region, one.region))
        for one in access.nominations_for(request.user, found)
    ]
    context = {
        "cycle": found,
        "mark": CYCLE_MARKS[found.state],
        "seats": [(names.get(code, code), number) for code, number in found.seats.items()],
        "nominations": nominations,
        "runs": runs,
        "reads": holds(request.user, READERS, found.scope),
        "may_nominate": access.may_nominate(request.user, found),
        "experts": experts_of(found) if runs else [],
        "records": history_of(found),
        "call_form": CallForm(),
        "expert_form": ExpertForm(),
        **forms,
    }
    return render(request, "convening/titles/cycle.html", context, status=422 if forms else 200)


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
