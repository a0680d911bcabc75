"""Series of titles, the choice of one year's cities, and the call to the states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person, Role
from karvan.foundation.records.services import record

from ..errors import NotGiven, NumberTaken, WrongState
from ..models import TitleCycle, TitleSeries
from ..queries.titles import those_called

State = TitleCycle.State
SERIES_FACTS = (
    "names", "regions", "seats_per_region", "sections", "admissibility", "rubric", "organ",
    "first_year", "source",
)  # fmt: skip


@transaction.atomic
def save_series(
    series: TitleSeries | None, *, by: Person | None, code: str = "", **said: Any
) -> TitleSeries:
    """Write a series of titles: a new one with its ``code``, or one that is there; its code stays.

    ``said``: names, regions, seats_per_region, sections, admissibility, rubric, organ,
    first_year, source. What cycles under way were told does not change the files they hold.

    Raises:
        NumberTaken: the code is taken.
        NotGiven: no region, no section, a code twice, or a criterion without a highest mark.
        WrongState: a region that nominations or titles name would go.
    """
    if series is None and TitleSeries.objects.filter(code=code).exists():
        raise NumberTaken(_("There is a series %(code)s already.") % {"code": code})
    held = series or TitleSeries(code=code, scope=f"titles/{code}")
    facts = {name: said[name] for name in SERIES_FACTS if name in said}
    before = {name: getattr(held, name) for name in facts} if held.pk else {}
    for name, value in facts.items():
        setattr(held, name, value)
    _check_series(held)
    held.save()
    changed = {name: value for name, value in facts.items() if before.get(name) != value}
    record(
        "title series written",
        held,
        by=by,
        before={name: _said(before[name]) for name in changed if name in before},
        after={name: _said(value) for name, value in changed.items()},
    )
    return held


@transaction.atomic
def plan_cycle(
    series: TitleSeries,
    *,
    year: int,
    seats: Mapping[str, int] | None = None,
    opens_on: date | None = None,
    closes_on: date | None = None,
    by: Person | None,
) -> TitleCycle:
    """Prepare the choice of one year's cities; returns it, not open yet.

    ``seats`` by region code; the series' number for every region when None.

    Raises:
        NotGiven: the year lies before the first of the series, a region is not one of the
            series, there is no seat, or it would close before it opens.
        NumberTaken: that year has its cycle.
    """
    if year < series.first_year:
        raise NotGiven(
            _("%(series)s begins in %(first)d; %(year)d lies before it.")
            % {"series": series, "first": series.first_year, "year": year}
        )
    if series.cycles.filter(year=year).exists():
        raise NumberTaken(_("The choice for %(year)d is prepared already.") % {"year": year})
    given = dict(seats) if seats else dict.fromkeys(region_codes(series), series.seats_per_region)
    for region in given:
        check_region(series, region)
    if not any(given.values()):
        raise NotGiven(_("Give at least one region a seat."))
    _check_dates(opens_on, closes_on)
    cycle = TitleCycle.objects.create(
        series=series,
        year=year,
        seats={code: number for code, number in given.items() if number},
        opens_on=opens_on,
        closes_on=closes_on,
        scope=f"{series.scope}/{year}",
    )
    record("title cycle planned", cycle, by=by, after={"year": str(year), "seats": cycle.seats})
    return cycle


@transaction.atomic
def call_states(
    cycle: TitleCycle, *, closes_on: date, words: Mapping[str, str] | None = None, by: Person | None
) -> int:
    """Open the cycle for nominations and write to everybody who speaks for a party in it.

    ``words`` are added to the letter, by language. Returns how many letters were written.

    Raises:
        WrongState: it is not only prepared.
        NotGiven: the last day lies in the past.
    """
    held = TitleCycle.objects.select_for_update().get(pk=cycle.pk)
    if held.state != State.PREPARED:
        raise WrongState(_("The call for %(cycle)s has gone out already.") % {"cycle": held})
    if closes_on < clock.today():
        raise NotGiven(_("The last day for nominations lies in the past. Choose a later one."))
    held.state, held.opens_on, held.closes_on = State.OPEN, clock.today(), closes_on
    held.save(update_fields=["state", "opens_on", "closes_on"])
    written = _letters(held, dict(words or {}), by)
    record("states called", held, by=by, after={"closes": closes_on, "letters": written})
    return written


@transaction.atomic
def begin_evaluation(cycle: TitleCycle, *, by: Person | None) -> TitleCycle:
    """Close the call: from now on nominations are checked and marked, and none comes in.

    Drafts that were never sent stay drafts.

    Raises:
        WrongState: the cycle is not open.
    """
    held = TitleCycle.objects.select_for_update().get(pk=cycle.pk)
    if held.state != State.OPEN:
        raise WrongState(_("Only a cycle that is open for nominations is closed."))
    held.state = State.EVALUATION
    held.save(update_fields=["state"])
    record("title call closed", held, by=by, after={"state": held.state})
    return held


@transaction.atomic
def name_expert(cycle: TitleCycle, *, expert: Person, by: Person | None) -> Role:
    """Let a person mark the nominations of this cycle.

    Raises:
        NotGiven: the person speaks for a party that nominates here, or is an expert already.
    """
    parties = cycle.nominations.values("party")
    if expert.roles.filter(kind=Role.Kind.PARTNER, party__in=parties).exists():
        raise NotGiven(
            _("%(person)s speaks for a party that nominates a city here, and cannot judge it.")
            % {"person": expert}
        )
    role, is_new = Role.objects.get_or_create(
        person=expert, kind=Role.Kind.REVIEWER, scope=cycle.scope, party=None
    )
    if not is_new:
        raise NotGiven(_("%(person)s is an expert of this cycle already.") % {"person": expert})
    record("expert named", cycle, by=by, after={"role": role.record_label})
    return role


def region_codes(series: TitleSeries) -> list[str]:
    """The codes of the series' regions, in their order."""
    return [one["code"] for one in series.regions]


