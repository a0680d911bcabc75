"""The register of offers, one offer's record, and who comes in for it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..appeals import letter_of
from ..coming_in import why_in, why_nobody
from ..committee_forms import WithdrawForm
from ..forms import ReasonForm
from ..models import Offer
from ..naming import code_of, is_blind, name_of
from ..queries import offers_listed
from ..reasons import COMING_IN
from ..room import offer_state
from .filters import OFFERS


def _code(offer: Offer) -> str:
    return code_of(offer.application, offer.run)


def _name(offer: Offer) -> str:
    return "" if is_blind(offer.run) else name_of(offer.application, offer.run)


def _before(offer: Offer) -> str:
    before = offer.instead_of
    return code_of(before.application, offer.run) if before else ""


# No order by number: who knows all numbers could read from it which of them stands where.
COLUMNS = (
    Column("number", gettext_lazy("Application"), value=_code),
    Column("name", gettext_lazy("Name"), kind="name", value=_name),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=offer_state,
        word=lambda offer: offer.get_state_display(),
        sort="state",
    ),
    Column("expires_at", gettext_lazy("Answer by"), kind="moment", sort="expires_at"),
    Column("answered_at", gettext_lazy("Answered"), kind="moment", sort="answered_at"),
    Column("instead_of", gettext_lazy("Instead of"), value=_before),
)


@login_required
@require_GET
def offers(request: Request, edition: str, activity: str) -> HttpResponse:
    """The offers of a call."""
    call = access.call_for(request.user, edition, activity)
    register = Register(
        request,
        offers_listed(call).defer("run__document"),
        COLUMNS,
        name=f"offers-{call.slug}",
        caption=_("Offers"),
        filters=[Filter(key, words, where) for key, words, where in OFFERS],
        row_url=lambda offer: reverse("selection:offer_record", args=[edition, activity, offer.pk]),
        empty_title=_("No offer yet"),
        empty_text=_("Offers are sent from the selection room once two persons have signed."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "selection/offers.html", {"register": register, "call": call})


@login_required
@require_GET
def offer_record(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The record of one offer."""
    call = access.call_for(request.user, edition, activity)
    found = access.offer_for(call, pk)
    replacements = list(found.replacements.select_related("application"))
    context = {
        "offer": found,
        "code": _code(found),
        "name": name_of(found.application, found.run),
        "before": _before(found),
        "is_blind": is_blind(found.run),
        "why_in": why_in(found),
        "why_nobody": "" if replacements else why_nobody(found),
        "letter": letter_of(found),
        "call": call,
        "state": offer_state(found),
        "replacements": [(one, code_of(one.application, found.run)) for one in replacements],
        "is_free": found.state in ("declined", "expired", "withdrawn"),
        "may_run": access.may_run(request.user, call),
        "reason_form": ReasonForm(),
        "withdraw_form": WithdrawForm(),
        "records": history_of(found),
    }
    return render(request, "selection/offer_record.html", context)


@login_required
@require_POST
def answer(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Write down an answer that came by telephone, or take the offer back."""
    call = access.call_to_run(request.user, edition, activity)
    found = access.offer_for(call, pk)
    asked, reason = request.POST.get("answer"), request.POST.get("reason", "")
    if asked == "accept":
        stated(request, lambda: services.accept_offer(found, by=request.user))
    elif asked == "decline":
        stated(request, lambda: services.decline_offer(found, reason=reason, by=request.user))
    elif asked == "give back":
        stated(request, lambda: services.give_back_place(found, reason=reason, by=request.user))
    elif asked == "withdraw":
        moves = "next_comes_in" in request.POST
        stated(
            request,
            lambda: services.withdraw_offer(
                found, reason=reason, next_comes_in=moves, by=request.user
            ),
        )
    return redirect("selection:offer_record", edition=edition, activity=activity, pk=pk)


@login_required
@require_POST
def next_in(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Offer a free place to whoever on the waiting list keeps the quotas."""
    call = access.call_to_run(request.user, edition, activity)
    found = access.offer_for(call, pk)
    told = stated(request, lambda: services.offer_next(found, by=request.user))
    if told:
        numbers = ", ".join(_code(offer) for offer in told.offers)
        words = str(COMING_IN[told.reason])
        if numbers:
            words = _("%(why)s Offered to %(numbers)s.") % {"why": words, "numbers": numbers}
        messages.info(request, words)
    return redirect("selection:offer_record", edition=edition, activity=activity, pk=pk)
