"""Title cycles that a person reads, runs, nominates in or judges.

Who reads or runs follows from roles in the cycle's scope ("titles/culture/2024") or above it. A
partner whose role reaches the cycle nominates for its party and sees no other party's file; an
expert (reviewer in the scope) sees the nominations that are admissible.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    STAFF,
    holds,
    parties_of,
    require_staff,
    scopes_of,
    within,
)
from karvan.foundation.people.models import Party, Person

from ..models import (
    AgendaItem,
    ExpertMark,
    NominationFile,
    Resolution,
    Title,
    TitleCycle,
    TitleEvent,
    TitleNomination,
    TitleSeries,
)
from ..queries.titles import RANKED, cycles_listed

ROOT = "titles"


def is_expert(person: Person, cycle: TitleCycle) -> bool:
    """True for a reviewer whose role lies within the titles and reaches the cycle."""
    return any(
        scope.startswith(ROOT) and (cycle.scope == scope or cycle.scope.startswith(f"{scope}/"))
        for scope in scopes_of(person, ("reviewer",))
    )


def runs(person: Person, scope: str) -> bool:
    """True for the secretariat of a series, cycle or title."""
    return holds(person, RUNNERS, scope)


def cycles_for(person: Person) -> QuerySet[TitleCycle]:
    """The cycles a person reads, nominates in or judges; 403 for everybody else."""
    kinds = (*READERS, "partner", "reviewer")
    inside = any(one == "" or one.split("/")[0] == ROOT for one in scopes_of(person, kinds))
    if not inside:
        raise PermissionDenied
    readers, partners = within(person, READERS), within(person, ("partner",))
    rows = cycles_listed().filter(
        readers | within(person, ("reviewer",)) | (partners & ~Q(state="prepared"))
    )
    return rows.order_by("series_id", "-year")


def cycle_for(person: Person, series: str, year: int) -> TitleCycle:
    """A cycle the person may read, or 404."""
    return get_object_or_404(cycles_for(person), series__code=series, year=year)


def cycle_to_run(person: Person, series: str, year: int) -> TitleCycle:
    """A cycle the person may run; 403 for its other readers."""
    found = cycle_for(person, series, year)
    if not runs(person, found.scope):
        raise PermissionDenied
    return found


def cycle_to_read(person: Person, series: str, year: int) -> TitleCycle:
    """A cycle whose ranking the person may see: its readers; 403 for partners and experts."""
    found = cycle_for(person, series, year)
    if not holds(person, READERS, found.scope):
        raise PermissionDenied
    return found


def series_to_run(person: Person, code: str) -> TitleSeries:
    """A series whose rules and cycles the person may change, or 404."""
    found = get_object_or_404(TitleSeries, code=code)
    if not holds(person, RUNNERS, found.scope):
        raise Http404
    return found


def require_founder(person: Person) -> None:
    """Let officers of everything and of the titles begin a series; 403 for everybody else."""
    require_staff(person)
    if not holds(person, STAFF, ROOT):
        raise PermissionDenied


def series_run_by(person: Person) -> list[TitleSeries]:
    """The series the person runs."""
    return [one for one in TitleSeries.objects.all() if holds(person, RUNNERS, one.scope)]


def parties_to_nominate_for(person: Person, cycle: TitleCycle) -> QuerySet[Party]:
    """The parties for which the person may nominate: all for the secretariat, else its own.

    Raises: PermissionDenied where there is none.
    """
    if runs(person, cycle.scope):
        return Party.objects.select_related("country")
    own = _own_parties(person, cycle)
    if not own:
        raise PermissionDenied
    return Party.objects.filter(pk__in=own).select_related("country")


def may_nominate(person: Person, cycle: TitleCycle) -> bool:
    """True where nominations are taken and the person may write one."""
    is_open = cycle.state == TitleCycle.State.OPEN
    return is_open and (runs(person, cycle.scope) or bool(_own_parties(person, cycle)))


def nominations_for(person: Person, cycle: TitleCycle) -> QuerySet[TitleNomination]:
    """The nominations of a cycle that the person may read."""
    rows = cycle.nominations.select_related("cycle__series", "country", "party", "item__session")
    if holds(person, READERS, cycle.scope):
        return rows
    reached = Q(party__in=_own_parties(person, cycle))
    if is_expert(person, cycle):
        reached |= Q(state__in=RANKED)
    return rows.filter(reached)


def nomination_for(person: Person, pk: int) -> TitleNomination:
    """A nomination the person may read, or 404."""
    found = get_object_or_404(
        TitleNomination.objects.select_related(
            "cycle__series", "country", "party", "item__session__organ"
        ),
        pk=pk,
    )
    if not nominations_for(person, found.cycle).filter(pk=pk).exists():
        raise Http404
    return found


def nomination_to_write(person: Person, pk: int) -> TitleNomination:
    """A nomination the person may change: its party's partner or the secretariat; else 403."""
    found = nomination_for(person, pk)
    if not may_write(person, found):
        raise PermissionDenied
    return found


