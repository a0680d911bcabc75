"""Search finds what a person may see, however it is spelt, and nothing else."""

import pytest
from django.utils import timezone

from karvan.desk.queries.search import find
from karvan.foundation.texts import fold
from tests import make

pytestmark = pytest.mark.django_db


def found(person, words):
    """Title of the group → titles of its hits."""
    return {str(group.title): [hit.title for hit in group.hits] for group in find(person, words)}


def applicant(call, name="Elsevər Məmmədov", **fields):
    return make.application(
        call, state="submitted", full_name=name, search_key=fold(name), **fields
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Elsevər Qaya", "elsever"), ("Elsevər Qaya", "QAYA else"), ("أحمد صالح", "احمد")],
)
def test_spellings_of_a_name_meet(name, typed):
    officer = make.officer()
    make.person(name)

    assert found(officer, typed) == {"People": [name]}


def test_officer_finds_programmes_editions_parties_promises_meetings_and_agreements():
    officer = make.officer()
    programme = make.programme("TVP", titles=make.texts("Xəzər layihəsi"))
    edition = make.edition("AZ-2021", of=make.blueprint(programme), titles=make.texts("Xəzər 2021"))
    make.party("xezer", names={"az": "Xəzər Universiteti"})
    make.commitment(titles=make.texts("Xəzər camp"))
    make.consultation(titles=make.texts("Xəzər meeting"))
    make.agreement(titles=make.texts("Xəzər memorandum"))
    make.venture(make.team(edition), name="Xəzər Solar")

    assert found(officer, "xezer") == {
        "Programmes": ["Xəzər layihəsi"],
        "Editions": ["Xəzər 2021"],
        "Parties": ["Xəzər Universiteti"],
        "Commitments": ["Xəzər camp"],
        "Meetings and agreements": ["Xəzər meeting", "Xəzər memorandum"],
        "Ventures": ["Xəzər Solar"],
    }


def test_coordinator_finds_applications_of_the_own_edition_by_name_and_number():
    call = make.call()
    person = make.role("coordinator", call.activity.edition.scope)
    own = applicant(call)
    applicant(make.call())
    make.application(call, full_name="Elsevər Draft", search_key="elsever draft")

    assert found(person, "elsever") == {"Applications": [f"{own.number} · Elsevər Məmmədov"]}
    assert found(person, own.number.lower()) == {
        "Applications": [f"{own.number} · Elsevər Məmmədov"]
    }


@pytest.mark.parametrize("role", ["reviewer", "trainer", "mentor", "participant", "partner"])
def test_who_does_not_run_the_edition_never_finds_applicants_or_participants(role):
    call = make.call()
    person = make.role(role, call.activity.edition.scope)
    application = applicant(call, person=make.person("Elsevər Məmmədov"))
    make.assignment(make.reviewer(make.review_round(call), person=person), application=application)
    make.enrolment(call.activity, person=application.person)

    assert found(person, "elsever") == {}
    assert found(person, application.number) == {}
    assert found(person, application.email) == {}


def test_auditor_reads_participants_and_not_applications():
    auditor = make.role("auditor")
    application = applicant(make.call(), person=make.person("Elsevər Məmmədov"))
    make.enrolment(application.call.activity, person=application.person)

    assert found(auditor, "elsever") == {"Participants": ["Elsevər Məmmədov"]}


def test_partner_finds_the_own_party_only():
    own = make.party(names=make.texts("Ministry of youth"))
    make.party(names=make.texts("Ministry of science"))
    person = make.role("partner", party=own)

    assert found(person, "ministry")["Parties"] == ["Ministry of youth"]


@pytest.mark.parametrize(
    ("role", "typed", "expected"),
    [
        ("officer", "adopt", ["Adopt a programme"]),
        ("officer", "outb", ["Outbox"]),
        ("reviewer", "adopt", []),
        ("reviewer", "account", ["Your account"]),
    ],
)
def test_commands_are_found_by_who_may_give_them(role, typed, expected):
    assert found(make.role(role), typed).get("Commands", []) == expected


def test_no_more_than_eight_of_a_kind_and_it_says_that_there_are_more():
    officer = make.officer()
    for number in range(9):
        make.person(f"Leyla {number}")

    group = find(officer, "leyla")[0]

    assert (len(group.hits), group.has_more) == (8, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_cost_does_not_grow_with_what_is_found(django_assert_num_queries, rows):
    officer = make.officer()
    call = make.call()
    for number in range(rows):
        make.person(f"Leyla {number}")
        applicant(call, f"Leyla {number}")
        make.enrolment(call.activity, person=make.person(f"Leyla {number}"))
        make.consultation(titles=make.texts("Leyla"), starts_on=timezone.now().date())

    with django_assert_num_queries(18):
        find(officer, "leyla")


def test_page_lists_hits_and_goes_straight_to_a_single_one_when_asked(sign_in):
    client = sign_in(make.officer())
    person = make.person("Leyla Quliyeva")

    page = client.get("/en/search/", {"q": "quliyeva"})
    assert f'href="/en/people/{person.pk}/"' in page.text

    straight = client.get("/en/search/", {"q": "quliyeva", "go": ""})
    assert straight["Location"] == f"/en/people/{person.pk}/"


def test_page_without_a_hit_says_what_can_be_found_and_escapes_what_was_typed(sign_in):
    page = sign_in(make.officer()).get("/en/search/", {"q": "<script>zzz"})

    assert "Nothing found" in page.text
    assert "&lt;script&gt;zzz" in page.text
    assert "<script>zzz" not in page.text


def test_what_is_convened_and_cared_for_is_found_by_who_reads_it_and_by_nobody_else():
    session = make.statutory_session(titles=make.texts("Samara session"))
    make.resolution(session, titles=make.texts("Samara plan"), number="SAMARA/R.1")
    make.session_document(session, symbol="SAMARA 1")
    make.session_document(session, symbol="SAMARA 2", distribution="restricted")
    make.title(city_names=make.texts("Samara"), year=2031)
    register = make.register()
    make.monument(register, names=make.texts("Samara arch"), search_key=fold("Samara arch"))
    make.restoration(make.monument(register), titles=make.texts("Samara works"))

    assert found(make.officer(), "samara") == {
        "Sessions of organs": ["Samara session"],
        "Resolutions and decisions": ["SAMARA/R.1 Samara plan"],
        "Papers of sessions": ["SAMARA 1"],
        "Titles of cities": ["Samara 2031"],
        "Monuments": ["Samara arch"],
        "Restorations": ["Samara works"],
    }
    assert found(make.role("trainer", "TVP/AZ-2026"), "samara") == {
        "Titles of cities": ["Samara 2031"]
    }
