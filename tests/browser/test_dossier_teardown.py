"""A bench with a bad network: what is photographed there arrives, once each, and little is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Page, Route, expect

from karvan.stages.dossiers.models import StepPhoto, TeardownStep
from karvan.stages.dossiers.services.photos import add_photo
from tests.browser.looking import look
from tests.make.dossiers import dossier, member, teardown_step

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries++) {
    for (const name of await caches.keys()) {
      const kept = (await (await caches.open(name)).keys()).map((one) => one.url);
      if (kept.some((one) => one.endsWith("/teardown/")) && kept.some((one) => one.endsWith("teardown-queue.js"))) return true;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""
MOST_BYTES = 300_000
# Nothing that is tried again later is tried again in this test.
NO_TIMERS = """const later = setTimeout;
window.setTimeout = (act, after = 0, ...more) => later(act, after + 600000, ...more);"""


def address(of: Any) -> str:
    return f"/en/editions/{of.activity.edition.slug}/dossiers/{of.pk}/teardown/"


def shot(folder: Path, name: str, seed: int) -> Path:
    """A picture with as much in it as one of a circuit board."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (60, 80, 3), dtype=np.uint8))
    path = folder / name
    coarse.resize((1600, 1200), Image.Resampling.NEAREST).save(path, "JPEG", quality=85)
    return path


@pytest.fixture
def bench() -> Any:
    return dossier(state="teardown")


