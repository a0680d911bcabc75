"""Issue, revoke, correct, forget; keys that come, go and are stolen."""

from __future__ import annotations

import json
import stat
from datetime import timedelta

import pytest

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.credentials import checking, publishing, services, signing
from karvan.stages.credentials.errors import (
    AlreadyIssued,
    AlreadyRevoked,
    NameMissing,
    NoSigningKey,
    NotEarned,
    ReasonMissing,
)
from karvan.stages.credentials.models import Credential, SigningKey, StatusList
from tests import make
from tests.stages.credentials import earning

pytestmark = pytest.mark.django_db


@pytest.fixture
def earner(camp):
    return earning.earner(camp, email="sevinc@mail.example")


@pytest.fixture
def issued(earner, coordinator):
    return services.issue_credential(earner, by=coordinator)


class TestIssuing:
    def test_certificate_is_signed_numbered_and_kept_with_its_grounds(self, issued, coordinator):
        assert issued.number.startswith(f"KC-{clock.now().year}-") and len(issued.number) == 14
        assert issued.basis == {"attendance_percent": 90, "outputs": earning.OUTPUTS}
        assert issued.document["id"] == f"https://karvan.example/credentials/{issued.number}.json"
        assert issued.document["issuer"]["id"] == "did:web:karvan.example"
        assert issued.document["issuer"]["name"] == "The Secretariat"
        assert checking.check_credential(issued).state == "valid"
        record = Record.objects.get(act="issued")
        assert (record.by, record.subject_label) == (coordinator, issued.number)

    def test_confirmed_name_stands_on_paper_before_the_full_name(self, camp, coordinator):
        person = make.person(
            "Sevinj Aliyeva", certificate_name="Sevinc Əliyeva", names={"Arab": "سفنج علييفا"}
        )
        enrolment = make.enrolment(camp, person=person)
        earning.attend(enrolment, 10)
        for code, many in earning.OUTPUTS.items():
            earning.hand_in(enrolment, code, many)

        made = services.issue_credential(enrolment, by=coordinator)

        assert made.name_on_paper == "Sevinc Əliyeva"
        assert made.names_on_paper == {"Latn": "Sevinc Əliyeva", "Arab": "سفنج علييفا"}

    def test_letter_leads_to_the_page_and_to_the_paper(self, issued):
        letter = Message.objects.get(kind="credentials/issued")

        assert letter.to_address == "sevinc@mail.example"
        assert f"https://karvan.example/en/verify/{issued.number}/" in letter.body
        assert f"/en/certificates/{issued.number}:" in letter.body

    def test_letter_comes_in_the_holders_language(self, camp, coordinator):
        services.issue_credential(earning.earner(camp, language="ar"), by=coordinator)

        assert "/ar/verify/" in Message.objects.get(kind="credentials/issued").body

    def test_who_has_no_address_gets_a_certificate_without_a_hash(self, camp, coordinator):
        made = services.issue_credential(earning.earner(camp, email=None), by=coordinator)

        kinds = [one["identityType"] for one in made.document["credentialSubject"]["identifier"]]
        assert kinds == ["name"]
        assert checking.check_credential(made).state == "valid"
        assert not Message.objects.filter(kind="credentials/issued").exists()

    def test_who_lacks_something_gets_none_and_is_told_what(self, camp, coordinator):
        enrolment = make.enrolment(camp, person=make.person("Elçin"))
        earning.attend(enrolment, 7)

        with pytest.raises(NotEarned, match=r"Elçin.*70%.*canvas.*interview"):
            services.issue_credential(enrolment, by=coordinator)

        assert not Credential.objects.exists()

    def test_second_certificate_is_refused(self, issued, earner, coordinator):
        with pytest.raises(AlreadyIssued, match=issued.number):
            services.issue_credential(earner, by=coordinator)

        assert Credential.objects.count() == 1

    def test_without_a_key_nothing_is_issued(self, earner, coordinator, key_file):
        key_file.unlink()

        with pytest.raises(NoSigningKey):
            services.issue_credential(earner, by=coordinator)

        assert not Credential.objects.exists()
        assert not StatusList.objects.exists()

    def test_past_is_signed_with_its_own_date_when_it_is_entered_later(self, earner):
        with clock.replaying(make.moment(2021, 9, 5)):
            made = services.issue_credential(earner, by=None)

        assert made.document["validFrom"] == "2021-09-05T12:00:00Z"
        assert made.number.startswith("KC-2021-")
        assert checking.check_credential(made).state == "valid"


