"""A partner's page: its own party only; for others where they read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.foundation import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A ministry in two countries: host in Baku, partner in Rabat."""
    baku = make.edition(titles=make.texts("Baku"))
    rabat = make.edition(titles=make.texts("Rabat"), country=make.country("MA"))
    party = make.party("ministry", names=make.texts("Ministry of youth"))
    for edition, part in ((baku, "host"), (rabat, "partner")):
        edition.partners.create(
            party=party,
            part=part,
            contribution=f"Hall of {edition}",
            amount=1500,
            currency="AZN",
            reserved_seats=2,
        )
    return {"baku": baku, "rabat": rabat, "party": party}


def test_partner_reads_promises_contributions_places_and_dates(sign_in, world):
    person = make.role("partner", world["baku"].scope, party=world["party"])
    activity = make.activity(of=world["baku"], planned_starts_on=clock.today() + timedelta(days=3))
    make.timetable(activity, state="published")
    make.call(activity).nominations.create(
        party=world["party"],
        name="N",
        email="n@example.org",
        made_by=person,
        made_at=timezone.now(),
    )
    make.commitment(owner=world["party"], titles=make.texts("Twelve bursaries"))
    make.commitment(titles=make.texts("Another party's promise"))

    page = sign_in(person).get("/en/partners/ministry/")

    assert "Hall of Baku" in page.text and "Hall of Rabat" in page.text
    assert "1,500.00\N{NO-BREAK SPACE}AZN" in page.text
    assert "Twelve bursaries" in page.text
    assert "Another party" not in page.text
    assert [one.nominated for one in page.context["parts"]] == [1, 0]
    assert [one.activity for one in page.context["dates"]] == [activity]
    calendar = sign_in(None).get(page.context["dates"][0].calendar)
    assert calendar["Content-Type"].startswith("text/calendar")


def test_partner_of_one_party_does_not_learn_of_another(sign_in, world):
    person = make.role("partner", world["baku"].scope, party=make.party())

    client = sign_in(person)

    assert client.get("/en/partners/ministry/").status_code == 404
    slug = world["baku"].slug
    assert client.get(f"/en/editions/{slug}/partners/ministry/").status_code == 404


def test_coordinator_sees_the_party_in_the_own_edition_only(sign_in, world):
    client = sign_in(make.role("coordinator", world["baku"].scope))

    page = client.get("/en/partners/ministry/")

    assert "Hall of Baku" in page.text
    assert "Hall of Rabat" not in page.text


def test_page_of_one_edition_holds_that_edition_only(sign_in, world):
    person = make.role("partner", world["baku"].scope, party=world["party"])
    client = sign_in(person)

    page = client.get(f"/en/editions/{world['baku'].slug}/partners/ministry/")

    assert "Hall of Baku" in page.text
    assert "Hall of Rabat" not in page.text
    elsewhere = make.edition(of=world["baku"].blueprint)
    assert client.get(f"/en/editions/{elsewhere.slug}/partners/ministry/").status_code == 404


def test_officer_sees_a_party_without_any_part_and_a_neighbour_does_not(sign_in):
    make.party("newcomer")

    assert sign_in(make.officer()).get("/en/partners/newcomer/").status_code == 200
    neighbour = make.role("coordinator", make.edition().scope)
    assert sign_in(neighbour).get("/en/partners/newcomer/").status_code == 404


def test_what_the_party_is_to_others_stands_on_its_page(sign_in, world):
    forum = make.forum(names=make.texts("Baku Process"))
    make.partnership(party=world["party"], forum=forum)
    make.partnership(forum=make.forum(names=make.texts("Another forum")))
    person = make.role("partner", world["baku"].scope, party=world["party"])

    page = sign_in(person).get("/en/partners/ministry/").content.decode()

    assert "Official partner · Baku Process" in page
    assert "Another forum" not in page
