"""The screens of the hall: what they show, keep and refuse."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.convening.models import Ballot, Cast, Motion, Vote, VoteEvent
from karvan.stages.convening.queries.hall_quorum import quorum_at
from karvan.stages.convening.services.hall_casting import cast_ballot
from karvan.stages.convening.services.hall_closing import close_vote
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall(code="gc")


@pytest.fixture
def officer(there, sign_in):
    return sign_in(there.officer)


@pytest.fixture
def delegate(there, sign_in):
    person = make.person("Leyla Quliyeva")
    make.session_delegate(there.delegations[0], person=person, rank="head")
    return sign_in(person)


def address(there, name, *args):
    return reverse(f"convening:{name}", args=["gc", there.session.slug, *args])


def test_roll_is_taken_whole_without_scripts(there, officer):
    chosen = [there.delegations[0].pk, there.delegations[7].pk]
    answer = officer.post(address(there, "roll", 1), {"present": chosen}, follow=True)
    assert "Changed: 5." in answer.content.decode()
    now = quorum_at(there.sitting, make_now())
    assert now.present == 2


def make_now():
    from django.utils import timezone

    return timezone.now()


def test_one_tick_answers_with_the_foot_of_the_roll(there, officer):
    where = address(there, "mark_in_hall", 1, there.delegations[7].pk)
    answer = officer.post(
        where, {"present": [there.delegations[7].pk]}, headers={"hx-request": "true"}
    )
    assert "In the hall: 6. Needed: 5" in answer.content.decode()
    answer = officer.post(where, {}, headers={"hx-request": "true"})
    assert "In the hall: 5." in answer.content.decode()


def test_roll_of_a_closed_sitting_keeps_what_was_ticked(there, officer):
    officer.post(address(there, "close_sitting", 1))
    answer = officer.post(address(there, "roll", 1), {"present": [there.delegations[7].pk]})
    assert answer.status_code == 422
    assert "is closed" in answer.content.decode()
    box = f'value="{there.delegations[7].pk}" checked'
    assert box in answer.content.decode()


def test_sitting_shows_its_quorum_at_a_moment_asked_for(there, officer):
    answer = officer.get(address(there, "sitting", 1), {"at": "2020-01-01T10:00"})
    assert "In the hall: 0. Needed: 5" in answer.content.decode()
    wrong = officer.get(address(there, "sitting", 1), {"at": "yesterday"})
    assert wrong.status_code == 422


def test_times_are_typed_in_the_time_of_the_hall(there, officer):
    there.session.time_zone = "Asia/Baku"
    there.session.save()
    typed = {"planned_start": "2026-12-07T10:00", "planned_end": "2026-12-07T13:00"}
    officer.post(address(there, "plan_sitting"), typed)
    made = there.session.sittings.get(number=2)
    assert made.planned_start == make.moment(2026, 12, 7, 6)
    page = officer.get(address(there, "change_sitting", 2)).content.decode()
    assert 'value="2026-12-07T10:00"' in page


def test_without_quorum_the_form_of_the_question_keeps_what_was_typed(sign_in):
    there = hall(present=2, code="gc")
    client = sign_in(there.officer)
    typed = {"titles_en": "Where to meet", "method": "show_of_hands", "requirement": "two_thirds"}
    answer = client.post(address(there, "put_to_vote", 1), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "so 3 are missing" in page
    assert 'value="Where to meet"' in page
    assert not VoteEvent.objects.exists()


def test_majority_is_proposed_by_the_kind_of_question(there, officer):
    item = make.agenda_item(there.session, question="charter")
    motion = make.motion(there.session, item=item)
    page = officer.get(f"{address(there, 'put_to_vote', 1)}?motion={motion.pk}").content.decode()
    assert '<option value="two_thirds" selected>' in page


def test_a_roll_call_goes_from_one_delegation_to_the_next(there, officer):
    drawn = there.delegations[3].membership
    event = there.vote(begins_with=drawn)
    page = officer.get(address(there, "vote", event.pk)).content.decode()
    assert page.index("Djibouti") < page.index("Egypt") < page.index("Azerbaijan")
    for number, option in ((3, "yes"), (4, "no"), (0, "yes")):
        officer.post(
            address(there, "call_vote", event.pk, there.delegations[number].pk), {"option": option}
        )
    page = officer.get(address(there, "vote", event.pk)).content.decode()
    assert "Still to answer: 2" in page
    again = officer.post(
        address(there, "call_vote", event.pk, there.delegations[3].pk),
        {"option": "no"},
        follow=True,
    )
    assert "A delegation votes once" in again.content.decode()
    officer.post(address(there, "close_vote", event.pk))
    event.refresh_from_db()
    assert (event.result, event.counts["yes"]) == ("adopted", 2)


def test_counts_of_tellers_are_refused_with_what_was_typed(there, officer):
    event = there.vote("show_of_hands")
    typed = {"teller1-option0": 9, "teller1-option1": 0, "teller1-option2": 0}
    answer = officer.post(address(there, "enter_count", event.pk, "1"), typed)
    assert answer.status_code == 422
    assert 'value="9"' in answer.content.decode()
    assert "only 5 delegations" in answer.content.decode()


def test_screen_shows_votes_as_they_come_and_then_the_result(there, officer):
    motion = make.motion(there.session)
    event = there.vote(motion=motion)
    there.call(event, "yyn")
    page = officer.get(address(there, "hall_screen")).content.decode()
    assert "Now called:" in page
    assert page.count('data-choice="yes"') == 1
    assert "<header" not in page
    there.call(event, "---yy")
    close_vote(event, by=there.officer)
    page = officer.get(address(there, "hall_screen")).content.decode()
    assert "GC 12/RES.1" in page
    assert 'lang="fr"' in page  # the question in two languages


def test_screen_of_a_secret_vote_tells_only_how_many_have_cast(there, officer):
    event = there.vote("secret", is_electronic=True)
    for delegation in there.delegations[:2]:
        cast_ballot(event, delegation, option="yes", by=None)
    for name, args in (("hall_screen", ()), ("vote", (event.pk,))):
        page = officer.get(address(there, name, *args)).content.decode()
        assert "2 of 5" in page
        assert 'data-choice="yes"' not in page


def test_a_delegate_votes_once_from_a_telephone(there, delegate):
    assert "Nothing is put to the vote" in delegate.get(address(there, "ballot")).content.decode()
    event = there.vote(is_electronic=True)
    assert "Vote: For" in delegate.get(address(there, "ballot")).content.decode()

    first = delegate.post(
        address(there, "ballot"), {"event": event.pk, "option": "no"}, follow=True
    )
    second = delegate.post(
        address(there, "ballot"), {"event": event.pk, "option": "yes"}, follow=True
    )

    assert "Your vote is counted." in first.content.decode()
    assert "A delegation votes once" in second.content.decode()
    assert [one.option for one in Vote.objects.all()] == ["no"]


def test_a_vote_for_a_question_that_is_over_is_not_counted_for_the_next(there, delegate):
    event = there.vote("secret", is_electronic=True)
    close_vote(event, by=there.officer)
    there.vote("secret", is_electronic=True)
    answer = delegate.post(
        address(there, "ballot"), {"event": event.pk, "option": "yes"}, follow=True
    )
    assert "no longer open" in answer.content.decode()
    assert (Cast.objects.count(), Ballot.objects.count()) == (0, 0)


def test_a_delegate_without_credentials_reads_why_it_has_no_vote(there, delegate):
    there.delegations[0].credential.delete()
    there.vote(is_electronic=True)
    page = delegate.get(address(there, "ballot")).content.decode()
    assert "has sent no credentials" in page
    assert "<form" not in page.split('id="ballot"')[1].split("</main>")[0]


def test_a_vote_that_is_not_electronic_is_not_on_telephones(there, delegate):
    there.vote()
    assert "Nothing is put" in delegate.get(address(there, "ballot")).content.decode()


def test_a_delegate_submits_a_draft_for_the_own_delegation_only(there, delegate):
    typed = {"kind": "resolution", "titles_en": "Water", "sponsors": [there.delegations[1].pk]}
    assert delegate.post(address(there, "submit_motion"), typed).status_code == 422
    typed["sponsors"] = [there.delegations[0].pk]
    assert delegate.post(address(there, "submit_motion"), typed).status_code == 302
    assert Motion.objects.get().symbol == "GC 12/L.1"


def test_motion_shows_an_amendment_as_changes_of_the_text(there, officer):
    motion = make.motion(there.session, operative=["Decides to meet in Baku in May."])
    typed = {"number": "1", "act": "replace", "texts_en": "Decides to meet in Rabat in May."}
    officer.post(address(there, "amend_motion", motion.pk), typed)
    page = officer.get(address(there, "motion", motion.pk)).content.decode()
    assert "Decides to meet in <del>Baku</del><ins>Rabat</ins> in May." in page


def test_amendment_to_no_paragraph_keeps_what_was_typed(there, officer):
    motion = make.motion(there.session)
    typed = {"number": "12", "act": "replace", "texts_en": "Other."}
    answer = officer.post(address(there, "amend_motion", motion.pk), typed)
    assert answer.status_code == 422
    assert "There is no paragraph 12" in answer.content.decode()
    assert "Other." in answer.content.decode()


@pytest.mark.parametrize("name", ["sittings", "motions", "votes"])
def test_registers_cost_the_same_for_one_row_and_for_three(name, there, officer):
    make.motion(there.session)
    make.vote_event(there.session)
    officer.get(address(there, name))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one_row:
        officer.get(address(there, name))
    for _more in range(2):
        make.motion(there.session)
        make.vote_event(there.session)
        make.sitting(there.session)
    with CaptureQueriesContext(connection) as three_rows:
        officer.get(address(there, name))
    assert len(one_row) == len(three_rows)


@pytest.mark.parametrize("name", ["sittings", "motions", "votes", "hall_screen", "resolutions"])
def test_screens_speak_arabic(name, there, officer):
    answer = officer.get(address(there, name).replace("/en/", "/ar/"))
    assert 'dir="rtl"' in answer.content.decode()
