"""The paragraphs of a draft: added, changed, taken out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..forms.hall_motions import NewParagraphForm, ParagraphForm
from ..services import hall_motions
from .hall_motions import show


@login_required
@require_POST
def add(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Write the next paragraph."""
    motion = access.motion_to_run(request.user, organ, session, pk)
    form = NewParagraphForm(request.POST)
    act = hall_motions.add_paragraph
    if done(form, lambda **typed: act(motion, by=request.user, **typed)):
        return redirect(f"{reverse('convening:motion', args=[organ, session, pk])}#next")
    return show(request, motion, status=422, paragraph_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, organ: str, session: str, pk: int, paragraph: int) -> HttpResponse:
    """Change one paragraph."""
    found = access.paragraph_to_change(request.user, organ, session, pk, paragraph)
    initial = {"texts": found.texts, "owner": found.owner, "due_on": found.due_on}
    form = ParagraphForm(request.POST or None, is_operative=found.is_operative, initial=initial)
    act = hall_motions.change_paragraph
    if done(form, lambda **typed: act(found, by=request.user, **typed)):
        return redirect("convening:motion", organ, session, pk)
    context = {"session": found.motion.session, "motion": found.motion, "paragraph": found, "form": form}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "convening/hall_paragraph.html", context, status=status)


@login_required
@require_POST
def remove(request: Request, organ: str, session: str, pk: int, paragraph: int) -> HttpResponse:
    """Take one paragraph out."""
    found = access.paragraph_to_change(request.user, organ, session, pk, paragraph)
    stated(request, lambda: hall_motions.remove_paragraph(found, by=request.user))
    return redirect("convening:motion", organ, session, pk)
