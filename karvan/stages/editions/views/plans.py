"""Screens of planned and actual, and of a programme's budgets side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation.web.requests import Request

from .. import access, budget_files, plans, programme_budgets


@login_required
@require_GET
def planned_and_actual(request: Request, edition: str) -> HttpResponse:
    """Everything that was planned when the call opened, and what became of it."""
    found = access.edition_for(request.user, edition)
    plan = plans.plan_of(found)
    if kind := budget_files.wanted(request.GET):
        return budget_files.plan_file(kind, f"{found.slug}-plan", [plan], differing=False)
    return render(request, "editions/plan.html", {"edition": found, "plan": plan})


@login_required
@require_GET
def programme_plan(request: Request, programme: str) -> HttpResponse:
    """What is not as planned, over the editions of a programme that the person reads."""
    found, editions = access.programme_editions_for(request.user, programme)
    listed = plans.plans_of(editions)
    if kind := budget_files.wanted(request.GET):
        name = f"{found.code.lower()}-plans"
        return budget_files.plan_file(kind, name, listed, differing=True)
    context = {
        "programme": found,
        "plans": [one for one in listed if one.frozen_at],
        "edition_count": len(listed),
        "without": [one.edition for one in listed if one.frozen_at is None],
    }
    return render(request, "editions/programme_plan.html", context)


@login_required
@require_GET
def programme_budget(request: Request, programme: str) -> HttpResponse:
    """What the editions of a programme plan, commit and pay, in the programme's currency."""
    found, editions = access.programme_editions_for(request.user, programme)
    read = programme_budgets.programme_budget(editions, found.currency)
    if kind := budget_files.wanted(request.GET):
        return budget_files.programme_file(kind, found.code, read)
    context = {"programme": found, "budget": read}
    return render(request, "editions/programme_budget.html", context)
