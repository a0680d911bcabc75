"""One definition becomes a page that works without script, and its post becomes answers."""

import gzip
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

import karvan.foundation.forms
from karvan.foundation.forms.answers import check_answers
from karvan.foundation.forms.fields import from_post, render_questions, row_asked

from .example import example, sound

SCRIPT = Path(karvan.foundation.forms.__file__).parent / "static/forms/conditions.js"


class Page(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for _tag, attrs in self.tags if attrs.get("name") == name]

    def with_id(self, wanted):
        return next(attrs for _tag, attrs in self.tags if attrs.get("id") == wanted)


def page(raw=None, errors=None, language="en"):
    context = render_questions(example(), raw or {}, errors or {}, language)
    with override(language):
        return render_to_string("forms/questions.html", {"form": context})


def post(text, files=None, kept=None):
    return from_post(example(), QueryDict(text), MultiValueDict(files or {}), kept)


def test_every_question_has_an_input_with_a_label():
    html = Page(page())
    labelled = {attrs["for"] for tag, attrs in html.tags if tag == "label" and "for" in attrs}

    for name in ("full_name", "born", "why", "years", "licence", "members-0-email"):
        (field,) = html.named(name)
        assert field["id"] in labelled
    assert len(html.named("sex")) == 2 and len(html.named("skills")) == 3
    assert len(html.named("confidence")) == 5
    assert [tag for tag, attrs in html.tags if attrs.get("name") == "city"] == ["select"]


def test_inputs_tell_a_telephone_what_to_show_and_a_browser_what_to_fill_in():
    html = Page(page())

    assert html.named("full_name")[0]["autocomplete"] == "name"
    assert html.named("born")[0]["autocomplete"] == "bday"
    assert html.named("years")[0]["inputmode"] == "numeric"
    assert html.named("licence")[0]["accept"] == ".pdf,.jpg,.jpeg"
    assert html.named("members-0-email")[0]["type"] == "email"
    assert html.named("members-0-email")[0]["dir"] == "ltr"
    assert "autocomplete" not in html.named("members-0-full_name")[0]


def test_help_and_error_are_tied_to_the_input_and_listed_on_top():
    html = Page(page(errors={"why": "Write more.", "members-0-full_name": "Answer this question."}))

    assert html.named("why")[0]["aria-describedby"] == "q-why-help q-why-error"
    assert html.named("why")[0]["aria-invalid"] == "true"
    links = [attrs["href"] for tag, attrs in html.tags if tag == "a"]
    assert links == ["#q-why", "#q-members-0-full_name"]
    assert all(html.with_id(link[1:]) for link in links)


def test_all_ids_are_used_once_and_every_description_exists():
    html = Page(page(errors=dict.fromkeys(example().by_key, "Wrong.")))
    ids = [attrs["id"] for _tag, attrs in html.tags if "id" in attrs]

    assert len(ids) == len(set(ids))
    for _tag, attrs in html.tags:
        assert set(attrs.get("aria-describedby", "").split()) <= set(ids)


def test_a_conditional_question_is_shown_with_a_sentence_and_never_required_by_the_browser():
    html = page()

    assert "Answer only if your answer to “Skills” is “Programming”." in html
    (field,) = Page(html).named("other_tools")
    assert "required" not in field
    shown = [attrs["data-show-if"] for _tag, attrs in Page(html).tags if "data-show-if" in attrs]
    assert json.loads(shown[0]) == {"question": "skills", "in": ["code"]}
    assert json.loads(shown[2]) == {"not": [{"question": "posts-0-now", "filled": True}]}


def test_a_sentence_joins_its_conditions_in_words():
    assert (
        "Answer only if “Years of work” is at least 3 and your answer to “Sex” is not “Man”."
        in page()
    )


def test_enter_in_a_field_saves_and_never_adds_a_row():
    buttons = [attrs["name"] for tag, attrs in Page(page()).tags if tag == "button"]

    assert buttons == ["save", "add:posts", "add:members"]


