"""Teams and the ventures that grow from them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Edition

from ..errors import NotInThisEdition, WrongState
from ..models import Membership, Team, Venture


@transaction.atomic
def form_team(
    edition: Edition,
    *,
    name: str,
    members: Sequence[Enrolment],
    by: Person | None,
    code: str | None = None,
) -> Team:
    """Put participants of an edition into a team; returns it.

    Raises:
        WrongState: nobody in it, a person twice, or one who is in another team of the edition.
        NotInThisEdition: a member takes part elsewhere.
    """
    people = [member.person_id for member in members]
    if not people:
        raise WrongState(_("A team needs at least one member."))
    if len(set(people)) < len(people):
        raise WrongState(_("A person can be in a team only once."))
    if any(member.activity.edition_id != edition.pk for member in members):
        raise NotInThisEdition(_("A team is made of participants of one edition."))
    taken = Membership.objects.filter(
        team__edition=edition, enrolment__person__in=people, left_on__isnull=True
    ).select_related("enrolment__person", "team")
    if clash := taken.first():
        words = {"person": clash.enrolment, "team": clash.team}
        raise WrongState(_("%(person)s is already in the team %(team)s.") % words)
    team = Team.objects.create(
        edition=edition, name=name, code=code or f"T{edition.teams.count() + 1:02d}"
    )
    Membership.objects.bulk_create(Membership(team=team, enrolment=member) for member in members)
    record("formed", team, by=by, after={"name": name, "members": len(people)})
    return team


@transaction.atomic
def leave_team(membership: Membership, *, reason: str, by: Person | None) -> Membership:
    """A member leaves; the membership stays in the register with its last day."""
    if membership.left_on is not None:
        raise WrongState(_("This person has already left the team."))
    membership.left_on = clock.today()
    membership.save(update_fields=["left_on"])
    after = {"person": str(membership), "left": membership.left_on}
    record("member left", membership.team, by=by, after=after, reason=reason)
    return membership


@transaction.atomic
def register_venture(
    team: Team, *, name: str, by: Person | None, sector: str = "", summary: str = ""
) -> Venture:
    """Give a team's project its record.

    Raises:
        WrongState: the team has a venture already.
    """
    if Venture.objects.filter(team=team).exists():
        raise WrongState(_("This team already has a venture."))
    venture = Venture.objects.create(team=team, name=name, sector=sector, summary=summary)
    record("registered", venture, by=by, after={"name": name, "sector": sector})
    return venture
