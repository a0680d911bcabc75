"""A real Chromium: contexts of a telephone and of a desk that report whatever goes wrong in them.

Playwright's own fixtures live for the whole session and leave an event loop running under every
test after them; these end with this folder.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished, request_started
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import translation
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from karvan.foundation.people.models import Person

HERE = os.path.dirname(__file__)  # noqa: PTH120
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process draws every page: pages are opened by hundreds, and a process for each takes longer.
    "--process-per-site",
    "--renderer-process-limit=1",
    # No page lives long enough to win back what making its scripts faster takes.
    "--js-flags=--no-turbofan,--no-maglev",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "ar",
    "timezone_id": "UTC",
    "reduced_motion": "reduce",
}
DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "en-GB",
    "timezone_id": "UTC",
    "reduced_motion": "reduce",
}
expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, and the server needs rows it can see."""
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


class Troubles(list[str]):
    """What went wrong in any page of a test: errors of scripts, refused by policy, not loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: list[str] = []

    def expect(self, words: str) -> None:
        """An error with these words belongs to the story, such as a lost connection."""
        self.expected.append(words)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.append(f"script: {error.error}"))

    def unexpected(self) -> list[str]:
        return [one for one in self if not any(words in one for words in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine: sudo apt install chromium, or set CHROMIUM")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright holds an event loop open
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def troubles() -> Iterator[Troubles]:
    """Fails the test at its end when a page complained."""
    found = Troubles()
    yield found
    assert found.unexpected() == []


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests wait for each other: in memory, SQLite lends one connection to all threads of the
    server, and "table is locked" is then no more than two of them at once."""
    if connection.vendor != "sqlite":
        return
    lock, answer = threading.RLock(), BaseHandler.get_response

    def locked(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        with lock:
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", locked)


@pytest.fixture
def settled(live_server: Any) -> Iterator[Callable[[], None]]:
    """``settled()`` waits until the server answers nobody: rows are cleared away after a test,
    and a worker or an image that still loads would find its table locked."""
    under_way: set[int] = set()
    lock = threading.Lock()

    def begins(environ: dict[str, Any], **_more: Any) -> None:
        with lock:
            under_way.add(threading.get_ident())

    def ends(**_more: Any) -> None:
        with lock:
            under_way.discard(threading.get_ident())

    def wait(most: float = 10) -> None:
        end = time.monotonic() + most
        quiet = 0
        while quiet < 3 and time.monotonic() < end:
            # A request that its browser broke off is never finished, but its thread ends.
            quiet = 0 if under_way & {one.ident for one in threading.enumerate()} else quiet + 1
            time.sleep(0.02)

    request_started.connect(begins, weak=False)
    request_finished.connect(ends, weak=False)
    yield wait
    request_started.disconnect(begins)
    request_finished.disconnect(ends)


@pytest.fixture
def opened(
    chromium: Browser, live_server: Any, troubles: Troubles, settled: Callable[[], None]
) -> Iterator[Callable[..., Page]]:
    """``opened(**options)`` is a first page of a new context, with cookies of its own."""
    contexts = []

    def make_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(20_000)
        troubles.watch(context)
        contexts.append(context)
        return context.new_page()

    with translation.override("en"):
        yield make_page
    for context in contexts:
        context.close()
    settled()


@pytest.fixture
def phone(opened: Callable[..., Page]) -> Page:
    """A page on an Arabic telephone."""
    return opened(**PHONE)


@pytest.fixture
def desktop(opened: Callable[..., Page]) -> Page:
    """A page on a desk's screen."""
    return opened(**DESKTOP)


@pytest.fixture
def sign_in_page(live_server: Any) -> Callable[[Page, Person], Page]:
    """``sign_in_page(page, person)``: the page's context carries the person's session."""

    def sign(page: Page, person: Person) -> Page:
        client = Client()
        client.force_login(person)
        name = django_settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return page

    return sign