class TestIssuingToAll:
    def test_all_who_earned_it_get_one_and_the_rest_is_told_what_lacks(self, camp, coordinator):
        for number in range(3):
            earning.earner(camp, f"Person {number}")
        short = make.enrolment(camp)
        earning.attend(short, 5)

        found = services.issue_for_activity(camp, by=coordinator)

        assert len(found.issued) == 3
        assert [enrolment for enrolment, _award in found.lacking] == [short]
        assert Credential.objects.count() == 3
        assert Message.objects.filter(kind="credentials/issued").count() == 3
        assert len({one.status_index for one in found.issued}) == 3

    def test_running_it_again_changes_nothing(self, camp, earner, coordinator):
        services.issue_for_activity(camp, by=coordinator)
        again = services.issue_for_activity(camp, by=coordinator)

        assert (len(again.issued), len(again.standing)) == (0, 1)
        assert Credential.objects.count() == 1

    def test_a_run_may_be_cut_short_and_taken_up_again(self, camp, coordinator):
        for number in range(3):
            earning.earner(camp, f"Person {number}")

        first = services.issue_for_activity(camp, by=coordinator, most=2)
        second = services.issue_for_activity(camp, by=coordinator, most=2)

        assert (len(first.issued), len(first.waiting)) == (2, 1)
        assert (len(second.issued), len(second.waiting)) == (1, 0)

    def test_revoked_certificate_is_not_given_back_by_the_way(self, camp, earner, coordinator):
        made = services.issue_for_activity(camp, by=coordinator).issued[0]
        services.revoke_credential(made, reason="Attendance was forged.", by=coordinator)

        again = services.issue_for_activity(camp, by=coordinator)
        by_hand = services.issue_credential(earner, by=coordinator)

        assert (again.issued, again.withheld) == ([], [earner])
        assert checking.check_credential(by_hand).state == "valid"

    def test_new_status_list_is_begun_when_half_of_one_is_taken(self, camp, issued):
        StatusList.objects.update(size=2)
        made = services.issue_credential(earning.earner(camp, "Another"), by=None)

        assert made.status_list.number == 2


class TestRevoking:
    def test_revoked_is_told_by_the_public_list(self, issued, coordinator):
        services.revoke_credential(issued, reason="Issued by mistake.", by=coordinator)

        listed = publishing.status_document(1)
        bits = signing.status.decode(listed["credentialSubject"]["encodedList"])
        assert signing.bit_is_set(bits, issued.status_index)
        assert sum(byte.bit_count() for byte in bits) == 1
        issued.refresh_from_db()
        assert checking.check_credential(issued).state == "revoked"
        assert "Issued by mistake." in Message.objects.get(kind="credentials/revoked").body
        assert Record.objects.get(act="revoked").reason == "Issued by mistake."

    def test_without_a_reason_it_stays(self, issued, coordinator):
        with pytest.raises(ReasonMissing):
            services.revoke_credential(issued, reason="  ", by=coordinator)

        issued.refresh_from_db()
        assert issued.revoked_at is None

    def test_twice_is_refused(self, issued, coordinator):
        services.revoke_credential(issued, reason="Mistake", by=coordinator)

        with pytest.raises(AlreadyRevoked):
            services.revoke_credential(issued, reason="Again", by=coordinator)


class TestCorrecting:
    def test_new_one_says_which_it_replaces_and_the_old_is_revoked(self, issued, coordinator):
        made = services.correct_credential(
            issued, name="Sevinc Əliyeva-Quliyeva", reason="Name misspelt", by=coordinator
        )

        old = Credential.objects.get(pk=issued.pk)
        assert made.corrects == old and made.basis == old.basis and made.kind == old.kind
        assert made.document["description"] == f"Corrects and replaces {old.number}."
        assert checking.check_credential(old).state == "corrected"
        assert checking.check_credential(made).state == "valid"

    def test_records_say_that_the_name_changed_and_not_what_it_was(self, issued, coordinator):
        services.correct_credential(issued, name="Zərifə", reason="Misspelt", by=coordinator)

        written = json.dumps(
            list(Record.objects.values("before", "after", "reason", "subject_label")),
            ensure_ascii=False,
        )
        assert "Zərifə" not in written and "Sevinc" not in written

    @pytest.mark.parametrize("name", ["", "  ", "Sevinc  Əliyeva"])
    def test_same_name_or_none_is_refused(self, issued, coordinator, name):
        with pytest.raises(NameMissing):
            services.correct_credential(issued, name=name, reason="Typo", by=coordinator)

        assert Credential.objects.get().revoked_at is None

    def test_reason_is_needed_and_a_revoked_one_stays_as_it_is(self, issued, coordinator):
        with pytest.raises(ReasonMissing):
            services.correct_credential(issued, name="Another", reason=" ", by=coordinator)
        services.revoke_credential(issued, reason="Mistake", by=coordinator)
        with pytest.raises(AlreadyRevoked):
            services.correct_credential(issued, name="Another", reason="Typo", by=coordinator)

        assert Credential.objects.count() == 1


