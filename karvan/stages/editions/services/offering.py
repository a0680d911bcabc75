"""A newer version is offered to the editions that run; each coordinator takes it, in part, or declines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.blueprints.document import REMOVED
from karvan.stages.blueprints.models import Blueprint, Programme

from .. import queries
from ..errors import NotSettled, OfferAnswered, ReasonMissing, WrongState
from ..models import Activity, Departure, Edition, VersionOffer
from .carrying import Carried, Fate, Held, carry, paths_of

_UNDER_WAY = (Edition.State.ADOPTING, Edition.State.ADOPTED, Edition.State.RUNNING)


@transaction.atomic
def offer_version(blueprint: Blueprint, *, by: Person | None) -> list[VersionOffer]:
    """Offer a published version to every edition under way that stands on an earlier one.

    An earlier offer that is still open lapses. Each coordinator gets one letter. Safe to run
    again: an edition that has been offered the version is left alone.
    """
    made: list[VersionOffer] = []
    Programme.objects.select_for_update().get(pk=blueprint.programme_id)
    editions = (
        Edition.objects.select_for_update(of=("self",))
        .filter(
            programme=blueprint.programme,
            state__in=_UNDER_WAY,
            blueprint__number__lt=blueprint.number,
        )
        .exclude(version_offers__blueprint=blueprint)
        .select_related("blueprint", "country")
        .order_by("pk")
    )
    for edition in list(editions):
        _lapse(edition, blueprint, by)
        offer = VersionOffer.objects.create(
            edition=edition,
            blueprint=blueprint,
            base=edition.blueprint,
            offered_by=by,
            offered_at=clock.now(),
        )
        after = {"version": blueprint.number, "from_version": edition.blueprint.number}
        record("version offered", offer, by=by, after=after)
        _tell_coordinators(offer, by)
        made.append(offer)
    return made


def preview_version(
    offer: VersionOffer,
    *,
    held: Sequence[Held] = (),
    left: Collection[str] = (),
    settled: Mapping[str, str] | None = None,
    reason: str = "",
) -> Carried:
    """What taking the version would make of the edition; changes nothing. Two queries.

    Raises:
        Locked: something that would be left is fixed in the version.
        HeldSessionDropped: a choice would drop what has been held.
    """
    edition = offer.edition
    return carry(
        edition.blueprint.data,
        offer.blueprint.data,
        list(queries.standing_departures(edition)),
        held=[*held, *_activities_that_stay(offer)],
        left=left,
        settled=settled,
        reason=reason,
    )


@transaction.atomic
def take_version(
    offer: VersionOffer,
    *,
    by: Person | None,
    held: Sequence[Held] = (),
    left: Collection[str] = (),
    settled: Mapping[str, str] | None = None,
    reason: str = "",
) -> Carried:
    """Let the edition stand on the offered version, whole or without the groups ``left``.

    ``held`` is what has happened and stays as it was; ``settled`` says "ours" or "theirs" for
    every clash. The departures that still stand are written anew against the version.

    Raises:
        OfferAnswered: it was answered, or a newer version was offered since.
        WrongState: the edition is over.
        ReasonMissing: something is left and nothing says why.
        NotSettled: a clash has no choice; the message lists them.
        Locked: something that would be left is fixed in the version.
        HeldSessionDropped: a choice would drop what has been held.
    """
    offer = _locked(offer)
    if left and not reason.strip():
        raise ReasonMissing(_("Say why these parts of the version are not taken."))
    chosen = dict(settled or {})
    carried = preview_version(offer, held=held, left=left, settled=chosen, reason=reason.strip())
    _refuse_unsettled(carried, chosen)
    edition = offer.edition
    before = {"version": edition.blueprint.number}
    # The edition goes first: the database holds departures against the version it stands on.
    edition.blueprint = offer.blueprint
    edition.save(update_fields=["blueprint"])
    _write_anew(edition, offer.blueprint, carried)
    _follow(edition, carried)
    offer.state = VersionOffer.State.PARTLY if left else VersionOffer.State.TAKEN
    offer.taken = [*paths_of(carried.parts, Fate.TAKEN), *paths_of(carried.parts, Fate.SAME)]
    offer.left, offer.kept = sorted(left), paths_of(carried.parts, Fate.HELD)
    offer.settled = {one.path: chosen[one.path] for one in carried.clashes}
    _answered(offer, reason, by)
    after = {
        "version": offer.blueprint.number,
        "taken": len(offer.taken),
        "left": offer.left,
        "kept": len(offer.kept),
        "given_up": [one.path for one in carried.given_up],
    }
    record("version taken", edition, by=by, before=before, after=after, reason=reason)
    return carried


@transaction.atomic
def decline_version(offer: VersionOffer, *, reason: str, by: Person | None) -> VersionOffer:
    """Say that the edition stays on the version it stands on, and why.

    Raises:
        OfferAnswered: it was answered, or a newer version was offered since.
        ReasonMissing: no reason was given.
        WrongState: the edition is over.
    """
    offer = _locked(offer)
    if not reason.strip():
        raise ReasonMissing(_("Say why the version is declined."))
    offer.state = VersionOffer.State.DECLINED
    _answered(offer, reason, by)
    after = {"version": offer.blueprint.number}
    record("version declined", offer.edition, by=by, after=after, reason=reason)
    return offer


def _locked(offer: VersionOffer) -> VersionOffer:
    edition = Edition.objects.select_for_update().get(pk=offer.edition_id)
    offer = (
        VersionOffer.objects.select_for_update(of=("self",))
        .select_related("blueprint__programme__owner")
        .get(pk=offer.pk)
    )
    offer.edition = edition
    if edition.state not in _UNDER_WAY:
        raise WrongState(_("This edition is over; its design stays as it was."))
    if offer.state != VersionOffer.State.OPEN:
        raise OfferAnswered(
            _("The offer of version %(number)s has been answered already.")
            % {"number": offer.blueprint.number}
        )
    return offer


def _answered(offer: VersionOffer, reason: str, by: Person | None) -> None:
    offer.reason, offer.decided_by, offer.decided_at = reason.strip(), by, clock.now()
    offer.save()


def _refuse_unsettled(carried: Carried, chosen: Mapping[str, str]) -> None:
    open_ones = [one for one in carried.clashes if chosen.get(one.path) not in ("ours", "theirs")]
    if open_ones:
        raise NotSettled(
            _(
                "Choose for each of these whether the country's own or the version's stands:\n%(parts)s"
            )
            % {"parts": "\n".join(one.words for one in open_ones)}
        )


def _activities_that_stay(offer: VersionOffer) -> list[Held]:
    """An activity of the edition that the version drops stays here: it has rows of its own."""
    kept = {one["code"] for one in offer.blueprint.data["activities"]}
    return [
        Held(
            f"activities.{activity.code}",
            _("The activity is part of this edition already."),
        )
        for activity in offer.edition.activities.all()
        if activity.code not in kept
    ]


def _write_anew(edition: Edition, version: Blueprint, carried: Carried) -> None:
    """The old rows end; what still stands is written against the version, with its own date and author."""
    now = clock.now()
    edition.departures.filter(superseded_at__isnull=True).update(superseded_at=now)
    Departure.objects.bulk_create(
        Departure(
            edition=edition,
            path=one.path,
            before=None if one.before is REMOVED else one.before,
            after=None if one.after is REMOVED else one.after,
            level=one.level,
            cause=one.cause,
            version=version.number,
            carried_from=one.origin,
            reason=one.reason,
            made_by=one.origin.made_by if one.origin else None,
            made_at=one.origin.made_at if one.origin else now,
        )
        for one in carried.departures
    )


def _follow(edition: Edition, carried: Carried) -> None:
    """Activities of the new design that are not there yet, and the places and titles of those that are."""
    known = {one.code: one for one in edition.activities.all()}
    for position, part in enumerate(carried.document["activities"]):
        activity = known.get(part["code"]) or Activity(
            edition=edition,
            code=part["code"],
            format=part["format"],
            scope=f"{edition.scope}/{part['code']}",
        )
        activity.titles, activity.position = part["title"], position
        activity.places = part.get("cohort", {}).get("max")
        activity.save()


def _lapse(edition: Edition, blueprint: Blueprint, by: Person | None) -> None:
    for offer in edition.version_offers.filter(state=VersionOffer.State.OPEN):
        offer.state = VersionOffer.State.LAPSED
        _answered(offer, "", by)
        record("version overtaken", offer, by=by, after={"version": blueprint.number})


def _tell_coordinators(offer: VersionOffer, by: Person | None) -> None:
    for person in queries.coordinators_of(offer.edition):
        write_message(
            "editions/version_offered",
            to=person,
            key=f"editions/version_offered:{offer.pk}:{person.pk}",
            context={"offer": offer, "edition": offer.edition, "note": offer.blueprint.note},
            scope=offer.edition.scope,
            by=by,
        )
