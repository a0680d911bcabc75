"""From the ranking to a title: a draft decision on an agenda item, then the decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold, in_language

from ..errors import NotGiven, WrongState
from ..models import AgendaItem, Resolution, Title, TitleCycle, TitleNomination, TitleSeries
from ..queries.title_register import seats_taken
from ..titles_data import LANGUAGES

State = TitleNomination.State
# One sentence a language, into which the nomination's own names go.
DECISION = {
    "en": "Decides that %(city)s (%(country)s) shall be %(title)s for %(region)s in %(year)s.",
    "fr": "Décide que %(city)s (%(country)s) sera %(title)s pour %(region)s en %(year)s.",
    "ar": "يقرر أن تكون %(city)s (%(country)s) %(title)s عن %(region)s لعام %(year)s.",
    "az": "%(city)s (%(country)s) şəhərinin %(year)s-ci ildə %(region)s üzrə %(title)s olmasını qərara alır.",
}


@transaction.atomic
def propose_nomination(
    nomination: TitleNomination,
    *,
    item: AgendaItem,
    draft_decision: Mapping[str, str] | None = None,
    by: Person | None,
) -> TitleNomination:
    """Put the nomination on an agenda item with its draft decision.

    The text is made from the nomination where ``draft_decision`` is None.

    Raises:
        WrongState: it is not admissible, or the item is not on the agenda any more.
    """
    held = _locked(nomination)
    if held.state not in (State.ADMITTED, State.PROPOSED):
        raise WrongState(_("Only an admissible nomination is proposed for decision."))
    if item.state in (AgendaItem.State.WITHDRAWN, AgendaItem.State.CLOSED):
        raise WrongState(
            _("Item %(number)s is %(state)s; choose one that is still to come.")
            % {"number": item.number, "state": item.get_state_display().lower()}
        )
    before = held.state
    held.item, held.state = item, State.PROPOSED
    held.draft_decision = dict(draft_decision or drafted(held))
    held.save(update_fields=["item", "state", "draft_decision"])
    record(
        "nomination proposed",
        held,
        by=by,
        before={"state": before},
        after={"item": str(item)[:200], "draft decision": held.draft_decision},
    )
    return held


@transaction.atomic
def grant_title(
    nomination: TitleNomination,
    *,
    decided_on: date,
    resolution: Resolution | None = None,
    source: str = "",
    kind: str = Title.Kind.REGULAR,
    exception_reason: str = "",
    decided_precision: str = "day",
    by: Person | None,
) -> Title:
    """Give the city its title, by a resolution of the register or by a decision named in words.

    A decision may come years before the year it is for. A second city where the region has one
    seat is let through with a reason.

    Raises:
        WrongState: the nomination is not proposed.
        NotGiven: neither resolution nor source, the decision lies after the year, or the seats of
            the region are taken and no reason is given.
    """
    held = _locked(nomination)
    _require_proposed(held)
    cycle = held.cycle
    if resolution is None and not source.strip():
        raise NotGiven(_("Name the resolution, or say where the decision is written."))
    if decided_on.year > cycle.year:
        raise NotGiven(_("The decision would come after the year of the title."))
    title = _listed(held) or Title(series=cycle.series, city_names=held.city_names, year=cycle.year)
    reason = exception_reason.strip() or title.exception_reason
    check_seats(cycle.series, held.region, cycle.year, kind, reason, but=title.pk)
    title.country, title.region, title.kind = held.country, held.region, kind
    title.exception_reason = reason
    title.decided_on, title.decided_precision = decided_on, decided_precision
    title.resolution, title.nomination = resolution, held
    title.source = source.strip() or title.source
    title.save()
    held.state = State.GRANTED
    held.save(update_fields=["state"])
    _close_when_decided(cycle)
    record(
        "title granted",
        title,
        by=by,
        after={
            "year": str(title.year),
            "region": title.region,
            "decided": decided_on,
            "resolution": resolution.number if resolution else title.source,
        },
        reason=title.exception_reason,
    )
    return title


@transaction.atomic
def decline_nomination(
    nomination: TitleNomination, *, reason: str, by: Person | None
) -> TitleNomination:
    """Write down that the title was not given, and why.

    Raises:
        WrongState: the nomination is neither admissible nor proposed.
        NotGiven: no reason.
    """
    held = _locked(nomination)
    if held.state not in (State.ADMITTED, State.PROPOSED):
        raise WrongState(_("Only a nomination that waits for a decision is declined."))
    if not reason.strip():
        raise NotGiven(_("Say why the title is not given."))
    held.state, held.state_reason = State.DECLINED, reason.strip()
    held.save(update_fields=["state", "state_reason"])
    _close_when_decided(held.cycle)
    record(
        "nomination declined", held, by=by, after={"state": held.state}, reason=held.state_reason
    )
    return held


def drafted(nomination: TitleNomination) -> dict[str, str]:
    """The draft decision in the languages of the house, made from what the nomination says."""
    series = nomination.cycle.series
    regions = {one["code"]: one["names"] for one in series.regions}
    return {
        language: DECISION[language]
        % {
            "city": in_language(nomination.city_names, language),
            "country": in_language(nomination.country.names, language),
            "title": in_language(series.names, language),
            "region": in_language(regions.get(nomination.region, nomination.region), language),
            "year": nomination.cycle.year,
        }
        for language in LANGUAGES
    }


def check_seats(
    series: TitleSeries, region: str, year: int, kind: str, reason: str, *, but: int | None = None
) -> None:
    """Let a title pass where the region has a seat left that year, or a reason is given.

    Additional and permanent titles take no seat but say why they are there, too.

    Raises:
        NotGiven: the warning, with the cities that have the seats.
    """
    taken = seats_taken(series, region, year, but=but)
    seats = _seats(series, region, year)
    if reason.strip():
        return
    if kind == Title.Kind.ADDITIONAL:
        raise NotGiven(_("Say why the title is additional."))
    if kind == Title.Kind.REGULAR and region and len(taken) >= seats:
        cities = ", ".join(in_language(one.city_names) for one in taken)
        raise NotGiven(
            ngettext(
                "The region has %(seats)d seat in %(year)d, which is taken: %(cities)s. To give the title to one more city, say why.",
                "The region has %(seats)d seats in %(year)d, which are taken: %(cities)s. To give the title to one more city, say why.",
                seats,
            )
            % {"seats": seats, "year": year, "cities": cities}
        )


def _listed(nomination: TitleNomination) -> Title | None:
    """The city's title of that year where the register has it from elsewhere, or None."""
    names = {fold(name) for name in nomination.city_names.values()}
    rows = Title.objects.select_for_update().filter(
        series=nomination.cycle.series, year=nomination.cycle.year, nomination__isnull=True
    )
    return next(
        (one for one in rows if names & {fold(name) for name in one.city_names.values()}), None
    )


def _seats(series: TitleSeries, region: str, year: int) -> int:
    cycle = TitleCycle.objects.filter(series=series, year=year).first()
    return int(cycle.seats.get(region, 0)) if cycle else series.seats_per_region


def _close_when_decided(cycle: TitleCycle) -> None:
    """A cycle of which nothing waits any more is decided."""
    waiting = (State.SUBMITTED, State.ADMITTED, State.PROPOSED)
    is_open = cycle.nominations.filter(state__in=waiting).exists()
    if not is_open and cycle.nominations.filter(state=State.GRANTED).exists():
        cycle.state = TitleCycle.State.DECIDED
        cycle.save(update_fields=["state"])


def _require_proposed(nomination: TitleNomination) -> None:
    if nomination.state != State.PROPOSED:
        raise WrongState(
            _("%(city)s is not proposed for decision yet; put it on an agenda item first.")
            % {"city": nomination}
        )


def _locked(nomination: TitleNomination) -> TitleNomination:
    return (
        TitleNomination.objects.select_for_update(of=("self",))
        .select_related("cycle__series", "country", "party")
        .get(pk=nomination.pk)
    )
