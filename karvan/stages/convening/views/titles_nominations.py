"""A nomination, from its draft to the decision."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import titles as access
from ..forms import titles_nominations as forms
from ..models import TitleNomination
from ..queries.title_register import region_names
from ..queries.titles import total_of
from ..services import titles_deciding, titles_judging
from ..services import titles_nominations as services
from ..titles_marks import NOMINATION_MARKS

State = TitleNomination.State


@login_required
@require_http_methods(["GET", "POST"])
def nominate(request: Request, series: str, year: int) -> HttpResponse:
    """Begin a nomination for a party one speaks for."""
    cycle = access.cycle_for(request.user, series, year)
    parties = access.parties_to_nominate_for(request.user, cycle)
    only = parties[0] if len(parties) == 1 else None
    start = {"party": only, "country": only.country if only else None}
    form = forms.NominationForm(request.POST or None, cycle=cycle, parties=parties, initial=start)
    made = done(form, lambda **typed: services.begin_nomination(cycle, by=request.user, **typed))
    if made:
        return redirect("convening:nomination", pk=made.pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "convening/titles/nominate.html", context, status=_status(form))


@login_required
@require_GET
def nomination(request: Request, pk: int) -> HttpResponse:
    """The file of a city, with what became of it."""
    return _show(request, access.nomination_for(request.user, pk))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """The draft, saved as often as wanted."""
    found = access.nomination_to_write(request.user, pk)
    form = forms.NominationForm(request.POST or None, cycle=found.cycle, nomination=found)
    if done(form, lambda **typed: services.save_nomination(found, by=request.user, **typed)):
        return redirect("convening:nomination", pk=pk)
    context = {"cycle": found.cycle, "nomination": found, "form": form}
    return render(request, "convening/titles/nominate.html", context, status=_status(form))


@login_required
@require_POST
def add_file(request: Request, pk: int) -> HttpResponse:
    """Put a file into a section."""
    found = access.nomination_to_write(request.user, pk)
    form = forms.NominationFileForm(request.POST, request.FILES, cycle=found.cycle)
    if done(form, lambda **typed: services.add_nomination_file(found, by=request.user, **typed)):
        return redirect("convening:nomination", pk=pk)
    return _show(request, found, file_form=form)


@login_required
@require_GET
def file(request: Request, pk: int, file: int) -> HttpResponse:
    """A file of the nomination, given out."""
    return serve(access.file_of(request.user, pk, file).file, inline=True)


@login_required
@require_POST
def remove_file(request: Request, pk: int, file: int) -> HttpResponse:
    """Take a file out of the draft."""
    access.nomination_to_write(request.user, pk)
    kept = access.file_of(request.user, pk, file)
    stated(
        request,
        lambda: services.remove_nomination_file(kept, by=request.user),
        _("The file is taken out."),
    )
    return redirect("convening:nomination", pk=pk)


@login_required
@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Send the nomination."""
    found = access.nomination_to_write(request.user, pk)
    stated(
        request,
        lambda: services.submit_nomination(found, by=request.user),
        _("The nomination is sent."),
    )
    return redirect("convening:nomination", pk=pk)


@login_required
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the nomination back, with a reason."""
    found = access.nomination_to_write(request.user, pk)
    form = forms.ReasonForm(request.POST)
    if done(form, lambda **typed: services.withdraw_nomination(found, by=request.user, **typed)):
        return redirect("convening:nomination", pk=pk)
    return _show(request, found, withdraw_form=form)


@login_required
@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Say of each condition whether it is met."""
    found = access.nomination_to_run(request.user, pk)
    form = forms.ChecksForm(request.POST, nomination=found)
    if done(
        form, lambda **said: titles_judging.check_admissibility(found, by=request.user, **said)
    ):
        return redirect("convening:nomination", pk=pk)
    return _show(request, found, checks_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: Request, pk: int) -> HttpResponse:
    """An expert's marks; the other experts' are not shown before these are closed."""
    found = access.nomination_to_mark(request.user, pk)
    own = access.own_mark(request.user, found)
    start = {f"mark_{code}": given for code, given in own.marks.items()} if own else {}
    start |= {"comment": own.comment} if own else {}
    form = forms.MarksForm(request.POST or None, nomination=found, initial=start)
    kept = done(
        form,
        lambda **said: titles_judging.mark_nomination(
            found, expert=request.user, by=request.user, **said
        ),
    )
    if kept:
        stated(request, lambda: True, _("Your marks are closed.") if kept.done_at else _("Your marks are saved."))  # fmt: skip
        return redirect("convening:nomination_mark", pk=pk)
    context = {"nomination": found, "form": form, "own": own, "sections": _sections(found)}
    context["others"] = _marks(request, found)
    return render(request, "convening/titles/mark.html", context, status=_status(form))


