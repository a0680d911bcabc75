"""The screens of what was adopted: registers, search, paper, follow-up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import Resolution, ResolutionParagraph
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall(code="gc")


@pytest.fixture
def officer(there, sign_in):
    return sign_in(there.officer)


def address(there, name, *args):
    return reverse(f"convening:{name}", args=["gc", there.session.slug, *args])


def test_register_is_searched_by_number_title_and_paragraph(there, officer):
    make.resolution(there.session, titles={"en": "Water"}, operative=["Asks for wells."])
    make.resolution(there.session, titles={"en": "Budget"}, operative=["Approves it."])
    for words, found, other in (("wells", "Water", "Budget"), ("budg", "Budget", "Water")):
        page = officer.get(address(there, "resolutions"), {"q": words}).content.decode()
        body = page.split("<tbody")[1].split("</tbody>")[0]
        assert found in body
        assert other not in body


@pytest.mark.parametrize("name", ["resolutions", "organ_resolutions"])
def test_register_costs_the_same_for_one_row_and_for_three(name, there, officer):
    where = reverse("convening:organ_resolutions", args=["gc"])
    where = where if name == "organ_resolutions" else address(there, name)
    make.resolution(there.session)
    officer.get(where)
    with CaptureQueriesContext(connection) as one_row:
        officer.get(where)
    for _more in range(2):
        make.resolution(there.session)
    with CaptureQueriesContext(connection) as three_rows:
        answer = officer.get(where)
    assert len(one_row) == len(three_rows)
    assert answer.content.decode().count("/R.") >= 3


def test_filter_shows_those_not_wholly_followed_up(there, officer):
    make.resolution(there.session, titles={"en": "Only words"}, operative=[])
    make.resolution(there.session, titles={"en": "Waiting"})
    page = officer.get(address(there, "resolutions"), {"show": "waiting"}).content.decode()
    body = page.split("<tbody")[1].split("</tbody>")[0]
    assert ("Waiting" in body, "Only words" in body) == (True, False)


def test_page_shows_what_became_of_each_paragraph(there, officer):
    made = make.resolution(there.session, operative=["Asks the host.", "Thanks the host."])
    first = made.paragraphs.get(number="1")
    due = timezone.localdate() + timedelta(days=60)
    typed = {"owner": make.party("host").pk, "due_on": due.isoformat()}
    officer.post(address(there, "follow_paragraph", made.pk, first.pk), typed)
    commitment = Commitment.objects.get()
    commitment.state = "kept"
    commitment.save()
    page = officer.get(address(there, "resolution", made.pk)).content.decode()
    assert f"Commitment {commitment.code}" in page
    assert 'data-state="kept"' in page
    assert "Follow up paragraph 2" in page
    assert "Follow up paragraph 1" not in page


def test_follow_up_without_a_date_keeps_what_was_typed(there, officer):
    made = make.resolution(there.session)
    paragraph = made.paragraphs.get()
    typed = {"owner": make.party().pk, "due_on": "", "deliverable": "A plan"}
    answer = officer.post(address(there, "follow_paragraph", made.pk, paragraph.pk), typed)
    assert answer.status_code == 422
    assert 'value="A plan"' in answer.content.decode()
    assert not Commitment.objects.exists()


def test_the_list_of_what_is_not_followed_up_says_why_or_that_nobody_has(there, officer):
    made = make.resolution(there.session, operative=["Thanks.", "Asks."])
    first = made.paragraphs.get(number="1")
    officer.post(
        address(there, "leave_paragraph", made.pk, first.pk), {"reason": "It only thanks."}
    )
    page = officer.get(address(there, "not_followed_up")).content.decode()
    assert page.index("nobody has said") < page.index("It only thanks.")
    answer = officer.post(address(there, "leave_paragraph", made.pk, first.pk), {"reason": ""})
    assert answer.status_code == 422


def test_sheet_has_two_languages_side_by_side(there, officer):
    made = make.resolution(there.session)
    page = officer.get(address(there, "resolution_print", made.pk), {"beside": "ar"})
    text = page.content.decode()
    assert 'lang="en" dir="ltr">Decides to meet again.<' in text
    assert 'lang="ar" dir="rtl">Decides to meet again. (ar)<' in text
    one = officer.get(address(there, "resolution_print", made.pk), {"beside": "xx"})
    assert one.status_code == 200


def test_a_number_from_old_papers_is_entered_once(there, officer):
    typed = {
        "kind": "resolution",
        "number": "GC 3/RES.7",
        "titles_en": "Headquarters",
        "adopted_on": "1988-11-07",
        "operative": "Decides.\n\nThanks.",
        "source": "Printed records of the third session",
    }
    assert officer.post(address(there, "enter_resolution"), typed).status_code == 302
    assert ResolutionParagraph.objects.count() == 2
    answer = officer.post(address(there, "enter_resolution"), typed)
    assert answer.status_code == 422
    assert "never used twice" in answer.content.decode()
    assert Resolution.objects.count() == 1


def test_resolution_of_another_session_is_not_found_here(there, officer):
    other = make.resolution(make.statutory_session(there.session.organ))
    assert officer.get(address(there, "resolution", other.pk)).status_code == 404
