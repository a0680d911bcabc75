"""Who may reach which team, venture, claim, jury or follow-up."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, STAFF, holds, within
from karvan.foundation.people.models import Person
from karvan.stages.blueprints.models import Programme
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.access import edition_for
from karvan.stages.editions.models import Activity, Edition

from .models import (
    Final,
    FinalEntry,
    FollowUp,
    Jury,
    Membership,
    Mentorship,
    Milestone,
    Team,
    Venture,
)
from .queries import teams_listed, ventures_listed

INSIDE = (*READERS, "mentor", "trainer")
FINAL_READERS = (*READERS, "partner", "mentor", "trainer", "participant")


def edition_with_teams(person: Person, slug: str) -> Edition:
    """An edition whose teams the person may see, or 404."""
    return edition_for(person, slug, kinds=INSIDE)


def edition_to_run(person: Person, slug: str) -> Edition:
    """An edition the person runs: officers and its coordinator."""
    edition = edition_for(person, slug, kinds=INSIDE)
    if not holds(person, RUNNERS, edition.scope):
        raise PermissionDenied
    return edition


def teams_for(person: Person, edition: Edition) -> QuerySet[Team]:
    """The teams of an edition that the person has reached already."""
    return teams_listed(edition)


def ventures_for(person: Person) -> QuerySet[Venture]:
    """Ventures within the person's roles, those mentored or judged, and the person's own."""
    reached = Venture.objects.filter(
        within(person, READERS, "team__edition__scope")
        | Q(mentorships__mentor=person)
        | Q(team__memberships__enrolment__person=person)
    )
    return ventures_listed().filter(pk__in=reached.values("pk"))


def venture_for(person: Person, pk: int) -> Venture:
    """A venture the person may read, or 404."""
    return get_object_or_404(ventures_for(person), pk=pk)


def is_member(person: Person, venture: Venture) -> bool:
    """True while the person is in the venture's team."""
    return Membership.objects.filter(
        team__venture=venture, enrolment__person=person, left_on__isnull=True
    ).exists()


def venture_to_claim(person: Person, pk: int) -> Venture:
    """A venture whose milestones the person may claim: its members."""
    venture = venture_for(person, pk)
    if not is_member(person, venture):
        raise PermissionDenied
    return venture


def venture_to_wish(person: Person, pk: int) -> Venture:
    """A venture whose wishes the person may state: its members, and who runs its edition."""
    venture = venture_for(person, pk)
    if not is_member(person, venture) and not holds(person, RUNNERS, venture.scope):
        raise PermissionDenied
    return venture


def mentor_to_offer(person: Person, slug: str, mentor_pk: int) -> tuple[Edition, Person]:
    """An edition and one of its mentors: the person, or anybody for who runs the edition."""
    edition = edition_with_teams(person, slug)
    mentor = get_object_or_404(mentors_of(edition), pk=mentor_pk)
    if mentor != person and not holds(person, RUNNERS, edition.scope):
        raise PermissionDenied
    return edition, mentor


def activities_to_team(edition: Edition) -> QuerySet[Activity]:
    """The edition's activities in which somebody is enrolled."""
    enrolled = Enrolment.objects.filter(activity__edition=edition, state="enrolled")
    return Activity.objects.filter(pk__in=enrolled.values("activity"))


def mentors_offering(edition: Edition) -> QuerySet[Person]:
    """Mentors who take ventures of the edition."""
    return Person.objects.filter(
        mentor_offers__edition=edition, mentor_offers__capacity__gte=1
    ).order_by("full_name", "pk")


def ventures_of(edition: Edition) -> QuerySet[Venture]:
    """The ventures of an edition that the person has reached already."""
    return Venture.objects.filter(team__edition=edition).select_related("team")


def venture_to_run(person: Person, pk: int) -> Venture:
    """A venture whose edition the person runs."""
    venture = venture_for(person, pk)
    if not holds(person, RUNNERS, venture.scope):
        raise PermissionDenied
    return venture


def may_verify(person: Person, venture: Venture) -> bool:
    """Mentors of the venture and those who run its edition look at claims, members never."""
    runs = holds(person, RUNNERS, venture.scope)
    mentors = Mentorship.objects.filter(venture=venture, mentor=person).exists()
    return (runs or mentors) and not is_member(person, venture)


def claim_to_verify(person: Person, pk: int) -> Milestone:
    """A claim the person may look at, or 404 where the venture is out of reach."""
    claim = get_object_or_404(
        Milestone.objects.select_related("venture__team__edition", "claimed_by", "file"),
        pk=pk,
        venture__in=ventures_for(person).values("pk"),
    )
    if not may_verify(person, claim.venture):
        raise PermissionDenied
    return claim


def claim_for(person: Person, pk: int) -> Milestone:
    """A claim of a venture the person may read."""
    return get_object_or_404(
        Milestone.objects.select_related("venture__team__edition", "file"),
        pk=pk,
        venture__in=ventures_for(person).values("pk"),
    )


def mentorship_of(person: Person, pk: int) -> Mentorship:
    """The person's own mentorship, or 404."""
    return get_object_or_404(
        Mentorship.objects.select_related("venture__team__edition"), pk=pk, mentor=person
    )


