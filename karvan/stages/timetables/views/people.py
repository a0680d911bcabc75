"""Groups and trainers of an activity, and how far its cities are from each other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.texts import in_language, language_name
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document
from karvan.stages.editions.wording import languages_to_choose

from .. import access, queries, services
from ..feeds import feed_path
from ..forms import GroupForm, GroupsForm, NewTrainerForm, TrainerForm, TravelForm

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
@require_http_methods(["GET", "POST"])
def group(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The languages of a group, and with which it shares people."""
    one = access.group_to_run(request.user, edition, activity, pk)
    now = {"languages": one.languages, "shares_with": list(one.shares_with.all())}
    others = queries.groups_of(one.activity).exclude(pk=one.pk)
    languages = _languages(one.activity)
    sent = request.POST if request.method == "POST" else None
    form = GroupForm(sent, groups=others, languages=languages, initial=now)
    if done(form, lambda **_typed: services.change_group(one, by=request.user, **form.values())):
        return redirect("timetables:groups", edition=edition, activity=activity)
    context = {"activity": one.activity, "form": form, "group": one}
    return render(request, "timetables/group.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def travel(request: Request, edition: str, activity: str) -> HttpResponse:
    """Minutes between the cities of the edition's venues."""
    held = access.activity_to_run(request.user, edition, activity)
    pairs = list(combinations(queries.cities_of(held.edition), 2))
    known = {
        (row.origin, row.destination): row.minutes for row in queries.travel_times_of(held.edition)
    }
    now = {
        f"pair_{number}": known.get(pair, known.get(pair[::-1]))
        for number, pair in enumerate(pairs)
    }
    form = TravelForm(request.POST if request.method == "POST" else None, pairs=pairs, initial=now)

    def say(**_typed: int | None) -> bool:
        services.say_travel_times(held.edition, minutes=form.minutes(), by=request.user)
        return True

    if done(form, say):
        return redirect("timetables:travel", edition=edition, activity=activity)
    context = {"activity": held, "form": form, "pairs": pairs}
    return render(request, "timetables/travel.html", context, status=422 if form.errors else 200)


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
    form = NewTrainerForm(request.POST or None, roles=_roles(held), languages=_languages(held))
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
        "most_minutes_a_week": one.most_minutes_a_week,
        "languages": one.languages,
        "travels": one.travels,
    }
    choices = {"roles": _roles(one.activity), "languages": _languages(one.activity, one.languages)}
    form = TrainerForm(request.POST or None, initial=now, **choices)
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


def _languages(activity: Activity, more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The languages that may be spoken here, each by its name in itself."""
    edition = activity.edition
    codes = [*languages_to_choose(edition.country.official_languages, edition.languages), *more]
    return [(code, language_name(code)) for code in dict.fromkeys(codes)]


def _roles(activity: Activity) -> list[tuple[str, str]]:
    listed = activity_document(activity).get("trainer_roles", ())
    return [(role["code"], in_language(role.get("title")) or role["code"]) for role in listed]
