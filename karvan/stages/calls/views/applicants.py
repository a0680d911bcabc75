"""The public side: calls, and one's own application. No account, and no script needed."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import serve
from karvan.foundation.forms.fields import from_post, row_asked
from karvan.foundation.ui.formats import time_in_words
from karvan.foundation.web.content import in_content_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.queries import venues_of

from .. import access, queries, services
from ..asking import first_day_of, form_of
from ..errors import AnswersIncomplete
from ..forms import LinkForm
from ..models import Application
from ..states import call_mark
from ..wording import worded
from ..words import eligibility_in_words
from .pages import content_choices, draft_page, status_page
from .tokens import remember, remembered, secret_page, who


@require_GET
@in_content_language
def open_calls(request: Request) -> HttpResponse:
    """The calls one can apply to."""
    return render(request, "calls/open.html", {"calls": queries.open_calls(clock.now())})


@require_GET
@in_content_language
def call(request: Request, slug: str) -> HttpResponse:
    """One call: who may apply, for what, when and where."""
    shown, now = access.public_call(slug), clock.now()
    mark, word = call_mark(shown, now)
    context = {
        "call": shown,
        "activity": shown.activity,
        "edition": shown.activity.edition,
        "programme": shown.activity.edition.programme.titles,
        "zone": shown.activity.edition.time_zone,
        "mark": mark,
        "word": word,
        "now": now,
        "is_open": shown.is_open(now),
        "is_past_deadline": now >= shown.advertised_deadline,
        "conditions": eligibility_in_words(form_of(shown), first_day_of(shown)),
        "venues": venues_of(shown.activity.edition),
        "moves": queries.deadlines_before(shown),
        "token": remembered(request, shown),
        **content_choices(shown),
    }
    return render(request, "calls/call.html", context)


@require_POST
def start(request: Request, slug: str) -> HttpResponse:
    """Begin a draft and go to its own address."""
    shown = access.public_call(slug)
    made = stated(
        request,
        lambda: services.start_application(
            shown,
            language=_language(),
            code=request.POST.get("code", ""),
            by=who(request),
        ),
    )
    if made is None:
        return redirect("calls:call", slug=slug)
    return remember(redirect("calls:application", token=made.token), made, secure=settings.SECURE)


@secret_page
@require_http_methods(["GET", "POST"])
@in_content_language
def application(request: Request, token: str) -> HttpResponse:
    """One's own application: the form while it is a draft, then where it stands."""
    own = access.application_of_token(token)
    if request.method == "GET":
        is_draft = own.state == Application.State.DRAFT
        return draft_page(request, own) if is_draft else status_page(request, own)
    definition = form_of(own.call)
    raw = from_post(definition, request.POST, request.FILES, own.answers)
    try:
        if "save" in request.POST or row_asked(definition, request.POST):
            return _saved(request, own, raw)
        services.submit_application(own, raw=raw, language=_language(), by=who(request))
    except AnswersIncomplete as incomplete:
        return draft_page(request, own, raw=raw, errors=incomplete.errors, status=422)
    except RuleBroken as broken:
        own.refresh_from_db()
        if own.state != Application.State.DRAFT:
            messages.error(request, str(broken))
            return redirect("calls:application", token=token)
        return draft_page(request, own, raw=raw, problem=str(broken), status=409)
    return redirect("calls:application", token=token)


@secret_page
@require_POST
@in_content_language
def save(request: Request, token: str) -> HttpResponse:
    """Keep what was typed; the page's script asks this every few seconds."""
    own = access.application_of_token(token)
    raw = from_post(form_of(own.call), request.POST, request.FILES, own.answers)
    try:
        errors = services.save_draft(own, raw=raw, language=_language(), by=who(request))
    except RuleBroken as broken:
        return JsonResponse({"problem": str(broken)}, status=409)
    return JsonResponse({"saved_at": clock.now().isoformat(timespec="seconds"), "errors": errors})


@secret_page
@require_POST
def mail_link(request: Request, token: str) -> HttpResponse:
    """Write the address of this page to its owner."""
    own, form = access.application_of_token(token), LinkForm(request.POST)
    if done(form, lambda email: services.mail_link(own, email=email, by=who(request))):
        words = _("The link is on its way to %(email)s.")
        messages.success(request, words % {"email": form.cleaned_data["email"]})
    else:
        messages.error(request, _("Write the e-mail address as name@example.org."))
    return redirect("calls:application", token=token)


@secret_page
@require_POST
def code(request: Request, token: str) -> HttpResponse:
    """Use the code of a personal extension."""
    own = access.application_of_token(token)
    typed = request.POST.get("code", "")
    stated(
        request,
        lambda: services.use_extension(own, code=typed, by=who(request)),
        worded(own.call.activity, "The later deadline holds for this application."),
    )
    return redirect("calls:application", token=token)


@secret_page
@require_POST
def withdraw(request: Request, token: str) -> HttpResponse:
    """Take one's own application back."""
    own = access.application_of_token(token)
    stated(
        request,
        lambda: services.withdraw_application(own, by=who(request)),
        worded(own.call.activity, "The application was withdrawn."),
    )
    return redirect("calls:application", token=token)


@secret_page
@require_GET
def own_file(request: Request, token: str, question: str) -> HttpResponse:
    """A file of one's own application."""
    return serve(access.own_file(access.application_of_token(token), question))


def _saved(request: Request, own: Application, raw: dict[str, Any]) -> HttpResponse:
    """The page again after "Save" or "Add a row", with what could not be read marked."""
    errors = services.save_draft(own, raw=raw, language=_language(), by=who(request))
    own.refresh_from_db()
    if errors or "save" not in request.POST:
        return draft_page(request, own, raw=raw, errors=errors, status=422 if errors else 200)
    zone = ZoneInfo(own.call.activity.edition.time_zone)
    when = time_in_words(own.saved_at.astimezone(zone))
    messages.success(request, _("Draft saved, %(time)s") % {"time": when})
    return redirect("calls:application", token=own.token)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
