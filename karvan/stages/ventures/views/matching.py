"""Screens on which mentors and ventures find each other."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Edition

from .. import access, queries, services
from ..proposals import MatchingProposal
from ..wish_forms import MatchingForm, OfferForm, TakenForm, WishesForm, as_initial


@login_required
@require_GET
def match_mentors(request: Request, edition: str) -> HttpResponse:
    """Who wants whom, and the matching proposed by a seed. Writes nothing."""
    found = access.edition_to_run(request.user, edition)
    asked = "seed" in request.GET
    taken = queries.matchings_of(found)
    form = MatchingForm(
        request.GET if asked else None,
        initial={"seed": f"{found.slug} {len(taken) + 1}", "everyone": True},
    )
    proposal = _proposed(found, form) if asked else None
    offers = queries.offers_listed(found)
    context = {
        "edition": found,
        "form": form,
        "proposal": proposal,
        "ventures": queries.ventures_without_mentor(found),
        "offers": offers,
        "silent": access.mentors_of(found).exclude(pk__in=offers.values("mentor")),
        "taken": taken,
        "values": {**form.cleaned_data, "sha256": proposal.sha256} if proposal else {},
    }
    return render(request, "ventures/match_mentors.html", context)


def _proposed(edition: Edition, form: MatchingForm) -> MatchingProposal | None:
    proposal = done(form, lambda **typed: services.propose_mentors(edition, **typed))
    return proposal if isinstance(proposal, MatchingProposal) else None


@login_required
@require_POST
def take_matching(request: Request, edition: str) -> HttpResponse:
    """Take the matching that was shown."""
    found = access.edition_to_run(request.user, edition)
    form, shown = MatchingForm(request.POST), TakenForm(request.POST)
    if not (form.is_valid() and shown.is_valid()):
        messages.error(request, _("Propose a matching first."))
        return redirect("ventures:match_mentors", edition=edition)
    given = {**form.cleaned_data, **shown.cleaned_data}
    said = _("The mentors stand by their ventures.")
    stated(request, lambda: services.take_matching(found, by=request.user, **given), said)
    return redirect("ventures:match_mentors", edition=edition)


@login_required
@require_http_methods(["GET", "POST"])
def mentor_offer(request: Request, edition: str, mentor: int) -> HttpResponse:
    """A mentor's own page: how many ventures, and which rather."""
    found, person = access.mentor_to_offer(request.user, edition, mentor)
    standing = queries.offers_listed(found).filter(mentor=person).first()
    initial = {}
    if standing:
        named = as_initial([choice.venture for choice in standing.choices.all()])
        initial = {"capacity": standing.capacity, "sectors": standing.sectors, **named}
    form = OfferForm(
        request.POST or None,
        initial=initial,
        sectors=queries.sectors_of(found),
        ventures=access.ventures_of(found),
    )
    if done(
        form, lambda **typed: services.state_offer(found, mentor=person, by=request.user, **typed)
    ):
        messages.success(request, _("Said. You can change it until the mentors are matched."))
        runs = holds(request.user, RUNNERS, found.scope)
        return redirect("ventures:match_mentors" if runs else "ventures:edition", edition=edition)
    context = {"edition": found, "mentor": person, "form": form, "standing": standing}
    return render(request, "ventures/mentor_offer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def wishes(request: Request, pk: int) -> HttpResponse:
    """The page on which a venture names up to five mentors."""
    found = access.venture_to_wish(request.user, pk)
    mentors = access.mentors_offering(found.team.edition)
    named = [wish.mentor for wish in found.mentor_wishes.select_related("mentor")]
    form = WishesForm(request.POST or None, initial=as_initial(named), mentors=mentors)
    said = done(form, lambda **typed: services.state_wishes(found, by=request.user, **typed))
    if said is not None:
        messages.success(request, _("Said. You can change it until the mentors are matched."))
        return redirect("ventures:venture", pk=pk)
    offers = queries.offers_listed(found.team.edition).filter(capacity__gte=1)
    context = {"venture": found, "form": form, "offers": offers}
    return render(request, "ventures/wishes.html", context)
