"""Screens of the editor: parts, text, revisions, choices, the library; nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import value_at
from karvan.stages.blueprints.document.writing import in_lines
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.services import (
    edit_part,
    import_blueprint,
    publish_blueprint,
    start_draft,
)
from tests import make

from .test_services import garden

pytestmark = pytest.mark.django_db
MOST = "activities.WS.cohort.max"
SESSIONS = "activities.WS.sessions"


@pytest.fixture
def officer(client):
    person = make.officer(of=make.person("Leyla Aliyeva"))
    client.force_login(person)
    return person


@pytest.fixture
def draft(officer):
    programme = make.programme("GARDEN")
    first = import_blueprint(programme, source=garden(), note="", by=None)
    publish_blueprint(first, note="First", by=None)
    return start_draft(programme, by=officer)


@pytest.fixture
def ventures(officer):
    programme = make.programme("TVP")
    first = import_blueprint(programme, source=library.source("TVP"), note="", by=None)
    publish_blueprint(first, note="First", by=None)
    return start_draft(programme, by=officer)


def address(name, code="GARDEN", part="", **more):
    url = reverse(f"blueprints:{name}", kwargs={"code": code, **more})
    return f"{url}?part={part}" if part else url


def said(draft, path=MOST):
    draft.refresh_from_db()
    return value_at(draft.data, path)


def edit(draft, path, value, base=1):
    return edit_part(draft, path=path, value=value, note="", base_revision=base, by=None)


def test_a_draft_is_begun_from_the_programmes_page(client, officer):
    programme = make.programme("GARDEN")
    assert "Begin the next version" not in client.get(address("programme")).text
    first = import_blueprint(programme, source=garden(), note="", by=None)
    publish_blueprint(first, note="First", by=None)
    assert "Begin the next version" in client.get(address("programme")).text

    answer = client.post(address("start_draft"), follow=True)

    assert answer.redirect_chain[-1][0] == address("draft")
    assert "Edit the draft of version 2" in client.get(address("programme")).text


def test_a_programme_without_a_version_says_to_import_first(client, officer):
    make.programme("GARDEN")

    assert "Import its blueprint first" in client.post(address("start_draft"), follow=True).text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("", ["The programme", "Indicators", "Locks"]),
        ("activities.BC3", ["Sessions", "Duration", "entries"]),
        ("activities.BC3.duration", ["Days", "2 to 4", "activities.BC3.duration.days"]),
        ("activities.BC3.sessions", ["Day 1", "Day 3", "D1S1", "Take a session"]),
        ("activities.BC3.sessions.D1S1", ["Minutes", "inherited from"]),
        ("activities.BC3.selection.rubric", ["weight", "Scores of eleven countries"]),
        ("activities.BC3.form", ["Sections"]),
        ("activities.BC3.award", ["the rule of all blueprints"]),
        ("indicators", ["fixed", "REACH"]),
        ("budget_lines", ["free"]),
        ("locks", ["to be supplied", "Each country has its own rooms."]),
        ("activities.BC3.equipment", ["Nothing here yet", "Add an entry"]),
    ],
)
def test_every_part_is_shown_with_its_value_lock_and_text(client, ventures, part, words):
    page = client.get(address("draft", "TVP", part))

    assert page.status_code == 200
    for one in words:
        assert one in page.text, one


def test_a_part_is_shown_beside_the_authors_own_lines(client, ventures):
    page = client.get(address("draft", "TVP", "activities.BC3.selection.rubric.PROBLEM")).text

    assert "As written" in page
    assert "- code: PROBLEM" in page
    assert "- code: TEAM" not in page


def test_a_single_value_leads_to_its_form(client, draft):
    answer = client.get(address("draft", part=MOST))

    assert (answer.status_code, answer["Location"]) == (302, address("change_part", part=MOST))


@pytest.mark.parametrize("name", ["draft", "change_part"])
def test_a_part_that_is_nowhere_is_not_found(client, draft, name):
    assert client.get(address(name, part="nowhere.at.all")).status_code in (404, 200)
    assert client.get(address("draft", part="nowhere.at.all")).status_code == 404


def test_a_value_is_changed_and_the_change_is_told_in_words(client, draft):
    typed = {"value": "30", "note": "A larger bed", "base_revision": "1"}

    page = client.post(address("change_part", part=MOST), typed, follow=True).text

    assert said(draft) == 30
    assert "Saved as revision 2." in page
    assert "Workshop: most participants 20 → 30" in page
    assert "A larger bed" in page


def test_a_wrong_value_stays_in_the_form(client, draft):
    typed = {"value": "many", "note": "Because", "base_revision": "1"}

    answer = client.post(address("change_part", part=MOST), typed)

    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert "Because" in answer.text
    assert said(draft) == 20


@pytest.mark.parametrize(
    ("part", "typed", "value"),
    [
        ("title", {"value_en": "Gardens"}, {"en": "Gardens"}),
        ("activities.BC3.selection.decided_by", {"value": "jury"}, "jury"),
        ("activities.BC3.sessions.D1S1.room", {"value": "TEAM"}, "TEAM"),
        ("activities.BC3.selection.blind", {"value": "False"}, False),
        ("activities.BC3.selection.conflicts", {"value": ["kin", "declared"]}, ["kin", "declared"]),
        ("activities.BC3.duration", {"value": "{days: 2, contact_minutes: 850}"}, None),
    ],
)
def test_the_form_fits_the_value(client, ventures, part, typed, value):
    rooms = [one["code"] for one in value_at(ventures.data, "activities.BC3.rooms")]
    typed = {key: rooms[-1] if one == "TEAM" else one for key, one in typed.items()}
    value = rooms[-1] if value == "TEAM" else value

    client.post(address("change_part", "TVP", part), {**typed, "base_revision": "1"})

    wanted = {"days": 2, "contact_minutes": 850} if value is None else value
    assert said(ventures, part) == wanted


def test_a_text_in_a_language_of_the_draft_alone_is_kept(client, officer):
    programme = make.programme("GARDEN")
    source = garden().replace(b"languages: [en]", b"languages: [en, ru]")
    data = {"languages": ["en", "ru"], "title": {"en": "A", "ru": "B"}, "code": "GARDEN"}
    draft = make.blueprint(programme, state="draft", source=in_lines(data).encode(), data=data)

    client.post(address("change_part", part="title"), {"value_en": "C", "base_revision": "0"})

    assert source
    assert said(draft, "title") == {"en": "C", "ru": "B"}


def test_what_the_draft_lacks_can_be_given(client, ventures):
    page = client.get(address("draft", "TVP", "activities.BC3.sessions.D1S1")).text
    assert "What the format knows here" in page

    part = "activities.BC3.sessions.D1S1.slots"
    client.post(address("change_part", "TVP", part), {"value": "2", "base_revision": "1"})

    assert said(ventures, part) == 2


def test_an_entry_is_added_moved_and_taken_out_by_buttons(client, draft):
    item = "{id: S2, day: 1, kind: practice, minutes: 30, title: {en: Plant}}"
    assert "id: …" in client.get(address("add_item", part=SESSIONS)).text
    client.post(address("add_item", part=SESSIONS), {"item": item, "base_revision": "1"})
    client.post(address("move_item", part=f"{SESSIONS}.S2"), {"way": "up", "base_revision": "2"})
    assert [one["id"] for one in said(draft, SESSIONS)] == ["S2", "S1"]

    page = client.post(
        address("remove_item", part=f"{SESSIONS}.S1"), {"base_revision": "3"}, follow=True
    )

    assert [one["id"] for one in said(draft, SESSIONS)] == ["S2"]
    assert "session S1 removed" in page.text


def test_a_refused_entry_stays_as_it_was_typed(client, draft):
    item = "{id: S1, day: 1, kind: practice, minutes: 30, title: {en: Twice}}"

    answer = client.post(address("add_item", part=SESSIONS), {"item": item, "base_revision": "1"})

    assert answer.status_code == 422
    assert "has an item “S1” already" in answer.text
    assert "Twice" in answer.text


def test_an_act_on_what_is_gone_is_said_on_the_list(client, draft):
    page = client.post(
        address("remove_item", part=f"{SESSIONS}.S9"), {"base_revision": "x"}, follow=True
    )

    assert "has no part" in page.text


def test_the_text_is_checked_before_it_is_saved(client, draft):
    text = garden().decode().replace("max: 20", "max: 30").replace("kind: workshop", "kind: walk")
    typed = {"source": text.replace("\n", "\r\n"), "note": "Why not", "base_revision": "1"}

    page = client.post(address("draft_text"), {**typed, "check": "yes"})

    assert page.status_code == 200
    assert "Nothing is saved yet" in page.text
    assert "Workshop: most participants 20 → 30" in page.text
    assert [one.line for one in page.context["problems"]] == [14]
    assert said(draft) == 20

    client.post(address("draft_text"), typed)

    assert said(draft) == 30
    assert bytes(draft.source).decode() == text
    assert "activities.WS.sessions.S1.kind" in client.get(address("draft")).text


def test_a_text_that_cannot_be_read_stays_on_the_page(client, draft):
    for more in ({}, {"check": "yes"}):
        typed = {"source": "karvan: [", "note": "Mine", "base_revision": "1", **more}
        answer = client.post(address("draft_text"), typed)

        assert answer.status_code == 422
        assert "karvan: [" in answer.text
        assert "not readable as YAML" in answer.text
    assert said(draft) == 20


def test_what_another_saved_meanwhile_is_told(client, draft):
    edit(draft, "activities.WS.cohort.min", 6)

    typed = {"value": "30", "note": "", "base_revision": "1"}
    page = client.post(address("change_part", part=MOST), typed, follow=True).text

    assert "Somebody else had saved meanwhile" in page
    assert "fewest participants 8 → 6" in page
    assert said(draft) == 30


def test_two_values_for_one_part_stand_side_by_side_until_one_is_chosen(client, draft):
    edit(draft, MOST, 30)
    typed = {"value": "40", "note": "Large schools", "base_revision": "1"}

    page = client.post(address("change_part", part=MOST), typed, follow=True)

    assert page.redirect_chain[-1][0] == address("settle", number=3)
    assert "<p>30</p>" in page.text
    assert "<p>40</p>" in page.text
    assert "Large schools" in page.text
    assert "set aside" in client.get(address("revisions")).text

    nothing = client.post(address("settle", number=3), {"base_revision": "2"})
    assert nothing.status_code == 422
    client.post(address("settle", number=3), {"base_revision": "2", "choice_0": "ours"})

    assert said(draft) == 40
    assert client.get(address("settle", number=3)).status_code == 302


def test_a_revision_is_read_with_what_it_changed(client, draft):
    edit(draft, MOST, 30)

    page = client.get(address("revision", number=2)).text

    assert "Workshop: most participants 20 → 30" in page
    assert "a comment that must survive" in page


def test_publishing_asks_for_each_reason_and_a_signature(client, draft):
    edit(draft, MOST, 30)
    edit(draft, "title.en", "Gardens", base=2)
    page = client.get(reverse("blueprints:blueprint", args=["GARDEN", 2])).text
    assert "2 parts differ from the version before" in page

    publish = reverse("desk:publish_version", args=["GARDEN", 2])
    typed = {"note": "Larger", "why_0": "Clearer", "rest": "", "signature": "Leyla Aliyeva"}
    refused = client.post(publish, typed)
    assert refused.status_code == 422
    assert "Nobody has said why 1 part differs" in refused.text
    assert 'value="Clearer"' in refused.text

    wrong = client.post(publish, {**typed, "rest": "Schools asked", "signature": "Somebody"})
    assert "Sign with your full name as your account has it: Leyla Aliyeva." in wrong.text
    client.post(publish, {**typed, "rest": "Schools asked"})

    version = Blueprint.objects.get(number=2)
    assert (version.state, version.signed_name) == ("published", "Leyla Aliyeva")
    assert dict(version.change_notes.values_list("path", "note")) == {
        "title.en": "Clearer",
        MOST: "Schools asked",
    }
    shown = client.get(reverse("blueprints:blueprint", args=["GARDEN", 2])).text
    assert "Signed by <bdi>Leyla Aliyeva</bdi> on" in shown
    assert version.sha256 in shown


def test_versions_stand_side_by_side_with_the_reason_on_a_page_on_paper_and_in_files(client, draft):
    edit_part(draft, path=MOST, value=30, note="Schools asked", base_revision=1, by=None)
    publish_blueprint(draft, note="Larger", by=None)
    query = {"before": 1, "after": 2}

    page = client.get(address("compare"), query).text
    paper = client.get(address("compare"), {**query, "print": "yes"}).text
    csv = client.get(address("compare"), {**query, "file": "csv"})
    xlsx = client.get(address("compare"), {**query, "file": "xlsx"})

    for text in (page, paper, csv.content.decode("utf-8-sig")):
        assert "Workshop: most participants 20 → 30" in text
        assert "Schools asked" in text
    assert "Garden workshop,most participants,changed,20,30," in csv.content.decode("utf-8-sig")
    assert xlsx.content.startswith(b"PK")


def test_a_session_is_found_and_taken_with_its_origin(client, draft):
    make.blueprint(make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP"))
    page = client.get(reverse("blueprints:sessions"), {"q": "pitch CLINIC"})
    [found] = page.context["found"]
    assert found.origin in page.text

    take = reverse("blueprints:take", args=["TVP", 1, found.activity, found.id])
    assert client.post(take, {"into": "GARDEN/WS"}).status_code == 422
    answer = client.post(take, {"into": "GARDEN/WS", "day": "1"}, follow=True)

    path = f"{SESSIONS}.{found.id}"
    assert answer.redirect_chain[-1][0] == address("draft", part=path)
    assert "left out" in answer.text
    assert said(draft, path)["origin"] == found.origin
    edit(draft, f"{path}.minutes", 25, base=2)
    assert said(draft, path)["origin"] == found.origin
    assert found.origin in client.get(reverse("blueprints:blueprint", args=["GARDEN", 2])).text


def test_a_library_with_nothing_to_take_into_says_so(client, officer):
    make.blueprint(make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP"))

    page = client.get(reverse("blueprints:take", args=["TVP", 1, "BC3", "D1S1"])).text

    assert "No draft to take it into" in page


def test_a_reader_finds_sessions_and_takes_none(client):
    version = make.blueprint(
        make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP")
    )
    client.force_login(make.role("partner", "TVP/AZ-2021"))

    page = client.get(reverse("blueprints:sessions"))

    assert page.context["total"] > 20
    assert "Take into" not in page.text
    take = reverse("blueprints:take", args=["TVP", version.number, "BC3", "D1S1"])
    assert client.get(take).status_code == 403


def test_the_editor_of_a_programme_without_a_draft_is_not_found(client, officer):
    make.programme("GARDEN")

    assert client.get(address("draft")).status_code == 404
