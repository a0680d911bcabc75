"""The pages of one's account, of people and of parties."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {"full_name": "New Name", "arab": "اسم", "certificate_name": "N. N.", "language": "az"}


def test_a_person_changes_the_own_names_and_nobody_elses(sign_in):
    person, other = make.person("Old Name"), make.person("Other")
    client = sign_in(person)

    answer = client.post("/en/account/", NAMES)

    assert (answer.status_code, answer["Location"]) == (302, "/en/account/")
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.full_name, person.names, person.language) == ("New Name", {"Arab": "اسم"}, "az")
    assert other.full_name == "Other"
    assert Record.objects.get().by == person


def test_a_person_cannot_take_another_country_by_posting_one(sign_in):
    person = make.person(country=make.country("AZ"))
    make.country("MA")

    sign_in(person).post("/en/account/", {**NAMES, "country": "MA"})

    person.refresh_from_db()
    assert person.country_id == "AZ"


def test_what_was_typed_stays_when_a_name_is_missing(sign_in):
    person = make.person("Old Name")

    answer = sign_in(person).post("/en/account/", {**NAMES, "full_name": " ", "call_name": "Kept"})

    assert answer.status_code == 200
    assert 'value="Kept"' in answer.text
    person.refresh_from_db()
    assert person.full_name == "Old Name"


def test_the_account_lists_the_roles_that_hold(sign_in):
    person = make.role("trainer", "TVP/AZ-2021")

    text = sign_in(person).get("/en/account/").text

    assert "Trainer" in text
    assert "TVP/AZ-2021" in text


def test_an_officer_registers_somebody_and_gives_a_role(sign_in):
    client = sign_in(make.officer())

    made = client.post(
        "/en/people/new/",
        {"full_name": "Kamran Test", "email": "kamran@example.org", "language": "az"},
    )
    person = Person.objects.get(email="kamran@example.org")
    assert made["Location"] == f"/en/people/{person.pk}/"

    client.post(f"/en/people/{person.pk}/roles/", {"kind": "coordinator", "scope": "TVP/AZ-2021"})
    role = person.roles.get()
    assert (role.kind, role.scope) == ("coordinator", "TVP/AZ-2021")

    client.post(f"/en/people/{person.pk}/roles/{role.pk}/", {"reason": "moved"})
    assert not person.roles.exists()
    acts = list(Record.objects.values_list("act", flat=True))
    assert acts == ["registered", "role_given", "role_withdrawn"]


def test_a_refused_role_says_why_and_keeps_what_was_typed(sign_in):
    person = make.person()

    answer = sign_in(make.officer()).post(
        f"/en/people/{person.pk}/roles/", {"kind": "partner", "scope": "TVP"}
    )

    assert answer.status_code == 200
    assert "A partner speaks for a party" in answer.text
    assert 'value="TVP"' in answer.text
    assert not person.roles.exists()


@pytest.mark.parametrize("asked", [("administrator", ""), ("officer", "TVP"), ("mentor", "")])
def test_an_officer_of_a_programme_gives_no_role_beyond_it(sign_in, asked):
    officer = make.role("officer", "TVP")
    person = make.role("trainer", "TVP")
    kind, scope = asked

    answer = sign_in(officer).post(f"/en/people/{person.pk}/roles/", {"kind": kind, "scope": scope})

    assert answer.status_code == 403
    assert person.roles.count() == 1


def test_an_officer_does_not_unseat_an_administrator(sign_in):
    administrator = make.role("administrator")
    make.role("administrator")
    role = administrator.roles.get()

    answer = sign_in(make.officer()).post(f"/en/people/{administrator.pk}/roles/{role.pk}/")

    assert answer.status_code == 403
    assert Role.objects.filter(pk=role.pk).exists()


def test_a_role_is_withdrawn_only_from_the_person_it_belongs_to(sign_in):
    holder, other = make.role("mentor"), make.role("mentor")

    answer = sign_in(make.officer()).post(f"/en/people/{other.pk}/roles/{holder.roles.get().pk}/")

    assert answer.status_code == 404
    assert holder.roles.exists()


def test_the_register_finds_a_person_by_a_name_in_another_spelling(sign_in):
    make.person("Elsevər İsmayılov")
    make.person("Somebody Else")

    text = sign_in(make.officer()).get("/en/people/?q=elsever").text

    assert "Elsevər İsmayılov" in text
    assert "Somebody Else" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_of_people_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, rows
):
    client = sign_in(make.officer())
    for _ in range(rows):
        make.role("trainer", "TVP", of=make.person(country=make.country()))
    client.get("/en/people/")

    # session, person, own roles, counts, rows, their roles
    with django_assert_num_queries(6):
        client.get("/en/people/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_of_parties_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, rows
):
    client = sign_in(make.role("auditor"))
    for _ in range(rows):
        make.party(country=make.country())
    client.get("/en/parties/")

    # session, person, own roles, counts, rows
    with django_assert_num_queries(5):
        client.get("/en/parties/")


@pytest.mark.parametrize("address", ["/en/people/", "/en/parties/"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_registers_are_given_as_files(sign_in, address, kind):
    make.party()

    answer = sign_in(make.officer()).get(f"{address}?format={kind}")

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_an_officer_registers_a_party_changes_it_and_gives_it_a_logo(sign_in, client):
    officer = sign_in(make.officer())
    out = BytesIO()
    Image.new("RGB", (20, 10), "navy").save(out, "PNG")

    officer.post("/en/parties/new/", {"code": "a-ministry", "kind": "ministry", "en": "A Ministry"})
    officer.post("/en/parties/a-ministry/change/", {"kind": "ministry", "ar": "وزارة"})
    officer.post(
        "/en/parties/a-ministry/logo/",
        {"logo": SimpleUploadedFile("logo.png", out.getvalue(), "image/png")},
    )

    party = Party.objects.get()
    assert party.names == {"ar": "وزارة"}
    assert officer.get("/en/parties/a-ministry/").status_code == 200
    seen = client.get("/en/parties/a-ministry/logo/")
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/png")
    assert b"".join(seen.streaming_content).startswith(b"\x89PNG")


def test_a_party_without_a_logo_has_none(client):
    make.party("a-ministry")

    assert client.get("/en/parties/a-ministry/logo/").status_code == 404


def test_a_coordinator_reads_parties_and_changes_none(sign_in):
    make.party("a-ministry")
    client = sign_in(make.role("coordinator", "TVP/AZ-2021"))

    page = client.get("/en/parties/a-ministry/")
    refused = client.post("/en/parties/a-ministry/logo/")

    assert (page.status_code, refused.status_code) == (200, 403)
    assert "Save the logo" not in page.text