def test_photographs_taken_without_a_network_arrive_once_each(
    phone: Page, sign_in_page: Any, troubles: Any, bench: Any, tmp_path: Path
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    troubles.expect("Failed to load resource")
    step = teardown_step(bench)
    sign_in_page(phone, member(bench).enrolment.person)
    phone.goto(address(bench))
    assert phone.evaluate(KEPT)

    phone.context.set_offline(True)
    home = phone.locator(f"#step-{step.pk}")
    for number in (1, 2):
        home.locator("input[type=file]").set_input_files(shot(tmp_path, f"{number}.jpg", number))
        home.get_by_role("button", name="Add the photograph").click()
    queue = phone.locator("[data-queue-list] li")
    expect(queue).to_have_count(2)
    expect(queue.first).to_contain_text("waits for the network")
    assert not StepPhoto.objects.exists()

    phone.reload()
    expect(phone.get_by_text("Without network")).to_be_visible()
    expect(queue).to_have_count(2)
    title = phone.get_by_label("Title")
    title.fill("Lift the board")
    phone.get_by_label("What to do").fill("Loosen both screws")
    phone.locator("#id_next_photo").set_input_files(shot(tmp_path, "3.jpg", 3))
    phone.get_by_role("button", name="Add the step").click()
    expect(queue).to_have_count(4)

    phone.context.set_offline(False)
    expect(phone.get_by_text("Everything on this phone is sent.")).to_be_visible()
    expect(phone.get_by_text("Without network")).to_be_hidden()
    expect(home.locator("[data-photo]")).to_have_count(2)
    expect(phone.locator(".step")).to_have_count(2)
    assert step.photos.count() == 2
    written = TeardownStep.objects.get(title="Lift the board")
    assert (written.order, written.photos.count()) == (2, 1)

    phone.reload()
    expect(phone.locator("[data-photo]")).to_have_count(3)
    expect(queue).to_have_count(0)
    assert StepPhoto.objects.count() == 3
    look(phone, "teardown", dark=True)


def test_a_photograph_that_is_refused_stays_with_its_reason(
    desktop: Page, sign_in_page: Any, troubles: Any, bench: Any, tmp_path: Path
) -> None:
    troubles.expect("422")
    step = teardown_step(bench)
    sign_in_page(desktop, member(bench).enrolment.person)
    desktop.goto(address(bench))
    bad = tmp_path / "half.jpg"
    bad.write_bytes(shot(tmp_path, "whole.jpg", 1).read_bytes()[:3000])
    home = desktop.locator(f"#step-{step.pk}")
    home.locator("input[type=file]").set_input_files(bad)
    home.get_by_role("button", name="Add the photograph").press("Enter")

    queue = desktop.locator("[data-queue-list] li")
    expect(queue).to_contain_text("not taken: This picture does not open")
    desktop.reload()
    expect(queue).to_contain_text("not taken: This picture does not open")
    look(desktop, "teardown-refused")

    again = queue.get_by_role("button", name="Send again")
    with desktop.expect_response(lambda answer: answer.request.method == "POST"):
        again.press("Enter")
    expect(queue).to_contain_text("not taken")
    expect(again).to_be_focused()  # it was away while the photograph was being sent
    queue.get_by_role("button", name="Throw away").press("Enter")
    queue.get_by_role("button", name="Throw away for good").press("Enter")
    expect(queue).to_have_count(0)
    assert not StepPhoto.objects.exists()


def test_a_photograph_added_while_another_is_sent_goes_right_after_it(
    desktop: Page, sign_in_page: Any, bench: Any, tmp_path: Path
) -> None:
    step = teardown_step(bench)
    sign_in_page(desktop, member(bench).enrolment.person)
    desktop.add_init_script(NO_TIMERS)
    desktop.goto(address(bench))
    home = desktop.locator(f"#step-{step.pk}")
    held: list[Route] = []
    desktop.route(
        "**/photographs/", lambda route: route.continue_() if held else held.append(route)
    )

    def add(number: int) -> None:
        home.locator("input[type=file]").set_input_files(shot(tmp_path, f"{number}.jpg", number))
        home.get_by_role("button", name="Add the photograph").press("Enter")
        expect(desktop.locator("[data-queue-list] li")).to_have_count(number)

    add(1)
    expect(desktop.get_by_text("is being sent")).to_be_visible()
    add(2)
    held[0].continue_()

    expect(home.locator("[data-photo]")).to_have_count(2)
    assert step.photos.count() == 2


def test_what_another_person_wrote_on_the_same_device_is_not_shown(
    desktop: Page, sign_in_page: Any, troubles: Any, bench: Any, tmp_path: Path
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    troubles.expect("Failed to load resource")
    step = teardown_step(bench)
    other = member(bench).enrolment.person
    sign_in_page(desktop, member(bench).enrolment.person)
    desktop.goto(address(bench))
    assert desktop.evaluate(KEPT)
    desktop.context.set_offline(True)
    home = desktop.locator(f"#step-{step.pk}")
    home.locator("input[type=file]").set_input_files(shot(tmp_path, "1.jpg", 1))
    home.get_by_role("button", name="Add the photograph").press("Enter")
    expect(desktop.locator("[data-queue-list] li")).to_have_count(1)
    desktop.goto("about:blank")
    desktop.context.set_offline(False)

    sign_in_page(desktop, other)
    desktop.goto(address(bench))

    expect(desktop.locator("[data-queue-panel]")).to_be_hidden()
    assert not StepPhoto.objects.exists()


@pytest.mark.parametrize(("steps", "each"), [(60, 1), (20, 3)])
def test_a_page_of_sixty_photographs_sends_little_before_it_is_scrolled(
    desktop: Page, sign_in_page: Any, bench: Any, tmp_path: Path, steps: int, each: int
) -> None:
    data = shot(tmp_path, "board.jpg", 5).read_bytes()
    first = None
    for _ in range(steps):
        step = teardown_step(bench, lines=[{"bullet": "red", "level": 0, "text": "Loosen it"}])
        for _ in range(each):
            if first is None:
                first = add_photo(step, upload=ContentFile(data, "a.jpg"), by=None)
                continue
            StepPhoto.objects.create(
                step=step, file=first.file, thumb=first.thumb, width=1600, height=1200
            )
    assert first is not None and first.thumb.size > 5_000  # as heavy as a real one
    sign_in_page(desktop, member(bench).enrolment.person)
    sent: list[int] = []
    names: list[str] = []

    def count(answer: Any) -> None:
        sent.append(len(answer.body()))
        names.append(answer.url)

    desktop.on("response", count)
    desktop.goto(address(bench))
    desktop.wait_for_load_state("networkidle")

    thumbs = [one for one in names if one.endswith("/small/")]
    assert 0 < len(thumbs) < 60
    assert sum(sent) < MOST_BYTES, dict(zip(names, sent, strict=True))
