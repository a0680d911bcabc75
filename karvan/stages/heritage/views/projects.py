"""Restorations: the register, the record of one, its head, its phases and permits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Pick, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import projects as access
from ..access.reached import keeps, monument_to_keep
from ..access.trainees import sees_all
from ..forms.projects import (
    ChangeForm,
    DayForm,
    PermitForm,
    PlanForm,
    ReasonForm,
    StartForm,
)
from ..models import Phase, RestorationProject
from ..projects_words import PHASE_MARKS, PROJECT_MARKS
from ..queries import projects as queries
from ..services import projects as services
from ..services import projects_phases as phases
from ..services import projects_works as works

COLUMNS = (
    Column("title", gettext_lazy("Restoration"), value="titles", kind="name", sort="code"),
    Column("code", gettext_lazy("Code"), sort="code"),
    Column("monument", gettext_lazy("Monument"), value=lambda one: one.monument.names, kind="name"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda one: PROJECT_MARKS[one.state],
        word=lambda one: one.get_state_display(),
        sort="state",
    ),
    Column("from", gettext_lazy("From"), value="starts_on", kind="date", sort="starts_on"),
    Column("until", gettext_lazy("Until"), value="ends_on", kind="date", sort="ends_on"),
    Column(
        "contractor",
        gettext_lazy("Contractor"),
        value=lambda one: str(one.contractor or ""),
        shown=False,
    ),
)


@login_required
@require_GET
def projects(request: Request) -> HttpResponse:
    """The restorations the person reads, teaches or learns on."""
    access.require_reader(request.user)
    register = Register(
        request,
        access.projects_for(request.user),
        COLUMNS,
        name="restorations",
        caption=_("Restorations"),
        order=("code",),
        picks=[Pick("state", _("State"), RestorationProject.State.choices, "state")],
        row_url=lambda one: reverse("heritage:project", args=[one.code]),
        empty_title=_("No restoration yet"),
        empty_text=_("A restoration is planned from the page of a monument's condition."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "heritage/projects.html", {"register": register})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, register: str, pk: int) -> HttpResponse:
    """Plan a restoration of a monument."""
    monument = monument_to_keep(request.user, register, pk)
    proposed = slugify(f"{monument.national_id} {clock.today().year}")[:40]
    form = StartForm(request.POST or None, initial={"code": proposed, "titles": monument.names})
    made = done(form, lambda **typed: services.start_project(monument, by=request.user, **typed))
    if made:
        return redirect("heritage:project", made.code)
    context = {"monument": monument, "form": form}
    return render(request, "heritage/project_new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def project(request: Request, code: str) -> HttpResponse:
    """The record of a restoration."""
    return show(request, access.project_for(request.user, code))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, code: str) -> HttpResponse:
    """Write the head of a restoration anew."""
    found = access.project_to_run(request.user, code)
    initial = {name: getattr(found, name) for name in ChangeForm.base_fields}
    form = ChangeForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: services.change_project(found, by=request.user, **typed)):
        return redirect("heritage:project", code)
    context = page_of(request, found) | {"form": form}
    return render(
        request, "heritage/project_change.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def stop(request: Request, code: str) -> HttpResponse:
    """Stop a restoration."""
    found = access.project_to_run(request.user, code)
    form = ReasonForm(request.POST)
    act = done(
        form,
        lambda reason: services.stop_project(found, reason=reason, by=request.user) or True,
    )
    return (
        redirect("heritage:project", code)
        if act
        else show(request, found, status=422, stop_form=form)
    )


@login_required
@require_POST
def resume(request: Request, code: str) -> HttpResponse:
    """Take a stopped restoration up again."""
    found = access.project_to_run(request.user, code)
    said = _("The restoration goes on.")
    stated(request, lambda: services.resume_project(found, by=request.user) or True, said)
    return redirect("heritage:project", code)


@login_required
@require_POST
def permit(request: Request, code: str) -> HttpResponse:
    """Enter a permit."""
    found = access.project_to_run(request.user, code)
    form = PermitForm(request.POST, request.FILES)
    if done(form, lambda **typed: works.add_permit(found, by=request.user, **typed)):
        return redirect(f"{reverse('heritage:project', args=[code])}#permits")
    return show(request, found, status=422, permit_form=form)


@login_required
@require_GET
def permit_file(request: Request, code: str, pk: int) -> HttpResponse:
    """The paper of a permit."""
    return serve(access.permit_file(request.user, code, pk), inline=True)


@login_required
@require_http_methods(["GET", "POST"])
def phase(request: Request, code: str, kind: str) -> HttpResponse:
    """One phase: when it is planned, begin it, end it, leave it out."""
    found = access.phase_to_run(request.user, code, kind)
    initial = {"planned_from": found.planned_from, "planned_to": found.planned_to}
    form = PlanForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: phases.plan_phase(found, by=request.user, **typed)):
        return redirect("heritage:project", code)
    return _phase_page(request, found, status=422 if form.errors else 200, plan_form=form)


@login_required
@require_POST
def phase_begin(request: Request, code: str, kind: str) -> HttpResponse:
    """Begin a phase; all that is missing is said at once."""
    found = access.phase_to_run(request.user, code, kind)
    form = DayForm(request.POST)
    if done(form, lambda on: phases.begin_phase(found, on=on, by=request.user)):
        return redirect("heritage:project", code)
    return _phase_page(request, found, status=422, day_form=form)


@login_required
@require_POST
def phase_end(request: Request, code: str, kind: str) -> HttpResponse:
    """End a phase; all that it was to bring and did not is said at once."""
    found = access.phase_to_run(request.user, code, kind)
    form = DayForm(request.POST)
    if done(form, lambda on: phases.end_phase(found, on=on, by=request.user)):
        return redirect("heritage:project", code)
    return _phase_page(request, found, status=422, day_form=form)


@login_required
@require_POST
def phase_leave_out(request: Request, code: str, kind: str) -> HttpResponse:
    """Leave a phase out, with the reason."""
    found = access.phase_to_run(request.user, code, kind)
    form = ReasonForm(request.POST)
    if done(form, lambda reason: phases.leave_out_phase(found, reason=reason, by=request.user)):
        return redirect("heritage:project", code)
    return _phase_page(request, found, status=422, reason_form=form)


def page_of(request: Request, found: RestorationProject) -> dict[str, Any]:
    """What every page of a restoration shows and asks."""
    return {
        "project": found,
        "monument": found.monument,
        "runs": keeps(request.user, found.scope),
        "works_on": access.works_on(request.user, found),
        "sees_all": sees_all(request.user, found),
        "mark": PROJECT_MARKS[found.state],
    }


def show(
    request: Request, found: RestorationProject, status: int = 200, **forms: Any
) -> HttpResponse:
    """The record of a restoration, with a form as it was sent where it was refused."""
    today = clock.today()
    listed = queries.phases_of(found)
    work = next((one for one in listed if one.kind == Phase.Kind.WORKS), None)
    waits = work is not None and work.state == Phase.State.PLANNED
    permits = [
        {"row": one, "mark": _permit_mark(one.granted_on, one.valid_to, today)}
        for one in queries.permits_of(found)
    ]
    context = {
        **page_of(request, found),
        "phases": [{"row": one, "mark": PHASE_MARKS[one.state]} for one in listed],
        "permits": permits,
        "missing": phases.missing_to_begin(found, work, today) if work and waits else [],
        "waits": waits,
        "before": queries.survey_before_works(found),
        "after": queries.survey_after_works(found),
        "permit_form": PermitForm(auto_id="permit_%s"),
        "stop_form": ReasonForm(auto_id="stop_%s"),
        "records": history_of(found),
        "may_stop": found.state in ("prepared", "permitted", "works"),
        **forms,
    }
    return render(request, "heritage/project.html", context, status=status)


def _phase_page(request: Request, found: Phase, *, status: int, **forms: Any) -> HttpResponse:
    today = clock.today()
    initial = {"on": today}
    planned = {"planned_from": found.planned_from, "planned_to": found.planned_to}
    context = {
        **page_of(request, found.project),
        "phase": found,
        "phase_mark": PHASE_MARKS[found.state],
        "missing": (
            phases.missing_to_begin(found.project, found, today)
            if found.state == Phase.State.PLANNED
            else phases.missing_to_end(found.project, found, today)
            if found.state == Phase.State.STARTED
            else []
        ),
        "plan_form": PlanForm(initial=planned),
        "day_form": DayForm(initial=initial),
        "reason_form": ReasonForm(),
        **forms,
    }
    return render(request, "heritage/project_phase.html", context, status=status)


def _permit_mark(granted_on: Any, valid_to: Any, today: Any) -> tuple[str, str]:
    """The state of a permit today: in force, expired, or not yet."""
    if granted_on > today:
        return "waiting", _("not yet in force")
    if valid_to is not None and valid_to < today:
        return "late", _("expired")
    return "kept", _("in force")