def may_write(person: Person, nomination: TitleNomination) -> bool:
    """True for who speaks for its party, and for the secretariat."""
    cycle = nomination.cycle
    return runs(person, cycle.scope) or nomination.party_id in _own_parties(person, cycle)


def nomination_to_run(person: Person, pk: int) -> TitleNomination:
    """A nomination the person may check, propose and decide; 403 for its other readers."""
    found = nomination_for(person, pk)
    if not runs(person, found.cycle.scope):
        raise PermissionDenied
    return found


def nomination_to_mark(person: Person, pk: int) -> TitleNomination:
    """A nomination the person may mark as an expert; 403 for its other readers."""
    found = nomination_for(person, pk)
    own = found.party_id in _own_parties(person, found.cycle)
    if own or not is_expert(person, found.cycle):
        raise PermissionDenied
    return found


def marks_for(person: Person, nomination: TitleNomination) -> QuerySet[ExpertMark]:
    """The finished marks a person may see: readers all, an expert the others' once done itself."""
    rows = nomination.marks.filter(done_at__isnull=False).select_related("expert")
    if holds(person, READERS, nomination.cycle.scope):
        return rows
    if rows.filter(expert=person).exists():
        return rows
    return rows.filter(expert=person)


def own_mark(person: Person, nomination: TitleNomination) -> ExpertMark | None:
    """What the person has marked so far, or None."""
    return nomination.marks.filter(expert=person).first()


def file_of(person: Person, pk: int, file: int) -> NominationFile:
    """A file of a nomination the person may read, or 404."""
    nomination = nomination_for(person, pk)
    return get_object_or_404(nomination.files.select_related("file", "nomination"), pk=file)


def items_to_propose_on() -> QuerySet[AgendaItem]:
    """Items of sessions to come or under way on which a draft decision can be put."""
    return (
        AgendaItem.objects.exclude(state__in=["withdrawn", "closed"])
        .exclude(session__state="closed")
        .select_related("session")
        .order_by("-session__starts_on", "position")
    )


def title_for(person: Person, pk: int) -> Title:
    """A title as those who read the series see it, or 404."""
    found = get_object_or_404(
        Title.objects.select_related("series", "country", "resolution__session", "handed_over_to"),
        pk=pk,
    )
    if not (holds(person, READERS, found.scope) or _is_host(person, found)):
        raise Http404
    return found


def title_to_keep(person: Person, pk: int) -> Title:
    """A title whose programme the person may write: its host party and the secretariat; else 403."""
    found = title_for(person, pk)
    if not may_keep(person, found):
        raise PermissionDenied
    return found


def may_keep(person: Person, title: Title) -> bool:
    """True for the secretariat, and for who speaks for the party that nominated the city."""
    return runs(person, title.scope) or _is_host(person, title)


def title_to_run(person: Person, pk: int) -> Title:
    """A title whose dates, place and handover the person may write; 403 for its other readers."""
    found = title_for(person, pk)
    if not runs(person, found.scope):
        raise PermissionDenied
    return found


def event_to_keep(person: Person, pk: int, event: int) -> TitleEvent:
    """An event of a title whose programme the person may write, or 404."""
    return get_object_or_404(title_to_keep(person, pk).events.select_related("title"), pk=event)


def later_titles(title: Title) -> QuerySet[Title]:
    """The titles of the series to which this one may be handed over."""
    rows = Title.objects.filter(series_id=title.series_id, year__gte=title.year)
    return rows.exclude(pk=title.pk).order_by("year", "region")


def _own_parties(person: Person, cycle: TitleCycle) -> tuple[int, ...]:
    """The parties of the person's partner roles that lie above the cycle."""
    return tuple(
        role.party_id
        for role in person.roles.filter(kind="partner")
        if role.party_id in parties_of(person, cycle.scope)
        and (role.scope in ("", cycle.scope) or cycle.scope.startswith(f"{role.scope}/"))
    )


def _is_host(person: Person, title: Title) -> bool:
    """True for who speaks for the party that nominated the city."""
    if title.nomination is None:
        return False
    return title.nomination.party_id in _own_parties(person, title.nomination.cycle)


def may_mark(person: Person, nomination: TitleNomination) -> bool:
    """True for an expert of the cycle who does not speak for the party that nominates."""
    cycle = nomination.cycle
    return is_expert(person, cycle) and nomination.party_id not in _own_parties(person, cycle)


def title_of(nomination: TitleNomination) -> Title | None:
    """The title that the nomination led to, or None."""
    return Title.objects.filter(nomination=nomination).first()


def resolutions_for(nomination: TitleNomination) -> QuerySet[Resolution]:
    """The resolutions that may have given the title: of the item's session, else of every one."""
    rows = Resolution.objects.select_related("session")
    if nomination.item is None:
        return rows
    return rows.filter(session_id=nomination.item.session_id)
