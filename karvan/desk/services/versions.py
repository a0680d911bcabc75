"""A version is published and offered to all editions; one that takes it changes in every stage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.blueprints.document import differences
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.services import publish_blueprint
from karvan.stages.editions import services as editions
from karvan.stages.editions.models import Edition, VersionOffer
from karvan.stages.editions.services import Carried, Fate
from karvan.stages.reports.queries.indicators import indicators
from karvan.stages.reports.services import record_rebases
from karvan.stages.timetables.services import ask_repair

from ..queries.versions import (
    FELT,
    Touched,
    applicants_told,
    changed_in,
    held_of,
    indicators_changed,
    people_told,
    timetables_to_mend,
)

MOST_LINES = 12  # changes that a letter lists one by one


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the design, and what followed in the other stages."""

    carried: Carried
    touched: Touched


@transaction.atomic
def publish_version(
    draft: Blueprint,
    *,
    note: str,
    by: Person | None,
    signature: str = "",
    notes: Mapping[str, str] | None = None,
) -> tuple[Blueprint, list[VersionOffer]]:
    """Publish a draft and offer it to every edition under way on an earlier version.

    Raises:
        AlreadyPublished, NoteMissing and whatever else ``publish_blueprint`` refuses.
    """
    version = publish_blueprint(draft, note=note, by=by, signature=signature, notes=notes or {})
    return version, editions.offer_version(version, by=by)


@transaction.atomic
def take_version(
    offer: VersionOffer,
    *,
    by: Person | None,
    left: Collection[str] = (),
    settled: Mapping[str, str] | None = None,
    reason: str = "",
) -> Taken:
    """Let an edition stand on the offered version, in every stage at once.

    What has happened stays. Timetables laid out from parts that changed are marked for repair,
    those who take part get one letter, and indicators that are defined otherwise keep both
    figures as of this moment.

    Raises:
        What ``editions.take_version`` refuses; then nothing has changed.
    """
    edition = Edition.objects.select_for_update().get(pk=offer.edition_id)
    before = {one.key: one for one in indicators(edition.scope)}
    old = edition.blueprint.number
    carried = editions.take_version(
        offer, held=held_of(edition), left=left, settled=settled, reason=reason, by=by
    )
    edition.refresh_from_db()
    repaired = _ask_repairs(edition, carried, by)
    told = _tell(offer, edition, carried, by)
    rebased = indicators_changed(carried.parts)
    if rebased:
        after = {one.key: one for one in indicators(edition.scope)}
        record_rebases(
            edition,
            codes=rebased,
            before=before,
            after=after,
            versions=(old, edition.blueprint.number),
            by=by,
        )
    done = Touched(tuple(repaired), told, rebased)
    record("taken in all stages", edition, by=by, after=asdict(done), reason=reason)
    return Taken(carried, done)


def _ask_repairs(edition: Edition, carried: Carried, by: Person | None) -> list[str]:
    to_mend = timetables_to_mend(edition, carried)
    for activity in edition.activities.filter(code__in=to_mend):
        reason = _("The edition took version %(number)s of its blueprint.") % {
            "number": edition.blueprint.number
        }
        ask_repair(activity, reason=reason, sessions=to_mend[activity.code], by=by)
    return sorted(to_mend)


def _tell(offer: VersionOffer, edition: Edition, carried: Carried, by: Person | None) -> int:
    """One letter to each who feels a change, in his or her language."""
    felt = changed_in(carried.parts, FELT)
    context = {"edition": edition, "changes": _changes_in_words(offer, carried, felt)}
    readers: list[tuple[Person | str, str | None]] = [
        (person, None) for person in people_told(edition, felt)
    ]
    readers += [(one.email, one.language) for one in applicants_told(edition, felt)]
    for to, language in readers:
        who = to.pk if isinstance(to, Person) else to
        write_message(
            "desk/version_taken",
            to=to,
            key=f"desk/version_taken:{offer.pk}:{who}",
            context=context,
            language=language,
            scope=edition.scope,
            by=by,
        )
    return len(readers)


def _changes_in_words(
    offer: VersionOffer, carried: Carried, felt: Collection[str]
) -> Callable[[], dict[str, Any]]:
    """What the letter lists, said when it is written: in the language of its reader."""
    taken = {
        one.path
        for one in carried.parts
        if one.fate is Fate.TAKEN
        and one.path.split(".")[0] == "activities"
        and one.path.split(".")[1] in felt
        and one.path.split(".")[2] in FELT
    }
    said: dict[str | None, dict[str, Any]] = {}

    def changes() -> dict[str, Any]:
        language = get_language()
        if language not in said:
            listed = differences(offer.base.data, offer.blueprint.data)
            lines = [one.words for one in listed if one.path in taken]
            said[language] = {
                "lines": lines[:MOST_LINES],
                "more": max(0, len(lines) - MOST_LINES),
            }
        return said[language]

    return changes