@login_required
@require_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """Put the nomination on an agenda item with its draft decision."""
    found = access.nomination_to_run(request.user, pk)
    form = forms.ProposeForm(request.POST, items=access.items_to_propose_on())
    if done(
        form, lambda **said: titles_deciding.propose_nomination(found, by=request.user, **said)
    ):
        return redirect("convening:nomination", pk=pk)
    return _show(request, found, propose_form=form)


@login_required
@require_POST
def grant(request: Request, pk: int) -> HttpResponse:
    """Give the city its title."""
    found = access.nomination_to_run(request.user, pk)
    form = forms.GrantForm(request.POST, resolutions=access.resolutions_for(found))
    made = done(form, lambda **said: titles_deciding.grant_title(found, by=request.user, **said))
    if made:
        return redirect("convening:title_held", pk=made.pk)
    return _show(request, found, grant_form=form)


@login_required
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Write down that the title was not given, with the reason."""
    found = access.nomination_to_run(request.user, pk)
    form = forms.ReasonForm(request.POST)
    if done(
        form, lambda **said: titles_deciding.decline_nomination(found, by=request.user, **said)
    ):
        return redirect("convening:nomination", pk=pk)
    return _show(request, found, decline_form=form)


def _show(request: Request, found: TitleNomination, **bound: django_forms.Form) -> HttpResponse:
    cycle = found.cycle
    runs = access.runs(request.user, cycle.scope)
    context = {
        "nomination": found,
        "cycle": cycle,
        "mark": NOMINATION_MARKS[found.state],
        "region": region_names(cycle.series).get(found.region, found.region),
        "sections": _sections(found),
        "checks": [
            (one["names"], found.checks[one["code"]])
            for one in cycle.series.admissibility
            if one["code"] in found.checks
        ],
        "missing": services.missing_in(found) if found.state == State.DRAFT else [],
        "given": _marks(request, found),
        "runs": runs,
        "may_write": access.may_write(request.user, found),
        "may_mark": found.state == State.ADMITTED and access.may_mark(request.user, found),
        "is_open": found.state not in (State.GRANTED, State.DECLINED, State.WITHDRAWN),
        "title": access.title_of(found),
        "records": history_of(found),
        **(_forms(request, found) if runs or access.may_write(request.user, found) else {}),
        **bound,
    }
    return render(
        request, "convening/titles/nomination.html", context, status=422 if bound else 200
    )


def _forms(request: Request, found: TitleNomination) -> dict[str, Any]:
    proposed = {"draft_decision": found.draft_decision or titles_deciding.drafted(found)}
    proposed["item"] = found.item_id
    return {
        "file_form": forms.NominationFileForm(cycle=found.cycle),
        "withdraw_form": forms.ReasonForm(auto_id="withdraw_%s"),
        "decline_form": forms.ReasonForm(auto_id="decline_%s"),
        "checks_form": forms.ChecksForm(nomination=found),
        "propose_form": forms.ProposeForm(items=access.items_to_propose_on(), initial=proposed),
        "grant_form": forms.GrantForm(resolutions=access.resolutions_for(found)),
    }


def _sections(found: TitleNomination) -> list[dict[str, Any]]:
    """The file's sections in the series' order, each with its text and its files."""
    files = list(found.files.select_related("file"))
    return [
        {
            "code": one["code"],
            "names": one["names"],
            "texts": found.texts.get(one["code"], {}),
            "files": [kept for kept in files if kept.section == one["code"]],
        }
        for one in found.cycle.series.sections
    ]


def _marks(request: Request, found: TitleNomination) -> list[dict[str, Any]]:
    """The finished marks the person may see, each with its total out of a hundred."""
    series = found.cycle.series
    criteria = series.rubric.get("criteria", [])
    return [
        {
            "expert": one.expert,
            "marks": [(row["names"], one.marks.get(row["code"]), row["most"]) for row in criteria],
            "total": total_of(series, one.marks) / 100,
            "comment": one.comment,
        }
        for one in access.marks_for(request.user, found)
    ]


def _status(form: django_forms.Form) -> int:
    return 422 if form.is_bound else 200
