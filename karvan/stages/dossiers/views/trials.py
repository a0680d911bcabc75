"""Screens of tests: the protocol, one test with its runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel import numbers
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.ui.formats import locale_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from ..design_access import row_of
from ..design_pages import page_of, result_of
from ..design_queries import cases_of
from ..design_trial_forms import CaseForm, RunForm
from ..models import Dossier, TestCase, TestRun
from ..services import risks, trials
from ..trial_verdicts import limits_in_words

FIGURE = "#,##0.############"


@login_required
@require_GET
def tests(request: Request, edition: str, pk: int) -> HttpResponse:
    """The test protocol: every test with its limits and its last run."""
    dossier = access.dossier_for(request.user, edition, pk)
    lines = [_line(one) for one in cases_of(dossier)]
    context = page_of(
        dossier,
        request.user,
        lines=lines,
        counts=_counts(lines),
        has_templates=bool(dossier.device_type and dossier.device_type.tests),
    )
    return render(request, "dossiers/tests.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def test_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a test."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    code = risks.next_code("T", set(dossier.test_cases.values_list("code", flat=True)))
    form = CaseForm(request.POST or None, dossier=dossier, initial={"code": code})
    made = done(form, lambda **typed: trials.add_test_case(dossier, by=request.user, **typed))
    if made:
        return redirect("dossiers:test", edition, pk, made.pk)
    context = page_of(dossier, request.user, form=form)
    return render(request, "dossiers/tests_new.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def test_templates(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write the tests that belong to the kind of device."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    made = stated(request, lambda: trials.take_tests(dossier, by=request.user))
    if made is not None:
        count = len(made)
        said = ngettext("%(count)d test is new.", "%(count)d tests are new.", count)
        stated(request, lambda: made, said % {"count": count})
    return redirect("dossiers:tests", edition, pk)


@login_required
@require_http_methods(["GET", "POST"])
def test(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """One test with its runs; posting writes it anew."""
    reach = access.dossier_to_edit if request.method == "POST" else access.dossier_for
    dossier = reach(request.user, edition, pk)
    found = row_of(cases_of(dossier), line)
    form = CaseForm(request.POST or None, dossier=dossier, initial=_initial(found))
    if done(form, lambda **typed: trials.change_test_case(found, by=request.user, **typed)):
        return redirect("dossiers:test", edition, pk, line)
    return _page(request, dossier, found, form=form)


@login_required
@require_POST
def test_remove(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Take a test out that was never run."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.test_cases.all(), line)
    said = _("%(code)s is taken out.") % {"code": found.code}
    stated(request, lambda: trials.remove_test_case(found, by=request.user), said)
    return redirect("dossiers:tests", edition, pk)


@login_required
@require_POST
def test_confirm(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Confirm the limits of a test; for those who teach."""
    dossier = access.dossier_to_teach(request.user, edition, pk)
    found = row_of(dossier.test_cases.all(), line)
    said = _("The limits of %(code)s are confirmed.") % {"code": found.code}
    stated(request, lambda: trials.confirm_limits(found, by=request.user), said)
    return redirect("dossiers:test", edition, pk, line)


@login_required
@require_POST
def test_run(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Write down a run."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(cases_of(dossier), line)
    form = RunForm(request.POST, case=found)
    if done(form, lambda **typed: trials.run_test(found, by=request.user, **typed)):
        return redirect("dossiers:test", edition, pk, line)
    return _page(request, dossier, found, run_form=form)


def _page(request: Request, dossier: Dossier, found: TestCase, **forms: Any) -> HttpResponse:
    given = {
        "form": CaseForm(dossier=dossier, initial=_initial(found)),
        "run_form": RunForm(case=found, initial=_last(found)),
        **forms,
    }
    context = page_of(
        dossier,
        request.user,
        runs=[_run(one) for one in reversed(found.runs.all())],
        guarded=found.decision_rule == TestCase.Rule.GUARD_BAND,
        **_line(found),
        **given,
    )
    wrong = any(one.errors for one in given.values())
    return render(request, "dossiers/tests_one.html", context, status=422 if wrong else 200)


def _line(case: TestCase) -> dict[str, Any]:
    """A test with its limits in words and how its last run went."""
    runs = list(case.runs.all())
    last = runs[-1] if runs else None
    return {
        "case": case,
        "has_limits": trials.has_limits(case),
        "limits": limits_in_words(figure(case.limit_low), figure(case.limit_high), case.unit),
        "last": _run(last) if last else None,
        **result_of(last.result if last else ""),
    }


def _run(run: TestRun) -> dict[str, Any]:
    due = run.instrument.due_on if run.instrument else None
    value = figure(run.value)
    if run.expanded_uncertainty is not None:
        value = f"{value} ± {figure(run.expanded_uncertainty)}"
    return {
        "run": run,
        "value": value,
        "overdue": due if due and _day(run) > due else None,
        **result_of(run.result),
    }


def _day(run: TestRun) -> date:
    return run.run_at.date()


def figure(value: Decimal | None) -> str:
    """A figure with all the decimals it has, in the reader's way; "" for None."""
    if value is None:
        return ""
    return str(numbers.format_decimal(value.normalize(), format=FIGURE, locale=locale_of()))


def _counts(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    marks = {one.value: sum(line["word"] == one.label for line in lines) for one in TestRun.Result}
    return [{**result_of(result), "count": count} for result, count in marks.items() if count]


def _initial(found: TestCase) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in trials.FIELDS}
    return {**values, "requirements": [one.pk for one in found.requirements.all()]}


def _last(found: TestCase) -> dict[str, Any]:
    """The instrument and version of the run before, which mostly stay."""
    runs = list(found.runs.all())
    if not runs:
        return {}
    return {"instrument": runs[-1].instrument_id, "version": runs[-1].version}
