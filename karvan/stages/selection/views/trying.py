"""What if: quotas moved on the screen are answered at once; sets of them are kept and compared."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.calls.models import Call

from .. import access, services
from ..forms import QuotasForm, SetNameForm
from ..models import SelectionRun
from ..sets import MOST_COMPARED, set_columns
from ..trials import TrialShown, trial_shown
from .showing import show_room


@login_required
@require_POST
def try_quotas(request: Request, edition: str, activity: str) -> HttpResponse:
    """What the quotas typed would give: a part of the page for scripts, else the whole page."""
    call = access.call_for(request.user, edition, activity)
    shown = access.run_named(call, request.POST.get("run", ""))
    ready = services.ready_pool(call)
    form = _form(call, ready, request)
    with_costs = not request.htmx or "costs" in request.GET
    trial = _tried(call, form, shown, ready, with_costs=with_costs)
    if not request.htmx:
        return show_room(request, call, shown, form=form, trial=trial, ready=ready)
    context = {
        "trial": trial,
        "form": form,
        "slug": edition,
        "code": activity,
        "may_run": access.may_run(request.user, call),
        "is_swapped": True,
    }
    return render(request, "selection/parts/trial.html", context)


@login_required
@require_POST
def save_set(request: Request, edition: str, activity: str) -> HttpResponse:
    """Keep what is set under a name."""
    call = access.call_to_run(request.user, edition, activity)
    ready = services.ready_pool(call)
    form, named = _form(call, ready, request), SetNameForm(request.POST)
    if not form.is_valid():
        return show_room(
            request, call, access.run_named(call, request.POST.get("run", "")), form=form
        )
    if not named.is_valid():
        messages.error(request, _("Give the set a name."))
        return redirect("selection:room", edition=edition, activity=activity)
    kept = services.save_quota_set(
        call,
        name=named.cleaned_data["name"],
        places=form.cleaned_data["places"],
        numbers=form.numbers(),
        by=request.user,
    )
    messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
    address = reverse("selection:room", args=[edition, activity])
    return redirect(f"{address}?set={kept.pk}")


@login_required
@require_POST
def change_set(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Give a set another name, or delete it."""
    call = access.call_to_run(request.user, edition, activity)
    found, named = access.quota_set_for(call, pk), SetNameForm(request.POST)
    if request.POST.get("act") == "delete":
        services.delete_quota_set(found, by=request.user)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": found.name})
    elif named.is_valid():
        name = named.cleaned_data["name"]
        stated(request, lambda: services.rename_quota_set(found, name=name, by=request.user))
    else:
        messages.error(request, _("Give the set a name."))
    return redirect("selection:compare_sets", edition=edition, activity=activity)


@login_required
@require_GET
def compare_sets(request: Request, edition: str, activity: str) -> HttpResponse:
    """Up to four sets side by side, with what each gives and who differs."""
    call = access.call_for(request.user, edition, activity)
    sets = list(access.quota_sets_for(call))
    asked = request.GET.getlist("set")
    chosen = [one for one in sets if not asked or str(one.pk) in asked][:MOST_COMPARED]
    shown = access.run_to_show(call)
    trials = services.try_sets(call, chosen, shown)
    pool = services.ready_pool(call).pool
    context = {
        "call": call,
        "slug": edition,
        "code": activity,
        "sets": [(one, one in chosen) for one in sets],
        "shown": set_columns(call, chosen, trials, shown, pool),
        "most": MOST_COMPARED,
        "name_form": SetNameForm(),
        "may_run": access.may_run(request.user, call),
    }
    return render(request, "selection/sets.html", context)


def _form(call: Call, ready: services.Ready, request: Request) -> QuotasForm:
    return QuotasForm(services.default_quotas(call, call.places, ready.pool), request.POST)


def _tried(
    call: Call,
    form: QuotasForm,
    shown: SelectionRun | None,
    seen: services.Ready,
    *,
    with_costs: bool,
) -> TrialShown | None:
    """The trial in words; None where the numbers cannot be used, and the form says why."""
    if not form.is_valid():
        return None
    setting = services.setting_of(form.chosen(), form.cleaned_data)
    ready = services.ready_pool(call, is_corrected=setting.is_corrected, seen=seen)
    own = services.Setting(call.places, form.quotas, setting.seed, setting.is_corrected)
    try:
        trial = services.try_quotas(ready, setting)
        start = services.starting_point(ready, shown, own)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None
    costs = services.cost_ways_out(ready, trial) if with_costs and trial.ways_out else None
    return trial_shown(call, ready.pool, trial, start, run=shown, costs=costs)
