"""What verifiers fetch: keys, lists, texts, achievements; public, small, without anybody in them."""

from __future__ import annotations

import json

import pytest
from jsonschema.validators import validator_for

from karvan.stages.credentials import services, signing
from karvan.stages.credentials.signing.verification import verify
from tests import make
from tests.shared import shared_path
from tests.stages.credentials import earning

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(camp, coordinator):
    return services.issue_credential(
        earning.earner(camp, email="sevinc@mail.example"), by=coordinator
    )


def path_of(address: str) -> str:
    return address.removeprefix("https://karvan.example")


def test_credential_can_be_verified_from_the_public_addresses_alone(client, issued):
    document = client.get(path_of(issued.document["id"])).json()
    keys = signing.key_resolver(client.get("/.well-known/did.json").json())

    def listed(address):
        return client.get(path_of(address)).json()

    found = verify(document, resolve_key=keys, status_list=listed, now=issued.issued_at)

    assert document == issued.document
    assert found.valid and found.revoked is False


def test_served_text_is_the_text_inside_the_pdf_byte_for_byte(client, issued):
    served = client.get(f"/credentials/{issued.number}.json")

    assert served.content == services.signed_text(issued)
    assert served["Access-Control-Allow-Origin"] == "*"


def test_lists_and_keys_name_nobody(client, issued):
    for path in ("/.well-known/did.json", "/credentials/status/1"):
        text = client.get(path).content.decode()

        for word in ("Sevinc", "sevinc", issued.number, issued.enrolment.activity.code):
            assert word not in text


def test_status_list_is_the_same_until_something_is_revoked(client, issued):
    first = client.get("/credentials/status/1")
    again = client.get("/credentials/status/1", headers={"If-None-Match": first["ETag"]})
    services.revoke_credential(issued, reason="Mistake", by=None)
    changed = client.get("/credentials/status/1", headers={"If-None-Match": first["ETag"]})

    assert "max-age=300" in first["Cache-Control"]
    assert again.status_code == 304
    assert changed.status_code == 200 and changed.content != first.content


def test_status_list_is_read_with_a_fixed_number_of_queries(
    client, camp, issued, django_assert_num_queries
):
    services.revoke_credential(issued, reason="Mistake", by=None)
    services.revoke_credential(
        services.issue_credential(earning.earner(camp, "Another"), by=None), reason="M", by=None
    )

    with django_assert_num_queries(3):
        client.get("/credentials/status/1")


def test_achievement_says_what_had_to_be_done(client, issued):
    named = issued.document["credentialSubject"]["achievement"]

    served = client.get(path_of(named["id"])).json()

    assert served["criteria"] == named["criteria"]
    assert "80% of the sessions" in served["criteria"]["narrative"]
    assert served["name"] == named["name"]


@pytest.mark.parametrize(
    "path",
    [
        "/credentials/KC-2026-AAAAAA.json",
        "/credentials/status/2",
        "/achievements/TVP/BC3/9-completion.json",
        "/achievements/TVP/NONE/1-completion.json",
        "/achievements/TVP/BC3/1-doctorate.json",
        "/achievements/NONE/BC3/1-completion.json",
    ],
)
def test_what_is_not_there_is_not_found(client, issued, path):
    assert client.get(path).status_code == 404


def test_draft_version_shows_no_achievement(client, issued):
    make.blueprint(issued.activity.edition.programme, number=2, state="draft")

    assert client.get("/achievements/TVP/BC/2-completion.json").status_code == 404


def test_before_the_first_certificate_there_are_no_keys(client, camp):
    assert client.get("/.well-known/did.json").status_code == 404


def test_erased_text_is_gone(client, issued):
    services.forget_holder(issued.person, by=None)

    assert client.get(f"/credentials/{issued.number}.json").status_code == 410


@pytest.mark.parametrize(("accepts", "language"), [("ar", "ar"), ("az", "az"), ("de", "en")])
def test_short_address_leads_to_the_page_in_the_readers_language(client, issued, accepts, language):
    answer = client.get(f"/v/{issued.number}", headers={"Accept-Language": accepts})

    assert answer["Location"] == f"/{language}/verify/{issued.number}/"


def test_issued_and_corrected_texts_obey_the_open_badges_schema(issued):
    schema = json.loads(
        shared_path("schemas/ob_v3p0_achievementcredential_schema.json").read_text("utf-8")
    )
    kind = validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    corrected = services.correct_credential(issued, name="Zərifə", reason="Typo", by=None)

    for document in (issued.document, corrected.document):
        assert list(validator.iter_errors(document)) == []
