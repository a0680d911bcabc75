"""The block diagram in a browser: words stay within their boxes in every script."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.dossiers.services.diagram import LinkSaid, add_block, link_blocks
from tests.browser.looking import look
from tests.make.dossiers import dossier, member

OUTSIDE = """() => [...document.querySelectorAll(".block")].flatMap((one) => {
  const box = one.querySelector("rect").getBBox();
  return [...one.querySelectorAll("text")].filter((text) => {
    const own = text.getBBox();
    return own.x < box.x || own.x + own.width > box.x + box.width
      || own.y < box.y - 1 || own.y + own.height > box.y + box.height + 1;
  }).map((text) => text.textContent);
})"""
BLOCKS = (
    ("Finger clip with red and infrared light", "applied_part", "patient"),
    ("Photodiode", "sensor", "patient"),
    ("مضخم المعاوقة مع مرشح تمرير منخفض", "signal_conditioning", "secondary"),
    ("Microcontroller STM32F103C8T6 with analogue converter", "control", "secondary"),
    ("Göstərici ekran", "display", "secondary"),
    ("Isolated supply 5 V", "power", "secondary"),
    ("Mains adapter", "power", "mains"),
    ("Housing", "mechanical", "none"),
)
LINKS = (
    (3, 0, "signal", "LED current", "", True, "Optocoupler HCPL-7840"),
    (0, 1, "signal", "light", "", False, ""),
    (1, 2, "signal", "current", "", True, "Optocoupler HCPL-7840"),
    (2, 3, "signal", "", "", False, ""),
    (3, 4, "data", "I²C", "", False, ""),
    (6, 5, "energy", "", "", True, "Transformer T1"),
    (5, 3, "energy", "", "", False, ""),
    (6, 0, "energy", "", "", False, ""),
    (7, 4, "material", "", "", False, ""),
)


def drawn() -> Any:
    bench = dossier(state="teardown")
    rows = [
        add_block(bench, name=name, kind=kind, side=side, by=None) for name, kind, side in BLOCKS
    ]
    for source, target, flow, medium, unit, crosses, barrier in LINKS:
        said = LinkSaid(
            rows[source].pk,
            rows[target].pk,
            flow,
            medium=medium,
            unit=unit,
            crosses_isolation=crosses,
            barrier=barrier,
        )
        link_blocks(bench, said=said, by=None)
    return bench


def test_words_stay_within_their_boxes_in_both_directions(desktop: Page, sign_in_page: Any) -> None:
    bench = drawn()
    sign_in_page(desktop, member(bench).enrolment.person)
    slug = bench.activity.edition.slug

    for language in ("en", "ar"):
        desktop.goto(f"/{language}/editions/{slug}/dossiers/{bench.pk}/diagram/")
        assert desktop.locator(".block").count() == len(BLOCKS)
        assert desktop.evaluate(OUTSIDE) == []
    look(desktop, "diagram", dark=True)


def test_a_finding_leads_to_the_link_that_is_put_right(desktop: Page, sign_in_page: Any) -> None:
    bench = drawn()
    sign_in_page(desktop, member(bench).enrolment.person)
    slug = bench.activity.edition.slug
    desktop.goto(f"/en/editions/{slug}/dossiers/{bench.pk}/diagram/")

    finding = desktop.get_by_role("listitem").filter(has_text="names no isolation barrier")
    finding.get_by_role("link").press("Enter")
    desktop.get_by_label("Crosses the isolation").check()
    desktop.get_by_label("Barrier").fill("Transformer T2")
    desktop.get_by_role("button", name="Keep the link").press("Enter")

    expect(desktop.get_by_text("names no isolation barrier")).to_have_count(0)
    expect(desktop.locator(".barrier-name", has_text="Transformer T2")).to_be_visible()
    look(desktop, "diagram-change")
