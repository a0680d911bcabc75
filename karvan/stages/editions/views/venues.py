"""The screen of an edition's venues and rooms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import RoomForm, UseVenueForm, VenueForm
from ..models import Edition, Room, Venue
from ..rooms import needs_of, rooms_in
from ..steps import path_of


@login_required
@require_GET
def venues(request: Request, edition: str) -> HttpResponse:
    """Where the edition is held, room by room, beside what the design asks for."""
    return _page(request, access.edition_for(request.user, edition))


@login_required
@require_POST
def use_venue(request: Request, edition: str) -> HttpResponse:
    """Use a venue that is known already."""
    found = access.edition_to_run(request.user, edition)
    form = UseVenueForm(request.POST, venues=queries.venues_to_choose(found))
    if done(form, lambda **typed: services.use_venue(found, by=request.user, **typed)):
        return redirect("editions:venues", edition=edition)
    return _page(request, found, use_form=form)


@login_required
@require_POST
def add_venue(request: Request, edition: str) -> HttpResponse:
    """Write down a venue of the country and use it."""
    found = access.edition_to_run(request.user, edition)
    form = VenueForm(request.POST, parties=access.parties_to_choose())

    def add_and_use(**typed: Any) -> Venue:
        made = services.add_venue(country=found.country, by=request.user, **typed)
        return services.use_venue(found, venue=made, by=request.user)

    if done(form, add_and_use):
        return redirect("editions:venues", edition=edition)
    return _page(request, found, venue_form=form)


@login_required
@require_POST
def add_room(request: Request, edition: str, venue: int) -> HttpResponse:
    """Write down a room of a venue."""
    found, building = access.venue_for(request.user, edition, venue)
    form = RoomForm(request.POST, kinds=_kinds(queries.document_of(found)))
    if done(form, lambda **typed: services.add_room(building, by=request.user, **typed)):
        return redirect("editions:venues", edition=edition)
    return _page(request, found, wrong_room=(building.pk, form))


@login_required
@require_POST
def add_needed_rooms(request: Request, edition: str, venue: int) -> HttpResponse:
    """Write down in a venue every room that the design asks for and the edition lacks."""
    found, building = access.venue_for(request.user, edition, venue)
    made = stated(
        request, lambda: services.add_needed_rooms(found, venue=building, by=request.user)
    )
    if made:
        words = ngettext("%(count)d room was added.", "%(count)d rooms were added.", len(made))
        messages.success(request, words % {"count": len(made)})
    return redirect("editions:venues", edition=edition)


@login_required
@require_POST
def leave_venue(request: Request, edition: str, venue: int) -> HttpResponse:
    """Do without a venue."""
    found, building = access.venue_for(request.user, edition, venue)
    stated(request, lambda: services.leave_venue(found, venue=building, by=request.user))
    return redirect("editions:venues", edition=edition)


def _page(request: Request, edition: Edition, **forms: Any) -> HttpResponse:
    document = queries.document_of(edition)
    kinds = _kinds(document)
    wrong_pk, wrong_form = forms.pop("wrong_room", (None, None))
    used = [
        {
            "venue": one,
            "rooms": [(room, _served(room, dict(kinds))) for room in one.rooms.all()],
            "room_form": wrong_form
            if one.pk == wrong_pk
            else RoomForm(kinds=kinds, auto_id=f"room{one.pk}_%s"),
        }
        for one in queries.venues_of(edition)
    ]
    needs = needs_of(document, rooms_in(queries.venues_of(edition)))
    context = {
        "edition": edition,
        "path": path_of(edition, "venues"),
        "used": used,
        "needs": needs,
        "lacks_rooms": any(one.lacking for one in needs),
        "acts_first": any(one.lacking for one in needs) and bool(used),
        "may_run": access.may_run(request.user, edition),
        "use_form": UseVenueForm(venues=queries.venues_to_choose(edition)),
        "has_choice": queries.venues_to_choose(edition).exists(),
        "venue_form": VenueForm(parties=queries.parties_in(edition), auto_id="venue_%s"),
        **forms,
    }
    status = 422 if forms or wrong_form else 200
    return render(request, "editions/venues.html", context, status=status)


def _served(room: Room, kinds: dict[str, str]) -> str:
    """What the room serves as, in the titles of the design."""
    return ", ".join(kinds.get(code, code) for code in room.kinds)


def _kinds(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The kinds of room of all activities: code and title."""
    kinds = {
        room["code"]: in_language(room.get("title")) or room["code"]
        for part in document["activities"]
        for room in part.get("rooms", ())
    }
    return list(kinds.items())
