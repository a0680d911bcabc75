"""Take people into an activity: those who accepted a place, or one by one; let them leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person, Role
from karvan.foundation.people.services import create_person, grant_role
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application
from karvan.stages.editions.models import Activity
from karvan.stages.selection.models import Offer
from karvan.stages.timetables.models import Group

from ..errors import AlreadyEnrolled, NobodyAccepted, ReasonMissing, WrongState
from ..models import Enrolment


@transaction.atomic
def enrol_accepted(activity: Activity, *, by: Person | None) -> list[Enrolment]:
    """Enrol everybody whose offer of a place was accepted, and return the new enrolments.

    Team members with an e-mail address are enrolled as persons of their own and share
    their team's group; those without one are counted in the record and wait for an
    address. Each person gets the role of a participant. Groups are filled evenly by their
    sizes. Safe to run again: who is enrolled stays as he or she is.

    Raises:
        NobodyAccepted: no offer of this activity's calls has been accepted.

    Cost: about eight queries a new person.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    accepted = list(
        Application.objects.filter(call__activity=activity, offer__state=Offer.State.ACCEPTED)
        .select_related("person")
        .prefetch_related("members")
        .order_by("number", "pk")
    )
    if not accepted:
        raise NobodyAccepted(_("Nobody has accepted a place yet."))
    enrolled = set(activity.enrolments.values_list("person_id", flat=True))
    nameless = set(
        activity.enrolments.filter(person__email__isnull=True).values_list(
            "application_id", flat=True
        )
    )
    filling = _Filling(activity)
    made: list[Enrolment] = []
    unreached = 0
    for application in accepted:
        group = None
        for name, email, attributes in _people_of(application):
            is_self = name is None
            if not is_self and not email:
                unreached += 1
                continue
            if is_self and not email and application.pk in nameless:
                continue
            person = _person(application, name, email, by)
            if person.pk in enrolled:
                continue
            enrolled.add(person.pk)
            group = group or filling.emptiest()
            made.append(_enrol(activity, person, application, attributes, group, by=by))
            filling.take(group)
    after = {"enrolled": len(made), "without_address": unreached}
    if made:
        record("enrolled accepted", activity, by=by, after=after)
    return made


@transaction.atomic
def enrol(
    activity: Activity,
    *,
    person: Person,
    application: Application | None = None,
    attributes: Mapping[str, Any] | None = None,
    group: Group | None = None,
    by: Person | None,
) -> Enrolment:
    """Enrol one person and return the enrolment; into the emptiest group unless one is given.

    Raises:
        AlreadyEnrolled: the person takes part, or took part, already.
        WrongState: the group belongs to another activity.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if Enrolment.objects.filter(activity=activity, person=person).exists():
        raise AlreadyEnrolled(_("%(person)s takes part already.") % {"person": person})
    if group is not None and group.activity_id != activity.pk:
        raise WrongState(_("This group belongs to another activity."))
    given = attributes if attributes is not None else application and application.attributes
    chosen = group or _Filling(activity).emptiest()
    enrolment = _enrol(activity, person, application, given or {}, chosen, by=by)
    record("enrolled", enrolment, by=by, after={"group": chosen and chosen.code})
    return enrolment


@transaction.atomic
def change_group(enrolment: Enrolment, *, group: Group, by: Person | None) -> Enrolment:
    """Put a participant into another group; what was called on earlier rolls stays.

    Raises:
        WrongState: the group is of another activity, or the person has left.
    """
    enrolment = _locked(enrolment)
    if group.activity_id != enrolment.activity_id:
        raise WrongState(_("This group belongs to another activity."))
    _takes_part(enrolment)
    before = enrolment.group and enrolment.group.code
    enrolment.group = group
    enrolment.save(update_fields=["group"])
    record("changed group", enrolment, by=by, before={"group": before}, after={"group": group.code})
    return enrolment


@transaction.atomic
def mark_left(enrolment: Enrolment, *, reason: str, by: Person | None) -> Enrolment:
    """Say that a participant has left, and why. Attendance and coursework stay.

    Raises:
        WrongState: the person has left or completed already.
        ReasonMissing: no reason was given.
    """
    enrolment = _locked(enrolment)
    if not reason.strip():
        raise ReasonMissing(_("Say why the person leaves."))
    _takes_part(enrolment)
    enrolment.state, enrolment.left_reason = Enrolment.State.LEFT, reason.strip()[:300]
    enrolment.save(update_fields=["state", "left_reason"])
    record(
        "left",
        enrolment,
        by=by,
        reason=reason,
        before={"state": "enrolled"},
        after={"state": "left"},
    )
    return enrolment


@transaction.atomic
def complete_enrolment(enrolment: Enrolment, *, by: Person | None) -> Enrolment:
    """Say that a participant has completed the activity.

    Raises:
        WrongState: the person has left or completed already.
    """
    enrolment = _locked(enrolment)
    _takes_part(enrolment)
    enrolment.state = Enrolment.State.COMPLETED
    enrolment.save(update_fields=["state"])
    record(
        "completed", enrolment, by=by, before={"state": "enrolled"}, after={"state": "completed"}
    )
    return enrolment


class _Filling:
    """How full each group is while people are put into them."""

    def __init__(self, activity: Activity) -> None:
        self.groups = list(activity.groups.order_by("code"))
        taken = activity.enrolments.exclude(state=Enrolment.State.LEFT)
        held = list(taken.values_list("group_id", flat=True))
        self.taken = {group.pk: held.count(group.pk) for group in self.groups}

    def emptiest(self) -> Group | None:
        """The group with most free places, the first by code of several; None without groups."""
        return max(self.groups, key=lambda g: g.size - self.taken[g.pk], default=None)

    def take(self, group: Group | None) -> None:
        if group is not None:
            self.taken[group.pk] += 1


def _people_of(
    application: Application,
) -> Iterable[tuple[str | None, str, Mapping[str, Any]]]:
    """The applicant (no name here: the application has it), then the members of the team."""
    yield None, application.email, application.attributes
    for member in application.members.all():
        yield member.name, member.email, member.attributes


def _person(application: Application, name: str | None, email: str, by: Person | None) -> Person:
    """The account of an applicant or member: the one there is, else a new one."""
    if name is None and application.person is not None:
        return application.person
    address = email.strip().lower()
    known = Person.objects.filter(email=address).first() if address else None
    return known or create_person(
        full_name=name or application.full_name or str(application.number),
        email=address or None,
        language=application.language,
        by=by,
    )


def _enrol(
    activity: Activity,
    person: Person,
    application: Application | None,
    attributes: Mapping[str, Any],
    group: Group | None,
    *,
    by: Person | None,
) -> Enrolment:
    enrolment = Enrolment.objects.create(
        activity=activity,
        person=person,
        application=application,
        attributes=dict(attributes),
        group=group,
        enrolled_at=clock.now(),
    )
    held = Role.objects.filter(person=person, kind="participant", scope=activity.scope)
    if not held.exists():
        grant_role(person, kind="participant", scope=activity.scope, by=by)
    return enrolment


def _locked(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)


def _takes_part(enrolment: Enrolment) -> None:
    if enrolment.state != Enrolment.State.ENROLLED:
        raise WrongState(_("This person takes part no longer."))
