"""The common final: the best of each country meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.blueprints.models import Programme

from ..errors import NotInThisEdition, WrongState
from ..models import Final, FinalEntry, Jury, Venture
from .juries import ranking


@transaction.atomic
def plan_final(
    programme: Programme,
    *,
    code: str,
    titles: Mapping[str, str],
    place: str,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    teams_a_country: int = 3,
) -> Final:
    """Plan a common final of a programme; returns it."""
    if ends_on < starts_on:
        raise WrongState(_("A final must begin before it ends."))
    final = Final.objects.create(
        programme=programme,
        code=code,
        titles=dict(titles),
        place=place,
        starts_on=starts_on,
        ends_on=ends_on,
        teams_a_country=teams_a_country,
    )
    record("planned", final, by=by, after={"from": starts_on, "until": ends_on, "place": place})
    return final


@transaction.atomic
def enter_final(
    final: Final, *, venture: Venture, national_rank: int, by: Person | None
) -> FinalEntry:
    """Send one of a country's best to the final.

    Raises:
        NotInThisEdition: the venture belongs to another programme.
        WrongState: its country has filled its places, or it is entered already.
    """
    final = Final.objects.select_for_update().get(pk=final.pk)
    edition = venture.team.edition
    if edition.programme_id != final.programme_id:
        raise NotInThisEdition(_("This venture belongs to another programme."))
    if FinalEntry.objects.filter(venture=venture).exists():
        raise WrongState(_("This venture is already entered for a final."))
    sent = final.entries.filter(venture__team__edition__country=edition.country_id).count()
    if sent >= final.teams_a_country:
        words = {"country": edition.country, "places": final.teams_a_country}
        raise WrongState(_("%(country)s has filled its %(places)s places.") % words)
    entry = FinalEntry.objects.create(final=final, venture=venture, national_rank=national_rank)
    record("entered", final, by=by, after={"venture": venture.name, "country": edition.country_id})
    return entry


@transaction.atomic
def enter_best(final: Final, *, jury: Jury, by: Person | None) -> list[FinalEntry]:
    """Send the best of a country's closed demo day to the final, in the jury's order.

    Safe to run again: who is entered stays entered. Returns the new entries.

    Raises:
        WrongState: the jury is open, or did not hear the demo day of an edition.
        NotInThisEdition: it sat for another programme.
    """
    if jury.kind != Jury.Kind.DEMO_DAY or jury.state != Jury.State.CLOSED:
        raise WrongState(_("The best come from the closed jury of a demo day."))
    best = ranking(jury)[: final.teams_a_country]
    return [
        enter_final(final, venture=place.venture, national_rank=place.rank, by=by)
        for place in best
        if not FinalEntry.objects.filter(venture=place.venture).exists()
    ]


@transaction.atomic
def rank_final(
    final: Final, *, ranked: Sequence[FinalEntry], winners: int, by: Person | None
) -> None:
    """Write down the order in which the final ended and its winners, the first ``winners``.

    Raises:
        WrongState: an entry is missing or named twice, or there are more winners than teams.
    """
    entered = set(final.entries.values_list("pk", flat=True))
    if {entry.pk for entry in ranked} != entered or len(ranked) != len(entered):
        raise WrongState(_("Every team of the final has exactly one rank."))
    if not 0 <= winners <= len(ranked):
        raise WrongState(_("There cannot be more winners than teams."))
    for place, entry in enumerate(ranked, start=1):
        entry.final_rank, entry.is_winner = place, place <= winners
        entry.save(update_fields=["final_rank", "is_winner"])
    after = {"ranked": [entry.venture_id for entry in ranked], "winners": winners}
    record("ranked", final, by=by, after=after)
