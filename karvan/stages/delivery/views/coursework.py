"""Coursework: handed in by participants, marked by trainers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import HandInForm, MarkForm, ReturnForm
from ..models import HandIn
from ..states import HAND_IN_MARKS


@login_required
@require_GET
def coursework(request: Request, edition: str, activity: str) -> HttpResponse:
    """What is to be handed in; for trainers with what waits for a mark."""
    held = access.activity_for(request.user, edition, activity)
    context = {
        "activity": held,
        "pieces": queries.coursework_listed(held),
        "oversees": access.oversees(request.user, held),
        "may_run": access.runs(request.user, held),
    }
    return render(request, "delivery/coursework.html", context)


@login_required
@require_POST
def plan(request: Request, edition: str, activity: str) -> HttpResponse:
    """Make the coursework that the design asks for."""
    held = access.activity_to_run(request.user, edition, activity)
    stated(
        request,
        lambda: services.plan_coursework(held, by=request.user),
        _("The coursework follows the design."),
    )
    return redirect("delivery:coursework", edition=edition, activity=activity)


@login_required
@require_http_methods(["GET", "POST"])
def piece(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """One piece: own tries and a form for participants, everybody's for those who oversee."""
    held = access.coursework_for(request.user, edition, activity, code)
    own = access.own_enrolment(request.user, held.activity)
    form = HandInForm(request.POST or None, request.FILES or None) if own else None
    if request.method == "POST":
        own = access.place_in(request.user, held.activity)
        form = HandInForm(request.POST, request.FILES)
        person = request.user
        if done(form, lambda **typed: services.hand_in(held, enrolment=own, by=person, **typed)):
            messages.success(request, _("It is handed in."))
            return redirect("delivery:piece", edition=edition, activity=activity, code=code)
    oversees = access.oversees(request.user, held.activity)
    context = {
        "piece": held,
        "activity": held.activity,
        "form": form,
        "tries": queries.hand_ins_of(own).filter(coursework=held) if own else (),
        "hand_ins": queries.hand_ins_listed(held) if oversees else (),
        "oversees": oversees,
    }
    wrong = bool(form and form.errors)
    return render(request, "delivery/piece.html", context, status=422 if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Read a hand-in and mark it."""
    one = access.hand_in_to_mark(request.user, edition, activity, pk)
    given = {f"mark-{code}": value for code, value in one.marks.items()}
    form = MarkForm(
        request.POST or None,
        rubric=one.coursework.rubric,
        initial={**given, "percent": one.percent, "comment": one.comment},
    )
    if done(form, lambda **typed: services.mark_hand_in(one, by=request.user, **typed)):
        code = one.coursework.code
        return redirect("delivery:piece", edition=edition, activity=activity, code=code)
    return _page(request, one, form, ReturnForm())


@login_required
@require_POST
def give_back(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Return a try with what is to be done."""
    one = access.hand_in_to_mark(request.user, edition, activity, pk)
    form = ReturnForm(request.POST)
    if done(form, lambda comment: services.return_hand_in(one, comment=comment, by=request.user)):
        code = one.coursework.code
        return redirect("delivery:piece", edition=edition, activity=activity, code=code)
    return _page(request, one, MarkForm(rubric=one.coursework.rubric), form)


@login_required
@require_GET
def hand_in_file(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The file of a hand-in."""
    return serve(access.file_of_hand_in(request.user, edition, activity, pk))


def _page(request: Request, one: HandIn, form: MarkForm, return_form: ReturnForm) -> HttpResponse:
    context: dict[str, Any] = {
        "one": one,
        "activity": one.coursework.activity,
        "mark": HAND_IN_MARKS[one.state],
        "form": form,
        "return_form": return_form,
        "records": history_of(one),
    }
    wrong = bool(form.errors or return_form.errors)
    return render(request, "delivery/mark.html", context, status=422 if wrong else 200)
