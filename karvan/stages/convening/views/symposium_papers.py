"""Screens of papers: the register with marks, one paper, its authors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Pick, Register, Selection
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.programme import PlaceForm
from ..forms.symposium import AuthorForm, DecideForm, ReasonForm
from ..models import Paper, Symposium
from ..queries.symposium_marks import Marked, doubts_of, marked_papers, papers_of, presenter_of
from ..services.symposium_papers import change_author, choose_presenter, take_papers
from ..symposium_states import MARKS, doubt_in_words, mark_of, word_of

FILTERS = (
    ("undecided", gettext_lazy("Undecided"), Q(state="submitted")),
    ("accepted", gettext_lazy("Accepted"), Q(state__in=["talk", "poster"])),
    ("untold", gettext_lazy("Not told yet"), Q(told_at=None, state__in=["talk", "poster", "rejected"])),
    ("withdrawn", gettext_lazy("Withdrawn"), Q(state="withdrawn")),
)  # fmt: skip
OUTCOMES = (
    ("talk", gettext_lazy("Accept as talks")),
    ("poster", gettext_lazy("Accept as posters")),
    ("rejected", gettext_lazy("Do not accept")),
)


def _columns(marks: dict[int, Marked]) -> tuple[Column, ...]:
    return (
        Column("title", gettext_lazy("Paper"), value=str, kind="name", detail=_by),
        Column("number", gettext_lazy("Number"), kind="number", sort="number"),
        Column("track", gettext_lazy("Track"), value=lambda one: str(one.track or "–"), sort="track__code"),
        Column("mean", gettext_lazy("Mean"), kind="number", value=lambda one: marks[one.pk].points),
        Column("spread", gettext_lazy("Spread"), kind="number", value=lambda one: marks[one.pk].apart),
        Column("reads", gettext_lazy("Reads"), kind="number", value=lambda one: marks[one.pk].reads),
        Column("proposal", gettext_lazy("Proposal"), value=_proposed, sort="proposal__outcome"),
        Column("state", gettext_lazy("State"), kind="state", value=mark_of, word=word_of, sort="state"),
        Column("told", gettext_lazy("Told"), kind="moment", value="told_at", sort="told_at", shown=False),
    )  # fmt: skip


def _proposed(paper: Paper) -> str:
    """What the chair of its track proposes."""
    proposal = getattr(paper, "proposal", None)
    return str(proposal.get_outcome_display()) if proposal else "–"


def _by(paper: Paper) -> str:
    """Who presents, and from where."""
    who = presenter_of(paper)
    return ", ".join(str(part) for part in (who, who and who.country) if part)


def _decisions(symposium: Symposium) -> list[Selection]:
    place = [symposium.activity.edition.slug, symposium.activity.code]
    return [
        Selection(label, reverse("convening:decide_papers", args=[*place, outcome]))
        for outcome, label in OUTCOMES
    ]


@login_required
@require_GET
def papers(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of papers with their marks; the committee chooses and decides."""
    symposium = access.symposium_for(request.user, edition, activity)
    may_run = access.runs(request.user, symposium)
    register = Register(
        request,
        papers_of(symposium),
        _columns({one.paper.pk: one for one in marked_papers(symposium)}),
        name="papers",
        caption=_("Papers"),
        order=("number",),
        filters=[Filter(*one) for one in FILTERS],
        picks=[Pick("track", _("Track"), [(one.code, str(one)) for one in symposium.tracks.all()], "track__code")],
        row_url=lambda one: reverse("convening:paper", args=[edition, activity, one.number]),
        selection=_decisions(symposium) if may_run else [],
        empty_title=_("No paper yet"),
        empty_text=_("Abstracts that were sent become papers when they are taken in."),
    )  # fmt: skip
    if register.wants_file:
        return register.file()
    context = {"symposium": symposium, "activity": symposium.activity, "register": register}
    return render(request, "convening/symposium_papers.html", {**context, "may_run": may_run})


@login_required
@require_POST
def take(request: Request, edition: str, activity: str) -> HttpResponse:
    """Make papers of the abstracts that were sent."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    taken = stated(request, lambda: take_papers(symposium, by=request.user))
    if taken:
        made = ngettext("Taken in: %(n)s paper.", "Taken in: %(n)s papers.", taken.made)
        gone = ngettext(
            "Taken back by its author: %(n)s.",
            "Taken back by their authors: %(n)s.",
            taken.withdrawn,
        )
        words = [made % {"n": taken.made}] + [gone % {"n": taken.withdrawn}] * bool(taken.withdrawn)
        messages.success(request, " ".join(words))
    return redirect("convening:papers", edition=edition, activity=activity)


@login_required
@require_GET
def paper(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """The record of one paper."""
    symposium = access.symposium_for(request.user, edition, activity)
    return show(request, symposium, access.paper_in(symposium, number))


def show(
    request: Request, symposium: Symposium, found: Paper, status: int = 200, **forms: Any
) -> HttpResponse:
    """The record, with the form as it was sent where it was refused."""
    mark = next((one for one in marked_papers(symposium) if one.paper.pk == found.pk), None)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "paper": found,
        "mark": MARKS[found.state],
        "marked": mark,
        "doubts": [doubt_in_words(one) for one in doubts_of(found)],
        "may_run": access.runs(request.user, symposium),
        "decide_form": DecideForm(initial={"outcome": found.state}),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "place_form": PlaceForm(of=symposium, initial={"session": found.session_id}),
        "records": history_of(found),
        **forms,
    }
    return render(request, "convening/symposium_paper.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def author(
    request: Request, edition: str, activity: str, number: int, position: int
) -> HttpResponse:
    """Correct how an author is named and reached."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    one = get_object_or_404(found.authors, position=position)
    form = AuthorForm(request.POST or None, of=one)
    if done(form, lambda **typed: change_author(one, by=request.user, **typed)):
        return redirect("convening:paper", edition=edition, activity=activity, number=number)
    context = {"symposium": symposium, "activity": symposium.activity, "paper": found, "form": form}
    return render(
        request, "convening/symposium_author.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def presents(
    request: Request, edition: str, activity: str, number: int, position: int
) -> HttpResponse:
    """Let this author present the paper."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    one = get_object_or_404(found.authors, position=position)
    stated(request, lambda: choose_presenter(one, by=request.user))
    return redirect("convening:paper", edition=edition, activity=activity, number=number)
