"""The works, the money and the pictures of a restoration, and its completion file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import projects as access
from ..access.trainees import project_with_file
from ..forms.projects import (
    DayForm,
    MoneyForm,
    ReasonForm,
    SitePhotoForm,
    ViewpointForm,
    WorkForm,
)
from ..models import RestorationProject, WorkItem
from ..projects_words import WORK_MARKS, trade_word, unit_word
from ..queries import projects as queries
from ..services import projects_evidence as evidence_services
from ..services import projects_works as services
from ..services.projects_paper import completion_pdf
from .projects import page_of


@login_required
@require_http_methods(["GET", "POST"])
def works(request: Request, code: str) -> HttpResponse:
    """The works of a restoration, and a form for one more."""
    if request.method == "POST":
        access.project_to_work(request.user, code)
    project = access.project_for(request.user, code)
    form = WorkForm(request.POST or None, project=project)
    if done(form, lambda **typed: services.add_work(by=request.user, **typed)):
        return redirect("heritage:works", code)
    found = queries.priced_works(project)
    context = {
        **page_of(request, project),
        "form": form,
        "lines": [
            {
                "row": item,
                "cost": cost,
                "mark": WORK_MARKS[item.state],
                "unit": unit_word(item.unit),
                "trade": trade_word(item.trade),
            }
            for item, cost in found.lines
        ],
        "total": found.total,
        "unpriced": found.unpriced,
        "has_elements": project.monument.elements.exists(),
    }
    return render(
        request, "heritage/project_works.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def work(request: Request, code: str, pk: int) -> HttpResponse:
    """Begin a piece of work, or say that it is done; for those who work on the project."""
    item = access.work_to_do(request.user, code, pk)
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    act = services.start_work if item.state == WorkItem.State.PLANNED else services.finish_work
    if done(form, lambda on: act(item, on=on, by=request.user)):
        return redirect("heritage:works", code)
    return _work_page(request, item, 422 if form.errors else 200, form=form)


@login_required
@require_POST
def work_drop(request: Request, code: str, pk: int) -> HttpResponse:
    """Drop a piece of work, with the reason."""
    item = access.work_to_do(request.user, code, pk)
    form = ReasonForm(request.POST)
    if done(form, lambda reason: services.drop_work(item, reason=reason, by=request.user)):
        return redirect("heritage:works", code)
    return _work_page(request, item, 422, reason_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def money(request: Request, code: str) -> HttpResponse:
    """The money by phase and by funder: planned, committed, paid; it prints as it stands."""
    if request.method == "POST":
        access.project_to_run(request.user, code)
    project = access.project_for(request.user, code)
    form = MoneyForm(request.POST or None, project=project)
    if done(form, lambda **typed: services.set_money(by=request.user, **typed)):
        stated(request, lambda: True, _("The line is written."))
        return redirect("heritage:money", code)
    found = queries.money_of(project)
    context = {
        **page_of(request, project),
        "form": form,
        "money": found,
        "tables": [(_("By phase"), found.by_phase), (_("By funder"), found.by_funder)],
    }
    return render(
        request, "heritage/project_money.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def evidence(request: Request, code: str) -> HttpResponse:
    """The viewpoints with their pictures, and a form for one more."""
    if request.method == "POST":
        access.project_to_work(request.user, code)
    project = access.project_for(request.user, code)
    form = ViewpointForm(request.POST or None, monument=project.monument)
    made = done(
        form,
        lambda **typed: evidence_services.add_viewpoint(project, by=request.user, **typed),
    )
    if made:
        return redirect("heritage:viewpoint", code, made.code)
    context = {
        **page_of(request, project),
        "form": form,
        "views": queries.viewpoints_of(project),
    }
    return render(
        request, "heritage/project_evidence.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def viewpoint(request: Request, code: str, viewpoint: str) -> HttpResponse:
    """A viewpoint: before and after under a slider, those during, a form for one more."""
    if request.method == "POST":
        access.viewpoint_to_work(request.user, code, viewpoint)
    found = access.viewpoint_for(request.user, code, viewpoint)
    form = SitePhotoForm(
        request.POST or None,
        request.FILES or None,
        project=found.project,
        initial={"taken_on": clock.today()},
    )
    if done(
        form,
        lambda **typed: evidence_services.add_site_photo(found, by=request.user, **typed),
    ):
        return redirect("heritage:viewpoint", code, viewpoint)
    context = {
        **page_of(request, found.project),
        "viewpoint": found,
        "seen": next(
            one for one in queries.viewpoints_of(found.project) if one.viewpoint.pk == found.pk
        ),
        "form": form,
    }
    return render(
        request, "heritage/project_viewpoint.html", context, status=422 if form.errors else 200
    )


@login_required
@require_GET
def photo(request: Request, code: str, pk: int) -> HttpResponse:
    """A picture of a restoration."""
    return serve(access.site_photo(request.user, code, pk, small=False), inline=True)


@login_required
@require_GET
def thumb(request: Request, code: str, pk: int) -> HttpResponse:
    """A picture's small copy."""
    return serve(access.site_photo(request.user, code, pk, small=True), inline=True)


@login_required
@require_GET
def completion(request: Request, code: str) -> HttpResponse:
    """The completion file as PDF."""
    project = project_with_file(request.user, code)
    answer = HttpResponse(completion_pdf(project), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{project.code}.pdf"'
    return answer


def _work_page(request: Request, item: WorkItem, status: int, **forms: Any) -> HttpResponse:
    project: RestorationProject = item.phase.project
    context = {
        **page_of(request, project),
        "item": item,
        "item_mark": WORK_MARKS[item.state],
        "form": DayForm(initial={"on": clock.today()}),
        "reason_form": ReasonForm(),
        **forms,
    }
    return render(request, "heritage/project_work.html", context, status=status)
