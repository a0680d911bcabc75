"""Pages of releases: in the dossier, and what anybody may read."""

import json

import pytest
from django.urls import reverse

from karvan.stages.dossiers.models import DossierVersion
from karvan.stages.dossiers.snapshots import canonical
from tests import make

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "1.0.0",
    "changelog": "First.",
    "licence_hardware": "CERN-OHL-S-2.0",
    "licence_documentation": "CC-BY-SA-4.0",
}


@pytest.fixture
def dossier():
    return make.full_dossier()


def page_of(dossier, name="release", **query):
    return reverse(
        f"dossiers:{name}", args=[dossier.activity.edition.slug, dossier.pk], query=query or None
    )


def as_lead(client, dossier):
    client.force_login(make.bench_trainer(dossier.activity, "LEAD"))
    return client


def as_member(client, dossier):
    client.force_login(dossier.members.get().enrolment.person)
    return client


def test_the_lead_instructor_releases_and_lands_on_the_public_page(client, dossier):
    assert as_member(client, dossier).post(page_of(dossier), TYPED).status_code == 403
    answer = as_lead(client, dossier).post(page_of(dossier), TYPED)

    version = DossierVersion.objects.get()
    assert answer["Location"].endswith(f"/devices/{version.code}/")
    client.logout()
    text = client.get(answer["Location"]).content.decode()
    for word in ("Oximeter", "1.0.0", version.sha256, "CERN-OHL-S-2.0", "Take out Power", "± 0.25"):
        assert word in text
    assert "SN-77" not in text
    assert text.count('class="marks"') == 5  # a mark over each of the five photographs


def test_what_was_typed_stays_with_the_licence_it_may_mean(client, dossier):
    answer = as_lead(client, dossier).post(
        page_of(dossier), {**TYPED, "licence_hardware": "CERN OHL v1.2"}
    )

    text = answer.content.decode()
    assert "CERN-OHL-1.2" in text and 'value="CERN OHL v1.2"' in text and "First." in text
    assert not DossierVersion.objects.exists()


def test_the_bytes_given_are_those_the_hash_was_taken_of(client, dossier):
    version = make.dossier_version(dossier)

    answer = client.get(reverse("device_snapshot", args=[version.code]))

    assert answer.content == canonical(json.loads(answer.content))
    assert answer.content == canonical(version.snapshot)


def test_a_bill_that_holds_a_formula_opens_as_text(client, dossier):
    dossier.part_lines.filter(description="Part 1").update(description='=HYPERLINK("x")')
    version = make.dossier_version(dossier)

    text = client.get(reverse("device_bom", args=[version.code])).content.decode()

    assert "\"'=HYPERLINK(" in text
    assert ",0.25,EUR," in text


def test_the_paper_is_a_tagged_pdf_with_cover_pictures_and_address(client, dossier):
    from pypdf import PdfReader

    version = make.dossier_version(dossier)

    answer = client.get(reverse("device_paper", args=[version.code]))

    import io

    paper = PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in paper.pages)
    flat = "".join(text.split())
    assert version.sha256[:40] in flat and f"/devices/{version.code}/" in flat
    assert "Take out Probe" in text and "Optocoupler" in text or "optocoupler" in text
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_only_files_the_release_names_are_given_out(client, dossier):
    hidden = dossier.unit.owner_permission
    version = make.dossier_version(dossier)
    shown = dossier.steps.first().photos.get().file

    given = client.get(reverse("device_file", args=[version.code, shown.sha256]))
    assert len(b"".join(given.streaming_content)) == shown.size
    binary = dossier.design_files.create(
        role="firmware_binary",
        path="fw.bin",
        third_party=True,
        file=make.picture(dossier, "x.png", "red"),
    )
    later = make.dossier_version(dossier, number="1.1.0", superseded_at=version.released_at)
    for closed in (binary.file.sha256, "0" * 64):
        assert client.get(reverse("device_file", args=[later.code, closed])).status_code == 404
    if hidden.sha256 not in canonical(version.snapshot).decode():
        answer = client.get(reverse("device_file", args=[version.code, hidden.sha256]))
        assert answer.status_code == 404


def test_a_withdrawn_dossier_is_no_longer_shown(client, dossier):
    version = make.dossier_version(dossier)
    dossier.state = "withdrawn"
    dossier.save()

    assert client.get(reverse("dossiers:public", args=[version.code])).status_code == 404
    assert "Oximeter" not in client.get(reverse("dossiers:released")).content.decode()


def test_a_superseded_version_leads_to_the_one_in_force(client, dossier):
    from django.utils import timezone

    old = make.dossier_version(dossier, superseded_at=timezone.now())
    new = make.dossier_version(dossier, number="2.0.0")

    text = client.get(reverse("dossiers:public", args=[old.code])).content.decode()

    assert reverse("dossiers:public", args=[new.code]) in text


def test_what_changed_since_the_release_is_shown_field_by_field(client, dossier):
    make.dossier_version(dossier)
    dossier.part_lines.filter(description="Part 1").update(quantity=7)

    text = (
        as_member(client, dossier)
        .get(page_of(dossier, "compare", **{"from": "last"}))
        .content.decode()
    )

    assert "Part 1" in text and "<bdi>2</bdi>" in text and "<bdi>7</bdi>" in text


def test_comparing_with_a_version_that_is_not_there_is_not_found(client, dossier):
    answer = as_member(client, dossier).get(page_of(dossier, "compare", **{"from": "9.9.9"}))

    assert answer.status_code == 404


def test_a_trainer_of_another_country_carries_a_release_on(client, dossier):
    version = make.dossier_version(dossier)
    elsewhere = make.workshop(of=make.edition("MA-2027", country=make.country("MA")))
    client.force_login(make.role("trainer", elsewhere.scope))
    address = reverse("dossiers:carry_on", args=[version.code])
    assert (
        "Morocco" in client.get(address).content.decode() or client.get(address).status_code == 200
    )

    answer = client.post(address, {"activity": elsewhere.pk, "code": "ox-ma", "title": "Oxymètre"})

    fork = version.forks.get()
    assert answer["Location"].endswith(f"/dossiers/{fork.pk}/")
    assert (
        client.post(
            address, {"activity": dossier.activity.pk, "code": "x", "title": "x"}
        ).status_code
        == 200
    )  # not a workshop of this trainer: refused at the field
    assert version.forks.count() == 1


def test_credits_are_shown_and_taken_off(client, dossier):
    person = dossier.members.get().enrolment.person
    address = page_of(dossier, "credit")
    as_member(client, dossier).post(address, {"person": person.pk, "roles": ["writing"]})
    assert [one.role for one in dossier.contributions.all()] == ["writing"]

    client.post(address, {"person": make.person().pk, "roles": ["writing"]})  # nobody of this team

    assert dossier.contributions.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_public_list_costs_the_same_for_one_and_three(
    client, language, django_assert_num_queries
):
    address = reverse("dossiers:released").replace("/en/", f"/{language}/")
    make.dossier_version()
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)
    make.dossier_version()
    make.dossier_version()
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200
