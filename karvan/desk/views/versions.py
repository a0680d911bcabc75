"""A newer version offered to an edition: what it would change there, taken or declined."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import READERS, RUNNERS
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.history import notes_of
from karvan.stages.blueprints.queries import versions_between
from karvan.stages.editions.access import may_run
from karvan.stages.editions.models import VersionOffer
from karvan.stages.editions.queries import standing_departures
from karvan.stages.editions.services import Carried, preview_version
from karvan.stages.editions.services import decline_version as decline

from .. import access, services
from ..forms import DeclineVersionForm, TakeVersionForm
from ..offered import Offered, offered
from ..queries.versions import held_of, standing_facts, touched

MARKS = {
    "open": "waiting",
    "taken": "done",
    "partly": "changed",
    "declined": "dropped",
    "lapsed": "unknown",
}


@login_required
@require_http_methods(["GET", "POST"])
def version_offer(request: Request, edition: str) -> HttpResponse:
    """What the version would change for this edition; a post takes it, whole or in part."""
    kinds = RUNNERS if request.method == "POST" else READERS
    offer = access.version_offer_for(request.user, edition, kinds)
    if offer.state != VersionOffer.State.OPEN:
        return _answered_page(request, offer)
    carried, shown = _previewed(offer)
    form = TakeVersionForm(request.POST or None, **_choices(shown))
    taken = done(form, lambda **typed: services.take_version(offer, by=request.user, **typed))
    if taken:
        words = _("The edition now stands on version %(number)s.")
        messages.success(request, words % {"number": offer.blueprint.number})
        return redirect("desk:version_offer", edition=edition)
    context = {"carried": carried, "shown": shown, "form": form}
    return _offer_page(request, offer, **context, wrong=bool(form.errors))


@login_required
@require_POST
def decline_version(request: Request, edition: str) -> HttpResponse:
    """Stay on the version the edition stands on."""
    offer = access.version_offer_for(request.user, edition, RUNNERS)
    form = DeclineVersionForm(request.POST)
    if done(form, lambda **typed: decline(offer, by=request.user, **typed)):
        return redirect("desk:version_offer", edition=edition)
    if offer.state != VersionOffer.State.OPEN:
        return _answered_page(request, offer)
    carried, shown = _previewed(offer)
    take = TakeVersionForm(**_choices(shown))
    context = {"carried": carried, "shown": shown, "form": take, "decline_form": form}
    return _offer_page(request, offer, **context, wrong=True)


@login_required
@require_GET
def version_offers(request: Request, code: str, number: int) -> HttpResponse:
    """Who took what: the version's offers to all editions."""
    version, rows = access.version_offers_for(request.user, code, number)
    register = Register(
        request,
        rows,
        _columns(),
        name=f"offers-{code}-{number}",
        caption=_("Offers of version %(number)s") % {"number": number},
        order=("edition__scope",),
        filters=[
            Filter(state.value, state.label, Q(state=state.value)) for state in VersionOffer.State
        ],
        row_url=lambda one: reverse("desk:version_offer", args=[one.edition.slug]),
        empty_title=_("No edition was offered this version"),
        empty_text=_("A version is offered when it is published, to editions that are under way."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "desk/version_offers.html", {"version": version, "register": register})


def _columns() -> tuple[Column, ...]:
    return (
        Column("edition", _("Edition"), kind="name", sort="edition__scope", detail=_scope),
        Column(
            "state",
            _("Answer"),
            kind="state",
            value=lambda one: MARKS[one.state],
            word=lambda one: one.get_state_display(),
            sort="state",
        ),
        Column("base", _("From version"), kind="number", value=lambda one: one.base.number),
        Column("taken", _("Taken"), kind="number", value=lambda one: len(one.taken)),
        Column("left", _("Not taken"), kind="number", value=lambda one: len(one.left)),
        Column("kept", _("Had happened"), kind="number", value=lambda one: len(one.kept)),
        Column("reason", _("Reason")),
        Column("decided_at", _("When"), kind="moment", sort="decided_at"),
        Column("decided_by", _("By whom"), kind="name", value=lambda one: one.decided_by or "–"),
    )


def _scope(one: VersionOffer) -> str:
    return one.edition.scope


def _previewed(offer: VersionOffer) -> tuple[Carried, Offered]:
    """What the version would change here, with the versions' reasons and the country's own."""
    carried = preview_version(offer, held=held_of(offer.edition))
    notes = notes_of(versions_between(offer.base, offer.blueprint))
    reasons = {one.path: one.reason for one in standing_departures(offer.edition)}
    return carried, offered(offer.blueprint.data, carried, notes=notes, reasons=reasons)


def _choices(shown: Offered) -> dict[str, Any]:
    groups = [one.path for one in shown.groups]
    clashes = [one.part for one in shown.clashes]
    return {"groups": groups, "clashes": clashes, "initial": {"take": groups}}


def _offer_page(
    request: Request, offer: VersionOffer, *, wrong: bool = False, **more: Any
) -> HttpResponse:
    edition = offer.edition
    form = more["form"]
    chosen = form["take"].value() or []
    context = {
        "offer": offer,
        "edition": edition,
        "facts": standing_facts(edition),
        "touched": touched(edition, more["carried"]),
        "may_run": may_run(request.user, edition),
        "decline_form": DeclineVersionForm(),
        "taken_groups": chosen,
        "clashes": [
            (f"clash_{at}", clash, form[f"clash_{at}"].value())
            for at, clash in enumerate(more["shown"].clashes)
        ],
        **more,
    }
    return render(request, "desk/version_offer.html", context, status=422 if wrong else 200)


def _answered_page(request: Request, offer: VersionOffer) -> HttpResponse:
    context = {
        "offer": offer,
        "edition": offer.edition,
        "mark": MARKS[offer.state],
        "departures": offer.edition.departures.filter(superseded_at__isnull=True).count(),
    }
    return render(request, "desk/version_answered.html", context)
