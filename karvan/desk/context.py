"""The rail: the pipeline of the edition that the page's address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.functional import Promise, SimpleLazyObject

from karvan.foundation.people.access import READERS, holds
from karvan.stages.editions.access import edition_to_read
from karvan.stages.editions.models import Edition

from .links import link
from .queries.pipeline import STAGES, pipeline_states

LANDINGS = {stage: f"{stage}:edition" for stage in STAGES if stage != "agreements"}


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
    """``pipeline`` for the desk's frame; nothing is read unless the page draws it.

    None for a page without an edition in its address and for who may not read the
    edition. Cost when drawn: at most six queries.
    """
    return {"pipeline": SimpleLazyObject(lambda: _pipeline_of(request))}


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
    states = pipeline_states(edition)
    present = (match.namespaces or [""])[-1] if match else ""
    return Pipeline(
        edition_title=str(edition),
        country=str(edition.country),
        url=link("editions:edition", edition=edition.slug),
        stages=[
            Stage(
                title=STAGES[stage],
                # Who only takes part sees how far things are, not how many and not inside.
                url=_landing(stage, edition) if reads_all else "",
                state=found.state,
                note=found.note if reads_all else "",
                present=stage == present,
            )
            for stage, found in states.items()
        ],
    )


def _landing(stage: str, edition: Edition) -> str:
    if stage == "agreements":
        return link("agreements:commitments")
    return link(LANDINGS[stage], edition=edition.slug)
