"""Juries: who sits, what they mark, whom they admit or send on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import InsideTheTeam, MentoredBefore, WrongState
from ..models import Final, Jury, JuryMark, Mentorship, Venture
from ..queries import members_of

LEAST_JURORS = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A venture's place: mean mark in hundredths of a point of 100, and from how many jurors."""

    rank: int
    venture: Venture
    mark: int
    jurors: int


@transaction.atomic
def seat_jury(
    *,
    kind: str,
    titles: Mapping[str, str],
    places: int,
    members: Sequence[Person],
    rubric: Mapping[str, object],
    by: Person | None,
    activity: Activity | None = None,
    final: Final | None = None,
    held_on: date | None = None,
) -> Jury:
    """Seat a jury for an activity or a common final.

    Raises:
        WrongState: it sits for neither or both, or has fewer than five members.
    """
    if (activity is None) == (final is None):
        raise WrongState(_("A jury sits for one activity or for one final."))
    if len({member.pk for member in members}) < LEAST_JURORS:
        raise WrongState(_("A jury has at least %(least)s members.") % {"least": LEAST_JURORS})
    jury = Jury.objects.create(
        kind=kind,
        titles=dict(titles),
        places=places,
        rubric=dict(rubric),
        activity=activity,
        final=final,
        held_on=held_on,
    )
    jury.members.set(members)
    record("seated", jury, by=by, after={"members": len(members), "places": places})
    return jury


@transaction.atomic
def mark_pitch(jury: Jury, *, venture: Venture, marks: Mapping[str, int], by: Person) -> JuryMark:
    """A juror marks a venture; marking again before the jury closes replaces the marks.

    Raises:
        WrongState: the jury is closed, the person is no member, or a mark is missing or off the scale.
        MentoredBefore, InsideTheTeam: the juror is not independent of the team.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.state != Jury.State.OPEN:
        raise WrongState(_("This jury has closed."))
    if not jury.members.filter(pk=by.pk).exists():
        raise WrongState(_("Only members of the jury mark."))
    if Mentorship.objects.filter(venture=venture, mentor=by).exists():
        raise MentoredBefore(_("Nobody judges a team that he or she mentored."))
    if members_of(venture).filter(pk=by.pk).exists():
        raise InsideTheTeam(_("A member of the team cannot judge it."))
    total = _total(jury, marks)
    mark, created = JuryMark.objects.update_or_create(
        jury=jury,
        juror=by,
        venture=venture,
        defaults={"marks": dict(marks), "total": total, "at": clock.now()},
    )
    act = "pitch marked" if created else "pitch marked again"
    record(act, jury, by=by, after={"venture": venture.pk, "total": total})
    return mark


def ranking(jury: Jury) -> list[Ranked]:
    """The ventures a jury marked, best first by mean mark; equal marks go by venture number.

    Cost: one query.
    """
    totals: dict[int, list[int]] = {}
    ventures: dict[int, Venture] = {}
    for mark in jury.marks.select_related("venture__team__edition"):
        totals.setdefault(mark.venture_id, []).append(mark.total)
        ventures[mark.venture_id] = mark.venture
    means = {key: round(sum(given) / len(given)) for key, given in totals.items()}
    order = sorted(means, key=lambda key: (-means[key], key))
    return [
        Ranked(place, ventures[key], means[key], len(totals[key]))
        for place, key in enumerate(order, start=1)
    ]


@transaction.atomic
def close_jury(jury: Jury, *, by: Person | None, admits_to: Activity | None = None) -> list[Ranked]:
    """Close a jury; an admission jury admits its best teams to the course.

    Returns the ranking; the first ``jury.places`` of it are those admitted or sent on.

    Raises:
        WrongState: it is closed, or nobody has been marked.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.state != Jury.State.OPEN:
        raise WrongState(_("This jury has closed."))
    ranked = ranking(jury)
    if not ranked:
        raise WrongState(_("Nobody has been marked yet."))
    jury.state = Jury.State.CLOSED
    jury.save(update_fields=["state"])
    best = ranked[: jury.places]
    if jury.kind == Jury.Kind.ADMISSION and admits_to is not None:
        for place in best:
            place.venture.team.admitted_to = admits_to
            place.venture.team.save(update_fields=["admitted_to"])
    after = {"ranked": [place.venture.pk for place in ranked], "places": jury.places}
    record("closed", jury, by=by, before={"state": "open"}, after=after)
    return ranked


def _total(jury: Jury, marks: Mapping[str, int]) -> int:
    """Weighted marks in hundredths of a point of 100; whole numbers throughout."""
    criteria = jury.rubric.get("criteria", [])
    low, high = jury.rubric.get("scale", [0, 5])
    for criterion in criteria:
        given = marks.get(criterion["code"])
        if given is None or not low <= given <= high:
            words = {"code": criterion["code"], "low": low, "high": high}
            raise WrongState(_("%(code)s needs a mark from %(low)s to %(high)s.") % words)
    weight = sum(c["weight"] for c in criteria) or 1
    earned = sum(c["weight"] * (marks[c["code"]] - low) for c in criteria)
    return int(earned * 10_000 // (weight * (high - low)))