def juries_for(person: Person) -> QuerySet[Jury]:
    """Juries the person sits on or whose activity or programme the person runs."""
    reached = (
        Q(members=person)
        | within(person, READERS, "activity__scope") & Q(activity__isnull=False)
        | within(person, (*STAFF, "auditor"), "final__programme__code") & Q(final__isnull=False)
    )
    rows = Jury.objects.filter(pk__in=Jury.objects.filter(reached).values("pk"))
    return rows.select_related("activity__edition", "final__programme")


def jury_for(person: Person, pk: int) -> Jury:
    """A jury the person may see, or 404."""
    return get_object_or_404(juries_for(person), pk=pk)


def jury_to_run(person: Person, pk: int) -> Jury:
    """A jury the person may close."""
    jury = jury_for(person, pk)
    if not holds(person, RUNNERS, jury.scope):
        raise PermissionDenied
    return jury


def ventures_before(jury: Jury) -> QuerySet[Venture]:
    """The ventures that a jury hears: its edition's teams, or a final's entries."""
    rows = Venture.objects.select_related("team__edition__country")
    if jury.activity is not None:
        return rows.filter(team__edition=jury.activity.edition_id)
    return rows.filter(final_entry__final=jury.final)


def pitch_to_mark(person: Person, jury_pk: int, venture_pk: int) -> tuple[Jury, Venture]:
    """A jury the person sits on and a venture it hears, or 404."""
    jury = get_object_or_404(juries_for(person).filter(members=person), pk=jury_pk)
    return jury, get_object_or_404(ventures_before(jury), pk=venture_pk)


def final_for(person: Person, code: str) -> Final:
    """A final within the person's programmes; coordinators and partners of an edition see it too."""
    final = get_object_or_404(Final.objects.select_related("programme"), code=code)
    seen = Edition.objects.filter(within(person, FINAL_READERS), programme=final.programme).exists()
    if not seen and not holds(person, (*STAFF, "auditor"), final.scope):
        return get_object_or_404(Final.objects.none(), code=code)
    return final


def follow_up_by_token(token: str) -> FollowUp:
    """The question that a letter's link opens, or 404. Whoever holds the link may answer."""
    return get_object_or_404(FollowUp.objects.select_related("venture__team__edition"), token=token)


def participants_without_team(edition: Edition) -> QuerySet[Enrolment]:
    """Participants of an edition who are in no team."""
    return Enrolment.objects.filter(
        activity__edition=edition, state="enrolled", memberships__isnull=True
    ).select_related("person", "activity")


def mentors_of(edition: Edition) -> QuerySet[Person]:
    """Persons who are mentors within an edition or above it."""
    above = ["", edition.programme.code, edition.scope]
    return Person.objects.filter(roles__kind="mentor", roles__scope__in=above).distinct()


def waiting_for(person: Person) -> QuerySet[Milestone]:
    """Claims that wait for the person: of ventures mentored or editions run."""
    reached = within(person, RUNNERS, "venture__team__edition__scope")
    mine = Q(venture__mentorships__mentor=person)
    rows = Milestone.objects.filter(state="claimed").filter(
        pk__in=Milestone.objects.filter(reached | mine).values("pk")
    )
    return rows.exclude(claimed_by=person).select_related("venture__team__edition", "claimed_by")


def finals_for(person: Person) -> QuerySet[Final]:
    """The finals of the programmes in which the person has a role."""
    seen = Edition.objects.filter(within(person, FINAL_READERS)).values("programme")
    staff = within(person, (*STAFF, "auditor"), "programme__code")
    reached = Q(programme__in=seen) | staff
    rows = Final.objects.filter(pk__in=Final.objects.filter(reached).values("pk"))
    return rows.select_related("programme")


def final_to_run(person: Person, code: str) -> Final:
    """A final whose programme the person runs: officers and administrators."""
    final = final_for(person, code)
    if not holds(person, STAFF, final.scope):
        raise PermissionDenied
    return final


def programme_to_run(person: Person, code: str) -> Programme:
    """A programme the person runs, or 404."""
    programme = get_object_or_404(Programme, code=code)
    if not holds(person, STAFF, programme.code):
        return get_object_or_404(Programme.objects.none(), code=code)
    return programme


def programmes_to_run(person: Person) -> QuerySet[Programme]:
    """The programmes whose finals the person plans."""
    return Programme.objects.filter(within(person, STAFF, "code"))


def juries_to_enter(person: Person, final: Final) -> QuerySet[Jury]:
    """Closed demo days of the final's programme that the person runs and that sent nobody yet."""
    sent = FinalEntry.objects.filter(final=final).values("venture__team__edition")
    return (
        Jury.objects.filter(
            within(person, RUNNERS, "activity__scope"),
            kind=Jury.Kind.DEMO_DAY,
            state=Jury.State.CLOSED,
            activity__edition__programme=final.programme_id,
        )
        .exclude(activity__edition__in=sent)
        .select_related("activity__edition")
    )


def jurors_of(edition: Edition) -> QuerySet[Person]:
    """Who may be asked to judge in an edition: those with a role in it or above, participants not."""
    above = ["", edition.programme.code, edition.scope]
    inside = Q(roles__scope__in=above) | Q(roles__scope__startswith=f"{edition.scope}/")
    kinds = ("mentor", "trainer", "reviewer", "partner", "officer", "coordinator")
    return Person.objects.filter(inside, roles__kind__in=kinds).distinct()
