"""Holding a page against what everybody needs of it, and taking its picture when asked.

With KARVAN_PICTURES set to a folder, every page looked at is photographed there in English and
Arabic at 360 and 1280 px.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LANGUAGES = ("en", "ar")
AXE = Axe()
BESIDE: WeakKeyDictionary[BrowserContext, Page] = WeakKeyDictionary()
# What passed is neither listed node by node nor carried over, which takes longer than looking.
FINDINGS = """() => axe.run({resultTypes: ["violations"], iframes: false, preload: false}).then(
  (found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"""
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && !one.closest(".scroll, .unseen");
  }).map((one) => one.outerHTML.slice(0, 160)).slice(0, 5).concat("the page scrolls sideways");
}"""


def axe(page: Page) -> None:
    """Nothing on the page as it stands keeps anybody out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.axe_script};0")
    found = page.evaluate(FINDINGS)
    said = [(rule, html[:200]) for rule, nodes in found for html in nodes[:3]]
    assert said == [], f"{page.url}: {said}"


def fits(page: Page) -> None:
    """The page as it stands does not scroll sideways."""
    assert page.evaluate(STICKING_OUT) == [], page.url


def look(page: Page, name: str, *, dark: bool = False) -> None:
    """The page's address in English and Arabic, narrow and wide: open to all, nothing sticks out.

    Opened beside the page, which stays as it is.
    """
    beside = _beside(page.context)
    for language in LANGUAGES:
        beside.set_viewport_size(WIDE if language == "en" else NARROW)
        beside.goto(re.sub(r"(//[^/]+)/(en|fr|ar|az)/", rf"\1/{language}/", page.url))
        assert beside.evaluate("document.documentElement.lang") == language
        axe(beside)
        beside.set_viewport_size(NARROW)
        fits(beside)
        _photograph(beside, f"{name}-{language}", dark=dark)
    beside.goto("about:blank")  # where nothing goes on, such as asking the server for news


def _beside(context: BrowserContext) -> Page:
    """One page for all looks in a context; it has axe before it has anything to look at.

    Sending axe to every page takes as long as a third of looking at it.
    """
    if context not in BESIDE:
        BESIDE[context] = context.new_page()
        BESIDE[context].add_init_script(AXE.axe_script)
    return BESIDE[context]


def _photograph(page: Page, name: str, *, dark: bool) -> None:
    folder = os.environ.get("KARVAN_PICTURES")
    if not folder:
        return
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for theme in ("light", "dark") if dark else ("light",):
            page.emulate_media(color_scheme=theme)
            path = Path(folder) / f"{name}-{size['width']}{'-dark' if theme == 'dark' else ''}.png"
            page.screenshot(path=path, full_page=True)
    page.emulate_media(color_scheme="light")
