"""The two faces of one's own application: the form, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from karvan.foundation import clock
from karvan.foundation.forms.answers import check_answers
from karvan.foundation.forms.fields import render_questions
from karvan.foundation.texts import content_language
from karvan.foundation.texts import languages as interface_languages
from karvan.foundation.web.requests import Request

from ..asking import first_day_of, form_of
from ..forms import LinkForm
from ..models import Application, Call
from ..states import APPLICATION_MARKS, sent_word


def draft_page(
    request: Request,
    own: Application,
    *,
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed so far; files come from the draft, where they are kept."""
    definition, now = form_of(own.call), clock.now()
    typed = {**own.answers, **(raw or {})}
    for question in definition:
        if question.type == "file":
            typed[question.key] = own.answers.get(question.key)
    if errors is None:
        day = first_day_of(own.call)
        errors = check_answers(definition, typed, complete=False, first_day=day).errors
    language = (get_language() or "en").split("-")[0]
    context = {
        **_shared(own),
        "form": render_questions(definition, typed, errors, language),
        "problem": problem,
        "may_be_sent": own.may_be_sent(now),
        "is_past_deadline": now >= own.call.advertised_deadline,
        "shuts_at": own.door_shuts_at,
        "link_form": LinkForm(initial={"email": own.email}),
    }
    return render(request, "calls/apply.html", context, status=status)


def status_page(request: Request, own: Application) -> HttpResponse:
    """Where it stands: the receipt, what comes next and when, the files, how to take it back."""
    context = {
        **_shared(own),
        "mark": APPLICATION_MARKS[own.state],
        "word": sent_word(own),
        "files": own.files.select_related("file").order_by("pk"),
        "may_apply_again": own.state == "withdrawn" and own.call.is_open(clock.now()),
    }
    return render(request, "calls/status.html", context)


def _shared(own: Application) -> dict[str, Any]:
    edition = own.call.activity.edition
    return {
        "application": own,
        "call": own.call,
        "activity": own.call.activity,
        "programme": edition.programme.titles,
        "zone": edition.time_zone,
        **content_choices(own.call),
    }


def content_choices(call: Call) -> dict[str, Any]:
    """The languages of the edition that the interface does not speak, and which of them is read."""
    spoken = interface_languages()
    return {
        "content_languages": [one for one in call.activity.edition.languages if one not in spoken],
        "content_language": content_language(),
    }
