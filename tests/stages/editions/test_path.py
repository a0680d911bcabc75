"""The path of adopting: its steps, what each offers, and what the copy did not carry."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import ClosedPeriod
from karvan.stages.editions.errors import AlreadyThere, RoomsThere, WrongDates, WrongPlace
from karvan.stages.editions.left_open import not_carried
from karvan.stages.editions.models import Edition, Room
from karvan.stages.editions.services import (
    add_needed_rooms,
    add_party,
    depart,
    finish_adoption,
    plan_all_dates,
    prepare_invitation,
    translate_texts,
)
from karvan.stages.editions.steps import path_of
from tests import make

from .adopted import adopt, ventures

pytestmark = pytest.mark.django_db
STEPS = (
    "edition", "partners", "dates", "venues", "places", "translation", "budget", "invitations",
    "review",
)  # fmt: skip


@pytest.fixture
def coordinator(client):
    person = make.role("coordinator", "TVP/MA-2027")
    client.force_login(person)
    return person


def address(name, edition, *more):
    return reverse(f"editions:{name}", args=[edition.slug, *more])


def words_of(edition):
    return " | ".join(line.words for line in not_carried(edition))


def test_every_step_is_a_page_that_leads_to_the_next(client, coordinator):
    edition = adopt()

    for name, following in zip(STEPS, STEPS[1:], strict=False):
        page = client.get(address(name, edition))
        assert page.status_code == 200
        assert address(following, edition) in page.text
        assert f"Step {STEPS.index(name) + 1} of 9" in page.text


def test_steps_say_what_is_done():
    edition = adopt()
    states = {str(step.title): step.state for step in path_of(edition, "edition").steps}
    assert states["Dates"] == states["Venues and rooms"] == states["People to invite"] == "open"
    assert states["Translation of the form"] == states["Partners"] == "done"

    plan_all_dates(
        edition,
        dates={
            "BC3": (date(2027, 4, 5), date(2027, 4, 7)),
            "AC6": (date(2027, 5, 3), date(2027, 6, 11)),
        },
        by=None,
    )
    add_needed_rooms(edition, venue=make.venue(country=edition.country), by=None)
    prepare_invitation(edition, full_name="A", email="a@example.org", kind="trainer", by=None)

    states = {str(step.title): step.state for step in path_of(edition, "edition").steps}
    assert states["Dates"] == states["Venues and rooms"] == states["People to invite"] == "done"


def test_finished_adoption_has_no_path():
    assert path_of(finish_adoption(adopt(), by=None), "dates") is None


def test_country_and_year_are_proposed_and_taken_ones_passed_over(client):
    blueprint = ventures()
    country = make.country("MA", official_languages=["ar", "fr"])
    client.force_login(make.officer())

    page = client.get(reverse("editions:adopt"), {"blueprint": blueprint.pk, "country": "MA"})

    form = page.context["form"]
    assert form["code"].value().startswith("MA-20")
    assert sorted(form["languages"].value()) == ["ar", "fr"]
    first = form["code"].value()
    adopt(blueprint, country=country, code=first)
    again = client.get(reverse("editions:adopt"), {"blueprint": blueprint.pk, "country": "MA"})
    assert again.context["form"]["code"].value() == f"MA-{int(first[3:]) + 1}"


def test_host_that_is_not_in_the_list_is_registered_with_the_edition(client, coordinator):
    blueprint = ventures()
    make.country("MA")

    client.post(
        reverse("editions:adopt"),
        {
            "blueprint": blueprint.pk,
            "country": "MA",
            "code": "MA-2027",
            "languages": ["fr"],
            "new_host_fr": "École de Rabat",
            "new_host_kind": "university",
        },
    )

    host = Edition.objects.get().partners.get().party
    assert (host.code, host.kind, host.country_id) == ("ecole-de-rabat-ma", "university", "MA")


def test_edition_without_a_host_is_asked_for_one(client, coordinator):
    answer = client.post(
        reverse("editions:adopt"),
        {
            "blueprint": ventures().pk,
            "country": make.country("MA").pk,
            "code": "MA-2027",
            "languages": ["fr"],
        },
    )

    assert answer.status_code == 422
    assert "Choose the host, or name one" in answer.text
    assert Edition.objects.count() == 0


def test_missing_party_is_registered_and_offered_at_once(client, coordinator):
    edition = adopt()

    answer = client.post(
        address("add_party", edition), {"names_ar": "مدرسة الرباط", "kind": "university"}
    )
    page = client.get(answer["Location"])

    party = Party.objects.get(kind="university")
    assert party.code == "party-ma"
    assert f'<option value="{party.pk}" selected>' in page.text


def test_party_of_the_same_name_is_not_registered_twice():
    edition = adopt()
    add_party(edition, names={"en": "School of Rabat"}, kind="university", by=None)
    count = Party.objects.count()

    with pytest.raises(AlreadyThere, match="School of Rabat"):
        add_party(edition, names={"fr": "school of RABAT"}, kind="ministry", by=None)

    assert Party.objects.count() == count


def test_rooms_the_design_asks_for_are_added_with_its_seats():
    edition = adopt()
    venue = make.venue(country=edition.country)
    Room.objects.create(venue=venue, code="T1", name="Small", kinds=["TEAM"], seats=6)

    made = add_needed_rooms(edition, venue=venue, by=None)

    assert edition.venues.get() == venue
    assert [(r.code, r.seats) for r in made if "HALL" in r.kinds] == [("HALL", 140)]
    assert sum("TEAM" in room.kinds for room in made) == 11
    with pytest.raises(RoomsThere):
        add_needed_rooms(edition, venue=venue, by=None)


def test_rooms_are_not_added_to_a_venue_of_another_country():
    with pytest.raises(WrongPlace):
        add_needed_rooms(adopt(), venue=make.venue(), by=None)

    assert Room.objects.count() == 0


def test_all_proposed_dates_are_planned_at_once(client, coordinator):
    edition = adopt()
    page = client.get(address("dates", edition), {"earliest": "2027-04-05"})
    proposed = {
        f"{one.activity.code}_{name}": getattr(one.proposal, side).isoformat()
        for one in page.context["proposed"]
        for name, side in (("starts_on", "start"), ("ends_on", "end"))
    }

    client.post(address("plan_all", edition), proposed)

    assert all(one.planned_starts_on for one in edition.activities.all())
    assert "Plan all proposed dates" not in client.get(address("dates", edition)).text


def test_dates_that_run_backwards_plan_none_of_them():
    edition = adopt()
    right = (date(2027, 4, 5), date(2027, 4, 7))

    for wrong in (
        {"BC3": right, "AC6": right[::-1]},
        {"BC3": right, "XX": right},
        {},
    ):
        with pytest.raises(WrongDates):
            plan_all_dates(edition, dates=wrong, by=None)

    assert not edition.activities.filter(planned_starts_on__isnull=False).exists()


def test_examinations_are_entered_on_the_dates_screen_and_kept_clear_of(client, coordinator):
    edition = adopt()
    typed = {
        "kind": "exams",
        "name": "Spring examinations",
        "starts_on": "2027-04-05",
        "ends_on": "2027-04-16",
        "reason": "The university's calendar",
    }

    client.post(address("keep_clear", edition), typed)
    page = client.get(address("dates", edition), {"earliest": "2027-04-05"})

    assert page.context["rows"][0]["shown"].proposal.start == date(2027, 4, 19)
    assert "Spring examinations" in page.text
    assert ClosedPeriod.objects.get().scope == edition.scope


def test_period_that_ends_before_it_begins_stays_on_the_page(client, coordinator):
    edition = adopt()

    answer = client.post(
        address("keep_clear", edition),
        {
            "kind": "exams",
            "name": "Examinations",
            "starts_on": "2027-04-16",
            "ends_on": "2027-04-05",
            "reason": "x",
        },
    )

    assert answer.status_code == 422
    assert 'value="2027-04-16"' in answer.text
    assert ClosedPeriod.objects.count() == 0


def test_country_without_a_week_can_still_be_adopted(client, coordinator):
    edition = adopt()
    edition.country.working_weeks.all().delete()

    page = client.get(address("dates", edition)).text

    assert "No working week is known" in page
    assert "Next: Venues and rooms" in page
    assert "none is known" in words_of(edition)
    client.post(address("finish", edition))
    edition.refresh_from_db()
    assert edition.state == "adopted"


def test_fresh_copy_lists_what_it_did_not_carry():
    found = words_of(adopt())

    assert "Dates of: Boot camp" in found
    assert "Hall × 1, 140 seats" in found
    assert "Team room × 12, 6 seats" in found
    assert "budget lines have none planned" in found
    assert "nobody is named or invited yet as National coordinator, Trainer" in found
    assert "baselines and targets of indicators" in found
    assert "texts" not in found


def test_what_is_supplied_is_no_longer_listed():
    edition = adopt(country=make.country("KZ", official_languages=["kk"]), code="KZ-2027",
                    languages=["kk", "en"])  # fmt: skip
    assert "98 of 98 texts are missing in Қазақ тілі" in words_of(edition)

    add_needed_rooms(edition, venue=make.venue(country=edition.country), by=None)
    translate_texts(edition, language="kk", texts={"title": "Тақырып"}, by=None)
    prepare_invitation(edition, full_name="A", email="a@example.org", kind="trainer", by=None)

    found = words_of(edition)
    assert "Rooms" not in found
    assert "97 of 98 texts" in found
    assert "Trainer" not in found


def test_what_stays_with_other_editions_is_counted():
    edition = adopt()
    other = adopt(edition.blueprint, country=make.country("EG"), code="EG-2027")
    depart(other, path="activities.BC3.duration.days", after=2, reason="Short", by=None)

    [line] = [one for one in not_carried(edition) if not one.is_to_settle]

    assert "1 other edition" in line.words
    assert "(1)" in line.words


def test_estimated_holiday_in_the_planned_days_is_to_be_confirmed():
    edition = adopt()
    plan_all_dates(edition, dates={"BC3": (date(2027, 3, 8), date(2027, 3, 12))}, by=None)

    assert "is estimated: confirm it or move it" in words_of(edition)


def test_review_and_record_show_it_until_it_is_settled(client, coordinator):
    edition = adopt()

    assert "What the copy did not carry" in client.get(address("review", edition)).text
    assert "What the copy did not carry" in client.get(address("edition", edition)).text


def test_finish_says_how_many_letters_go_and_sends_them_when_asked(client, coordinator):
    edition = adopt()
    prepare_invitation(edition, full_name="A", email="a@example.org", kind="trainer", by=None)

    page = client.get(address("review", edition)).text
    client.post(address("finish", edition), {"invite": "on"})

    assert "1 letter is ready" in page
    assert edition.invitations.get().state == "sent"