def check_region(series: TitleSeries, region: str) -> None:
    """Let a region of the series pass.

    Raises:
        NotGiven: the series has no such region; the text names those it has.
    """
    if region not in region_codes(series):
        raise NotGiven(
            _("%(series)s has no region “%(region)s”. Its regions are: %(regions)s.")
            % {"series": series, "region": region, "regions": ", ".join(region_codes(series))}
        )


def _letters(cycle: TitleCycle, words: dict[str, str], by: Person | None) -> int:
    written = 0
    for person in those_called(cycle):
        if not person.email:
            continue
        write_message(
            "convening/titles_call",
            to=person,
            key=f"convening/titles_call:{cycle.pk}:{person.pk}",
            context={"cycle": cycle, "words": words},
            scope=cycle.scope,
            by=by,
        )
        written += 1
    return written


def _check_dates(opens_on: date | None, closes_on: date | None) -> None:
    if opens_on and closes_on and closes_on < opens_on:
        raise NotGiven(_("The call must open before it closes."))


def _check_series(series: TitleSeries) -> None:
    criteria = list(series.rubric.get("criteria", []))
    for rows, empty in (
        (series.regions, _("Name at least one region.")),
        (series.sections, _("Name at least one section of the file.")),
        (criteria, _("Name at least one criterion of the rubric.")),
    ):
        codes = [one["code"] for one in rows]
        if not codes:
            raise NotGiven(empty)
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise NotGiven(_("The code “%(code)s” stands twice.") % {"code": twice[0]})
    if any(one.get("most", 0) < 1 or one.get("weight", 0) < 1 for one in criteria):
        raise NotGiven(_("Each criterion needs a highest mark and a weight of at least one."))
    if series.pk:
        _check_regions_kept(series)


def _check_regions_kept(series: TitleSeries) -> None:
    used = {*series.titles.exclude(region="").values_list("region", flat=True)}
    for cycle in series.cycles.all():
        used |= set(cycle.seats) | {*cycle.nominations.values_list("region", flat=True)}
    gone = sorted(used - set(region_codes(series)))
    if gone:
        raise WrongState(
            ngettext(
                "The region %(regions)s is named by cycles or titles and has to stay.",
                "The regions %(regions)s are named by cycles or titles and have to stay.",
                len(gone),
            )
            % {"regions": ", ".join(gone)}
        )


def _said(value: Any) -> Any:
    """What a record keeps of a value: the codes of rows, and the name of what is another's."""
    if isinstance(value, list):
        return [one["code"] for one in value]
    if isinstance(value, dict) and "criteria" in value:
        return [one["code"] for one in value["criteria"]]
    return str(value) if hasattr(value, "pk") else value
