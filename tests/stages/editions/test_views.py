"""Screens of editions, through the real client: adopting on its path, reading, acting."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from karvan.stages.editions.models import Departure, Edition, Venue
from karvan.stages.editions.queries import document_of
from karvan.stages.editions.services import (
    add_partner,
    cancel_edition,
    depart,
    finish_adoption,
    freeze_plan,
)
from tests import make

from .adopted import adopt, ventures

pytestmark = pytest.mark.django_db
DAYS = "activities.BC3.duration.days"


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def address(name, edition, *more):
    return reverse(f"editions:{name}", args=[edition.slug, *more])


def typed_for(blueprint, code="MA-2027"):
    return {
        "blueprint": blueprint.pk,
        "country": make.country("MA").pk,
        "code": code,
        "languages": ["en", "fr"],
        "host": make.party().pk,
    }


def test_country_adopts_on_its_path(client):
    """The coordinator named in advance clicks through from the waiting edition to a working one."""
    blueprint = ventures()
    typed = typed_for(blueprint)
    client.force_login(make.role("coordinator", "TVP/MA-2027"))

    first = client.get(reverse("editions:adopt"))
    assert f"?blueprint={blueprint.pk}&amp;code=MA-2027" in first.text
    asked = client.get(reverse("editions:adopt"), {"blueprint": blueprint.pk, "code": "MA-2027"})
    assert 'value="MA-2027"' in asked.text

    begun = client.post(reverse("editions:adopt"), typed)
    edition = Edition.objects.get()
    assert begun["Location"] == address("partners", edition)

    client.post(
        address("partners", edition),
        {"party": make.party().pk, "part": "funder", "amount": "500", "currency": "mad"},
    )
    page = client.get(address("dates", edition), {"earliest": "2027-04-05"})
    for row in page.context["rows"]:
        proposal = row["shown"].proposal
        client.post(
            address("plan", edition, row["activity"].code),
            {"starts_on": proposal.start, "ends_on": proposal.end},
        )
    client.post(address("add_venue", edition), {"names_en": "School", "city": "Rabat"})
    client.post(
        address("add_room", edition, Venue.objects.get().pk),
        {"name": "Hall", "code": "H1", "seats": 120, "kinds": ["HALL"]},
    )
    path = "activities.BC3.selection.quotas.WOMEN.floor_percent"
    client.post(f"{address('change', edition)}?path={path}", {"after": "45", "reason": "Our plan"})
    assert client.get(address("review", edition)).status_code == 200
    client.post(address("finish", edition), {"despite": ""})

    edition.refresh_from_db()
    assert edition.state == "adopted"
    assert [p.currency for p in edition.partners.all()] == ["", "MAD"]
    assert edition.activities.get(code="BC3").planned_starts_on == date(2027, 4, 5)
    assert [r.code for r in edition.venues.get().rooms.all()] == ["H1"]
    assert Departure.objects.get().after == 45


def test_path_can_be_left_and_resumed(client, officer):
    edition = adopt()

    page = client.get(address("venues", edition))

    states = [(str(step.title), step.state, step.present) for step in page.context["path"].steps]
    assert ("Dates", "open", False) in states
    assert ("Venues and rooms", "open", True) in states


def test_second_adoption_of_a_code_is_caught_on_screen_and_keeps_what_was_typed(client, officer):
    blueprint = ventures()
    adopt(blueprint)

    answer = client.post(reverse("editions:adopt"), typed_for(blueprint))

    assert answer.status_code == 422
    assert "already has an edition MA-2027" in answer.text
    assert 'value="MA-2027"' in answer.text
    assert Edition.objects.count() == 1


def test_coordinator_adopts_only_what_he_or_she_was_named_for(client):
    blueprint = ventures()
    client.force_login(make.role("coordinator", "TVP/MA-2027"))

    answer = client.post(reverse("editions:adopt"), typed_for(blueprint, code="EG-2027"))

    assert answer.status_code == 422
    assert "TVP/EG-2027" in answer.text
    assert Edition.objects.count() == 0


def test_adopted_edition_no_longer_waits(client):
    blueprint = ventures()
    client.force_login(make.role("coordinator", "TVP/MA-2027"))
    adopt(blueprint)

    assert client.get(reverse("editions:adopt")).context["waiting"] == []


def test_proposals_keep_ramadan_free_and_say_so(client, officer):
    page = client.get(address("dates", adopt()), {"earliest": "2027-02-10"})

    assert "Ramadan 1448 is kept free" in page.text
    assert page.context["rows"][0]["shown"].proposal.start > date(2027, 3, 8)


def test_planned_days_off_are_pointed_out_and_kept(client, officer):
    edition = adopt()
    client.post(
        address("plan", edition, "BC3"), {"starts_on": "2027-02-26", "ends_on": "2027-03-01"}
    )

    page = client.get(address("dates", edition))

    met = " ".join(page.context["rows"][0]["shown"].met)
    assert "Saturday, not a working day" in met
    assert "Ramadan 1448" in met
    assert "19 Ramadan 1448" in page.text
    assert edition.activities.get(code="BC3").planned_starts_on == date(2027, 2, 26)


def test_country_without_a_working_week_is_told_so(client, officer):
    edition = adopt()
    edition.country.working_weeks.all().delete()

    answer = client.get(address("dates", edition))

    assert "No working week is known" in answer.text


def test_dates_typed_backwards_stay_on_the_page(client, officer):
    edition = adopt()

    answer = client.post(
        address("plan", edition, "BC3"), {"starts_on": "2027-05-04", "ends_on": "2027-05-03"}
    )

    assert answer.status_code == 422
    assert 'value="2027-05-04"' in answer.text


def test_actual_dates_stand_beside_the_frozen_plan(client, officer):
    edition = finish_adoption(adopt(), by=None)
    client.post(
        address("plan", edition, "BC3"), {"starts_on": "2027-05-03", "ends_on": "2027-05-05"}
    )
    freeze_plan(edition.activities.get(code="BC3"), by=None)

    client.post(
        address("record_actual", edition, "BC3"),
        {"starts_on": "2027-09-06", "ends_on": "2027-09-07", "reason": "The hall burnt down"},
    )
    page = client.get(address("edition", edition)).text

    assert "Monday, 3 May 2027" in page
    assert "Monday, 6 September 2027" in page
    assert "The hall burnt down" in page


def test_refused_departure_names_the_lock_and_keeps_what_was_typed(client, officer):
    edition = adopt()

    answer = client.post(
        f"{address('change', edition)}?path=activities.BC3.rooms",
        {"after": "- {code: HALL, seats: 80}", "reason": "One room is enough"},
    )

    assert answer.status_code == 422
    assert "cannot be left out" in answer.text
    assert "One room is enough" in answer.text
    assert Departure.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "typed", "after"),
    [
        (DAYS, "2", 2),
        ("activities.AC6.weekly_report.weekday", "friday", "friday"),
        ("indicators.REACH.target", "250", 250),
        ("indicators.REACH.target", "12,5", 12.5),
        (
            "activities.BC3.sessions.D1S2.roles",
            "HEAD\r\nFACIL\r\nMENTOR",
            ["HEAD", "FACIL", "MENTOR"],
        ),
    ],
)
def test_each_kind_of_value_is_typed_in_a_field_that_fits_it(client, officer, path, typed, after):
    edition = adopt()

    client.post(f"{address('change', edition)}?path={path}", {"after": typed, "reason": "Ours"})

    assert Departure.objects.get().after == after


def test_text_in_languages_is_changed_in_all_of_them(client, officer):
    edition = adopt()
    path = "activities.BC3.sessions.D1S1.title"
    texts = {f"after_{code}": f"Opening {code}" for code in ("en", "fr", "ar", "az")}

    client.post(f"{address('change', edition)}?path={path}", {**texts, "reason": "Ours"})

    assert Departure.objects.get().after["fr"] == "Opening fr"


def test_session_is_taken_away_on_screen(client, officer):
    edition = adopt()
    path = "activities.BC3.sessions.D1S5"

    client.post(f"{address('change', edition)}?path={path}", {"goes": "on", "reason": "No time"})

    sessions = document_of(edition)["activities"][0]["sessions"]
    assert "D1S5" not in [one["id"] for one in sessions]


def test_broken_yaml_is_said_at_its_line(client, officer):
    edition = adopt()

    answer = client.post(
        f"{address('change', edition)}?path=activities.BC3.rooms",
        {"after": "- {code: HALL,\n  seats: [", "reason": "x"},
    )

    assert answer.status_code == 422
    assert "Line 3" in answer.text


def test_unknown_part_has_no_page(client, officer):
    edition = adopt()

    assert client.get(f"{address('change', edition)}?path=activities.BC9").status_code == 404
    assert client.get(address("change", edition)).status_code == 404


def test_open_parts_are_listed_with_their_locks_and_fixed_ones_are_not(client, officer):
    page = client.get(address("parts", adopt()))

    paths = [part.path for part in page.context["parts"]]
    assert DAYS in paths
    assert not any("weight" in path or ".award" in path for path in paths)
    assert "Three days are planned" in page.text


def test_parts_inside_a_part_are_listed(client, officer):
    page = client.get(address("parts", adopt()), {"under": "activities.BC3.rooms"})

    assert "activities.BC3.rooms.HALL.seats" in [part.path for part in page.context["parts"]]


def test_departures_are_told_in_words_and_exported(client, officer):
    edition = adopt()
    depart(edition, path=DAYS, after=2, reason="Practice", by=officer)
    depart(edition, path=DAYS, after=4, reason="A larger hall", by=officer)

    page = client.get(address("departures", edition)).text
    export = client.get(address("departures", edition), {"format": "csv"})

    assert "Boot camp: days 3 → 4" in page
    assert "superseded" in page
    assert b"Practice" in b"".join(export) if export.streaming else b"Practice" in export.content


def test_last_host_stays_and_the_reason_typed_too(client, officer):
    edition = adopt()
    host = edition.partners.get()

    answer = client.post(address("remove_partner", edition, host.pk), {"reason": "Withdrew"})

    assert answer.status_code == 422
    assert "always has a host" in answer.text
    assert edition.partners.count() == 1


def test_venue_of_another_country_cannot_be_reached_from_here(client, officer):
    edition = adopt()
    elsewhere = make.venue(country=make.country("AZ"))

    assert client.post(address("add_room", edition, elsewhere.pk), {}).status_code == 404


def test_cancelled_edition_says_why_and_offers_no_act(client, officer):
    edition = adopt()

    cancel_edition(edition, reason="The ministry withdrew", by=officer)
    page = client.get(address("edition", edition)).text

    assert "Cancelled" in page
    assert "The ministry withdrew" in page
    assert reverse("editions:fulfil", args=[edition.slug]) not in page


def test_trainer_of_one_activity_reads_the_record_without_amounts_or_history(client):
    edition = adopt()
    add_partner(
        edition,
        party=make.party(),
        part="funder",
        amount=777_777,
        currency="MAD",
        by=make.officer(),
    )
    client.force_login(make.role("trainer", f"{edition.scope}/BC3"))

    page = client.get(address("edition", edition))

    assert page.status_code == 200
    assert "777777" not in page.text.replace(",", "")
    assert "History" not in page.text
    assert client.get(address("partners", edition)).status_code == 403


def test_coordinator_of_another_country_finds_nothing(client):
    edition = adopt()
    client.force_login(make.role("coordinator", "TVP/EG-2027"))

    assert client.get(address("edition", edition)).status_code == 404
    assert edition.scope not in client.get(reverse("editions:editions")).text


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same_for_one_edition_and_three(
    client, officer, django_assert_num_queries, rows
):
    for _row in range(rows):
        make.activity(of=make.edition())

    # sign-in 2, roles 1, countries 1, counts 1, rows 1
    with django_assert_num_queries(6):
        assert client.get(reverse("editions:editions")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_departures_cost_the_same_for_one_and_three(
    client, officer, django_assert_num_queries, rows
):
    edition = adopt()
    for path in (DAYS, "activities.BC3.cohort.max", "activities.AC6.duration.weeks")[:rows]:
        depart(edition, path=path, after=4 if "cohort" not in path else 50, reason="x", by=officer)

    # The file, as the page's rail has a cost of its own: sign-in 2, edition 1, roles 1, rows 1
    with django_assert_num_queries(5):
        answer = client.get(address("departures", edition), {"format": "csv"})
        assert len(b"".join(answer).splitlines()) == rows + 1
