"""A young person applies from a telephone: in Arabic, with a connection that comes and goes."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from karvan.stages.calls.models import Application
from karvan.stages.calls.services import start_application
from tests.browser import told
from tests.browser.conftest import PHONE
from tests.browser.looking import axe, fits, look

NAME = "ليلى محمدوفا"
WORDS = "أصنع مضخات تروي الحدائق الصغيرة دون كهرباء وأختبرها مع الجيران كل أسبوع. " * 9
KIB = 1024


def fill(page: Page, **changed: Any) -> None:
    """Answer every question that stands on the page, by its kind."""
    typed = {**told.answers(), "full_name": NAME, **changed}
    form = page.locator("form[data-autosave-url]")
    for key, value in typed.items():
        field = form.locator(f"[name={key}]")
        if value is True:
            field.check()
        elif field.count() > 1:
            form.locator(f"[name={key}][value='{value}']").check()
        elif field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def test_arabic_telephone_loses_the_connection_and_the_application_goes_on(
    phone: Page, opened: Any, troubles: Any
) -> None:
    told.call()
    phone.goto("/ar/calls/")
    look(phone, "calls")
    phone.get_by_role("link", name=told.CALL["ar"]).click()
    look(phone, "call", dark=True)
    phone.locator("main .acts button").click()
    phone.wait_for_url("**/applications/**")
    state = phone.locator("[data-autosave-state]")
    fill(phone, problem=WORDS, feasibility="")
    expect(state).to_have_attribute("data-autosave-state", "saved")

    troubles.expect("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    phone.locator("[name=feasibility]").fill(WORDS)
    expect(state).to_have_attribute("data-autosave-state", "offline")
    assert "feasibility" in str(phone.evaluate("JSON.stringify(localStorage)"))
    assert Application.objects.get().answers.get("feasibility", "") == ""
    phone.context.set_offline(False)
    expect(state).to_have_attribute("data-autosave-state", "saved")
    assert Application.objects.get().answers["feasibility"].strip() == WORDS.strip()
    look(phone, "apply", dark=True)

    other = opened(**PHONE)
    other.goto(phone.url)
    assert other.locator("[name=full_name]").input_value() == NAME
    assert other.locator("[name=feasibility]").input_value().strip() == WORDS.strip()

    phone.locator("button[name=send]").click()
    sent = Application.objects.get()
    expect(phone.locator(".statement strong")).to_have_text(str(sent.number))
    assert (sent.state, sent.language, sent.full_name) == ("submitted", "ar", NAME)
    look(phone, "receipt", dark=True)
    other.reload()
    expect(other.locator(".statement strong")).to_have_text(str(sent.number))


def test_what_is_missing_is_named_and_lets_everybody_through(phone: Page, troubles: Any) -> None:
    told.call()
    phone.goto("/ar/calls/baku-2026/")
    phone.locator("main .acts button").click()
    phone.wait_for_url("**/applications/**")

    troubles.expect("422")
    phone.locator("button[name=send]").click()

    expect(phone.locator("[aria-invalid=true]").first).to_be_visible()
    assert phone.locator("[aria-invalid=true]").count() > 5
    axe(phone)
    fits(phone)


def test_whole_way_without_scripts(opened: Any) -> None:
    told.call()
    page = opened(**{**PHONE, "java_script_enabled": False})
    page.goto("/ar/calls/baku-2026/")
    page.locator("main .acts button").click()
    page.wait_for_url("**/applications/**")

    fill(page)
    page.locator("button[name=save]:visible").click()
    expect(page.locator(".statement[role=status]")).to_be_visible()
    assert Application.objects.get().answers["full_name"] == NAME
    page.locator("button[name=send]").click()

    expect(page.locator(".statement strong")).to_have_text(str(Application.objects.get().number))


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_first_visit_costs_little(opened: Any, language: str) -> None:
    draft = start_application(told.call(), language=language)
    page = opened(**PHONE)
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))
    page.goto(f"/{language}/applications/{draft.token}/", wait_until="networkidle")

    assert len(answers) <= 6, [one.url for one in answers]
    assert sum(len(gzip.compress(one.body())) for one in answers) <= 30 * KIB
