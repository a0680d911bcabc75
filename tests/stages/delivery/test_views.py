"""Screens of delivery through the real client."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from karvan.stages.delivery.models import Attendance, Feedback, HandIn
from karvan.stages.delivery.services import (
    add_material,
    call_roll,
    give_feedback,
    hand_in,
    plan_coursework,
)
from tests import make

from . import courses
from .test_rolls import states

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14  # with those of the frame: session, person, roles, and the pipeline's


def queries(client, path):
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.fixture
def activity():
    return courses.activity()


@pytest.fixture
def trainer(client, activity):
    person = make.role("trainer", activity.scope)
    client.force_login(person)
    return person


def address(name, activity, *more):
    with override("en"):
        return reverse(f"delivery:{name}", args=[activity.edition.slug, activity.code, *more])


def test_roll_is_written_down_by_one_post_without_script(client, activity, trainer):
    session = make.session(activity)
    one, other = courses.participants(activity, 2)
    typed = {f"state-{one.pk}": "late", f"state-{other.pk}": "absent", "save": "1"}

    answer = client.post(address("roll", activity, session.pk), typed)

    assert answer.status_code == 302
    assert states(one, other) == {one.pk: "late", other.pk: "absent"}
    assert Attendance.objects.first().called_by == trainer


def test_all_others_are_present_by_one_button(client, activity, trainer):
    session = make.session(activity)
    one, other = courses.participants(activity, 2)

    client.post(
        address("roll", activity, session.pk),
        {f"state-{one.pk}": "excused", "everybody": "present"},
    )

    assert states(one, other) == {one.pk: "excused", other.pk: "present"}


def test_script_saves_without_a_page_and_part_of_the_roll(client, activity, trainer):
    session = make.session(activity)
    one, _other = courses.participants(activity, 2)

    answer = client.post(address("roll", activity, session.pk), {f"state-{one.pk}": "present"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert Attendance.objects.count() == 1


def test_names_of_another_activity_in_the_post_are_left_alone(client, activity, trainer):
    session = make.session(activity)
    courses.participants(activity, 1)
    foreign = make.enrolment(courses.activity())

    client.post(
        address("roll", activity, session.pk), {f"state-{foreign.pk}": "absent", "save": "1"}
    )

    assert Attendance.objects.count() == 0


def test_roll_of_thirty_costs_as_much_as_of_three(client, activity, trainer):
    session = make.session(activity)
    people = courses.participants(activity, 3)
    call_roll(session, states={people[0].pk: "present"}, by=None)
    path = address("roll", activity, session.pk)
    client.get(path)

    of_three = queries(client, path)
    courses.participants(activity, 27)
    of_thirty = queries(client, path)

    assert of_three == of_thirty <= MOST_QUERIES
    page = client.get(path).text
    assert (page.count('type="radio"'), page.count(" checked")) == (120, 1)


def test_register_of_participants_costs_the_same_with_one_and_with_three(client, activity, trainer):
    path = address("participants", activity)

    def enrolled(count):
        for one in courses.participants(activity, count):
            call_roll(make.session(activity), states={one.pk: "present"}, by=None)

    enrolled(1)
    client.get(path)
    with_one = queries(client, path)
    enrolled(2)

    assert queries(client, path) == with_one <= MOST_QUERIES
    assert client.get(path).text.count("100%") == 3


def test_register_is_narrowed_and_written_as_a_file(client, activity, trainer):
    group = make.group(activity)
    own = make.enrolment(activity, group=group, person=make.person("Leyla Əliyeva"))
    other = make.enrolment(activity, person=make.person("Murad Həsənov"))
    address_of = address("participants", activity)

    by_group = client.get(address_of, {"group": group.pk})
    by_name = client.get(address_of, {"q": "hesenov"})
    file = client.get(address_of, {"format": "csv"})

    assert str(own.person) in by_group.text and str(other.person) not in by_group.text
    assert str(other.person) in by_name.text and str(own.person) not in by_name.text
    assert "Leyla Əliyeva" in file.getvalue().decode("utf-8-sig")


def test_participant_sees_only_the_own_record(client, activity):
    own, other = courses.participants(activity, 2)
    client.force_login(own.person)

    assert client.get(address("participant", activity, own.pk)).status_code == 200
    assert client.get(address("participant", activity, other.pk)).status_code == 404
    assert client.get(address("participants", activity)).status_code == 403


def test_trainer_of_another_activity_finds_nothing(client, activity):
    client.force_login(make.role("trainer", courses.activity().scope))
    session = make.session(activity)

    assert client.get(address("roll", activity, session.pk)).status_code == 404
    assert client.get(address("participants", activity)).status_code == 404


def test_work_is_handed_in_marked_by_rubric_and_read_by_its_author_only(client, activity):
    own, other = courses.participants(activity, 2)
    plan_coursework(activity, by=None)
    client.force_login(own.person)
    client.post(address("piece", activity, "A4"), {"text": "My defence"})
    made = HandIn.objects.get()
    client.force_login(make.role("trainer", activity.scope))

    wrong = client.post(address("mark", activity, made.pk), {"mark-F": "4"})
    client.post(
        address("mark", activity, made.pk), {"mark-F": "4", "mark-S": "2", "comment": "Good"}
    )

    assert wrong.status_code == 422
    made.refresh_from_db()
    assert (made.percent, made.comment) == (75, "Good")
    client.force_login(own.person)
    assert "Good" in client.get(address("piece", activity, "A4")).text
    client.force_login(other.person)
    assert "My defence" not in client.get(address("piece", activity, "A4")).text
    assert client.get(address("mark", activity, made.pk)).status_code == 403


def test_file_of_somebody_else_is_not_there(client, activity):
    own, other = courses.participants(activity, 2)
    plan_coursework(activity, by=None)
    upload = courses.text_file()
    made = hand_in(activity.coursework.first(), enrolment=own, upload=upload, by=None)

    client.force_login(other.person)
    refused = client.get(address("hand_in_file", activity, made.pk))
    client.force_login(own.person)
    given = client.get(address("hand_in_file", activity, made.pk))

    assert (refused.status_code, given.status_code) == (404, 200)
    assert b"".join(given.streaming_content) == b"The plan"


def test_feedback_is_given_on_screen_and_summed_up_from_five_answers(client, activity):
    session = make.session(activity)
    people = courses.participants(activity, 5)
    for one in people[:4]:
        give_feedback(session, enrolment=one, rating=4, comment="Secret", by=None)
    client.force_login(make.officer())
    before = client.get(address("session", activity, session.pk))
    client.force_login(people[4].person)
    client.post(address("feedback", activity, session.pk), {"rating": "5", "comment": "Fine"})
    client.force_login(make.officer())
    after = client.get(address("session", activity, session.pk))

    assert Feedback.objects.count() == 5
    assert "Secret" not in before.text and "from five answers on" in before.text
    assert "Secret" in after.text and "5 of 5 answered" in after.text


def test_material_of_another_group_is_not_there(client, activity):
    mine, theirs = make.group(activity), make.group(activity)
    made = add_material(
        make.session(activity, group=theirs), title="T", upload=courses.text_file(), by=None
    )
    client.force_login(make.enrolment(activity, group=mine).person)

    assert client.get(address("material", activity, made.pk)).status_code == 404


def test_list_to_sign_holds_the_names_of_the_roll(client, activity, trainer):
    session = make.session(activity)
    (one,) = courses.participants(activity, 1)

    answer = client.get(address("sheet", activity, session.pk))

    assert str(one.person) in answer.text
    assert "Signature" in answer.text


def test_pages_open_in_arabic_for_a_participant(client, activity):
    (own,) = courses.participants(activity, 1)
    session = make.session(activity)
    client.force_login(own.person)

    for path in (
        address("sessions", activity),
        address("session", activity, session.pk),
        address("participant", activity, own.pk),
        address("coursework", activity),
    ):
        answer = client.get(path.replace("/en/", "/ar/"))
        assert answer.status_code == 200
        assert 'dir="rtl"' in answer.text
