"""A table is taken over, a doubt settled, the monument found on the map; in public its place is rounded."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.heritage.models import Monument
from karvan.stages.heritage.services.gallery import add_photo
from karvan.stages.heritage.services.registers import found_register
from karvan.stages.heritage.services.registers_elements import add_element
from karvan.stages.heritage.services.registers_monuments import change_monument
from tests import make
from tests.browser.looking import fits, look
from tests.stages.heritage.pictures import picture

GEOMETRY = "\"{u'type': u'Point', u'coordinates': [47.191234, 41.201234]}\""
TABLE = f"""PRIMARY NAME,NAME.E41,GEOMETRIC_PLACE_EXPRESSION.SP5,INTERPRETATION_TYPE.I4,GENERAL_DESCRIPTION.E62,OVERALL_CONDITION_TYPE.E55,CULTURAL_PERIOD_TYPE.I4,COUNTRY_TYPE.E55,MODIFICATION_DATE.E49,CULTURAL_PERIOD_TYPE.I4
INV-1,Khan Palace; قصر الخان,{GEOMETRY},Palace; Palace,<p>Built in <b>1797</b>.</p>,Fair,18th century,Azerbaijan,2100-11-10T00:00:00,18th century
INV-2,Round Tower,"{{u'type': u'Point', u'coordinates': [40.301234, 49.801234]}}",Tower,,Poor,12th century; 12th century,Azerbaijan,,12th century
INV-3,,"49.9, 40.41",Mound,,Very bad,5th c. BCE,Azerbaijan,,
INV-4,Old Bridge,,Bridge,,Unknown,1230,Azerbaijan,,
"""


def test_a_table_becomes_monuments_on_a_map(desktop: Page, opened: Any, sign_in_page: Any) -> None:
    register = found_register(
        code="az",
        names={"en": "Register of monuments", "ar": "سجل المعالم"},
        country=make.country("AZ"),
        source="own compilation",
        by=None,
    )
    sign_in_page(desktop, make.role("officer"))

    desktop.set_default_navigation_timeout(120_000)  # the first page warms the server up
    desktop.goto("/en/heritage/")
    look(desktop, "registers")
    desktop.get_by_role("link", name="Register of monuments").click()
    look(desktop, "register-empty")
    desktop.get_by_role("link", name="Take over a table").click()
    look(desktop, "imports")
    desktop.set_input_files(
        "input[name=upload]",
        {"name": "eamena.csv", "mimeType": "text/csv", "buffer": TABLE.encode()},
    )
    desktop.get_by_role("button", name="Read the table").click()
    doubts = desktop.locator("#doubts")
    expect(doubts).to_contain_text("Latitude and longitude that changed places")
    expect(doubts).to_contain_text("The year 2100 lies ahead of today")
    doubts.locator("summary", has_text="Latitude and longitude that changed places").locator(
        ".."
    ).get_by_label("All of these").select_option("swap")
    desktop.get_by_role("button", name="Settle the doubts so").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("settled")
    desktop.get_by_text("Columns, encoding and language").click()
    look(desktop, "import", dark=True)
    act = desktop.locator("details.act", has_text="Take the table over")
    act.locator("summary").click()
    act.get_by_role("button").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("taken over")

    desktop.goto("/en/heritage/az/")
    expect(desktop.locator(".cluster-map a.spot")).to_have_count(2)
    look(desktop, "register", dark=True)
    desktop.get_by_label("Name, number or place").fill("قصر")
    desktop.get_by_role("button", name="Find monuments").click()
    desktop.locator(".cluster-map a.spot").click()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Khan Palace")
    palace = Monument.objects.get(national_id="INV-1")
    building = add_element(palace, code="building", names={"en": "Building"}, by=None)
    add_element(palace, code="south", names={"en": "South facade"}, parent=building, by=None)
    add_element(palace, code="hall", names={"en": "Hall"}, parent=building, by=None)
    for number in range(2):
        add_photo(
            palace, upload=picture(f"{number}.jpg"), captions={"en": f"View {number}"},
            rights="CC BY 4.0", is_public=True, by=None,
        )  # fmt: skip
    look(desktop, "monument", dark=True)
    desktop.get_by_role("link", name="The tree of parts").click()
    hall = desktop.locator("li", has_text="Hall").last
    hall.get_by_role("button", name="Up").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".tree > li").nth(1)).to_contain_text("Hall")
    expect(desktop.get_by_role("button", name="Down").nth(1)).to_be_focused()
    look(desktop, "elements")
    desktop.goto(f"/en/heritage/az/monuments/{palace.pk}/change/")
    look(desktop, "monument-form")
    desktop.goto(f"/en/heritage/az/monuments/{palace.pk}/photographs/")
    look(desktop, "gallery", dark=True)
    desktop.locator(".pictures a").first.click()
    desktop.wait_for_load_state("networkidle")
    desktop.keyboard.press("n")
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("View 1")
    look(desktop, "photo")
    desktop.wait_for_load_state("networkidle")

    change_monument(palace, is_at_risk_of_looting=True, address="Behind the mill", by=None)
    phone = opened(viewport={"width": 360, "height": 740}, is_mobile=True, locale="ar")
    phone.goto("/ar/monuments/az/")
    fits(phone)
    look(phone, "public-register", dark=True)
    phone.get_by_role("link", name="قصر الخان").first.click()
    expect(phone.locator("main")).to_contain_text("41.19")
    assert "41.2012" not in phone.content()
    assert "Behind the mill" not in phone.content()
    look(phone, "public-monument", dark=True)
    phone.locator(".pictures a").first.click()
    look(phone, "public-photo")
    assert register.monuments.count() == 4
