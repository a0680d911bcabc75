"""Acts on persons, roles and parties: each works, each refusal changes nothing, each is recorded."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.people import errors, services
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.people.queries import (
    one_demo_account_a_role,
    search_parties,
    search_persons,
    standing_roles,
)
from karvan.foundation.records.models import Record
from karvan.foundation.records.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db


def last_record():
    return Record.objects.order_by("number").last()


def picture(size=(20, 10)):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


def test_a_person_is_registered_with_a_lower_case_address_and_no_password():
    officer = make.officer()

    made = services.create_person(
        full_name="  Ülviyyə   Əliyeva ",
        email="Ulviyye@Example.ORG",
        names={"Arab": "علوية", "Cyrl": " "},
        language="az",
        by=officer,
    )

    assert (made.full_name, made.email) == ("Ülviyyə Əliyeva", "ulviyye@example.org")
    assert made.names == {"Arab": "علوية"}
    assert not made.has_usable_password()
    assert (last_record().act, last_record().by) == ("registered", officer)


def test_an_address_is_taken_once():
    make.person(email="same@example.org")
    before = Person.objects.count(), Record.objects.count()

    with pytest.raises(errors.EmailTaken, match="same@example.org"):
        services.create_person(full_name="Another", email="SAME@example.org", by=None)

    assert (Person.objects.count(), Record.objects.count()) == before


def test_a_person_needs_a_name():
    with pytest.raises(errors.NameMissing):
        services.create_person(full_name="  ", by=None)

    assert Person.objects.count() == 0


def test_several_persons_may_have_no_address():
    services.create_person(full_name="One", by=None)
    services.create_person(full_name="Two", email="", by=None)

    assert Person.objects.filter(email=None).count() == 2


def test_a_name_is_found_however_it_is_typed():
    made = services.create_person(full_name="Elsevər İsmayılov", names={"Arab": "إلسيفر"}, by=None)
    make.person("Somebody else")

    for typed in ("elsever ismayilov", "ISMAYILOV", "السيفر"):
        assert list(search_persons(Person.objects.all(), typed)) == [made]


def test_changed_names_are_saved_and_the_record_holds_none_of_them():
    person = make.person("Old Name")

    services.change_names(
        person,
        full_name="New Name",
        names={"Cyrl": "Новое Имя"},
        certificate_name="N. Name",
        language="fr",
        by=person,
    )

    person.refresh_from_db()
    assert (person.paper_name, person.language) == ("N. Name", "fr")
    assert list(search_persons(Person.objects.all(), "новое")) == [person]
    kept = last_record()
    assert kept.after == {
        "changed": "full_name, names, certificate_name, language",
        "language": "fr",
    }
    everything = f"{kept.before} {kept.after} {kept.subject_label} {kept.reason}"
    assert "Name" not in everything and "Имя" not in everything


def test_names_saved_unchanged_leave_no_record():
    person = make.person("Same Name")

    services.change_own_names(person, full_name="Same Name")

    assert Record.objects.count() == 0


def test_a_role_is_given_and_recorded_with_what_it_is():
    officer, person, party = make.officer(), make.person(), make.party("ministry")

    role = services.grant_role(person, kind="partner", scope="TVP/AZ-2021", party=party, by=officer)

    assert list(standing_roles(person)) == [role]
    kept = last_record()
    assert (kept.act, kept.by, kept.scope) == ("role_given", officer, "TVP/AZ-2021")
    assert kept.after == {"role": "partner", "scope": "TVP/AZ-2021", "party": "ministry"}
    assert kept.subject_label == f"person {person.pk}"


def test_a_role_given_again_with_another_day_is_prolonged():
    person, day = make.person(), clock.today() + timedelta(days=30)
    services.grant_role(person, kind="mentor", scope="TVP", valid_to=day, by=None)

    services.grant_role(person, kind="mentor", scope="TVP", by=None)

    assert [role.valid_to for role in person.roles.all()] == [None]
    assert last_record().act == "role_prolonged"
    assert last_record().before["until"] == day.isoformat()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"kind": "partner"}, "speaks for a party"),
        ({"kind": "officer", "party": True}, "Only a partner"),
        ({"kind": "officer", "scope": "tvp"}, "not a scope"),
        ({"kind": "officer", "scope": "TVP/"}, "not a scope"),
        ({"kind": "officer", "scope": "A/B/C/D"}, "not a scope"),
        ({"kind": "officer", "valid_to": -1}, "has passed"),
        ({"kind": "mentor", "scope": "TVP"}, "already"),
    ],
)
def test_an_impossible_role_is_refused_and_nothing_changes(asked, sentence):
    person = make.role("mentor", "TVP")
    if asked.get("party"):
        asked = {**asked, "party": make.party()}
    if asked.get("valid_to"):
        asked = {**asked, "valid_to": clock.today() - timedelta(days=1)}

    with pytest.raises(errors.RoleNotPossible, match=sentence):
        services.grant_role(person, by=None, **asked)

    assert person.roles.count() == 1
    assert Record.objects.count() == 0


def test_an_unknown_kind_of_role_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="'king'"):
        services.grant_role(make.person(), kind="king", by=None)


def test_a_withdrawn_role_opens_nothing_and_stays_in_the_record():
    person = make.role("officer", "TVP")

    services.withdraw_role(person.roles.get(), reason="left the house", by=None)

    assert not Role.objects.filter(person=person).exists()
    kept = history_of(person).get()
    assert (kept.act, kept.reason, kept.scope) == ("role_withdrawn", "left the house", "TVP")
    assert kept.before == {"role": "officer", "scope": "TVP"}


def test_a_role_is_withdrawn_once():
    role = make.role("mentor").roles.get()
    services.withdraw_role(Role.objects.get(pk=role.pk), by=None)

    with pytest.raises(errors.RoleNotPossible, match="any more"):
        services.withdraw_role(role, by=None)

    assert Record.objects.count() == 1


def test_the_last_administrator_stays():
    only = make.role("administrator")
    make.role("administrator", "TVP")
    make.role("administrator", valid_to=clock.today() - timedelta(days=1))

    with pytest.raises(errors.LastAdministrator):
        services.withdraw_role(only.roles.get(), by=None)

    assert only.roles.exists()


def test_one_of_two_administrators_may_go():
    first, second = make.role("administrator"), make.role("administrator")

    services.withdraw_role(first.roles.get(), by=second)

    assert not first.roles.exists()


def test_a_party_is_registered_changed_and_found_in_every_language():
    party = services.create_party(
        code="isesco",
        kind="organisation",
        names={"en": "A Made-up Organisation", "ar": "منظمة", "fr": " "},
        by=None,
    )
    services.change_party(
        party, kind="commission", names=party.names, website="https://example.org", by=None
    )

    assert party.names == {"en": "A Made-up Organisation", "ar": "منظمة"}
    assert list(search_parties(Party.objects.all(), "منظمه")) == [party]
    kept = last_record()
    assert kept.before == {"kind": "organisation", "website": ""}
    assert kept.after == {"kind": "commission", "website": "https://example.org"}


def test_a_party_has_its_code_alone_and_at_least_one_name():
    make.party("ministry")

    with pytest.raises(errors.CodeTaken):
        services.create_party(code="ministry", kind="ministry", names={"en": "M"}, by=None)
    with pytest.raises(errors.NameMissing):
        services.create_party(code="other", kind="ministry", names={"en": " "}, by=None)

    assert Party.objects.count() == 1


def test_a_logo_is_kept_and_taken_away_and_both_are_recorded():
    party, officer = make.party(), make.officer()

    with_logo = services.change_party_logo(party, upload=picture(), by=officer)
    assert with_logo.logo.kind == "png"
    services.change_party_logo(party, upload=None, by=officer)

    party.refresh_from_db()
    assert party.logo is None
    given, taken = history_of(party)
    assert given.after == taken.before == {"logo": with_logo.logo.sha256}
    assert taken.after == {"logo": None}


def test_a_logo_that_is_no_picture_is_refused():
    party = make.party()
    upload = SimpleUploadedFile("logo.png", b"%PDF-1.4 not a picture", "image/png")

    with pytest.raises(RuleBroken):
        services.change_party_logo(party, upload=upload, by=None)

    assert not history_of(party).exists()


def test_the_demo_shows_one_person_a_role_in_the_order_of_roles():
    for kind in ("reviewer", "officer", "officer"):
        make.role(kind, of=make.person(email=f"{kind}{make.one()}@demo.karvan.example"))
    make.role("administrator")

    assert [role.kind for role, _person in one_demo_account_a_role()] == ["officer", "reviewer"]
