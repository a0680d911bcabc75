"""Screens of editions: their register, the record of one, and how it ends."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import LanguagesForm
from ..forms import CloseForm, CommitmentForm
from ..left_open import Line, not_carried
from ..models import Edition
from ..plans import plan_of
from ..states import EDITION_MARKS, state_word
from ..steps import path_of

COLUMNS = (
    Column("titles", gettext_lazy("Edition"), kind="name", sort="code", detail=lambda e: e.scope),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda e: EDITION_MARKS[e.state],
        word=state_word,
        sort="state",
    ),
    Column("country", gettext_lazy("Country"), kind="name", sort="country_id"),
    Column("first_day", gettext_lazy("From"), kind="date", sort="first_day"),
    Column("last_day", gettext_lazy("Until"), kind="date", sort="last_day"),
    Column(
        "version",
        gettext_lazy("Version"),
        kind="number",
        value=lambda e: e.blueprint.number,
        sort="blueprint__number",
    ),
    Column("departure_count", gettext_lazy("Departures"), kind="number", sort="departure_count"),
)
FILTERS = tuple(Filter(state.value, state.label, Q(state=state.value)) for state in Edition.State)


def found_by_words(rows: QuerySet[Edition], words: str) -> QuerySet[Edition]:
    """Editions whose code, scope or title in any language holds the words."""
    return rows.filter(Q(scope__icontains=words) | Q(titles__icontains=words))


@login_required
@require_GET
def editions(request: Request) -> HttpResponse:
    """The register of editions."""
    access.require_some_edition(request.user)
    may_begin = access.may_begin(request.user)
    register = Register(
        request,
        access.editions_for(request.user),
        COLUMNS,
        name="editions",
        caption=_("Editions"),
        order=("-first_day",),
        filters=FILTERS,
        picks=[Pick("country", _("Country"), access.countries_for(request.user), "country_id")],
        search=found_by_words,
        row_url=lambda edition: reverse("editions:edition", args=[edition.slug]),
        empty_title=_("No edition yet"),
        empty_text=_(
            "An edition is a programme in one country. It begins by adopting a blueprint."
        ),
        empty_url=reverse("editions:adopt") if may_begin else "",
        empty_label=_("Adopt a blueprint"),
    )
    if register.wants_file:
        return register.file()
    return render(request, "editions/editions.html", {"register": register, "may_begin": may_begin})


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The record of one edition."""
    return _edition_page(request, access.edition_to_read(request.user, edition))


@login_required
@require_POST
def languages(request: Request, edition: str) -> HttpResponse:
    """Say in which languages the edition is held."""
    found = access.edition_to_run(request.user, edition)
    form = LanguagesForm(request.POST, edition=found)
    if done(form, lambda **typed: services.change_languages(found, by=request.user, **typed)):
        return redirect("editions:edition", edition=edition)
    return _edition_page(request, found, languages_form=form)


@login_required
@require_POST
def fulfil(request: Request, edition: str) -> HttpResponse:
    """Count the edition for a commitment."""
    found = access.edition_to_run(request.user, edition)
    form = CommitmentForm(request.POST, commitments=access.commitments_to_choose(found))
    if done(form, lambda **typed: services.fulfil(found, by=request.user, **typed)):
        return redirect("editions:edition", edition=edition)
    return _edition_page(request, found, commitment_form=form)


@login_required
@require_POST
def close(request: Request, edition: str) -> HttpResponse:
    """Say that the edition is over."""
    found = access.edition_to_run(request.user, edition)
    form = CloseForm(request.POST)
    if done(form, lambda **typed: services.close_edition(found, by=request.user, **typed)):
        return redirect("editions:edition", edition=edition)
    return _edition_page(request, found, close_form=form)


def _edition_page(request: Request, edition: Edition, **forms: Any) -> HttpResponse:
    may_run = access.may_run(request.user, edition)
    may_read = access.may_read_all(request.user, edition)
    is_over = edition.state in (Edition.State.CLOSED, Edition.State.CANCELLED)
    context = {
        "edition": edition,
        "mark": EDITION_MARKS[edition.state],
        "time_zone": formats.zone_in_words(edition.time_zone),
        "path": path_of(edition, "edition") if may_run else None,
        "activities": queries.activities_of(edition),
        "partners": queries.partners_of(edition),
        "venues": queries.venues_of(edition),
        "commitments": edition.commitments.select_related("owner"),
        "departure_count": queries.standing_departures(edition).count(),
        "may_run": may_run and not is_over,
        "may_read": may_read,
        "plan": plan_of(edition) if may_read and edition.state != Edition.State.ADOPTING else None,
        "languages_form": LanguagesForm(edition=edition),
        "to_settle": _to_settle(edition) if may_run and not is_over else [],
        "commitment_form": CommitmentForm(commitments=access.commitments_to_choose(edition)),
        "close_form": CloseForm(),
        "records": history_of(edition),
        **forms,
    }
    return render(request, "editions/edition.html", context, status=422 if forms else 200)


def _to_settle(edition: Edition) -> list[Line]:
    """What must still be supplied; what may be is left out once nothing must."""
    lines = [one for one in not_carried(edition) if one.is_to_settle]
    return lines if any(one.mark == "waiting" for one in lines) else []
