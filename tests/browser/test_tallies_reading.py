"""Roll calls are imported by an officer and read by session, member and vote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from karvan.config import background
from karvan.stages.convening.services import tallies_importing
from tests import make
from tests.browser.looking import look
from tests.stages.convening.tallies_tables import CALLS, VOTES, WRONG


def test_an_officer_imports_roll_calls_and_reads_the_tally(
    desktop: Page, sign_in_page: Any, tmp_path: Path
) -> None:
    make.organ("ga")
    (tmp_path / "votes.csv").write_text(VOTES + WRONG)
    (tmp_path / "calls.csv").write_text(CALLS)
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/organs/ga/tallies/")
    desktop.get_by_role("link", name="Import roll calls").click()
    look(desktop, "tallies-import")
    desktop.get_by_label("Table of single votes").set_input_files(tmp_path / "votes.csv")
    desktop.get_by_label("Table of roll calls").set_input_files(tmp_path / "calls.csv")
    desktop.get_by_role("button", name="Read the tables").click()
    expect(desktop.locator("#doubts")).to_contain_text("3: Azerbaijan")
    look(desktop, "tallies-preview")
    desktop.get_by_role("button", name="Take over 10 votes").click()

    expect(desktop.locator("[role=status]").first).to_contain_text("Votes taken over: 10")
    look(desktop, "tallies", dark=True)
    desktop.locator("#members").get_by_role("link", name="Azerbaijan").click()
    look(desktop, "tallies-member")
    desktop.get_by_role("link", name="Who votes like it").click()
    expect(desktop.get_by_role("row", name="Morocco")).to_contain_text("67%")
    look(desktop, "tallies-alike")
    desktop.goto("/en/organs/ga/tallies/sessions/ga-1/")
    look(desktop, "tallies-session")
    desktop.get_by_role("link", name="RULES").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "RULES: To adopt a proposal, as amended"
    )
    look(desktop, "tallies-vote")


def test_large_roll_calls_are_watched_while_they_are_taken_over(
    desktop: Page, sign_in_page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies_importing, "SMALL", 5)
    make.organ("ga")
    (tmp_path / "votes.csv").write_text(VOTES + WRONG)
    (tmp_path / "calls.csv").write_text(CALLS)
    sign_in_page(desktop, make.officer())
    desktop.goto("/en/organs/ga/tallies/import/")
    desktop.get_by_label("Table of single votes").set_input_files(tmp_path / "votes.csv")
    desktop.get_by_label("Table of roll calls").set_input_files(tmp_path / "calls.csv")
    desktop.get_by_role("button", name="Read the tables").click()
    desktop.get_by_role("button", name="Take over 10 votes").click()

    expect(desktop.locator("#taking")).to_contain_text("0 of 16")
    look(desktop, "tallies-waiting")
    assert background.run_one("worker")
    expect(desktop.locator("#taking")).to_contain_text("16 of 16", timeout=10_000)
    expect(desktop.locator("#taking")).not_to_have_attribute("hx-get", re.compile(".*"))
    look(desktop, "tallies-taken")
    desktop.goto(desktop.url.replace("/en/", "/ar/"))
    look(desktop, "tallies-taken-arabic", dark=True)
    desktop.locator("#taken").get_by_role("link").click()
    expect(desktop).to_have_url(re.compile("/ar/organs/ga/tallies/$"))
