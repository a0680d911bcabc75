"""Coordinators are told who came in for a place that was given back, or that nobody did."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.stages.editions.queries import coordinators_of
from karvan.stages.reviews.blind import reading_code

from ..coming_in import given_back, why_in, why_nobody
from ..models import Offer, SelectionRun


def tell_coordinators(
    run: SelectionRun,
    freed: Sequence[Offer],
    made: Sequence[tuple[Offer, Offer]],
    *,
    by: Person | None,
) -> int:
    """Write to each coordinator of the edition, by reading codes only; returns how many letters.

    ``made`` are the new offers, each with the one whose place it takes. One letter an act,
    however many places it was about, and none for a place told of before.
    """
    activity = run.call.activity
    told = 0
    for person in coordinators_of(activity.edition):
        with translation.override(person.language):
            lines = _lines(freed, made)
        write_message(
            "selection/place_free",
            to=person,
            key=f"selection/place_free:{freed[0].pk}:{len(made)}:{person.pk}",
            context={
                "activity": activity,
                "edition": activity.edition,
                "lines": lines,
                "is_filled": len(made) >= len(freed),
            },
            scope=run.scope,
            by=by,
        )
        told += 1
    return told


def _lines(freed: Sequence[Offer], made: Sequence[tuple[Offer, Offer]]) -> list[str]:
    lines = []
    for one in freed:
        lines.append(given_back(one))
        comers = [new for new, before in made if before.pk == one.pk]
        for new in comers:
            words = _("%(code)s has an offer now.") % {"code": reading_code(new.application)}
            lines.append(" ".join([words, *why_in(new)[1:]]))
        if not comers:
            lines.append(why_nobody(one))
    return lines
