"""Screens of an edition's budget: its lines, one line with its amounts, corrections."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.document import lock_of

from .. import access, budget_files, budgets, queries, services
from ..bearing import bearers_in_words
from ..budget_forms import (
    AmountForm,
    AmountOnLineForm,
    CorrectionForm,
    LineForm,
    ShareForm,
    WithdrawForm,
    proposed_in_words,
    values_of,
)
from ..models import BudgetEntry, BudgetLine, BudgetShare, Edition
from ..quantities import basis_word, proposed_quantity
from ..steps import path_of

_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@login_required
@require_http_methods(["GET", "POST"])
def budget(request: Request, edition: str) -> HttpResponse:
    """The whole budget; a runner enters amounts."""
    if request.method == "GET":
        found = access.edition_for(request.user, edition)
        if kind := budget_files.wanted(request.GET):
            read = budgets.budget_of(found)
            whole = request.GET.get("of") == "amounts"
            write = budget_files.amounts_file if whole else budget_files.totals_file
            return write(kind, found, read)
        return _budget_page(request, found)
    found = access.edition_to_run(request.user, edition)
    form = AmountOnLineForm(request.POST, edition=found)
    if done(form, lambda **typed: services.enter_amount(by=request.user, **typed)):
        return redirect("editions:budget", edition=edition)
    return _budget_page(request, found, amount_form=form)


@login_required
@require_POST
def lay_out_budget(request: Request, edition: str) -> HttpResponse:
    """Take over the blueprint's lines that the edition lacks."""
    found = access.edition_to_run(request.user, edition)
    stated(request, lambda: services.lay_out_budget(found, by=request.user))
    return redirect("editions:budget", edition=edition)


@login_required
@require_POST
def add_budget_line(request: Request, edition: str) -> HttpResponse:
    """Add a line of the country's own."""
    found = access.edition_to_run(request.user, edition)
    form = LineForm(request.POST)
    line = done(form, lambda **typed: services.add_line(found, by=request.user, **typed))
    if line:
        return redirect("editions:budget_line", edition=edition, line=line.code)
    return _budget_page(request, found, line_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def budget_line(request: Request, edition: str, line: str) -> HttpResponse:
    """One line with its amounts and its history; a runner enters amounts."""
    if request.method == "GET":
        return _line_page(request, access.budget_line_for(request.user, edition, line))
    found = access.budget_line_for(request.user, edition, line, RUNNERS)
    form = AmountForm(request.POST, edition=found.edition)
    if done(form, lambda **typed: services.enter_amount(found, by=request.user, **typed)):
        return redirect("editions:budget_line", edition=edition, line=line)
    return _line_page(request, found, amount_form=form)


@login_required
@require_POST
def say_share(request: Request, edition: str, line: str) -> HttpResponse:
    """Say how much of a line a partner bears."""
    found = access.budget_line_for(request.user, edition, line, RUNNERS)
    form = ShareForm(request.POST, edition=found.edition)
    if done(form, lambda **typed: services.say_share(found, by=request.user, **typed)):
        return redirect("editions:budget_line", edition=edition, line=line)
    return _line_page(request, found, share_form=form)


@login_required
@require_POST
def withdraw_share(request: Request, edition: str, line: str) -> HttpResponse:
    """Say that a partner bears its share no more."""
    found = access.budget_line_for(request.user, edition, line, RUNNERS)
    form = WithdrawForm(request.POST, line=found)

    def withdraw(share: BudgetShare) -> bool:
        services.withdraw_share(share, by=request.user)
        return True

    if done(form, withdraw):
        return redirect("editions:budget_line", edition=edition, line=line)
    return _line_page(request, found, withdraw_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def correct_amount(request: Request, edition: str, entry: int) -> HttpResponse:
    """Say an amount anew, and why; the first one stays to be read."""
    found = access.entry_for(request.user, edition, entry)
    of = found.line.edition
    form = CorrectionForm(request.POST or None, edition=of, initial=values_of(found))
    if request.method == "POST" and done(
        form, lambda **typed: services.correct_amount(found, by=request.user, **typed)
    ):
        return redirect("editions:budget_line", edition=edition, line=found.line.code)
    context = {"edition": of, "line": found.line, "entry": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "editions/budget_correction.html", context, status=status)


def _budget_page(request: Request, edition: Edition, **forms: Any) -> HttpResponse:
    read = budgets.budget_of(edition)
    design = queries.budget_design(edition)
    may_run = access.may_run(request.user, edition)
    context = {
        "edition": edition,
        "path": path_of(edition, "budget") if may_run else None,
        "budget": read,
        "missing": len(set(design) - {row.line.code for row in read.rows}),
        "lock": lock_of(queries.document_of(edition), "budget_lines"),
        "may_run": may_run and edition.state not in _OVER,
        "is_over": edition.state in _OVER,
        "amount_form": AmountOnLineForm(edition=edition, initial=_typed_first(edition)),
        "line_form": LineForm(),
        **forms,
    }
    return render(request, "editions/budget.html", context, status=422 if forms else 200)


def _line_page(request: Request, line: BudgetLine, **forms: Any) -> HttpResponse:
    edition = line.edition
    document = queries.document_of(edition)
    proposed = proposed_quantity(line.basis, document, queries.activities_of(edition))
    row = budgets.row_of(line, edition.programme.currency)
    first = _typed_first(edition) | {"quantity": None if row.planned else proposed.quantity}
    context = {
        "edition": edition,
        "line": line,
        "row": row,
        "into": edition.programme.currency,
        "entries": _entries(line, edition.programme.currency),
        "basis": basis_word(line.basis),
        "proposed": proposed_in_words(proposed),
        "bearers": bearers_in_words(queries.share_kinds_of(line)),
        "may_run": access.may_run(request.user, edition) and edition.state not in _OVER,
        "amount_form": AmountForm(edition=edition, initial=first),
        "share_form": ShareForm(edition=edition),
        "records": history_of(line),
        "share_is_open": "share_form" in forms or "withdraw_form" in forms,
        **forms,
    }
    return render(request, "editions/budget_line.html", context, status=422 if forms else 200)


def _entries(line: BudgetLine, into: str) -> list[dict[str, Any]]:
    """The line's amounts, newest first, each with what it counts for."""
    counts = budgets.counting(line)
    return [
        {
            "entry": entry,
            "counts": entry in counts,
            "converted": budgets.amount_of(entry, into).converted,
        }
        for entry in reversed(line.entries.all())
    ]


def _typed_first(edition: Edition) -> dict[str, Any]:
    """What stands in the form before anybody typed."""
    return {
        "kind": BudgetEntry.Kind.PLANNED,
        "currency": edition.currency or edition.programme.currency,
        "on": clock.today(),
    }
