"""What is done to a run from the room: sign, dissent, set aside, lift the blind, send the offers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..committee_forms import DissentForm
from ..forms import ReasonForm, SendForm, SignForm
from ..models import SelectionRun
from ..naming import codes_of


@login_required
@require_POST
def sign(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Stand for a run."""
    said = _("You have signed run %(number)s.") % {"number": number}
    run = _run(request, edition, activity, number)
    form = SignForm(request.POST)
    _do(request, form, lambda **typed: services.sign_off(run, **typed, by=request.user), said)
    return redirect("selection:run", edition=edition, activity=activity, number=number)


@login_required
@require_POST
def dissent(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Put on record that one does not agree with a run."""
    said, missing = _("Your dissent is on record."), _("Say what you do not agree with.")
    run = _run(request, edition, activity, number)
    form = DissentForm(request.POST)
    _do(
        request,
        form,
        lambda **typed: services.dissent(run, **typed, by=request.user),
        said,
        missing,
    )
    return redirect("selection:run", edition=edition, activity=activity, number=number)


@login_required
@require_POST
def lift(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Lift the blind of a signed run."""
    said = _("The blind is lifted; names are shown from now on.")
    missing = _("Say why the blind is lifted.")
    run = _run(request, edition, activity, number)
    form = ReasonForm(request.POST)
    _do(
        request,
        form,
        lambda **typed: services.lift_blind(run, **typed, by=request.user),
        said,
        missing,
    )
    return redirect("selection:run", edition=edition, activity=activity, number=number)


@login_required
@require_POST
def set_aside(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Put a run aside."""
    missing = _("Say why the run is set aside.")
    run = _run(request, edition, activity, number)
    form = ReasonForm(request.POST)
    _do(
        request,
        form,
        lambda **typed: services.set_aside(run, **typed, by=request.user),
        "",
        missing,
    )
    return redirect("selection:run", edition=edition, activity=activity, number=number)


@login_required
@require_POST
def send(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Send the offers and the letters of a signed run."""
    call = access.call_to_run(request.user, edition, activity)
    found = access.run_for(call, number)
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the days to answer as a number from 1 to 90."))
        return redirect("selection:run", edition=edition, activity=activity, number=number)
    days = form.cleaned_data["days_to_answer"]
    told = stated(
        request, lambda: services.send_offers(found, days_to_answer=days, by=request.user)
    )
    if told is None:
        return redirect("selection:run", edition=edition, activity=activity, number=number)
    said = ngettext("%(n)s offer was sent.", "%(n)s offers were sent.", told.offers)
    messages.success(request, said % {"n": told.offers})
    if told.without_address:
        codes = codes_of(call, found)
        messages.warning(
            request,
            _("These have no e-mail address and must be told otherwise: %(numbers)s.")
            % {"numbers": ", ".join(codes[number] for number in told.without_address)},
        )
    return redirect("selection:offers", edition=edition, activity=activity)


def _run(request: Request, edition: str, activity: str, number: int) -> SelectionRun:
    call = access.call_to_run(request.user, edition, activity)
    return access.run_for(call, number)


def _do(
    request: Request, form: Form, act: Callable[..., object], said: str = "", missing: str = ""
) -> None:
    """Do what the form is for, and say what came of it on the page one is led back to."""
    if form.is_valid():
        stated(request, lambda: act(**form.cleaned_data), said)
    elif missing:
        messages.error(request, missing)
