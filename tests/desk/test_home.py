"""The desk's page: three things with one act each, the rest by day, at a fixed cost."""

from datetime import timedelta

import pytest

from karvan.desk.queries.needs import BY_ROLE, needs_of
from karvan.foundation import clock
from karvan.foundation.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def promises(count):
    for number in range(count):
        make.consultation(code=f"held-{make.one()}", state="held", titles=make.texts(f"M{number}"))


def test_three_stand_first_and_the_rest_follows(sign_in):
    officer = make.officer()
    promises(4)
    make.commitment(due_on=clock.today() - timedelta(days=1), titles=make.texts("Late one"))

    page = sign_in(officer).get("/en/desk/")

    assert [one.is_late for one in page.context["first"]] == [True, False, False]
    assert [(day, len(needs)) for day, needs in page.context["days"]] == [(None, 2)]
    assert "3 things need you" in page.text
    assert "Say how it stands" in page.text


def test_nothing_to_do_says_so(sign_in):
    page = sign_in(make.officer()).get("/en/desk/")

    assert "Nothing needs you now" in page.text


def test_stranger_is_asked_to_sign_in(client):
    answer = client.get("/en/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/en/accounts/login/?next=/en/desk/")


@pytest.mark.parametrize("language", ["fr", "ar", "az"])
def test_desk_opens_in_every_language(sign_in, language):
    promises(1)

    assert sign_in(make.officer()).get(f"/{language}/desk/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_every_role_together_costs_the_same_for_one_row_and_for_three(
    django_assert_num_queries, rows
):
    person = make.person()
    edition = make.edition()
    for kind in BY_ROLE:
        party = {"party": make.party()} if kind == "partner" else {}
        Role.objects.create(
            person=person, kind=kind, scope="" if kind != "coordinator" else edition.scope, **party
        )
    promises(rows)
    for number in range(rows):
        activity = make.activity(f"A{number}", of=edition)
        make.application(make.call(activity, open_now=False), state="submitted")
        make.enrolment(activity, person=person if not number else make.person())
    with django_assert_num_queries(44):
        needs_of(person)


def test_menu_leads_where_the_roles_let_one_in(sign_in):
    officer, participant = make.officer(), make.person()
    Role.objects.create(person=participant, kind="participant", scope=make.edition().scope)

    of_officer = sign_in(officer).get("/en/desk/").text
    of_participant = sign_in(participant).get("/en/desk/").text

    for address in ("/en/people/", "/en/parties/", "/en/letters/", "/en/programmes/"):
        assert f'<a href="{address}"' in of_officer
        assert f'<a href="{address}"' not in of_participant
    assert '<a href="/en/my/credentials/"' in of_participant


def test_desk_leads_to_the_editions_under_way(sign_in):
    running = make.edition(state="running")
    closed = make.edition(state="closed")

    page = sign_in(make.officer()).get("/en/desk/").text

    assert f"/en/editions/{running.slug}/" in page
    assert f"/en/editions/{closed.slug}/" not in page
