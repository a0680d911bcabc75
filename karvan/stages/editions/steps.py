"""The guided path of adopting: each step is a page of the edition, and says whether it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import queries
from .models import Edition
from .rooms import needs_of, rooms_in
from .translated import progress_of

_STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("edition", _("Country and languages")),
    ("partners", _("Partners")),
    ("dates", _("Dates")),
    ("venues", _("Venues and rooms")),
    ("places", _("Places and quotas")),
    ("translation", _("Translation of the form")),
    ("budget", _("Budget and shares")),
    ("invitations", _("People to invite")),
    ("review", _("Review and finish")),
)
# Pages beside the path belong to the step from which they are reached.
_WITHIN = {"parts": "places", "change": "places", "calendar": "dates"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as ``{% steps %}`` shows it."""

    title: str | Promise
    url: str
    state: str
    present: bool


@dataclass(frozen=True, slots=True)
class Path:
    """All steps, the number of the present one, and the one after it."""

    steps: tuple[Step, ...]
    number: int
    next_title: str | Promise
    next_url: str


def path_of(edition: Edition, present: str) -> Path | None:
    """The steps while the edition is being adopted, with ``present`` marked; None afterwards.

    Cost: nine queries and about 5 ms.
    """
    if edition.state != Edition.State.ADOPTING:
        return None
    finished = _finished(edition)
    reached = [(name, title, url) for name, title in _STEPS if (url := address(edition, name))]
    names = [name for name, _title, _url in reached]
    here = _WITHIN.get(present, present)
    at = names.index(here) if here in names else 0
    _name, next_title, next_url = reached[min(at + 1, len(reached) - 1)]
    steps = tuple(
        Step(title, url, "done" if finished.get(name) else "open", name == present)
        for name, title, url in reached
    )
    return Path(steps, at + 1, next_title, next_url)


def address(edition: Edition, name: str) -> str:
    """The address of one of the edition's pages, "" where there is no such page."""
    try:
        return reverse(f"editions:{name}", args=[edition.slug])
    except NoReverseMatch:
        return ""


def _finished(edition: Edition) -> dict[str, bool]:
    document = queries.departed_document(edition)
    venues = list(queries.venues_of(edition))
    needs = needs_of(document, rooms_in(venues))
    undated = edition.activities.filter(planned_starts_on__isnull=True)
    return {
        "edition": bool(edition.languages),
        "partners": edition.partners.exists(),
        "dates": not undated.exists(),
        "venues": bool(venues) and not any(need.lacking for need in needs),
        "places": True,  # the blueprint's own numbers hold until the country gives others
        "translation": all(one.is_done for one in progress_of(edition, document)),
        "budget": queries.planned_entries(edition).exists(),
        "invitations": queries.invitations_of(edition).exists(),
    }
