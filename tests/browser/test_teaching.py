"""A trainer calls the roll on a telephone in the room."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.delivery.models import Attendance
from tests import make
from tests.browser import told
from tests.browser.looking import look

NAMES = ["Leyla Məmmədova", "ليلى محمدوفا", "Tural Əliyev", "Aïcha Benali", "Nərgiz Quliyeva"]
TITLES = {
    "en": "Customer interviews in pairs",
    "fr": "Entretiens en binômes",
    "ar": "مقابلات الزبائن في أزواج",
    "az": "Cütlərdə müştəri müsahibələri",
}


def test_trainer_calls_the_roll_on_a_phone(phone: Page, sign_in_page: Any, troubles: Any) -> None:
    camp = told.camp()
    session = make.session(camp, code="D1S2", titles=TITLES)
    trainer = make.trainer(camp)
    for name in NAMES:
        make.enrolment(camp, person=make.role("participant", camp.scope, of=make.person(name)))
    sign_in_page(phone, trainer.person)

    phone.goto(f"/ar/editions/tvp-az-2026/BC3/sessions/{session.pk}/roll/")
    look(phone, "roll", dark=True)
    state = phone.locator("[data-autosave-state]")
    rows = phone.locator("form.roll fieldset")
    rows.nth(0).locator("[data-choice=late]").tap()
    expect(state).to_have_attribute("data-autosave-state", "saved")
    rows.nth(1).locator("[data-choice=absent]").tap()
    phone.locator("button[name=everybody]").tap()
    phone.wait_for_load_state()

    expect(phone.locator("input:checked")).to_have_count(len(NAMES))
    called = Attendance.objects.filter(session=session).values_list("state", flat=True)
    assert sorted(called) == ["absent", "late", "present", "present", "present"]
    look(phone, "roll-called")
    phone.goto("/ar/editions/tvp-az-2026/BC3/sessions/")
    look(phone, "sessions")
