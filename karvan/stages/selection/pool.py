"""What a cohort can be chosen from: applications read in full, their people and their marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, Sum

from karvan.stages.calls.models import Application, Call, Nomination, TeamMember
from karvan.stages.editions.queries import activity_document
from karvan.stages.reviews.models import Review, ReviewRound
from karvan.stages.reviews.queries import totals
from karvan.stages.reviews.rubric import mean_of
from karvan.stages.reviews.services.calibrating import calibrated

from .quotas import Entrant, People, entrant, keeps_team_rule, people_of


@dataclass(frozen=True, slots=True)
class Mark:
    """An application's mark, in hundredths of a point of 100.

    decides:   what a cohort is chosen by: the corrected mark, or the mean where none is.
    raw:       the mean as given.
    deviation: one standard deviation of ``decides``; None where it is not known.
    reads:     finished reads.
    apart:     how far the highest read lies above the lowest.
    """

    decides: int
    raw: int
    deviation: int | None
    reads: int
    apart: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a call by application id; ``why_not`` is the engine's word where none is corrected."""

    by_application: Mapping[int, Mark]
    is_corrected: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class ShortTeam:
    """A team that does not keep a rule of the blueprint, or of which nobody knows if it does.

    rule:     the quota with ``per_team_at_least``.
    is_known: everybody told and it is too few; else somebody did not tell.
    """

    number: str
    rule: Mapping[str, Any]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """What a cohort can be chosen from.

    entrants: applications read as often as asked, with their people.
    people:   how many of their people have each attribute.
    marks:    of all that were read, and whether they are corrected.
    unread:   numbers of the eligible applications that lack reads.
    teams:    teams left out by a rule for teams, and teams that stay in untold.
    twice:    numbers of applications that share a person, each group once.
    """

    entrants: tuple[Entrant, ...]
    people: People
    marks: Marks
    unread: tuple[str, ...]
    teams: tuple[ShortTeam, ...] = ()
    twice: tuple[tuple[str, ...], ...] = ()

    def merit(self, pk: int) -> int:
        """The mark that decides, in hundredths of a point."""
        return self.marks.by_application[pk].decides


def marks_of(call: Call, *, is_corrected: bool) -> Marks:
    """Every read application's mark, corrected if that is asked and the reading allows it.

    Cost: two queries and one calibration, which is kept for the next call.
    """
    calibration = calibrated(call)
    corrects = is_corrected and calibration.is_corrected
    found = {}
    for pk, listed in totals(call).items():
        mean, corrected = mean_of(listed), calibration.marks.get(str(pk))
        found[pk] = Mark(
            decides=corrected.corrected if corrected and corrects else mean,
            raw=mean,
            deviation=corrected.deviation if corrected else None,
            reads=len(listed),
            apart=max(listed) - min(listed),
        )
    return Marks(found, corrects, calibration.why_not)


def marks_for(call: Call, is_corrected: bool) -> dict[int, int]:
    """By application id: the mark that decides today, in hundredths of a point of 100."""
    marks = marks_of(call, is_corrected=is_corrected).by_application
    return {pk: one.decides for pk, one in marks.items()}


def pool_of_call(call: Call, *, is_corrected: bool = True) -> Pool:
    """The applications a run would choose from today.

    Cost: nine queries, no row turned into a model. The first answer of the room at 10,000
    applications, which reads the pool, takes 1.5 CPU s.
    """
    round = ReviewRound.objects.filter(call=call).first()
    needed = round.reads_each if round else 1
    marks, nominated = marks_of(call, is_corrected=is_corrected), nominated_by(call)
    rules = team_rules(call)
    members, addresses = _members(call)
    entrants, unread, teams = [], [], []
    rows = (
        call.applications.filter(state=Application.State.SUBMITTED)
        .order_by("pk")
        .values_list("pk", "number", "team_size", "attributes", "email", "person__email")
    )
    for pk, number, seats, own, email, account in rows.iterator(chunk_size=5000):
        addresses[pk] += [email, account]
        mark = marks.by_application.get(pk)
        if mark is None or mark.reads < needed:
            unread.append(str(number))
            continue
        one = entrant(pk, str(number), seats, own, members.get(pk, ()), nominated.get(pk, ""))
        short = [found for rule in rules if (found := _short(one, rule))]
        teams += short
        if not any(found.is_known for found in short):
            entrants.append(one)
    twice = _twice(entrants, addresses)
    people = people_of(person for one in entrants for person in one.people)
    return Pool(tuple(entrants), people, marks, tuple(unread), tuple(teams), twice)


