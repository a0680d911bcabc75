"""A team takes its bill of materials over from a table, gives a part an offer, and sees the costs."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests import make
from tests.browser.looking import look

TABLE = """Pump,,,,,,
Total,,,,,9.00,
Item,Designator,Quantity,Description,Package cost,Cost,Items per pack
1,M1,1,Stepper motor,33.99,33.99,3
2,"R1,R9,R10",1,Resistor 4.7k,0.10,0.10,1
3,,4,Socket head screw M3 × 20,9.91,9.91,100
4,J2,0,Header,1.00,,1
5,,(1),Spare knob,,,
6,,2,مقبض,,,
"""


def test_a_bill_of_materials_is_taken_over_and_reckoned(desktop: Page, sign_in_page: Any) -> None:
    dossier = make.dossier(title="Syringe pump")
    member = make.member(dossier, person=make.role("participant", dossier.scope))
    sign_in_page(desktop, member.enrolment.person)
    start = f"/en/editions/{dossier.activity.edition.slug}/dossiers/{dossier.pk}/"

    desktop.set_default_navigation_timeout(60_000)  # the first page warms the server up
    desktop.goto(f"{start}parts/")
    look(desktop, "bom-empty")
    desktop.get_by_role("link", name="Import a file").first.click()
    look(desktop, "bom-import")
    desktop.set_input_files(
        "input[type=file]",
        {"name": "pump.csv", "mimeType": "text/csv", "buffer": TABLE.encode()},
    )
    desktop.get_by_role("button", name="Read the file").click()
    expect(desktop.locator("#doubts")).to_contain_text("R1, R9, R10")
    expect(desktop.locator("#doubts")).to_contain_text("never counted as nought")
    desktop.get_by_text("Table and columns").click()
    look(desktop, "bom-preview", dark=True)
    desktop.get_by_label("Currency of prices").fill("USD")
    desktop.get_by_role("button", name="Take over what is ticked").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("6 lines are taken over.")
    look(desktop, "bom", dark=True)

    desktop.get_by_role("link", name="مقبض").click()
    desktop.get_by_role("link", name="Note an offer").click()
    look(desktop, "bom-offer")
    desktop.get_by_label("Supplier").fill("Bakı Metal")
    desktop.get_by_label("Country").fill(dossier.activity.edition.country.code)
    desktop.get_by_label("Price", exact=False).first.fill("2.50")
    desktop.get_by_label("Currency").fill("USD")
    desktop.get_by_role("button", name="Note the offer").click()
    expect(desktop.locator("#offers")).to_contain_text("counted in the cost")
    look(desktop, "bom-part", dark=True)

    desktop.goto(f"{start}parts/costs/")
    expect(desktop.locator("main")).to_contain_text("16.83 USD")  # 11.33 + 0.10 + 0.40 + 5.00
    expect(desktop.locator("main")).to_contain_text("49.00 USD")  # 33.99 + 0.10 + 9.91 + 5.00
    look(desktop, "bom-costs", dark=True)


def test_design_files_stand_with_their_source(desktop: Page, sign_in_page: Any) -> None:
    dossier = make.dossier(title="Syringe pump")
    member = make.member(dossier, person=make.role("participant", dossier.scope))
    sign_in_page(desktop, member.enrolment.person)

    desktop.goto(f"/en/editions/{dossier.activity.edition.slug}/dossiers/{dossier.pk}/files/")
    look(desktop, "design-files-empty")
    desktop.get_by_role("link", name="Add a file").click()
    look(desktop, "design-file")
    desktop.set_input_files(
        "input[type=file]",
        {"name": "top.gbr", "mimeType": "application/octet-stream", "buffer": b"G04*"},
    )
    desktop.get_by_label("Role").select_option("gerber")
    desktop.get_by_label("Path").fill("pcb/top.gbr")
    desktop.get_by_role("button", name="Add the file").click()
    expect(desktop.locator("main")).to_contain_text("An export needs its source")
    desktop.set_input_files(
        "input[type=file]",
        {"name": "top.gbr", "mimeType": "application/octet-stream", "buffer": b"G04*"},
    )
    desktop.get_by_label("Why there is no source form").fill("The maker gave only this")
    desktop.get_by_role("button", name="Add the file").click()
    expect(desktop.locator("main")).to_contain_text("pcb/top.gbr")
    look(desktop, "design-files", dark=True)
