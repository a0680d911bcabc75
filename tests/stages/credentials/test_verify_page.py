"""The public page and the form beside it: good, revoked, corrected, expired, changed, foreign, unknown."""

from __future__ import annotations

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from karvan.stages.credentials import issuer, services, signing
from karvan.stages.credentials.models import Credential
from karvan.stages.credentials.signing.bounds import LARGEST_DOCUMENT
from tests.stages.credentials import earning
from tests.stages.credentials.documents import key_for, unsigned

pytestmark = pytest.mark.django_db

GOOD = "This certificate is genuine and valid."
CHECK = "/en/verify/"


@pytest.fixture
def issued(camp, coordinator):
    return services.issue_credential(
        earning.earner(camp, email="sevinc@mail.example"), by=coordinator
    )


def page(client, credential, language="en"):
    with translation.override(language):
        return client.get(reverse("credentials:verify", args=[credential.number]))


def resigned(credential, **changes):
    """The credential with other words, signed anew with the site's own key."""
    document = {key: value for key, value in credential.document.items() if key != "proof"}
    return signing.sign(
        {**document, **changes}, key=issuer.signing_keys()[0], created=credential.issued_at
    )


class TestByNumber:
    def test_good_one_is_said_to_be_good_with_all_that_is_needed(self, client, issued):
        answer = page(client, issued)

        assert answer.status_code == 200
        for said in (GOOD, "Sevinc Əliyeva", "The Secretariat", issued.number, "not revoked"):
            assert said in answer.text
        assert answer["X-Robots-Tag"] == "noindex, nofollow"

    def test_neither_address_nor_grounds_are_shown_to_the_public(self, client, issued):
        text = page(client, issued).text

        assert "sevinc@mail.example" not in text and "90%" not in text

    @pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
    def test_it_is_there_in_four_languages(self, client, issued, language):
        answer = page(client, issued, language)

        assert f'lang="{language}"' in answer.text
        assert ('dir="rtl"' in answer.text.split("<body")[0]) == (language == "ar")

    def test_number_may_be_typed_in_small_letters(self, client, issued):
        assert GOOD in client.get(f"{CHECK}{issued.number.lower()}/").text

    def test_revoked_one_says_when_and_why(self, client, issued):
        services.revoke_credential(issued, reason="Attendance was forged.", by=None)
        text = page(client, issued).text

        assert "This certificate was revoked." in text and "Attendance was forged." in text
        assert GOOD not in text

    def test_corrected_one_leads_to_the_new_and_back(self, client, issued):
        made = services.correct_credential(issued, name="Zərifə", reason="Misspelt", by=None)

        old, new = page(client, issued).text, page(client, made).text
        assert "replaced by a corrected one" in old and made.number in old
        assert GOOD in new and issued.number in new

    def test_expired_one_says_so(self, client, issued):
        issued.document = resigned(
            issued, validUntil="2026-01-01T00:00:00Z", validFrom="2025-01-01T00:00:00Z"
        )
        issued.save()

        text = page(client, issued).text

        assert "its validity has ended" in text and GOOD not in text

    def test_text_changed_in_the_register_is_told_and_nothing_of_it_shown(self, client, issued):
        issued.document["credentialSubject"]["identifier"][1]["identityHash"] = "Somebody Else"
        issued.name_on_paper = "Somebody Else"
        issued.save()

        text = page(client, issued).text

        assert "not a certificate as we issued it" in text
        assert "Somebody Else" not in text

    def test_number_nobody_was_given_is_told_plainly(self, client, camp):
        answer = client.get(f"{CHECK}KC-2026-AAAAAA/")

        assert answer.status_code == 404
        assert "issued no certificate with the number" in answer.text

    def test_lost_key_leaves_the_status_uncertain_and_not_good(self, client, issued, key_file):
        key_file.unlink()

        text = page(client, issued).text

        assert GOOD not in text and "could not be found out" in text

    def test_erased_holder_is_named_nowhere(self, client, issued):
        services.forget_holder(issued.person, by=None)

        text = page(client, issued).text
        assert "erased" in text and "Sevinc" not in text

    def test_page_costs_a_fixed_number_of_queries(self, client, issued, django_assert_num_queries):
        with django_assert_num_queries(8):
            page(client, issued)


class TestByFile:
    def post(self, client, document, **more):
        text = document if isinstance(document, str) else json.dumps(document)
        return client.post(CHECK, {"text": text, **more})

    def test_pasted_text_is_checked_and_named(self, client, issued):
        answer = self.post(client, issued.document)

        assert answer.status_code == 200
        assert GOOD in answer.text and "Sevinc Əliyeva" in answer.text

    @pytest.mark.parametrize("typed", ["{0}", " {1} ", "№ {0}"])
    def test_number_may_be_written_instead(self, client, issued, typed):
        number = typed.format(issued.number, issued.number.lower())

        answer = client.post(CHECK, {"number": number}, follow=True)

        assert GOOD in answer.text

    @pytest.mark.parametrize("number", ["../../admin", "؟؟", "KC-2026-%%", "a" * 40])
    def test_strange_number_is_unknown(self, client, camp, number):
        assert client.post(CHECK, {"number": number}, follow=True).status_code == 404

    def test_file_from_the_pdf_is_checked(self, client, issued):
        upload = SimpleUploadedFile("credential.json", services.signed_text(issued))

        assert GOOD in client.post(CHECK, {"file": upload}).text

    def test_one_changed_letter_is_told(self, client, issued):
        changed = copy.deepcopy(issued.document)
        changed["credentialSubject"]["identifier"][1]["identityHash"] = "Sevinc Əliyevа"

        answer = self.post(client, changed)

        assert "not a certificate as we issued it" in answer.text
        assert "Əliyevа" not in answer.text.split("<form")[0]

    def test_revoked_one_is_told_from_its_text_alone(self, client, issued):
        services.revoke_credential(issued, reason="Mistake", by=None)

        assert "This certificate was revoked." in self.post(client, issued.document).text

    def test_another_issuers_is_told_apart_from_a_forged_one(self, client, issued):
        foreign = signing.sign(
            unsigned("other.example"), key=key_for("other.example"), created=issued.issued_at
        )
        forged = unsigned("karvan.example")
        forged["proof"] = foreign["proof"]

        assert "issued by somebody else" in self.post(client, foreign).text
        assert "not a certificate as we issued it" in self.post(client, forged).text

    @pytest.mark.parametrize(
        "text", ["", "hello", "[]", "{", "[" * 50_000, '{"a": NaN}', '"\\ud800"', "{}x"]
    )
    def test_what_is_no_credential_is_refused_in_words(self, client, camp, text):
        answer = self.post(client, text)

        assert answer.status_code == 422
        assert "Traceback" not in answer.text

    @pytest.mark.parametrize(
        "document",
        [{}, {"id": 5}, {"issuer": {"id": "did:web:karvan.example"}}, {"id": "x", "proof": [1]}],
    )
    def test_broken_documents_never_pass_and_never_break_the_page(self, client, issued, document):
        answer = self.post(client, document)

        assert answer.status_code == 200
        assert GOOD not in answer.text

    def test_too_long_a_file_is_refused_before_it_is_read_whole(self, client, camp):
        upload = SimpleUploadedFile("big.json", b"{" + b" " * LARGEST_DOCUMENT)

        answer = client.post(CHECK, {"file": upload})

        assert answer.status_code == 422
        assert "larger than any certificate" in answer.text

    def test_nothing_handed_in_is_kept(self, client, issued):
        before = Credential.objects.count()
        self.post(client, issued.document)

        assert Credential.objects.count() == before
