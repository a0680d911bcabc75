"""What coordinators and holders do on screen."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.stages.credentials import access, issuer, rosters, services, signing
from karvan.stages.credentials.models import Credential
from karvan.stages.credentials.paper.certificate import verify_code
from tests import make
from tests.stages.credentials import earning

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(camp, coordinator):
    person = {"email": "sevinc@mail.example", "names": {"Arab": "سفنج علييفا"}}
    return services.issue_credential(earning.earner(camp, **person), by=coordinator)


def activity_page(activity):
    return reverse("credentials:activity", args=[activity.edition.slug, activity.code])


def record_page(credential, name="credential"):
    edition = credential.activity.edition
    return reverse(f"credentials:{name}", args=[edition.slug, credential.number])


def read(answer) -> pypdf.PdfReader:
    assert answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


class TestIssuing:
    def test_page_says_who_earned_one_who_lacks_what_and_how_many_will_be_issued(
        self, sign_in, camp, coordinator
    ):
        earning.earner(camp, "Aysel")
        earning.earner(camp, "Tural")
        short = make.enrolment(camp, person=make.person("Elçin"))
        earning.attend(short, 7)
        make.enrolment(camp, person=make.person("Nigar"))

        text = sign_in(coordinator).get(activity_page(camp)).text

        assert "Issue 2 certificates" in text and "2 people get a signed certificate" in text
        assert "attended 70% of 80% needed" in text
        assert "attendance is not known" in text

    def test_one_click_issues_them_and_the_next_page_says_so(self, sign_in, camp, coordinator):
        earning.earner(camp, "Aysel")
        client = sign_in(coordinator)
        act = reverse("credentials:issue_all", args=[camp.edition.slug, camp.code])

        answer = client.post(act, follow=True)
        again = client.post(act, follow=True)

        made = Credential.objects.get()
        assert made.number in answer.text and "1 certificate of" in answer.text
        assert "0 certificates of" in again.text
        assert "Issue 1" not in again.text

    def test_auditor_reads_and_has_no_act(self, sign_in, camp):
        earning.earner(camp)
        client = sign_in(make.role("auditor"))

        assert "Issue 1 certificate" not in client.get(activity_page(camp)).text
        act = reverse("credentials:issue_all", args=[camp.edition.slug, camp.code])
        assert client.post(act).status_code == 403
        assert not Credential.objects.exists()

    def test_missing_key_is_said_on_the_page(self, sign_in, camp, coordinator, key_file):
        earning.earner(camp)
        key_file.unlink()
        act = reverse("credentials:issue_all", args=[camp.edition.slug, camp.code])

        assert "no key to sign" in sign_in(coordinator).post(act, follow=True).text

    def test_revoked_one_is_given_again_only_by_hand(self, sign_in, issued, coordinator):
        services.revoke_credential(issued, reason="Mistake", by=coordinator)
        client = sign_in(coordinator)

        page = client.get(activity_page(issued.activity)).text
        act = reverse(
            "credentials:issue_one",
            args=[issued.activity.edition.slug, issued.activity.code, issued.enrolment_id],
        )
        client.post(act)

        assert "Issue a new certificate" in page and act in page
        assert Credential.objects.filter(revoked_at__isnull=True).count() == 1

    @pytest.mark.parametrize("many", [1, 3])
    def test_roster_costs_the_same_with_one_and_with_three(
        self, camp, many, django_assert_num_queries
    ):
        for number in range(many):
            earning.earner(camp, f"Person {number}")
        services.issue_for_activity(camp, by=None, most=1)

        with django_assert_num_queries(7):
            assert len(rosters.roster_of(camp).lines) == many

    def test_pages_cost_the_same_with_one_and_with_three(self, sign_in, camp, coordinator):
        client = sign_in(coordinator)
        pages = [
            activity_page(camp),
            reverse("credentials:edition", args=[camp.edition.slug]),
        ]
        counted = []
        for many in (1, 2):
            for number in range(many):
                earning.earner(camp, f"Person {many} {number}")
            made = services.issue_for_activity(camp, by=None).issued
            services.correct_credential(made[0], name="Zərifə", reason="Typo", by=None)
            counted.append([])
            for page in pages:
                with CaptureQueriesContext(connection) as queries:
                    client.get(page)
                counted[-1].append(len(queries))

        assert counted[0] == counted[1]


class TestRegister:
    def test_it_lists_filters_finds_and_exports(self, sign_in, camp, issued, coordinator):
        made = services.correct_credential(issued, name="Zərifə", reason="Typo", by=coordinator)
        client = sign_in(coordinator)
        page = reverse("credentials:edition", args=[camp.edition.slug])

        assert issued.number in client.get(page).text
        assert issued.number not in client.get(page, {"show": "standing"}).text
        assert issued.number in client.get(page, {"show": "corrected"}).text
        assert made.number in client.get(page, {"q": "zerife"}).text or made.number in (
            client.get(page, {"q": "Zərifə"}).text
        )
        assert made.number in client.get(page, {"format": "csv"}).getvalue().decode("utf-8-sig")

    def test_record_shows_grounds_and_history(self, sign_in, issued, coordinator):
        text = sign_in(coordinator).get(record_page(issued)).text

        assert "attended 90% of the sessions" in text and "handed in 2: interview" in text
        assert "issued" in text and "سفنج علييفا" in text

    def test_neighbour_finds_nothing(self, sign_in, issued):
        other = make.edition(country=make.country("MA"))
        neighbour = make.role("coordinator", other.scope)

        assert sign_in(neighbour).get(record_page(issued)).status_code == 404
        # Nor does an own edition's address open another edition's certificate.
        own = reverse("credentials:credential", args=[other.slug, issued.number])
        assert sign_in(neighbour).get(own).status_code == 404


class TestChanging:
    def test_revoking_without_a_reason_keeps_what_was_typed(self, sign_in, issued, coordinator):
        answer = sign_in(coordinator).post(record_page(issued, "revoke"), {"reason": ""})

        assert answer.status_code == 422
        assert Credential.objects.get().revoked_at is None

    def test_revoking_is_seen_at_once_by_the_public(self, sign_in, client, issued, coordinator):
        sign_in(coordinator).post(record_page(issued, "revoke"), {"reason": "Mistake"})

        assert "was revoked" in client.get(f"/en/verify/{issued.number}/").text

    def test_correcting_leads_to_the_new_record(self, sign_in, issued, coordinator):
        answer = sign_in(coordinator).post(
            record_page(issued, "correct"),
            {"name": "Sevinc Quliyeva", "reason": "Married"},
            follow=True,
        )

        made = Credential.objects.get(corrects=issued)
        assert made.number in answer.text and issued.number in answer.text
        assert "Sevinc Quliyeva" in answer.text

    def test_same_name_is_refused_and_kept(self, sign_in, issued, coordinator):
        answer = sign_in(coordinator).post(
            record_page(issued, "correct"), {"name": issued.name_on_paper, "reason": "Typo"}
        )

        assert answer.status_code == 422
        assert "the same as before" in answer.text and "Typo" in answer.text


class TestHolder:
    def test_own_certificates_are_listed_and_taken_along(self, sign_in, issued):
        client = sign_in(issued.person)

        assert issued.number in client.get(reverse("credentials:mine")).text
        text = client.get(reverse("credentials:own_text", args=[issued.number]))
        assert json.loads(text.content) == issued.document
        assert "attachment" in text["Content-Disposition"]
        assert (
            len(read(client.get(reverse("credentials:own_paper", args=[issued.number]))).pages) == 1
        )

    def test_nobody_elses(self, sign_in, issued):
        client = sign_in(make.person())

        for name in ("own_paper", "own_text"):
            assert (
                client.get(reverse(f"credentials:{name}", args=[issued.number])).status_code == 404
            )
        assert issued.number not in client.get(reverse("credentials:mine")).text

    def test_holder_is_led_from_the_edition_to_his_own(self, sign_in, issued):
        make.role("participant", issued.activity.scope, of=issued.person)

        answer = sign_in(issued.person).get(
            reverse("credentials:edition", args=[issued.activity.edition.slug])
        )

        assert answer["Location"] == reverse("credentials:mine")

    def test_link_in_the_letter_opens_the_paper_and_a_forged_one_does_not(self, client, issued):
        body = Message.objects.get(kind="credentials/issued").body
        link = next(line for line in body.splitlines() if "/certificates/" in line)
        path = link.removeprefix("https://karvan.example")

        assert len(read(client.get(path)).pages) == 1
        assert client.get(path.replace(".pdf", "x.pdf")).status_code == 404
        assert client.get(f"/en/certificates/{issued.number}.pdf").status_code == 404


class TestPaper:
    def test_both_languages_number_and_address_can_be_read_from_it(self, issued):
        text = read_bytes(services.print_certificate(issued)).pages[0].extract_text()
        text = " ".join(text.split())

        assert "Sevinc Əliyeva" in text and issued.number in text
        assert f"https://karvan.example/v/{issued.number}" in text
        assert "Certificate of completion of the boot camp" in text
        assert "Təlim düşərgəsini bitirmə" in text
        assert "3–5 September 2021, 21 hours" in text and "3–5 sentyabr 2021" in text

    def test_arab_edition_prints_the_holders_own_arabic_name(self, camp, coordinator):
        camp.edition.languages = ["ar", "en"]
        camp.edition.country.official_languages = ["ar"]
        camp.edition.country.save()
        camp.edition.save()
        made = services.issue_credential(
            earning.earner(camp, names={"Arab": "سفنج علييفا"}), by=coordinator
        )

        text = read_bytes(services.print_certificate(made)).pages[0].extract_text()

        assert made.paper["languages"] == ["ar", "en"]
        assert "Sevinc Əliyeva" in text
        assert all(word in text for word in ["سفنج", "علييفا"])

    def test_it_is_the_same_file_each_time_whatever_is_renamed_since(self, issued):
        first = services.print_certificate(issued)
        owner = issued.activity.edition.programme.owner
        owner.names = {"en": "Another name"}
        owner.save()

        assert services.print_certificate(Credential.objects.get(pk=issued.pk)) == first

    def test_signed_text_inside_is_the_one_that_is_served(self, client, issued):
        inside = read_bytes(services.print_certificate(issued)).attachments["credential.json"][0]

        assert inside == client.get(f"/credentials/{issued.number}.json").content

    def test_code_leads_to_the_short_address(self, client, issued):
        """The drawn modules are those of the address; a reader of codes sees nothing else."""
        address = f"https://karvan.example/v/{issued.number}"
        wanted = segno.make(address, error="m", micro=False, boost_error=False).matrix

        assert drawn_modules(issued) == [list(row) for row in wanted]
        assert client.get(address.removeprefix("https://karvan.example")).status_code == 302

    def test_letter_no_font_has_is_told_and_the_certificate_stays(self, client, camp):
        made = services.issue_credential(earning.earner(camp, "Mei 梅"), by=None)

        answer = client.get(f"/en/certificates/{token(made)}.pdf")

        assert answer.status_code == 422
        assert "梅" in answer.text and "valid all the same" in answer.text

    def test_revoked_one_is_not_printed_any_more(self, client, issued):
        services.revoke_credential(issued, reason="Mistake", by=None)

        answer = client.get(f"/en/certificates/{token(issued)}.pdf")

        assert answer.status_code == 422
        assert "no longer valid" in answer.text and "valid all the same" not in answer.text


def drawn_modules(credential) -> list[list[int]]:
    """The code's modules, read back from the strokes of its picture: `M x y h n` runs of dark."""
    picture = verify_code(issuer.verify_url(credential.number))
    side = int(re.search(r'width="(\d+)"', picture)[1])
    modules = [[0] * side for _row in range(side)]
    x = y = 0.0
    for letter, first, second in re.findall(
        r"([mMh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", stroke(picture)
    ):
        if letter == "h":
            for at in range(int(x), int(x) + int(first)):
                modules[int(y)][at] = 1
            x += int(first)
        elif letter == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return modules


def stroke(picture: str) -> str:
    return re.search(r' d="([^"]+)"', picture)[1]


def read_bytes(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def token(credential):
    return access.paper_token(credential)


def test_salted_hash_is_all_that_is_known_of_the_address(issued):
    served = services.signed_text(issued).decode()

    assert "sevinc@mail.example" not in served
    assert signing.hash_identity("x@y.example", salt="0" * 16) not in served
