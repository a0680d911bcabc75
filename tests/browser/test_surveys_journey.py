"""A survey is written in Arabic on a telephone at the monument, then signed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from karvan.stages.heritage.services.surveys_terms import load_terms
from tests import make
from tests.browser.looking import look
from tests.foundation.files import samples


def test_a_survey_is_written_on_a_telephone_and_signed(phone: Page, sign_in_page: Any) -> None:
    load_terms(by=None)
    monument = make.monument(make.register("az"), names={"en": "Khan's Palace", "ar": "قصر الخان"})
    make.element(monument, names={"en": "South facade", "ar": "الواجهة الجنوبية"})
    sign_in_page(phone, make.officer())
    phone.set_default_timeout(60_000)
    with translation.override("ar"):
        phone.goto(reverse("heritage:surveys", args=["az", monument.pk]))
    look(phone, "surveys-none")

    phone.locator("form[action$='/begin/'] button").tap()
    head = phone.locator("#found form")
    head.locator("[name=condition]").select_option("poor")
    head.locator("[name=extent]").select_option("31_60")
    head.locator("button").tap()
    phone.wait_for_url("**/surveys/*/#found")

    phone.locator("#damage details.fold > summary").tap()
    damage = phone.locator("#damage form[enctype]")
    damage.locator("[name=pattern]").fill("انفصال")
    expect(damage.locator(".term-told").first).to_contain_text("تنفصل أجزاء من السطح")
    damage.locator("[name=pattern]").fill("حز")
    damage.locator("[name=severity]").select_option("3")
    damage.locator("button").tap()
    expect(damage.locator("[data-wrong]")).to_be_hidden()
    expect(phone.locator("#damage .found")).to_contain_text("حزاز")

    phone.locator("#damage details.fold > summary").tap()
    damage.locator("[name=pattern]").fill("تقشر ورقي")
    damage.locator("[name=photo]").set_input_files(
        [
            {
                "name": "wall.jpg",
                "mimeType": "image/jpeg",
                "buffer": samples.picture("JPEG", (400, 300)),
            }
        ]
    )
    damage.locator("button").tap()
    expect(phone.locator("#damage .found > li")).to_have_count(2)

    phone.locator("#threats details.fold > summary").tap()
    threats = phone.locator("#threats form[action$='threats']")
    threats.locator("[name=category]").fill("طبيعي")
    threats.locator("[name=probability]").select_option("probable")
    threats.locator("button").tap()
    expect(phone.locator("#threats .found > li")).to_have_count(1)

    phone.locator("#advice details.fold > summary").tap()
    advice = phone.locator("#advice form[action$='advice/#advice']")
    advice.locator("[name=kind]").fill("تقوية")
    advice.locator("[name=priority]").select_option("6_12_months")
    advice.locator("button").tap()
    expect(phone.locator("#advice .found > li")).to_have_count(1)
    look(phone, "survey-draft", dark=True)

    act = phone.locator("details.act", has=phone.locator("form[action$='/sign/']"))
    act.locator("summary").tap()
    act.locator("button").tap()
    expect(phone.locator("#found")).to_have_count(0)
    look(phone, "survey-signed", dark=True)
    monument.refresh_from_db()
    assert monument.condition == "poor"
    survey = monument.surveys.get()
    assert {one.pattern.code for one in survey.observations.all()} == {"moss", "exfoliation"}

    marked = survey.observations.get(photo__isnull=False)
    phone.goto(
        f"/ar/heritage/az/monuments/{monument.pk}/surveys/{survey.pk}/damage/{marked.pk}/marks/"
    )
    look(phone, "survey-marks")
    phone.goto("/ar/heritage/surveys/")
    look(phone, "surveys-due")
    phone.goto("/ar/heritage/terms/?vocabulary=pattern")
    look(phone, "survey-terms", dark=True)
