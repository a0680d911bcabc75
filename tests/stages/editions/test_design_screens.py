"""The screens of an edition's design as text, and of its sessions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.blueprints import library
from karvan.stages.blueprints.queries import activity_part
from karvan.stages.editions.errors import Locked, NoSuchPart, SessionThere
from karvan.stages.editions.models import Departure
from karvan.stages.editions.queries import design_token, document_of
from karvan.stages.editions.services import add_session, depart, take_session
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
CAMP = "activities.BC3"
DURATION = f"{CAMP}.duration"
DAYS = f"{DURATION}.days"
TWO = "{days: 2, contact_minutes: 1275}"


@pytest.fixture
def edition(client):
    found = adopt()
    client.force_login(make.role("coordinator", found.scope))
    return found


def page_of(edition, under=DURATION):
    return f"{reverse('editions:design', args=[edition.slug])}?under={under}"


def post(client, edition, source, *, act="save", under=DURATION, **more):
    typed = {
        "source": source,
        "base": design_token(edition),
        "reason": "As in practice",
        "act": act,
    }
    return client.post(page_of(edition, under), {**typed, **more})


def test_page_holds_the_part_as_text_and_the_token_it_began_from(client, edition):
    text = client.get(page_of(edition)).content.decode()

    assert "days: 3" in text
    assert f'value="{design_token(edition)}"' in text


def test_whole_design_is_written_without_the_locks(client, edition):
    form = client.get(reverse("editions:design", args=[edition.slug])).context["form"]

    assert form.initial["source"].startswith("karvan: blueprint/1")
    assert "\nlocks:" not in form.initial["source"]


def test_part_that_is_not_there_and_the_locks_have_no_page(client, edition):
    assert client.get(page_of(edition, "activities.NO")).status_code == 404
    assert client.get(page_of(edition, "locks")).status_code == 404


def test_check_shows_the_difference_in_words_with_its_lock_and_saves_nothing(client, edition):
    page = post(client, edition, TWO, act="check", reason="")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Boot camp: days 3 → 2" in text
    assert "2 to 4" in text
    assert "would not fit the rest of the design yet" in text
    assert TWO in text
    assert Departure.objects.count() == 0


def test_save_writes_the_departures_and_says_how_many(client, edition):
    page = post(client, edition, TWO)

    assert page.status_code == 302
    assert edition.departures.get().path == DAYS
    assert "1 departure was written." in client.get(page.url).content.decode()


def test_refusals_are_listed_and_the_typed_text_stays(client, edition):
    typed = "# our own\n{days: 9, contact_minutes: 10}"

    page = post(client, edition, typed)

    text = page.content.decode()
    assert page.status_code == 422
    assert "2 things stand against it" in text
    assert "Three days are planned" in text
    assert str(edition.programme.owner) in text
    assert typed in text
    assert Departure.objects.count() == 0


def test_save_without_a_reason_keeps_the_text(client, edition):
    page = post(client, edition, TWO, reason="")

    assert page.status_code == 422
    assert TWO in page.content.decode()
    assert Departure.objects.count() == 0


def test_what_two_people_changed_is_shown_twice_and_the_choice_is_taken(client, edition):
    base = design_token(edition)
    depart(edition, path=DAYS, after=4, reason="Theirs", by=None)

    clash = post(client, edition, TWO, base=base)
    text = clash.content.decode()
    saved = post(client, edition, TWO, base=base, **{f"stands:{DAYS}": "mine"})

    assert clash.status_code == 422
    assert f'name="stands:{DAYS}"' in text
    assert "Somebody changed the same parts" in text
    assert TWO in text
    assert saved.status_code == 302
    assert document_of(edition)["activities"][0]["duration"]["days"] == 2


def test_form_that_began_from_no_design_is_told_so(client, edition):
    page = post(client, edition, TWO, base="1:999")

    assert page.status_code == 422
    assert "Open it again" in page.content.decode()


def test_parts_form_stands_beside_its_text_and_what_differs(client, edition):
    depart(edition, path=DAYS, after=2, reason="x", by=None)

    change = client.get(reverse("editions:change", args=[edition.slug]) + f"?path={DAYS}")
    under = client.get(reverse("editions:parts", args=[edition.slug]) + f"?under={DURATION}")

    for page in (change, under):
        assert "Boot camp: days 3 → 2" in page.content.decode()
    assert "days: 2" in under.content.decode()


def sessions(edition):
    return {one["id"]: one for one in activity_part(document_of(edition), "BC3")["sessions"]}


def url(name, edition, *more):
    return reverse(f"editions:{name}", args=[edition.slug, "BC3", *more])


def test_sessions_stand_by_day(client, edition):
    depart(edition, path=f"{CAMP}.sessions.D1S1.minutes", after=40, reason="x", by=None)

    spans = client.get(url("sessions", edition)).context["spans"]

    assert [span.title for span in spans] == ["Day 1", "Day 2", "Day 3"]
    assert [one.id for span in spans for one in span.sessions if one.is_departed] == ["D1S1"]


def test_session_is_moved_to_another_day(client, edition):
    page = client.post(
        url("session", edition, "D1S5"), {"act": "move", "place": 2, "reason": "Eid"}
    )

    assert page.status_code == 302
    assert sessions(edition)["D1S5"]["day"] == 2


def test_session_is_taken_away(client, edition):
    page = client.post(url("session", edition, "D1S5"), {"act": "away", "reason": "No mentors"})

    assert page.status_code == 302
    assert "D1S5" not in sessions(edition)


def test_session_of_ones_own_is_added(client, edition):
    typed = {
        "id": "VISIT", "title_en": "Visit", "kind": "visit", "minutes": 60, "room": "HALL",
        "place": 3, "reason": "The museum invites",
    }  # fmt: skip

    page = client.post(url("new_session", edition), typed)

    assert page.status_code == 302
    assert sessions(edition)["VISIT"] == {
        "id": "VISIT", "title": {"en": "Visit"}, "kind": "visit", "minutes": 60, "room": "HALL",
        "day": 3,
    }  # fmt: skip


def test_code_of_a_session_that_is_there_is_refused_and_what_was_typed_stays(client, edition):
    typed = {
        "id": "D1S1", "title_en": "Visit to the museum", "kind": "visit", "minutes": 60,
        "place": 3, "reason": "The museum invites",
    }  # fmt: skip

    page = client.post(url("new_session", edition), typed)

    assert page.status_code == 422
    assert "has a session D1S1 already" in page.content.decode()
    assert "Visit to the museum" in page.content.decode()
    assert Departure.objects.count() == 0


def other_programme():
    return make.blueprint(
        make.programme("REW"), data=library.data("REW"), source=library.source("REW")
    )


def test_library_lists_the_sessions_of_other_blueprints_by_words(client, edition):
    other = other_programme()

    listed = client.get(url("session_library", edition), {"words": "dossier"}).context["listed"]

    assert listed
    assert {one.version for one in listed} == {other}
    assert listed[0].origin.startswith("REW/1/REW/")


def test_session_of_another_blueprint_comes_with_its_origin_and_says_what_it_lacks(client, edition):
    other = other_programme()
    source = other.data["activities"][0]["sessions"][3]

    page = client.post(
        url("take_session", edition, other.pk, "REW", source["id"]),
        {"place": 2, "reason": "They do it better"},
        follow=True,
    )

    origin = f"REW/1/REW/{source['id']}"
    taken = next(one for one in sessions(edition).values() if one.get("origin") == origin)
    assert taken["day"] == 2
    assert taken["id"] not in {
        one["id"] for one in edition.blueprint.data["activities"][0]["sessions"]
    }
    assert "Not carried over" in page.content.decode()
    departure = edition.departures.get()
    assert departure.path == f"{CAMP}.sessions.{taken['id']}"
    assert departure.level == "free"


def test_session_of_a_draft_is_not_taken():
    edition = adopt()
    draft = make.blueprint(make.programme("REW"), data=library.data("REW"), state="draft")

    with pytest.raises(NoSuchPart):
        take_session(
            edition, activity="BC3", version=draft, of="REW", session="D1S1", place=1,
            reason="x", by=None,
        )  # fmt: skip

    assert Departure.objects.count() == 0


def test_session_is_added_only_as_far_as_the_lock_allows():
    data = library.data("TVP")
    locks = [one for one in data["locks"] if one["path"] != f"{CAMP}.sessions"]
    edition = adopt(make.blueprint(make.programme("TVP"), data={**data, "locks": locks}))
    session = {"id": "VISIT", "kind": "visit", "minutes": 60, "day": 1, "title": {"en": "Visit"}}

    with pytest.raises(Locked, match="same in every country"):
        add_session(edition, activity="BC3", session=session, reason="x", by=None)
    with pytest.raises(SessionThere):
        add_session(edition, activity="BC3", session={**session, "id": "D1S1"}, reason="x", by=None)

    assert Departure.objects.count() == 0
