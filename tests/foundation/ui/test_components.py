"""Each component says what it should, safely, and refuses a prop it does not know."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from karvan.foundation.places.models import Country
from karvan.foundation.records.models import Record
from karvan.foundation.records.services import record
from karvan.foundation.ui.states import STATES


def shown(source: str, **values: object) -> str:
    with override("en"):
        return Template(source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        '{% state "kept" lable="x" %}',
        '{% badge "x" toen="good" %}',
        '{% panel titel="x" %}{% endpanel %}',
        "{% fact %}{% endfact %}",
        '{% act label="x" adress="/" %}',
        '{% watched id="x" wait=True %}{% endwatched %}',
        "{% looks_again %}",
        '{% when day zon="UTC" %}',
        '{% field bound help="x" %}',
        "{% share 1 2 3 4 5 %}",
        "{% register %}",
        "{% gantt_chart %}",
        "{% route_map route opened=True %}",
    ],
)
def test_a_misspelt_or_missing_prop_is_refused_when_the_template_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize("key", STATES)
def test_every_state_is_a_shape_and_a_word(key, settings):
    page = shown("{% state key %}", key=key)

    assert f"ui/marks.svg#{key}" in page
    assert str(STATES[key].word) in page


def test_a_state_takes_the_stages_own_word_and_a_detail():
    page = shown('{% state "late" label="overdue" detail="12 days" %}')

    assert "overdue <small>12 days</small>" in page
    assert "late</span>" not in page


def test_a_bare_state_still_says_its_word_to_those_who_listen():
    assert '<span class="unseen">kept</span>' in shown('{% state "kept" bare=True %}')


def test_a_state_that_does_not_exist_is_refused_by_name():
    with pytest.raises(ValueError, match="'keep'"):
        shown('{% state "keep" %}')


def test_a_name_is_escaped_and_kept_apart_from_the_text_around_it():
    assert shown("{% name who %}", who="<b>Ali</b>") == "<bdi>&lt;b&gt;Ali&lt;/b&gt;</bdi>"
    assert shown("{% name who %}", who={"ar": "علي"}) == "<bdi>علي</bdi>"


def test_a_date_is_a_time_element_and_no_date_says_so():
    assert shown("{% when day %}", day=date(2026, 12, 19)) == (
        '<time datetime="2026-12-19">Saturday, 19 December 2026</time>'
    )
    assert "not known" in shown("{% when None %}")


def test_facts_keep_the_markup_inside_and_escape_the_term():
    page = shown(
        '{% facts %}{% fact term %}{% name "Ali" %}{% endfact %}{% endfacts %}', term="<i>"
    )

    assert page == '<dl class="facts"><div><dt>&lt;i&gt;</dt><dd><bdi>Ali</bdi></dd></div></dl>'


def test_a_panel_escapes_what_a_person_typed_inside_it():
    page = shown('{% panel title="T" %}{{ typed }}{% endpanel %}', typed="<script>")

    assert "<h2>T</h2>&lt;script&gt;" in page


def test_an_act_posts_with_its_token_and_its_values():
    page = shown(
        '{% act "Send 41 offers" url="/x/" values=values %}', values={"run": 7}, csrf_token="tok"
    )

    assert '<form method="post" action="/x/"' in page
    assert 'name="csrfmiddlewaretoken" value="tok"' in page
    assert 'name="run" value="7"' in page
    assert "<details" not in page


def test_an_act_with_a_sentence_says_it_before_the_button_that_does_it():
    page = shown('{% act "Send 41 offers" url="/x/" confirm="41 people get a letter." %}')

    assert page.index("<summary") < page.index("41 people get a letter.") < page.index("<button")


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport.")
    city = forms.CharField(label="City", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )


def test_a_field_ties_help_and_error_to_the_input():
    page = shown("{% field form.name %}", form=Form({"kind": "a"}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext">As in the passport.' in page
    assert 'id="id_name_error"><p>This field is required.' in page
    assert 'aria-invalid="true"' in page


def test_a_field_that_may_be_left_empty_says_so_and_a_group_is_a_fieldset():
    form = Form()

    assert "may be left empty" in shown("{% field form.city %}", form=form)
    assert "may be left empty" not in shown("{% field form.name %}", form=form)
    assert "<legend>Kind</legend>" in shown("{% field form.kind %}", form=form)


def test_the_summary_links_each_error_to_its_field_and_is_silent_without_errors():
    page = shown("{% form_errors form %}", form=Form({}))

    assert "2 things to put right" in page
    assert '<a href="#id_name">Name</a>' in page
    assert '<a href="#id_kind_field">Kind</a>' in page
    assert 'id="id_kind_field"' in shown("{% field form.kind %}", form=Form({}))
    assert shown("{% form_errors form %}", form=Form({"name": "A", "kind": "a"})).strip() == ""


def test_a_share_of_nothing_is_unknown_and_never_zero():
    assert "30% (12 of 40)" in shown("{% share 12 40 %}")
    assert "unknown" in shown("{% share 0 0 %}")
    assert "unknown" in shown("{% share None 40 %}")
    assert 'width="30"' in shown("{% share 12 40 %}")


def test_steps_rail_progress_and_empty_say_their_words():
    step = SimpleNamespace(title="About you", url="/1/", state="done", present=False)
    pipeline = SimpleNamespace(
        edition_title="TVP/AZ",
        country="",
        url="",
        stages=[
            SimpleNamespace(title="Call", url="/c/", state="late", present=True, note="12 days")
        ],
    )

    assert '<a href="/1/">About you</a>' in shown("{% steps steps %}", steps=[step])
    assert 'aria-current="page">Call</a><small>12 days</small>' in shown("{% rail p %}", p=pipeline)
    assert "40 of 1,200" in shown('{% progress 40 1200 "Offers sent" %}')
    assert 'href="/new/">Begin' in shown('{% empty "None yet" url="/new/" label="Begin" %}')


def test_what_is_watched_looks_again_until_the_act_is_done_with_scripts_and_without():
    request = RequestFactory().get("/x/", {"a": '"1"'})

    waiting = shown('{% watched id="s" waits=w %}<b>1</b>{% endwatched %}', w=True, request=request)
    done = shown('{% watched id="s" waits=w %}<b>1</b>{% endwatched %}', w=False)

    assert 'hx-get="/x/?a=%221%22" hx-trigger="every 3s" hx-select="#s"' in waiting
    assert "<b>1</b></div>" in waiting
    assert done == '<div id="s"><b>1</b></div>'
    assert '<noscript><meta http-equiv="refresh"' in shown("{% looks_again w %}", w=True)
    assert shown("{% looks_again w %}", w=False).strip() == ""


def test_texts_in_several_languages_fall_back_and_say_their_language():
    assert shown("{{ t|local }}/{{ t|local_lang }}", t={"fr": "Oui"}) == "Oui/fr"


def test_figures_say_unknown_where_there_is_none():
    assert shown("{{ n|number }} {{ n|percent }}", n=None) == "unknown unknown"
    assert shown('{{ 1200|number }} {{ 0.5|percent }} {{ 3|money:"EUR" }}') == (
        "1,200 50% 3.00\u00a0EUR"
    )


@pytest.mark.django_db
def test_history_says_who_did_what_newest_first_and_escapes_reasons():
    country = Country.objects.create(code="AZ", names={"en": "Azerbaijan"}, time_zone="Asia/Baku")
    record("adopted", country, by=None, after={"places": 24})
    record("moved", country, by=None, before={"places": 24}, after={"places": 30}, reason="<b>")

    page = shown("{% history records %}", records=Record.objects.all())

    assert page.index("moved") < page.index("adopted")
    assert "The platform" in page
    assert "<del><bdi>24</bdi></del> <ins><bdi>30</bdi></ins>" in page
    assert "&lt;b&gt;" in page
    assert "One earlier record" in shown(
        "{% history records limit=1 %}", records=Record.objects.all()
    )
