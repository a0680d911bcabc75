"""A person who works with a keyboard alone: Tab, Enter, Space, arrows and typing, each key counted.

It reaches only what Tab reaches, takes only choices that stand on the screen, and types only
into fields for words and figures of its own. A date is never typed: it has to be proposed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

MOST_TABS = 200
FREE = (
    "text",
    "email",
    "textarea",
    "number",
)  # what a person may fill with words of his or her own
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return {tag: "body", name: "", type: ""};
  const labels = [...(one.labels ?? [])].map((label) => label.innerText).join(" ");
  const name = one.getAttribute("aria-label") || labels || one.innerText || one.value || "";
  const group = one.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
  const form = one.closest("form")?.querySelector("button:not([hidden])")?.innerText ?? "";
  return {tag: one.tagName.toLowerCase(), type: one.type ?? "", name: name.trim(), group, form,
          checked: one.checked ?? false, value: one.value ?? "",
          options: one.options ? [...one.options].map((option) => option.text.trim()) : [],
          chosen: one.selectedOptions?.[0]?.text.trim() ?? ""};
}"""


class NotOffered(AssertionError):
    """The screen asks for something that it does not offer."""


@dataclass
class Keyboard:
    """The keys pressed so far, the decisions behind them, and the time the screens took to answer."""

    page: Page
    keys: int = 0
    decisions: int = 0
    screens: int = 0
    answer_seconds: float = 0.0
    visited: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """The first screen, opened by its address."""
        self._answered(lambda: self.page.goto(address))

    def press(self, key: str, times: int = 1) -> None:
        for _one in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def to(self, name: str, *, tags: tuple[str, ...], group: str = "", form: str = "") -> Any:
        """Tab on until the element of this name has the focus; returns what is known of it."""
        for _one in range(MOST_TABS):
            self.press("Tab")
            found = self.page.evaluate(FOCUSED)
            is_it = found["tag"] in tags and found["name"].startswith(name)
            if is_it and group in found["group"] and form in found.get("form", ""):
                self.decisions += 1
                return found
        raise NotOffered(f"{self.page.url}: Tab never reaches “{name}”")

    def follow(self, name: str) -> None:
        """Follow the link of this name to the next screen."""
        self.to(name, tags=("a",))
        self._answered(lambda: self.press("Enter"))

    def act(self, name: str) -> None:
        """Press the button of this name, which answers with a screen."""
        self.to(name, tags=("button",))
        self._answered(lambda: self.press("Enter"))

    def unfold(self, title: str) -> None:
        self.to(title, tags=("summary",))
        self.press("Enter")

    def choose(self, label: str, option: str, *, form: str = "") -> None:
        """Choose an option of a list by typing how it begins; it must stand in the list."""
        found = self.to(label, tags=("select",), form=form)
        if option not in found["options"]:
            raise NotOffered(f"{self.page.url}: “{label}” does not offer “{option}”")
        if found["chosen"] == option:
            return
        for letter in option:
            self.press("Space" if letter == " " else letter)
            if self.page.evaluate(FOCUSED)["chosen"] == option:
                return
        raise NotOffered(f"{self.page.url}: “{option}” cannot be reached by its letters")

    def tick(self, label: str, *, group: str = "") -> None:
        """Tick a box, if it is not ticked."""
        found = self.to(label, tags=("input",), group=group)
        if not found["checked"]:
            self.press("Space")

    def write(self, label: str, words: str, *, group: str = "", form: str = "") -> None:
        """Type words or a figure of one's own over what stands there."""
        found = self.to(label, tags=("input", "textarea"), group=group, form=form)
        if found["type"] not in FREE:
            raise NotOffered(f"{self.page.url}: “{label}” is a {found['type']} to be offered")
        if found["value"]:
            self.press("Control+A")
        self.page.keyboard.type(words)
        self.keys += len(words)

    def skip(self) -> None:
        """From the top of a screen to its content, past head and search.

        A form sent from the content comes back to the content: the address keeps its "#main".
        """
        if self.page.url.endswith("#main"):
            return
        self.press("Tab")
        assert self.page.evaluate(FOCUSED)["name"] == "To the content", self.page.url
        self.press("Enter")

    def _answered(self, act: Any) -> None:
        start = time.monotonic()
        with self.page.expect_navigation():
            act()
        self.page.wait_for_load_state("load")
        self.answer_seconds += time.monotonic() - start
        self.screens += 1
        self.visited.append(self.page.url)
        self.skip()