def test_typed_text_comes_back_escaped():
    html = page({"full_name": '"><script>x</script>', "why": "</textarea><b>"})

    assert "<script" not in html
    assert Page(html).named("full_name")[0]["value"] == '"><script>x</script>'
    assert "&lt;/textarea&gt;" in html


def test_another_language_gives_its_labels_and_marks_those_that_are_missing():
    html = page(language="ar")

    assert "الاسم الكامل" in html
    assert any(attrs.get("lang") == "en" for _tag, attrs in Page(html).tags)  # Skills
    assert render_questions(example(), {}, {}, "ar")["dir"] == "rtl"


def test_a_post_is_read_as_it_was_sent():
    raw = post(
        "full_name=A&sex=F&skills=weld&skills=code&agree=yes&members-0-full_name=B&members-2-full_name=C"
    )

    assert raw["skills"] == ["weld", "code"]
    assert raw["agree"] is True
    assert [row["full_name"] for row in raw["members"]] == ["B", "C"]


def test_one_more_row_is_given_for_the_asking_and_nothing_typed_is_lost():
    query = "full_name=A&members-0-full_name=B&add:members=1"

    raw = post(query)
    html = Page(page(raw))

    assert row_asked(example(), QueryDict(query)) == "members"
    assert row_asked(example(), QueryDict("full_name=A")) == ""
    assert html.named("members-0-full_name")[0]["value"] == "B"
    assert html.named("members-1-full_name")[0]["value"] == ""
    assert html.named("full_name")[0]["value"] == "A"


def test_no_more_rows_than_the_limit_are_offered():
    raw = {"posts": [{"title": str(n)} for n in range(3)]}

    assert Page(page(raw)).named("add:posts") == []
    assert len(Page(page()).named("add:posts")) == 1


def test_a_stored_file_stays_is_replaced_or_removed():
    kept = {"licence": {"id": 7, "name": "a.pdf"}}
    sent = SimpleUploadedFile("b.pdf", b"x")

    assert post("", kept=kept)["licence"] == kept["licence"]
    assert post("", {"licence": [sent]}, kept)["licence"] is sent
    assert post("remove:licence=1", kept=kept)["licence"] is None
    assert len(Page(page(kept)).named("remove:licence")) == 1


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_a_draft_drawn_and_posted_back_is_the_same_draft(language):
    raw = sound(
        years="many", skills=["code", "weld"], other_tools="C", confidence=3, city="quba",
        posts=[{"title": "A", "now": True}, {"title": "B", "until": "2020-01-02"}],
    )  # fmt: skip
    draft = check_answers(example(), raw, complete=False, first_day=date(2026, 12, 7)).draft

    again = check_answers(
        example(), post(sent_by(page(draft, language=language))), complete=False,
        first_day=date(2026, 12, 7),
    ).draft  # fmt: skip

    again["posts"][1].pop("now")  # an empty box says no
    assert again == draft


def sent_by(html):
    """What a browser would post of a page, untouched."""
    query = QueryDict(mutable=True)
    area = re.search(r'<textarea[^>]*name="why"[^>]*>\n(.*?)</textarea>', html, re.S)
    query["why"] = area[1]
    lists = re.findall(r"<select.*?</select>", html, re.S)
    query["city"] = re.search(r'value="(\w*)" selected', lists[0])[1]
    for tag, attrs in Page(html).tags:
        if tag != "input" or attrs["type"] == "file":
            continue
        if attrs["type"] not in ("radio", "checkbox") or "checked" in attrs:
            query.appendlist(attrs["name"], attrs.get("value", "on"))
    return query.urlencode()


def test_the_page_is_light_and_holds_nothing_inline():
    html = page(sound())

    assert len(gzip.compress(html.encode())) < 4 * 1024
    assert SCRIPT.stat().st_size <= 2048
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)
