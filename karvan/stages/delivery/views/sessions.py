"""Sessions as they are held: the roll, the list to sign, materials, feedback."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.timetables.models import Session

from .. import access, queries, services
from ..forms import FeedbackForm, MaterialForm, roll_states
from ..models import Attendance


@login_required
@require_GET
def sessions(request: Request, edition: str, activity: str) -> HttpResponse:
    """The activity's sessions with their rolls; for a participant those of the own group."""
    held = access.activity_for(request.user, edition, activity)
    listed = queries.sessions_with_rolls(held)
    oversees = access.oversees(request.user, held)
    own = access.own_enrolment(request.user, held)
    if not oversees:
        listed = listed.filter(Q(group__isnull=True) | Q(group=own.group_id if own else None))
    context = {
        "activity": held,
        "sessions": listed,
        "own": own,
        "oversees": oversees,
        "teaches": access.teaches(request.user, held),
    }
    return render(request, "delivery/sessions.html", context)


@login_required
@require_GET
def session(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """One session: who was there, what there is to read, what was thought of it."""
    return _page(request, access.session_for(request.user, edition, activity, pk))


@login_required
@require_http_methods(["GET", "POST"])
def roll(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Call the roll. A post without a button is the script's and is answered without a page."""
    held = access.session_to_teach(request.user, edition, activity, pk)
    listed = list(queries.roll_of(held))
    if request.method == "POST":
        states = roll_states(request.POST, listed)
        by_script = "save" not in request.POST and "everybody" not in request.POST
        outcome = stated(request, lambda: services.call_roll(held, states=states, by=request.user))
        if by_script:
            return HttpResponse(status=204 if outcome is not None else 422)
        if outcome is not None:
            messages.success(request, _("The roll is written down."))
        return redirect("delivery:roll", edition=edition, activity=activity, pk=pk)
    called = queries.states_of(held)
    context = {
        "session": held,
        "activity": held.activity,
        "rows": [(enrolment, called.get(enrolment.pk, "")) for enrolment in listed],
        "called": len(called),
        "choices": Attendance.State.choices,
    }
    return render(request, "delivery/roll.html", context)


@login_required
@require_GET
def sheet(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The list to sign, on paper."""
    held = access.session_to_teach(request.user, edition, activity, pk)
    context = {
        "session": held,
        "activity": held.activity,
        "starts_at": queries.begins_at(held),
        "enrolments": queries.roll_of(held),
    }
    return render(request, "delivery/sheet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def feedback(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """A participant says what he or she thought of a session."""
    held = access.session_for(request.user, edition, activity, pk)
    own = access.place_in(request.user, held.activity)
    form = FeedbackForm(request.POST or None)
    given = done(
        form,
        lambda **typed: services.give_feedback(held, enrolment=own, by=request.user, **typed),
    )
    if given:
        messages.success(request, _("Your answer is kept. It is shown only together with others."))
        return redirect("delivery:session", edition=edition, activity=activity, pk=pk)
    context = {"session": held, "activity": held.activity, "form": form}
    return render(request, "delivery/feedback.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def add_material(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Put a file to a session."""
    held = access.session_to_teach(request.user, edition, activity, pk)
    form = MaterialForm(request.POST, request.FILES)
    if done(form, lambda **typed: services.add_material(held, by=request.user, **typed)):
        return redirect("delivery:session", edition=edition, activity=activity, pk=pk)
    return _page(request, held, material_form=form)


@login_required
@require_GET
def material(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The file of a material."""
    return serve(access.material_for(request.user, edition, activity, pk))


def _page(request: Request, held: Session, **forms: Any) -> HttpResponse:
    oversees = access.oversees(request.user, held.activity)
    context = {
        "session": held,
        "activity": held.activity,
        "materials": held.materials.select_related("file").order_by("pk"),
        "summary": queries.feedback_summary(held) if oversees else None,
        "own": access.own_enrolment(request.user, held.activity),
        "teaches": access.teaches(request.user, held.activity),
        "material_form": MaterialForm(),
        "records": history_of(held) if oversees else None,
        **forms,
    }
    return render(request, "delivery/session.html", context, status=422 if forms else 200)
