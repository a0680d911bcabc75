"""Groups and trainers of an activity."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from .. import access, queries, services
from ..feeds import feed_path
from ..forms import GroupsForm, NewTrainerForm, TrainerForm

COLUMNS = (
    Column("present_from", gettext_lazy("There from"), kind="date", sort="present_from"),
    Column("present_to", gettext_lazy("There until"), kind="date", sort="present_to"),
    Column(
        "most_minutes_a_day",
        gettext_lazy("Most minutes a day"),
        kind="number",
        sort="most_minutes_a_day",
    ),
    Column("session_count", gettext_lazy("Sessions"), kind="number", sort="session_count"),
)


@login_required
@require_http_methods(["GET", "POST"])
def groups(request: Request, edition: str, activity: str) -> HttpResponse:
    """The groups, and how many people each holds."""
    held = access.activity_to_run(request.user, edition, activity)
    listed = list(queries.groups_of(held))
    sizes = " ".join(str(group.size) for group in listed)
    form = GroupsForm(request.POST or None, initial={"sizes": sizes})
    if done(form, lambda sizes: services.make_groups(held, sizes=sizes, by=request.user)):
        return redirect("timetables:groups", edition=edition, activity=activity)
    language = (get_language() or "en").split("-")[0]
    rows = [
        (group, request.build_absolute_uri(feed_path("group", group.pk, language)))
        for group in listed
    ]
    return render(request, "timetables/groups.html", {"activity": held, "rows": rows, "form": form})


@login_required
@require_GET
def trainers(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of those who teach."""
    held = access.activity_to_run(request.user, edition, activity)
    add = reverse("timetables:add_trainer", args=[edition, activity])
    register = Register(
        request,
        queries.trainers_listed(held),
        _columns(held),
        name="trainers",
        caption=_("Trainers"),
        order=("person__full_name",),
        row_url=lambda one: reverse("timetables:trainer", args=[edition, activity, one.pk]),
        empty_title=_("No trainer yet"),
        empty_text=_("Everybody who teaches here will be listed, with roles, days and sessions."),
        empty_url=add,
        empty_label=_("Add a trainer"),
    )
    if register.wants_file:
        return register.file()
    context = {"activity": held, "register": register, "add_url": add}
    return render(request, "timetables/trainers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_trainer(request: Request, edition: str, activity: str) -> HttpResponse:
    """Let somebody teach here."""
    held = access.activity_to_run(request.user, edition, activity)
    form = NewTrainerForm(request.POST or None, roles=_roles(held))
    if done(form, lambda **typed: services.add_trainer(held, by=request.user, **typed)):
        return redirect("timetables:trainers", edition=edition, activity=activity)
    context = {
        "activity": held,
        "form": form,
        "title": _("Add a trainer"),
        "act": _("Add the trainer"),
    }
    return render(request, "timetables/trainer.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def trainer(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Roles and days of one trainer."""
    one = access.trainer_to_run(request.user, edition, activity, pk)
    now = {
        "roles": one.roles,
        "present_from": one.present_from,
        "present_to": one.present_to,
        "most_minutes_a_day": one.most_minutes_a_day,
    }
    form = TrainerForm(request.POST or None, roles=_roles(one.activity), initial=now)
    if done(form, lambda **typed: services.change_trainer(one, by=request.user, **typed)):
        return redirect("timetables:trainers", edition=edition, activity=activity)
    context = {"activity": one.activity, "form": form, "title": one, "act": _("Change the trainer")}
    return render(request, "timetables/trainer.html", context, status=422 if form.errors else 200)


def _columns(activity: Activity) -> tuple[Column, ...]:
    """The columns, with roles by their titles in the design."""
    titles = dict(_roles(activity))
    return (
        Column("person", _("Trainer"), kind="name", sort="person__full_name"),
        Column(
            "roles",
            _("Roles"),
            value=lambda t: ", ".join(titles.get(code, code) for code in t.roles),
        ),
        *COLUMNS,
    )


def _roles(activity: Activity) -> list[tuple[str, str]]:
    listed = activity_document(activity).get("trainer_roles", ())
    return [(role["code"], in_language(role.get("title")) or role["code"]) for role in listed]
