"""Those who accepted a place are enrolled, with their teams, evenly over the groups."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from karvan.foundation.people.models import Person, Role
from karvan.foundation.records.models import Record
from karvan.stages.delivery.errors import (
    AlreadyEnrolled,
    NobodyAccepted,
    ReasonMissing,
    WrongState,
)
from karvan.stages.delivery.models import Enrolment
from karvan.stages.delivery.services import (
    change_group,
    complete_enrolment,
    enrol,
    enrol_accepted,
    mark_left,
)
from tests import make

from . import courses

pytestmark = pytest.mark.django_db


def test_accepted_applicant_becomes_a_participant_with_the_attributes_of_the_application():
    officer = make.officer()
    activity = courses.activity()
    call = make.call(activity)
    application = courses.accepted(call, email="leyla@example.org", full_name="Leyla Əliyeva")
    make.application(call, state="submitted")  # no offer

    (enrolment,) = enrol_accepted(activity, by=officer)

    assert enrolment.person.email == "leyla@example.org"
    assert enrolment.person.full_name == "Leyla Əliyeva"
    assert (enrolment.application, enrolment.attributes) == (application, {"sex": "F"})
    role = Role.objects.get(person=enrolment.person)
    assert (role.kind, role.scope) == ("participant", activity.scope)
    last = Record.objects.order_by("number").last()
    assert last.after == {"enrolled": 1, "without_address": 0}
    assert "Leyla" not in str(list(Record.objects.values_list("subject_label", "after", "before")))


def test_person_with_an_account_is_not_made_twice():
    activity = courses.activity()
    known = make.person(email="known@example.org")
    courses.accepted(make.call(activity), email="known@example.org")

    (enrolment,) = enrol_accepted(activity, by=None)

    assert enrolment.person == known


def test_team_members_with_an_address_join_and_stay_together():
    activity = courses.activity()
    for code in "AB":
        make.group(activity, code=code, size=5)
    call = make.call(activity)
    run = make.selection_run(call)
    for team in (1, 2):
        members = [
            {"name": f"Member {team}", "email": f"m{team}@example.org", "attributes": {"sex": "M"}},
            {"name": "Without address"},
        ]
        courses.accepted(call, email=f"lead{team}@example.org", members=members, run=run)

    made = enrol_accepted(activity, by=None)

    placed = {e.person.email: (e.group.code, e.attributes["sex"]) for e in made}
    assert placed == {
        "lead1@example.org": ("A", "F"),
        "m1@example.org": ("A", "M"),
        "lead2@example.org": ("B", "F"),
        "m2@example.org": ("B", "M"),
    }
    assert Record.objects.order_by("number").last().after == {"enrolled": 4, "without_address": 2}


def test_enrolling_again_changes_nothing():
    activity = courses.activity()
    call = make.call(activity)
    run = make.selection_run(call)
    courses.accepted(call, email="one@example.org", run=run)
    nameless = courses.accepted(call, run=run)
    nameless.email = ""
    nameless.save()
    enrol_accepted(activity, by=None)
    persons, records = Person.objects.count(), Record.objects.count()

    assert enrol_accepted(activity, by=None) == []

    assert (Person.objects.count(), Record.objects.count()) == (persons, records)
    assert Enrolment.objects.count() == 2


def test_nobody_accepted_is_said():
    with pytest.raises(NobodyAccepted):
        enrol_accepted(courses.activity(), by=None)


def test_one_person_is_enrolled_once_and_into_the_emptiest_group():
    activity = courses.activity()
    full, free = make.group(activity, code="A", size=1), make.group(activity, code="B", size=1)
    make.enrolment(activity, group=full)
    person = make.person()

    enrolment = enrol(activity, person=person, attributes={"sex": "M"}, by=None)

    assert (enrolment.group, enrolment.attributes) == (free, {"sex": "M"})
    with pytest.raises(AlreadyEnrolled):
        enrol(activity, person=person, by=None)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_group_is_changed_within_the_activity_only():
    enrolment = make.enrolment(courses.activity())
    group, foreign = make.group(enrolment.activity), make.group(courses.activity())

    assert change_group(enrolment, group=group, by=None).group == group
    with pytest.raises(WrongState):
        change_group(enrolment, group=foreign, by=None)


def test_leaving_needs_a_reason_and_happens_once():
    enrolment = make.enrolment(courses.activity())
    with pytest.raises(ReasonMissing):
        mark_left(enrolment, reason=" ", by=None)

    left = mark_left(enrolment, reason="Moved abroad", by=None)

    assert (left.state, left.left_reason) == ("left", "Moved abroad")
    with pytest.raises(WrongState):
        mark_left(enrolment, reason="Again", by=None)
    with pytest.raises(WrongState):
        complete_enrolment(enrolment, by=None)


def test_completing_is_recorded():
    enrolment = make.enrolment(courses.activity())

    assert complete_enrolment(enrolment, by=None).state == "completed"
    assert Record.objects.get().act == "completed"


@pytest.mark.parametrize("field", ["person", "state"])
def test_database_holds_one_enrolment_a_person_in_a_known_state(field):
    enrolment = make.enrolment(courses.activity())
    with pytest.raises(IntegrityError), transaction.atomic():
        if field == "person":
            make.enrolment(enrolment.activity, person=enrolment.person)
        else:
            Enrolment.objects.update(state="asleep")
