"""The page's script hides exactly the questions that the server says do not apply."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

import karvan.foundation.forms
from karvan.foundation.forms.answers import check_answers
from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.fields import render_questions

from .example import example, sound

pytestmark = pytest.mark.browser

SCRIPT = Path(karvan.foundation.forms.__file__).parent / "static/forms/conditions.js"
CONDITIONS = [
    {"question": "pick", "equals": "b"},
    {"question": "pick", "not_equals": "b"},
    {"question": "many", "in": ["x", "y"]},
    {"question": "many", "at_least": 2},
    {"question": "many", "not_equals": "x"},
    {"question": "number", "at_most": 3},
    {"question": "number", "equals": 3},
    {"question": "number", "filled": False},
    {"question": "day", "at_least": "2026-01-02"},
    {"question": "yes", "equals": True},
    {"question": "yes", "equals": False},
    {"question": "yes", "not_equals": True},
    {"question": "rows", "at_least": 2},
    {"question": "rows", "filled": True},
    {"question": "c0", "filled": True},
    {
        "not": {
            "any": [{"question": "pick", "filled": True}, {"question": "number", "filled": True}]
        }
    },
    {"all": [{"question": "c3", "filled": False}, {"question": "pick", "in": ["a", "b"]}]},
]
CASES = [
    {},
    {"pick": "a", "number": "3", "day": "2026-01-01", "yes": True},
    {"pick": "b", "many": ["x"], "number": "٣", "day": "2026-01-02", "c0": "typed"},
    {"many": ["x", "y"], "number": "3,5", "rows": [{"name": "A"}], "c3": "typed"},
    {"many": ["z"], "number": "-1", "rows": [{"name": "A"}, {"name": "B"}], "c0": "hidden"},
]


@pytest.fixture(scope="module")
def page():
    """A page of Debian's Chromium; the sandbox cannot start where the tests run as root."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def choices(*values):
    return [{"value": value, "label": {"en": value}} for value in values]


def form():
    name = {"key": "name", "type": "text", "label": "Name"}
    asked = [
        {"key": "pick", "type": "choice", "label": "Pick", "choices": choices("a", "b")},
        {"key": "many", "type": "choices", "label": "Many", "choices": choices("x", "y", "z")},
        {"key": "number", "type": "number", "label": "Number"},
        {"key": "day", "type": "date", "label": "Day"},
        {"key": "yes", "type": "consent", "label": "Yes"},
        {"key": "rows", "type": "group", "label": "Rows", "questions": [name]},
        *(
            {"key": f"c{n}", "type": "text", "label": f"C{n}", "show_if": condition}
            for n, condition in enumerate(CONDITIONS)
        ),
    ]
    return parse_form({"sections": [{"key": "one", "title": "One", "questions": asked}]})


def shown_in(page, definition, draft):
    html = render_to_string(
        "forms/questions.html", {"form": render_questions(definition, draft, {}, "en")}
    )
    page.set_content(f"<form>{html}</form>")
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-only-if]')].every((n) => n.hidden)"
    )
    return set(
        page.evaluate(
            "[...document.querySelectorAll('[data-show-if]')].filter((b) => !b.hidden)"
            ".map((b) => (b.name || b.querySelector('[name]').name))"
        )
    )


@pytest.mark.parametrize("raw", CASES, ids=range(len(CASES)))
def test_script_and_server_agree(page, raw):
    definition = form()
    checked = check_answers(definition, raw, complete=False, first_day=date(2026, 12, 7))

    shown = shown_in(page, definition, checked.draft)

    assert shown == {path for path in checked.visible if path[1:].isdigit()}


def test_a_row_depends_on_its_own_row_and_follows_typing(page):
    raw = sound(posts=[{"title": "A", "now": True}, {"title": "B"}])

    shown = shown_in(page, example(), raw)
    page.check("[name=skills][value=code]")

    assert shown == {"posts-1-until"}
    assert page.is_visible("[name=other_tools]")
