"""Screens of the final report: its languages, its paragraphs, its files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.kinds import KINDS
from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import languages
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import runs, session_for, session_to_run
from ..forms.resolutions import ReportParagraphForm
from ..services import resolutions_report as services
from ..services.resolutions_report_files import docx_of, pdf_of, title_of

MAKERS = {"pdf": pdf_of, "docx": docx_of}


@login_required
@require_GET
def final_report(request: Request, organ: str, session: str) -> HttpResponse:
    """The report in each language: assembled or not, adopted or not."""
    found = session_for(request.user, organ, session)
    made = {one.language: one for one in found.final_reports.all()}
    wanted = [one for one in found.organ.working_languages if one in languages()] or ["en"]
    context = {
        "session": found,
        "rows": [(one, made.get(one)) for one in dict.fromkeys([*wanted, *made])],
        "is_run": runs(request.user, found),
    }
    return render(request, "convening/resolutions_reports.html", context)


@login_required
@require_GET
def in_language(request: Request, organ: str, session: str, language: str) -> HttpResponse:
    """The report in one language, paragraph by paragraph."""
    report = access.report_for(request.user, organ, session, language)
    context = {
        "session": report.session,
        "report": report,
        "title": title_of(report),
        "is_run": runs(request.user, report.session) and not report.adopted_at,
        "records": history_of(report),
    }
    return render(request, "convening/resolutions_report.html", context)


@login_required
@require_POST
def assemble(request: Request, organ: str, session: str, language: str) -> HttpResponse:
    """Assemble the report from the register, or again."""
    found = session_to_run(request.user, organ, session)
    act = services.assemble_report
    said = _("The report is assembled. What was edited was kept.")
    if stated(request, lambda: act(found, language=language, by=request.user), said):
        return redirect("convening:report_in", organ, session, language)
    return redirect("convening:final_report", organ, session)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, organ: str, session: str, language: str, key: str) -> HttpResponse:
    """Edit one paragraph."""
    report = access.report_to_edit(request.user, organ, session, language)
    entry = _entry(report, key)
    form = ReportParagraphForm(request.POST or None, initial={"text": entry["text"]})
    act = services.change_report_paragraph
    if done(form, lambda text: act(report, key=key, text=text, by=request.user)):
        return _back(organ, session, language, key)
    return _edited(request, report, entry, form, _("Edit the paragraph"))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: Request, organ: str, session: str, language: str, key: str) -> HttpResponse:
    """Write a paragraph after another one."""
    report = access.report_to_edit(request.user, organ, session, language)
    entry = _entry(report, key)
    form = ReportParagraphForm(request.POST or None)
    act = services.add_report_paragraph
    if done(form, lambda text: act(report, after=key, text=text, by=request.user)):
        return _back(organ, session, language, key)
    return _edited(request, report, entry, form, _("Write a paragraph after this one"))


@login_required
@require_POST
def leave_out(request: Request, organ: str, session: str, language: str, key: str) -> HttpResponse:
    """Leave one paragraph out, or take it in again."""
    report = access.report_to_edit(request.user, organ, session, language)
    is_left_out = not _entry(report, key).get("is_left_out")
    act = services.leave_out_paragraph
    stated(request, lambda: act(report, key=key, is_left_out=is_left_out, by=request.user))
    return _back(organ, session, language, key)


@login_required
@require_POST
def adopt(request: Request, organ: str, session: str, language: str) -> HttpResponse:
    """Adopt the report; it stays as it is."""
    report = access.report_to_edit(request.user, organ, session, language)
    act = services.adopt_report
    stated(request, lambda: act(report, by=request.user), _("The report is adopted."))
    return redirect("convening:report_in", organ, session, language)


@login_required
@require_GET
def file(request: Request, organ: str, session: str, language: str, kind: str) -> HttpResponse:
    """The report as a file: as adopted, or as it stands."""
    report = access.report_for(request.user, organ, session, language)
    if kind not in MAKERS:
        raise Http404
    kept = getattr(report, kind)
    if kept is not None:
        return serve(kept)
    answer = HttpResponse(MAKERS[kind](report), content_type=KINDS[kind].content_type)
    name = f"{report.session.slug}-{language}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _entry(report: Any, key: str) -> dict[str, Any]:
    found = next((one for one in report.paragraphs if one["key"] == key), None)
    if found is None:
        raise Http404
    return dict(found)


def _back(organ: str, session: str, language: str, key: str) -> HttpResponse:
    return redirect(f"{reverse('convening:report_in', args=[organ, session, language])}#{key}")


def _edited(
    request: Request, report: Any, entry: dict[str, Any], form: ReportParagraphForm, title: str
) -> HttpResponse:
    context = {
        "session": report.session,
        "report": report,
        "entry": entry,
        "form": form,
        "title": title,
    }
    status = 422 if form.errors else 200
    return render(request, "convening/resolutions_report_edit.html", context, status=status)
