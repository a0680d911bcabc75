"""Each person is told only what is new to him or her, and can be told nothing else by mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.delivery.services import change_group
from karvan.stages.timetables.models import Session
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    cancel_session,
    lay_out_sessions,
    letters_about,
    people_to_tell,
    publish_timetable,
)
from tests import make

from . import camps

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])


def published(activity):
    return publish_timetable(build_timetable(activity, by=None), by=None)


def copied(version):
    """A draft that holds everything where the version has it."""
    draft = make.timetable(version.activity)
    for one in version.placements.all():
        trainers = list(one.trainers.all())
        one.pk, one.timetable = None, draft
        one.save()
        one.trainers.set(trainers)
    return draft


def letter_to(person, kind="timetables/changes"):
    return Message.objects.get(kind=kind, to_person=person).body


def test_change_of_room_alone_is_told_with_both_rooms(activity):
    person = make.enrolment(activity).person
    draft = copied(published(activity))
    last = draft.placements.last()
    last.room = camps.room(activity.edition, "SECOND", name="Blue room")
    last.save()

    publish_timetable(draft, by=None)

    assert "D1S2: Monday, 14 September 2026" in letter_to(person)
    assert f"now in Blue room (before: {last.session.placements.first().room})" in letter_to(person)
    assert "D1S1" not in letter_to(person)


def test_change_of_trainer_alone_is_told_by_name_and_to_both_trainers(activity):
    person = make.enrolment(activity).person
    other = add_trainer(activity, person=make.person("Nərgiz"), roles=["HEAD"], by=None)
    first = published(activity)
    draft = copied(first)
    last = draft.placements.last()
    before = last.trainers.get()
    now = other if before != other else activity.trainers.exclude(pk=other.pk).get()
    last.trainers.set([now])
    Message.objects.all().delete()

    publish_timetable(draft, by=None)

    assert f"now with {now} (before: {before})" in letter_to(person)
    assert "no longer for you: D1S2" in letter_to(before.person)
    kinds = Message.objects.filter(to_person=now.person).values_list("kind", flat=True)
    assert len(kinds) == 1


def test_trainers_are_listed_as_the_readers_language_lists(activity):
    person = make.enrolment(activity, person=make.person("Leyla", language="ar")).person
    other = add_trainer(activity, person=make.person("Nərgiz"), roles=["HEAD"], by=None)
    draft = copied(published(activity))
    last = draft.placements.last()
    last.trainers.set(activity.trainers.all())
    assert last.trainers.count() > 1

    publish_timetable(draft, by=None)

    letter = letter_to(person)
    assert str(other) in letter
    assert "، ".join(str(trainer) for trainer in last.trainers.all()) in letter


def test_change_of_length_alone_is_told(activity):
    person = make.enrolment(activity).person
    draft = copied(published(activity))
    last = draft.placements.last()
    last.ends_at += timedelta(minutes=30)
    last.save()

    publish_timetable(draft, by=None)

    assert "now until Monday, 14 September 2026" in letter_to(person)


def test_session_the_design_has_no_more_is_told_once_one_called_off_not_again(activity):
    person = make.enrolment(activity).person
    published(activity)
    data = activity.edition.blueprint.data
    data["activities"][0]["sessions"] = data["activities"][0]["sessions"][:1]
    lay_out_sessions(activity, by=None)

    published(activity)

    assert "no longer for you: D1S2" in letter_to(person)
    many = Message.objects.count()
    cancel_session(Session.objects.get(code="D1S1"), reason="Strike", by=None)
    told = Message.objects.count()
    assert told > many
    publish_timetable(make.timetable(activity), by=None)
    assert Message.objects.count() == told


def test_person_put_into_another_group_is_told_its_sessions(activity):
    mine, other = make.group(activity), make.group(activity)
    enrolment = make.enrolment(activity, group=mine)
    first, second = Session.objects.order_by("code")
    Session.objects.filter(pk=first.pk).update(group=mine)
    Session.objects.filter(pk=second.pk).update(group=other)
    draft = copied(published(activity))
    change_group(enrolment, group=other, by=None)

    publish_timetable(draft, by=None)

    assert "no longer for you: D1S1" in letter_to(enrolment.person)
    assert "D1S2: Monday" in letter_to(enrolment.person)
    again = copied(draft)
    assert people_to_tell(again) == 0


def test_who_came_later_is_told_all_of_it_once(activity):
    make.enrolment(activity)
    draft = copied(published(activity))
    late = make.enrolment(activity)
    late.enrolled_at = make.moment(2026, 9, 1)
    late.save()
    draft.activity.timetables.filter(state="published").update(published_at=make.moment(2026, 8, 1))

    publish_timetable(draft, by=None)

    told = Message.objects.get(to_person=late.person)
    assert told.kind == "timetables/published"
    assert ("D1S1" in told.body, "D1S2" in told.body) == (True, True)


def test_trainer_who_also_takes_part_gets_one_letter(activity):
    trainer = activity.trainers.get()
    make.enrolment(activity, person=trainer.person)

    published(activity)

    assert Message.objects.filter(to_person=trainer.person).count() == 1


def test_record_says_who_was_told_and_in_which_languages(activity):
    person = make.enrolment(activity, person=make.person("Leyla", language="az")).person

    version = published(activity)

    after = Record.objects.get(act="published", subject_id=str(version.pk)).after
    teacher = activity.trainers.get().person
    assert after["told"] == 2
    assert after["readers"] == sorted([person.pk, teacher.pk])
    assert after["languages_told"] == {"az": 1, "en": 1}


def test_letter_is_read_before_publishing_in_its_readers_language(activity, client):
    officer = make.officer()
    client.force_login(officer)
    leyla = make.enrolment(activity, person=make.person("Leyla", language="ar")).person
    draft = build_timetable(activity, by=None)
    path = reverse("timetables:letters", args=[activity.edition.slug, activity.code, draft.number])

    page = client.get(path, {"person": leyla.pk})

    assert "As Leyla will read it" in page.text
    assert 'lang="ar" dir="rtl"' in page.text
    assert Message.objects.count() == 0
    shown = next(one for one in letters_about(draft) if one.reader.person == leyla).preview()
    publish_timetable(draft, by=None)
    written = Message.objects.get(to_person=leyla)
    assert (written.subject, written.body) == (shown.subject, shown.body)
    after = client.get(path)
    assert "2 people were told" in after.text
    assert "Leyla" in after.text


def test_draft_with_nothing_new_tells_nobody(activity, client):
    client.force_login(make.officer())
    make.enrolment(activity)
    draft = copied(published(activity))
    path = reverse("timetables:letters", args=[activity.edition.slug, activity.code, draft.number])

    assert "Nobody gets a letter" in client.get(path).text
    assert people_to_tell(draft) == 0


def test_list_of_letters_costs_the_same_for_one_and_for_three(
    activity, client, django_assert_num_queries
):
    client.force_login(make.officer())
    draft = build_timetable(activity, by=None)
    path = reverse("timetables:letters", args=[activity.edition.slug, activity.code, draft.number])
    client.get(path)

    for _round in range(2):
        make.enrolment(activity)
        make.enrolment(activity)
        with django_assert_num_queries(14):
            client.get(path)
