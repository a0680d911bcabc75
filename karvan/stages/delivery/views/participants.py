"""Those who take part: their register, and the record of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import fold
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.queries import activity_document

from .. import access, queries, services
from ..forms import LeaveForm, ResultForm
from ..models import Enrolment
from ..states import ENROLMENT_MARKS, state_word


def _share(row: Any) -> float | None:
    """Attendance as a share of one, for the register."""
    found = queries.percent_of(row.came, row.counted)
    return None if found is None else found / 100


COLUMNS = (
    Column("person", gettext_lazy("Participant"), kind="name", sort="person__full_name"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda e: ENROLMENT_MARKS[e.state],
        word=state_word,
        sort="state",
    ),
    Column("group", gettext_lazy("Group"), value="group.name", sort="group__code"),
    Column("attendance", gettext_lazy("Attendance"), kind="percent", value=_share),
    Column("came", gettext_lazy("Sessions attended"), kind="number", sort="came"),
    Column("handed_in", gettext_lazy("Handed in"), kind="number", sort="handed_in"),
    Column("enrolled_at", gettext_lazy("Enrolled"), kind="date", sort="enrolled_at", shown=False),
    Column("left_reason", gettext_lazy("Why left"), shown=False),
)
FILTERS = (
    Filter("enrolled", gettext_lazy("Enrolled"), Q(state="enrolled")),
    Filter("completed", gettext_lazy("Completed"), Q(state="completed")),
    Filter("left", gettext_lazy("Left"), Q(state="left")),
)


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The edition's activities with how far each has come; the one there is, at once."""
    held = access.edition_for(request.user, edition)
    seen = access.sees_activities(request.user, held)
    activities = list(queries.activities_with_enrolments(held).filter(seen))
    if len(activities) == 1:
        return redirect("delivery:sessions", edition=edition, activity=activities[0].code)
    return render(request, "delivery/edition.html", {"edition": held, "activities": activities})


@login_required
@require_GET
def participants(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of participants, with attendance and coursework."""
    held = access.activity_to_oversee(request.user, edition, activity)
    groups = [(str(group.pk), str(group)) for group in held.groups.all()]
    register = Register(
        request,
        queries.enrolments_listed(held),
        COLUMNS,
        name="participants",
        caption=_("Participants"),
        order=("person__full_name",),
        filters=FILTERS,
        picks=[Pick("group", _("Group"), groups, "group_id")] if groups else (),
        search=_search,
        row_url=lambda e: reverse("delivery:participant", args=[edition, activity, e.pk]),
        empty_title=_("Nobody takes part yet"),
        empty_text=_("Those who accepted their places are listed here once they are enrolled."),
    )
    if register.wants_file:
        return register.file()
    context = {
        "activity": held,
        "register": register,
        "may_run": access.runs(request.user, held),
    }
    return render(request, "delivery/participants.html", context)


@login_required
@require_POST
def enrol(request: Request, edition: str, activity: str) -> HttpResponse:
    """Enrol everybody who accepted a place."""
    held = access.activity_to_run(request.user, edition, activity)
    made = stated(request, lambda: services.enrol_accepted(held, by=request.user))
    if made is not None:
        said = ngettext(
            "%(count)s person is enrolled.", "%(count)s people are enrolled.", len(made)
        )
        messages.success(request, said % {"count": len(made)})
    return redirect("delivery:participants", edition=edition, activity=activity)


@login_required
@require_GET
def participant(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """One person's attendance, coursework and results."""
    return _page(request, access.enrolment_for(request.user, edition, activity, pk))


@login_required
@require_POST
def leave(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Say that somebody has left."""
    enrolment = access.enrolment_to_run(request.user, edition, activity, pk)
    form = LeaveForm(request.POST)
    if done(form, lambda reason: services.mark_left(enrolment, reason=reason, by=request.user)):
        return redirect("delivery:participant", edition=edition, activity=activity, pk=pk)
    return _page(request, enrolment, leave_form=form)


@login_required
@require_POST
def result(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Give a result in one assessment."""
    enrolment = access.enrolment_to_judge(request.user, edition, activity, pk)
    listed = activity_document(enrolment.activity).get("assessment") or ()
    form = ResultForm(request.POST, assessments=listed)
    if done(form, lambda **typed: services.record_assessment(enrolment, by=request.user, **typed)):
        return redirect("delivery:participant", edition=edition, activity=activity, pk=pk)
    return _page(request, enrolment, result_form=form)


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(person__search_key__contains=fold(words))


def _page(request: Request, enrolment: Enrolment, **forms: Any) -> HttpResponse:
    activity = enrolment.activity
    listed = activity_document(activity).get("assessment") or ()
    results = {one.code: one for one in queries.results_listed(enrolment)}
    known = {code: one.percent for code, one in results.items()}
    weights = {one["code"]: float(one.get("weight", 0)) for one in listed}
    percent = queries.attendance_percent(enrolment)
    total = queries.total_of(known, weights)
    context = {
        "enrolment": enrolment,
        "activity": activity,
        "mark": ENROLMENT_MARKS[enrolment.state],
        "percent": percent,
        "share": "" if percent is None else formats.percent(percent / 100),
        "attendance": queries.attendance_listed(enrolment),
        "hand_ins": queries.hand_ins_of(enrolment),
        "assessments": [(one, results.get(one["code"])) for one in listed],
        "total": total,
        "total_share": "" if total is None else formats.percent(total / 100),
        "may_run": access.runs(request.user, activity),
        "may_judge": access.teaches(request.user, activity) and bool(listed),
        "leave_form": LeaveForm(),
        "result_form": ResultForm(assessments=listed),
        "records": history_of(enrolment),
        **forms,
    }
    return render(request, "delivery/participant.html", context, status=422 if forms else 200)