class TestForgetting:
    def test_name_and_signed_text_go_and_the_row_stays_for_the_counts(self, issued, coordinator):
        assert services.forget_holder(issued.person, by=coordinator) == 1

        row = Credential.objects.values().get()
        kept = json.dumps({key: str(value) for key, value in row.items()}, ensure_ascii=False)
        assert "Sevinc" not in kept and "sevinc" not in kept
        assert (row["kind"], row["number"]) == ("completion", issued.number)
        issued.refresh_from_db()
        assert checking.check_credential(issued).state == "erased"

    def test_address_is_in_no_column_to_begin_with(self, issued):
        row = Credential.objects.values().get()

        assert "sevinc@mail.example" not in json.dumps(
            {key: str(value) for key, value in row.items()}, ensure_ascii=False
        )
        subject = issued.document["credentialSubject"]["identifier"][0]
        assert subject["identityHash"] == signing.hash_identity(
            "Sevinc@Mail.example", salt=subject["salt"]
        )


class TestKeys:
    def test_secret_half_is_in_no_table(self, issued, key_file):
        secret = b"".join(key_file.read_bytes().splitlines()[1:-1]).decode()

        row = SigningKey.objects.values().get()
        assert secret not in str(row)
        assert row["public_multibase"].startswith("z6Mk")

    def test_rotated_key_signs_and_what_the_old_one_signed_stays_good(
        self, camp, issued, coordinator, key_file
    ):
        before = key_file.read_bytes()
        services.rotate_key(reason="Yearly", by=coordinator)
        newer = services.issue_credential(earning.earner(camp, "Another"), by=coordinator)

        assert key_file.read_bytes() != before
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
        assert newer.key != issued.key
        assert len(publishing.did_document()["verificationMethod"]) == 2
        assert checking.check_credential(issued).state == "valid"
        assert checking.check_credential(newer).state == "valid"

    def test_stolen_key_takes_with_it_what_it_signed(self, issued, coordinator):
        services.rotate_key(reason="Laptop lost", is_stolen=True, by=coordinator)

        assert checking.check_credential(issued).state == "altered"
        assert len(publishing.did_document()["verificationMethod"]) == 1

    def test_key_of_the_environment_is_used_and_not_rotated_here(
        self, earner, settings, coordinator, key_file
    ):
        settings.CREDENTIAL_KEY = key_file.read_text()
        key_file.unlink()

        made = services.issue_credential(earner, by=coordinator)
        with pytest.raises(NoSigningKey):
            services.rotate_key(reason="Yearly", by=coordinator)

        assert checking.check_credential(made).state == "valid"

    def test_new_key_put_into_the_settings_retires_the_one_before(self, issued, key_file):
        key = signing.make_key(did="did:web:karvan.example")
        key_file.write_bytes(signing.private_pem(key))

        row = services.ensure_key(by=None)

        assert row.public_multibase == key.public.multibase
        assert SigningKey.objects.get(pk=issued.key_id).retired_at is not None

    def test_retired_key_does_not_sign_again(self, issued, key_file, coordinator):
        old = key_file.read_bytes()
        services.rotate_key(reason="Yearly", by=coordinator)
        key_file.write_bytes(old)

        with pytest.raises(NoSigningKey):
            services.ensure_key(by=None)


def test_expired_and_moved_sites_are_told_apart(issued, settings):
    later = clock.now() + timedelta(days=1)
    with clock.replaying(later):
        assert checking.check_credential(issued).state == "valid"
    settings.SITE_ADDRESS = "https://elsewhere.example"

    # The register still holds it exactly so; a copy that differs is somebody else's.
    assert checking.check_credential(issued).state == "valid"
    assert checking.check_document({**issued.document, "name": "x"}).state == "foreign"
