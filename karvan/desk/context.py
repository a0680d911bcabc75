"""The rail: the pipeline of the edition that the page's address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.functional import Promise, SimpleLazyObject

from karvan.foundation.people.access import READERS, covers, holds, scopes_of
from karvan.foundation.people.models import Person
from karvan.stages.editions.access import edition_to_read
from karvan.stages.editions.models import Edition
from karvan.stages.reports.queries.board import StageState

from .commands import Command, places_for
from .links import link
from .queries.pipeline import stages_of

# The stages that others than readers may open in an edition in which they have a part.
OPEN_TO = {
    "editions": ("partner", "trainer", "mentor", "participant"),
    "timetables": ("partner", "trainer", "mentor", "participant"),
    "delivery": ("trainer", "participant"),
    "dossiers": ("trainer", "participant"),
    "ventures": ("trainer", "mentor"),
    "heritage": ("trainer", "participant"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the rail."""

    title: str | Promise
    url: str
    state: str
    note: str
    present: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What ``{% rail pipeline %}`` draws."""

    edition_title: str
    country: str
    url: str
    stages: list[Stage]


def pipeline(request: HttpRequest) -> dict[str, Any]:
    """``pipeline`` and ``shortcuts`` for the desk's frame; nothing is read until it is drawn.

    The pipeline is None for a page without an edition in its address and for who may not read the
    edition. Cost when drawn: at most five queries.
    """
    return {
        "pipeline": SimpleLazyObject(lambda: _pipeline_of(request)),
        "shortcuts": SimpleLazyObject(lambda: _shortcuts_of(request)),
    }


def _shortcuts_of(request: HttpRequest) -> list[tuple[Command, str]]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return places_for(person)


def _pipeline_of(request: HttpRequest) -> Pipeline | None:
    match = request.resolver_match
    slug = match.kwargs.get("edition") if match else None
    person = getattr(request, "user", None)
    if not slug or person is None or not person.is_authenticated:
        return None
    try:
        edition = edition_to_read(person, slug)
    except (Http404, PermissionDenied):
        return None
    reads_all = holds(person, READERS, edition.scope)
    present = (match.namespaces or [""])[-1] if match else ""
    return Pipeline(
        edition_title=str(edition),
        country=str(edition.country),
        url=link("editions:edition", edition=edition.slug),
        stages=[
            Stage(
                title=one.title,
                url=_landing(one, edition) if reads_all or _opens(person, one, edition) else "",
                state=one.state,
                # Who only takes part sees how far things are, not how many.
                note=one.note if reads_all else "",
                present=one.stage == present,
            )
            for one in stages_of(edition)
        ],
    )


def _landing(one: StageState, edition: Edition) -> str:
    if one.stage == "agreements":
        return link(one.url_name)
    return link(one.url_name, edition=edition.slug)


def _opens(person: Person, one: StageState, edition: Edition) -> bool:
    """True if one of the person's parts in the edition, or in an activity of it, opens the stage."""
    held = scopes_of(person, OPEN_TO.get(one.stage, ()))
    return any(covers(scope, edition.scope) or covers(edition.scope, scope) for scope in held)
