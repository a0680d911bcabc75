"""Screens of motions: the register, one motion with its text and amendments, how one is put."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.formats import in_a_row
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import runs, session_for
from ..forms.hall_motions import AmendmentForm, MotionForm, NewParagraphForm
from ..hall_marks import mark_of_motion, word_of_motion
from ..models import Motion
from ..queries.hall_pages import changes_of, motions_found
from ..services import hall_amending, hall_motions

WAITING = ("submitted", "introduced")
COLUMNS = (
    Column("titles", gettext_lazy("Motion"), kind="name", detail=lambda one: one.symbol),
    Column("symbol", gettext_lazy("Symbol"), sort="symbol", shown=False),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=mark_of_motion,
        word=word_of_motion,
        sort="state",
    ),
    Column(
        "sponsors",
        gettext_lazy("Sponsors"),
        value=lambda one: in_a_row(str(x) for x in one.sponsors.all()),
    ),
    Column("submitted", gettext_lazy("Submitted"), value="submitted_at", kind="moment", sort="submitted_at"),
)  # fmt: skip


@login_required
@require_GET
def motions(request: Request, organ: str, session: str) -> HttpResponse:
    """The motions put to a session."""
    found = session_for(request.user, organ, session)
    register = Register(
        request,
        found.motions.prefetch_related("sponsors"),
        COLUMNS,
        name="motions",
        caption=_("Motions"),
        order=("symbol",),
        filters=[
            Filter("waiting", _("Waiting"), Q(state__in=WAITING)),
            Filter("drafts", _("Drafts"), Q(kind__in=["resolution", "decision", "recommendation"])),
            Filter("amendments", _("Amendments"), Q(kind="amendment")),
        ],
        search=motions_found,
        row_url=lambda one: reverse("convening:motion", args=[organ, session, one.pk]),
        empty_title=_("No motion yet"),
        empty_text=_("Drafts, amendments and questions of procedure are listed by their symbols."),
    )
    if register.wants_file:
        return register.file()
    may = access.may_propose(request.user, found)
    context = {"session": found, "register": register, "may_propose": may}
    return render(request, "convening/hall_motions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: Request, organ: str, session: str) -> HttpResponse:
    """Put a draft or a question of procedure to the session."""
    found, delegations = access.session_to_propose(request.user, organ, session)
    form = MotionForm(
        request.POST or None,
        session=found,
        delegations=delegations,
        is_run=runs(request.user, found),
        initial={"item": request.GET.get("item"), "sponsors": delegations[:1] if delegations.count() == 1 else ()},
    )  # fmt: skip
    made = done(form, lambda **typed: hall_motions.submit_motion(found, by=request.user, **typed))
    if made:
        return redirect("convening:motion", organ, session, made.pk)
    context = {"session": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "convening/hall_submit.html", context, status=status)


@login_required
@require_GET
def motion(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """One motion: its text, its amendments with their changes, its votes."""
    return show(request, access.motion_for(request.user, organ, session, pk))


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Propose an amendment to a draft."""
    found, delegations = access.motion_to_amend(request.user, organ, session, pk)
    form = AmendmentForm(
        request.POST or None,
        delegations=delegations,
        is_run=runs(request.user, found.session),
        initial={"number": request.GET.get("number"), "texts": _text(found, request.GET)},
    )
    act = hall_amending.submit_amendment
    made = done(form, lambda **typed: act(found, by=request.user, **typed))
    if made:
        return redirect("convening:motion", organ, session, pk)
    context = {"session": found.session, "motion": found, "form": form, "paragraphs": found.paragraphs.all()}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "convening/hall_amend.html", context, status=status)


@login_required
@require_POST
def move(request: Request, organ: str, session: str, pk: int, to: str) -> HttpResponse:
    """Say that the motion is introduced, withdrawn or deferred."""
    found = access.motion_to_run(request.user, organ, session, pk)
    if to not in hall_motions.MOVES:
        raise Http404
    stated(request, lambda: hall_motions.move_motion(found, to=to, by=request.user))
    return redirect("convening:motion", organ, session, pk)


@login_required
@require_POST
def first(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Let this amendment be voted first, as the furthest from the text."""
    found = access.motion_to_run(request.user, organ, session, pk)
    if found.amends is None:
        raise Http404
    of = found.amends
    stated(request, lambda: hall_amending.order_amendments(of, order=[pk], by=request.user))
    return redirect("convening:motion", organ, session, of.pk)


@login_required
@require_POST
def carry(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """A delegate's own delegation carries the draft too."""
    found, delegation = access.motion_to_carry(request.user, organ, session, pk)
    act = hall_motions.co_sponsor
    stated(
        request,
        lambda: act(found, delegation, by=request.user),
        _("“%(name)s” carries this motion.") % {"name": delegation},
    )
    return redirect("convening:motion", organ, session, pk)


def show(request: Request, found: Motion, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a motion, with a form as it was sent where it was refused."""
    paragraphs = list(found.paragraphs.select_related("owner"))
    waits = found.state in WAITING
    is_run = runs(request.user, found.session)
    context = {
        "session": found.session,
        "motion": found,
        "mark": mark_of_motion(found),
        "paragraphs": paragraphs,
        "changes": changes_of(found, found.amends.paragraphs.all()) if found.amends else (),
        "amendments": _amendments(found, paragraphs),
        "votes": found.votes.all(),
        "sitting": access.open_sitting_of(found.session),
        "is_run": is_run,
        "waits": waits,
        "is_text": found.kind in ("resolution", "decision", "recommendation"),
        "may_propose": access.may_propose(request.user, found.session),
        "may_carry": waits and access.may_carry(request.user, found),
        "paragraph_form": NewParagraphForm() if is_run else None,
        "records": history_of(found),
        **forms,
    }
    return render(request, "convening/hall_motion.html", context, status=status)


def _text(motion: Motion, asked: Any) -> Any:
    found = motion.paragraphs.filter(number=asked.get("number", "")).first()
    return found.texts if found else None


def _amendments(motion: Motion, paragraphs: list[Any]) -> list[tuple[Any, ...]]:
    """Each amendment in the order of the vote: its mark, its changes while it waits, and
    whether it could be put before another."""
    listed: list[tuple[Any, ...]] = []
    waiting = 0
    for one in motion.amendments.prefetch_related("paragraphs").order_by("voting_order", "pk"):
        waits = one.state in WAITING
        changes = changes_of(one, paragraphs) if waits else []
        listed.append((one, mark_of_motion(one), changes, waits and waiting > 0))
        waiting += waits
    return listed