def fingerprint(call: Call) -> tuple[object, ...]:
    """What a pool was made from, cheaply: it differs whenever the pool may differ.

    Cost: four aggregates, none of which reads answers or texts.
    """
    applications = call.applications.aggregate(
        n=Count("pk", filter=Q(state=Application.State.SUBMITTED)),
        ids=Sum("pk", filter=Q(state=Application.State.SUBMITTED)),
        saved=Max("saved_at"),
        submitted=Max("submitted_at"),
        withdrawn=Max("withdrawn_at"),
    )
    members = TeamMember.objects.filter(application__call=call).aggregate(
        n=Count("pk"), last=Max("pk")
    )
    reads = Review.objects.filter(
        state=Review.State.DONE,
        assignment__round__call=call,
        assignment__withdrawn_at__isnull=True,
    ).aggregate(n=Count("pk"), points=Sum("total"), saved=Max("saved_at"), done=Max("done_at"))
    nominations = _nominations(call).aggregate(n=Count("pk"), last=Max("pk"), made=Max("made_at"))
    round = ReviewRound.objects.filter(call=call).values_list("reads_each", flat=True).first()
    rules = tuple((rule["key"], rule["per_team_at_least"]) for rule in team_rules(call))
    found = (applications, members, reads, nominations)
    values = (value for one in found for value in one.values())
    return (call.pk, round, rules, *values)


def team_rules(call: Call) -> list[Mapping[str, Any]]:
    """The blueprint's rules for teams: so many different values of an attribute in each."""
    selection = activity_document(call.activity).get("selection") or {}
    return [rule for rule in selection.get("quotas") or () if rule.get("per_team_at_least")]


def nominated_by(call: Call) -> dict[int, str]:
    """By application id: the code of the party that put it forward, the earliest if several."""
    rows = (
        _nominations(call).order_by("-made_at", "-pk").values_list("application_id", "party__code")
    )
    return {application: code for application, code in rows if application is not None}


def _nominations(call: Call) -> Any:
    return Nomination.objects.filter(call=call, application__isnull=False).exclude(
        state=Nomination.State.WITHDRAWN
    )


def _members(call: Call) -> tuple[dict[int, list[Any]], defaultdict[int, list[str | None]]]:
    """By application id: the attributes of the members named, and their addresses."""
    attributes: dict[int, list[Any]] = {}
    addresses: defaultdict[int, list[str | None]] = defaultdict(list)
    rows = (
        TeamMember.objects.filter(
            application__call=call, application__state=Application.State.SUBMITTED
        )
        .order_by("pk")
        .values_list("application_id", "attributes", "email")
    )
    for pk, told, email in rows:
        attributes.setdefault(pk, []).append(told)
        addresses[pk].append(email)
    return attributes, addresses


def _short(one: Entrant, rule: Mapping[str, Any]) -> ShortTeam | None:
    kept = keeps_team_rule(one, rule)
    return None if kept else ShortTeam(one.number, rule, is_known=kept is False)


def _twice(
    entrants: Iterable[Entrant], addresses: Mapping[int, Sequence[str | None]]
) -> tuple[tuple[str, ...], ...]:
    """Groups of applications in which one e-mail address stands, among applicants or members."""
    by_address: dict[str, dict[str, None]] = {}
    for one in entrants:
        for address in addresses.get(one.pk, ()):
            if address:
                by_address.setdefault(address.strip().casefold(), {})[one.number] = None
    groups = (tuple(numbers) for numbers in by_address.values() if len(numbers) > 1)
    return tuple(dict.fromkeys(groups))
