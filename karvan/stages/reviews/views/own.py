"""The reviewer's own screens: what there is to read, and the room where it is read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import serve
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.calls.wording import worded

from .. import access, services
from ..blind import answers_shown, file_name, reading_code
from ..forms import MarksForm, OwnConflictForm
from ..models import Assignment, Review
from ..states import criteria_shown, read_state
from ..words import language_in_words

TO_DO, DRAFT = Q(review__isnull=True), Q(review__state=Review.State.DRAFT)
DONE = Q(review__state=Review.State.DONE)
COLUMNS = (
    Column("state", gettext_lazy("State"), kind="state", value=read_state, sort="turn"),
    Column("activity", gettext_lazy("For"), value="round.call.activity"),
    Column(
        "language",
        gettext_lazy("Language"),
        value=lambda a: language_in_words(a.application.language),
        sort="application__language",
    ),
    Column("due", gettext_lazy("Due"), value="round.due_at", kind="moment", sort="round__due_at"),
    Column("third", gettext_lazy("Third read"), value="is_third_read", kind="flag", shown=False),
)


@login_required
@require_GET
def queue(request: Request) -> HttpResponse:
    """What the person has to read."""
    reads = access.own_reads(request.user)
    of_abstracts = access.reads_only_abstracts(reads)
    register = Register(
        request,
        reads,
        [_code(of_abstracts), *COLUMNS],
        name="reading",
        caption=_("My reading"),
        order=("turn", "pk"),
        filters=[
            Filter("to-do", _("To do"), TO_DO),
            Filter("drafts", _("Drafts"), DRAFT),
            Filter("done", _("Done"), DONE),
        ],
        row_url=lambda assignment: reverse("reviews:reading", args=[assignment.pk]),
        empty_title=_("Nothing to read yet"),
        empty_text=worded(
            of_abstracts, "Applications will be listed here once they are given to you."
        ),
    )
    if register.wants_file:
        return register.file()
    context = {
        "register": register,
        "done": request.GET.get("done"),
        "takes_abstracts": of_abstracts,
    }
    return render(request, "reviews/queue.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def reading(request: Request, pk: int) -> HttpResponse:
    """The room where one application is read and marked."""
    assignment = access.own_read(request.user, pk)
    form = MarksForm(assignment.round.rubric, request.POST or None)
    conflict_form = OwnConflictForm(activity=assignment.round.call.activity)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, assignment, form)
            return _onward(request, assignment)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    return _room(request, assignment, form, conflict_form, 422 if form.errors else 200)


@login_required
@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """Keep the marks as they are given: what the script of the room posts."""
    assignment = access.own_read(request.user, pk)
    form = MarksForm(assignment.round.rubric, request.POST)
    if not form.is_valid():
        return HttpResponse(_("A mark is not on the scale."), status=422, content_type="text/plain")
    try:
        services.save_review(
            assignment, marks=form.marks(), comment=form.cleaned_data["comment"], by=request.user
        )
    except RuleBroken as broken:
        return HttpResponse(str(broken), status=409, content_type="text/plain")
    return HttpResponse(status=204)


@login_required
@require_POST
def conflict(request: Request, pk: int) -> HttpResponse:
    """Say that one must not read this application."""
    assignment = access.own_read(request.user, pk)
    form = OwnConflictForm(request.POST, activity=assignment.round.call.activity)
    if not form.is_valid():
        return _room(request, assignment, MarksForm(assignment.round.rubric), form, 422)
    stated(
        request,
        lambda: services.declare_conflict(
            assignment.reviewer,
            application_id=assignment.application_id,
            by=request.user,
            **form.cleaned_data,
        ),
        worded(
            assignment.round.call.activity,
            "The application is no longer yours to read; somebody else will.",
        ),
    )
    return redirect("reviews:queue")


@login_required
@require_GET
def file(request: Request, pk: int, file: int) -> HttpResponse:
    """A file of the application, under a name that says nothing of its owner."""
    assignment, attached = access.own_file(request.user, pk, file)
    answer = serve(attached.file)
    name = file_name(attached, assignment.application)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _code(of_abstracts: bool) -> Column:
    """What is read, by its code."""
    return Column(
        "code",
        worded(of_abstracts, "Application"),
        value=lambda assignment: reading_code(assignment.application),
    )


def _keep(request: Request, assignment: Assignment, form: MarksForm) -> None:
    """Finish the review or keep it as a draft, as the button says."""
    typed: dict[str, Any] = {"marks": form.marks(), "comment": form.cleaned_data["comment"]}
    act = services.finish_review if request.POST.get("act") == "finish" else services.save_review
    act(assignment, by=request.user, **typed)


def _onward(request: Request, assignment: Assignment) -> HttpResponse:
    """To the next application that is not done, or back to the list."""
    nearest = access.next_to_read(request.user, assignment)
    done = f"?done={assignment.pk}"
    if nearest is None:
        return redirect(reverse("reviews:queue") + done)
    return redirect(reverse("reviews:reading", args=[nearest]) + done)


def _room(
    request: Request, assignment: Assignment, form: MarksForm, conflict_form: Any, status: int
) -> HttpResponse:
    context = {
        "read": assignment,
        "place": access.own_place(request.user, assignment),
        "code": reading_code(assignment.application),
        "answers": answers_shown(assignment.application),
        "criteria": criteria_shown(assignment, form),
        "comment": form["comment"].value()
        if form.is_bound
        else getattr(getattr(assignment, "review", None), "comment", ""),
        "form": form,
        "conflict_form": conflict_form,
        "is_open": assignment.round.state == "open",
        "done": request.GET.get("done"),
    }
    return render(request, "reviews/reading.html", context, status=status)
