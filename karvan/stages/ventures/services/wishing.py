"""Mentors say whom they take, ventures whom they wish for."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Edition

from ..errors import InsideTheTeam, NotInThisEdition, WrongState
from ..models import MOST_VENTURES, MOST_WISHES, MentorChoice, MentorOffer, MentorWish, Venture
from ..queries import members_of


@transaction.atomic
def state_offer(
    edition: Edition,
    *,
    mentor: Person,
    capacity: int,
    by: Person | None,
    sectors: Sequence[str] = (),
    ventures: Sequence[Venture] = (),
) -> MentorOffer:
    """Say how many ventures a mentor takes and which rather; replaces what was said before.

    ``ventures`` are in the mentor's order and come before those of a named sector, which
    come before all others.

    Raises:
        WrongState: more ventures than a mentor can take, one named twice, or too many named.
        NotInThisEdition: a venture of another edition.
    """
    if not 0 <= capacity <= MOST_VENTURES:
        raise WrongState(_("A mentor takes from 0 to %(most)s ventures.") % {"most": MOST_VENTURES})
    _require_few([venture.pk for venture in ventures])
    if any(venture.team.edition_id != edition.pk for venture in ventures):
        raise NotInThisEdition(_("A mentor chooses among the ventures of one edition."))
    offer, _new = MentorOffer.objects.update_or_create(
        edition=edition,
        mentor=mentor,
        defaults={
            "capacity": capacity,
            "sectors": list(dict.fromkeys(sectors)),
            "stated_at": clock.now(),
        },
    )
    offer.choices.all().delete()
    MentorChoice.objects.bulk_create(
        MentorChoice(offer=offer, venture=venture, rank=rank)
        for rank, venture in enumerate(ventures, start=1)
    )
    after = {"ventures": capacity, "named": len(ventures), "sectors": ", ".join(offer.sectors)}
    record("mentor offered", offer, by=by, after=after)
    return offer


@transaction.atomic
def state_wishes(
    venture: Venture, *, mentors: Sequence[Person], by: Person | None
) -> list[MentorWish]:
    """Say which mentors a venture wishes for, best first; replaces what was said before.

    Raises:
        WrongState: a mentor named twice, or too many.
        InsideTheTeam: a member of the team is named.
        NotInThisEdition: a mentor who takes no venture of this edition.
    """
    _require_few([mentor.pk for mentor in mentors])
    if members_of(venture).filter(pk__in=[mentor.pk for mentor in mentors]).exists():
        raise InsideTheTeam(_("A member of the team cannot be its mentor."))
    offered = MentorOffer.objects.filter(edition=venture.team.edition_id, capacity__gte=1)
    known = set(offered.values_list("mentor_id", flat=True))
    if any(mentor.pk not in known for mentor in mentors):
        raise NotInThisEdition(_("Only mentors who take ventures of this edition can be named."))
    venture.mentor_wishes.all().delete()
    made = MentorWish.objects.bulk_create(
        MentorWish(venture=venture, mentor=mentor, rank=rank)
        for rank, mentor in enumerate(mentors, start=1)
    )
    record("wished for mentors", venture, by=by, after={"named": len(mentors)})
    return made


def _require_few(named: Sequence[int]) -> None:
    if len(set(named)) < len(named):
        raise WrongState(_("Name each only once."))
    if len(named) > MOST_WISHES:
        raise WrongState(_("Name at most %(most)s.") % {"most": MOST_WISHES})
