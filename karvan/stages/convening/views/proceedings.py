"""The proceedings in the making: numbers, full texts, pages, the release."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import proceedings as access
from ..forms.proceedings import DetailsForm, FirstPageForm, FullTextForm, OrderForm, ReleaseForm
from ..models import Symposium
from ..queries.proceedings import accepted_papers, released
from ..services import proceedings_papers as papers
from ..services import proceedings_releasing as releasing


@login_required
@require_GET
def proceedings(request: Request, edition: str, code: str) -> HttpResponse:
    """What is there, what is missing, what went out."""
    return _show(request, access.symposium_to_read(request.user, edition, code))


@login_required
@require_POST
def details(request: Request, edition: str, code: str) -> HttpResponse:
    """Say who publishes, under which numbers and licence."""
    found = access.symposium_to_run(request.user, edition, code)
    form = DetailsForm(request.POST, symposium=found)
    if done(form, lambda **said: papers.describe_proceedings(found, by=request.user, **said)):
        return _back(found)
    return _show(request, found, details_form=form)


@login_required
@require_POST
def pages(request: Request, edition: str, code: str) -> HttpResponse:
    """Lay the papers out, one after the other."""
    found = access.symposium_to_run(request.user, edition, code)
    form = OrderForm(request.POST, papers=_with_texts(found))
    last = done(form, lambda **said: papers.lay_out_pages(found, by=request.user, **said))
    if last is None:
        return _show(request, found, order_form=form)
    stated(request, lambda: True, _("The pages are laid out."))
    return _back(found)


@login_required
@require_POST
def first_page(request: Request, edition: str, code: str, pk: int) -> HttpResponse:
    """Say on which page one paper begins."""
    paper = access.paper_to_place(request.user, edition, code, pk)
    form = FirstPageForm(request.POST)
    if done(form, lambda **said: papers.say_first_page(paper, by=request.user, **said)):
        return _back(paper.symposium)
    found = access.symposium_to_run(request.user, edition, code)
    return _show(request, found, page_form=form, placed=paper.pk)


@login_required
@require_POST
def release(request: Request, edition: str, code: str) -> HttpResponse:
    """Freeze and publish the next number."""
    found = access.symposium_to_run(request.user, edition, code)
    form = ReleaseForm(request.POST)
    made = done(form, lambda **said: releasing.release_proceedings(found, by=request.user, **said))
    if made:
        return redirect("convening:proceedings_public", code=made.code)
    return _show(request, found, release_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def full_text(request: Request, pk: int) -> HttpResponse:
    """The page of an author: what became of the paper, and its full text."""
    if request.method == "POST":
        access.paper_to_give(request.user, pk)
    paper = access.paper_for(request.user, pk)
    form = FullTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and done(
        form, lambda **said: papers.take_full_text(paper, by=request.user, **said)
    ):
        stated(request, lambda: True, _("The full text is kept."))
        return redirect("convening:full_text", pk=pk)
    context = {
        "paper": paper,
        "form": form,
        "may_give": access.may_give(request.user, paper),
        "authors": paper.authors.select_related("country"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "convening/proceedings/full_text.html", context, status=status)


@login_required
@require_GET
def full_text_file(request: Request, pk: int) -> HttpResponse:
    """The full text, given out."""
    return serve(access.full_text_of(request.user, pk))


@login_required
@require_GET
def own_papers(request: Request) -> HttpResponse:
    """The papers a person wrote."""
    context = {"papers": access.own_papers(request.user)}
    return render(request, "convening/proceedings/own_papers.html", context)


def _show(request: Request, found: Symposium, **bound: Any) -> HttpResponse:
    runs = access.may_run(request.user, found)
    listed = list(accepted_papers(found).prefetch_related("authors"))
    with_texts = [one for one in listed if one.full_text_id]
    order = bound.get("order_form") or OrderForm(papers=with_texts)
    context = {
        "symposium": found,
        "activity": found.activity,
        "edition": found.activity.edition,
        "papers": listed,
        "with_texts": len(with_texts),
        "without": len(listed) - len(with_texts),
        "order_rows": [(one, order[f"place_{one.pk}"]) for one in with_texts],
        "missing": releasing.missing_for_release(found),
        "released": released(found).select_related("released_by"),
        "runs": runs,
        "details_form": DetailsForm(symposium=found),
        "order_form": order,
        "release_form": ReleaseForm(),
        "records": history_of(found),
        **bound,
    }
    status = 422 if bound else 200
    return render(request, "convening/proceedings/desk.html", context, status=status)


def _with_texts(found: Symposium) -> list[Any]:
    return [one for one in accepted_papers(found) if one.full_text_id]


def _back(found: Symposium) -> HttpResponse:
    activity = found.activity
    return redirect("convening:proceedings", edition=activity.edition.slug, code=activity.code)
