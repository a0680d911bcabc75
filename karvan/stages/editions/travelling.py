"""Days on which those who teach in an edition teach in another: its dates keep clear of them.

Trainers are rows of a later stage; here a trainer is whoever has that role in the edition, or
is invited to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from karvan.foundation.people.access import covers
from karvan.foundation.places.spans import BusySpan
from karvan.foundation.ui.formats import date_in_words

from .models import Activity, Edition
from .queries import trainer_roles, trainers_invited


@dataclass(frozen=True, slots=True)
class Teaching:
    """Somebody teaches, or is asked to, in a scope. ``who`` is the same for one person."""

    who: str
    name: str
    scope: str


def busy_of(edition: Edition, activities: Iterable[Activity]) -> dict[str, list[BusySpan]]:
    """By activity's code, when its trainers teach in other editions.

    Cost: three queries, however many trainers there are.
    """
    listed = list(activities)
    teaching = list(_teaching())
    here = [one for one in teaching if covers(edition.scope, one.scope)]
    travelling = {one.who for one in here}
    elsewhere = [
        one for one in teaching if one.who in travelling and not covers(edition.scope, one.scope)
    ]
    if not elsewhere:
        return {}
    dated = _dated(elsewhere)
    return {
        activity.code: list(_spans(activity, here, elsewhere, dated, listed)) for activity in listed
    }


def _spans(
    activity: Activity,
    here: list[Teaching],
    elsewhere: list[Teaching],
    dated: Mapping[str, list[Activity]],
    listed: list[Activity],
) -> Iterator[BusySpan]:
    taught_by = {one.who for one in here if covers(one.scope, activity.scope)}
    said: set[tuple[str, int]] = set()
    for one in elsewhere:
        for other in dated[one.scope] if one.who in taught_by else ():
            if (one.who, other.pk) in said:
                continue
            said.add((one.who, other.pk))
            first, last = other.starts_on, other.ends_on
            if first and last:
                words = {
                    "person": one.name,
                    "edition": other.edition,
                    "first": date_in_words(first),
                    "last": date_in_words(last),
                }
                why = _("%(person)s teaches in %(edition)s, %(first)s to %(last)s") % words
                yield BusySpan(first, last, why)


def _dated(teaching: list[Teaching]) -> dict[str, list[Activity]]:
    """The activities with dates in each scope. One query."""
    scopes = {one.scope for one in teaching}
    rows = list(
        Activity.objects.filter(edition__scope__in={"/".join(s.split("/")[:2]) for s in scopes})
        .exclude(edition__state=Edition.State.CANCELLED)
        .select_related("edition")
    )
    return {scope: [one for one in rows if covers(scope, one.scope)] for scope in scopes}


def _teaching() -> Iterator[Teaching]:
    """Everybody who teaches in an edition or an activity, or is asked to; wider roles teach nowhere."""
    for role in trainer_roles():
        yield Teaching(_who(role.person.email, role.person_id), str(role.person), role.scope)
    for one in trainers_invited():
        yield Teaching(_who(one.email, 0), one.full_name, one.scope)


def _who(email: str | None, pk: int) -> str:
    return email or f"person {pk}"
