"""Pages of restorations: refusals are shown again, the open page tells no place, the file is whole."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from karvan.stages.heritage.services.projects import start_project
from karvan.stages.heritage.services.projects_evidence import add_site_photo
from karvan.stages.heritage.services.projects_paper import completion_pdf
from karvan.stages.heritage.services.projects_works import set_money
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make.officer())
    return client


@pytest.fixture
def project() -> Any:
    monument = make.monument(
        make.register("az"),
        latitude=41.20444,
        longitude=47.19722,
        adm1="Sheki",
        adm2="Sheki district",
        address="Castle Street 12",
        country=make.country("AZ"),
    )
    return start_project(monument, code="palace", titles=make.texts("Palace"), by=None)


def url(name: str, *more: Any) -> str:
    return reverse(f"heritage:{name}", args=["palace", *more])


def test_a_restoration_is_planned_from_its_monument(officer):
    monument = make.monument(make.register("az"))
    address = reverse("heritage:project_new", args=["az", monument.pk])
    typed = {"code": "khan", "titles_en": "Khan's Palace", "currency": "azn"}

    wrong = officer.post(address, {**typed, "starts_on": "2026-05-01", "ends_on": "2026-04-01"})
    assert wrong.status_code == 422
    assert "must end after it begins" in wrong.content.decode()
    assert officer.post(address, typed).status_code == 302

    made = monument.projects.get()
    assert (made.currency, made.phases.count()) == ("AZN", 11)


def test_works_refused_show_all_that_is_missing_and_keep_the_day(officer, project):
    answer = officer.post(url("project_phase_begin", "works"), {"on": "2026-11-02"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No permit is entered." in page
    assert "has no signed survey" in page
    assert 'value="2026-11-02"' in page


def test_a_treatment_without_a_reason_is_shown_again(officer, project):
    part = make.element(project.monument)
    works = project.phases.get(kind="works")
    typed = {
        "phase": works.pk,
        "element": part.pk,
        "treatment": "Repointing",
        "quantity": "12,5",
        "unit": "m2",
    }

    answer = officer.post(url("works"), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "recommendation or a reason" in page
    assert 'value="Repointing"' in page
    assert officer.post(url("works"), {**typed, "reason": "Joints are open"}).status_code == 302


def test_paid_above_committed_is_shown_again(officer, project):
    typed = {
        "phase": project.phases.get(kind="works").pk,
        "funder": make.party("bank", "bank").pk,
        "planned": "100",
        "committed": "80",
        "paid": "90.50",
    }

    answer = officer.post(url("money"), typed)

    assert answer.status_code == 422
    assert "more than the 80.00" in answer.content.decode()
    assert not project.funding.exists()


def test_an_after_without_a_before_is_shown_again(officer, project):
    viewpoint = make.viewpoint(project, code="south")
    upload = samples.upload("a.png", samples.picture("PNG"))
    typed = {"moment": "after", "taken_on": "2026-11-02", "upload": upload, "operator": "Elnur"}

    answer = officer.post(url("viewpoint", "south"), typed)

    assert answer.status_code == 422
    assert "there is no picture before" in answer.content.decode()
    assert 'value="Elnur"' in answer.content.decode()
    assert not viewpoint.pictures.exists()


def test_those_who_only_read_change_nothing(project):
    auditor = Client()
    auditor.force_login(make.role("auditor"))

    for name in ("works", "money", "evidence"):
        assert auditor.get(url(name)).status_code == 200
        assert auditor.post(url(name), {}).status_code == 403


class TestTheOpenPage:
    def test_it_is_closed_until_somebody_opens_it(self, project):
        assert Client().get(url("project_public")).status_code == 404

    def test_it_tells_the_place_in_words_and_never_coordinates(self, project):
        project.is_public = True
        project.save()

        page = Client().get(url("project_public")).content.decode()

        assert "Castle Street 12" in page
        assert "41.2" not in page
        assert "47.1" not in page

    def test_where_looting_is_a_danger_only_the_region_is_told(self, project):
        project.is_public = True
        project.save()
        project.monument.is_at_risk_of_looting = True
        project.monument.save()

        page = Client().get(url("project_public")).content.decode()

        assert "Castle Street 12" not in page
        assert "Sheki district" not in page
        assert "Sheki, Azerbaijan" in page

    def test_a_picture_of_a_closed_restoration_is_not_given(self, project):
        shot = add_site_photo(
            make.viewpoint(project),
            moment="before",
            taken_on=date(2026, 1, 5),
            upload=samples.upload("a.png", samples.picture("PNG")),
            by=None,
        )

        assert Client().get(url("project_public_photo", shot.pk)).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_completion_file_holds_everything_and_no_place(project, language):
    bank = make.party("bank", "bank")
    works = project.phases.get(kind="works")
    make.permit(project, number="MK-17")
    make.survey(project.monument, on=date(2026, 6, 1), condition="poor")
    make.work_item(works, treatment="Repointing", unit_price=Decimal("10.50"))
    set_money(
        works, funder=bank, planned=Decimal(900), committed=Decimal(900), paid=Decimal(5), by=None
    )
    add_site_photo(
        make.viewpoint(project),
        moment="before",
        taken_on=date(2026, 1, 5),
        upload=samples.upload("a.png", samples.picture("PNG")),
        by=None,
    )
    project.activity = make.activity("RST", format="restoration")
    project.save()
    make.enrolment(project.activity, person=make.person("Sevinc Aliyeva"))

    with translation.override(language):
        data = completion_pdf(project)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    for wanted in ("MK-17", "Repointing", "900", "Sevinc Aliyeva"):
        assert wanted in text
    assert "41.2" not in text
    assert pikepdf.open(io.BytesIO(data)).Root.MarkInfo.Marked


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same(officer, rows, django_assert_num_queries):
    for number in range(rows):
        make.restoration(code=f"r{number}")
    address = reverse("heritage:projects")
    officer.get(address)

    with django_assert_num_queries(5):
        assert officer.get(address).status_code == 200
