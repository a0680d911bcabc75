"""To take another register of titles in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.models import StoredFile
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import title_register as access
from ..access.titles import series_to_run
from ..forms.title_register_importing import ColumnsForm, TakeForm, UploadForm, asked_of
from ..models import TitleSeries
from ..services import title_register_importing as services
from ..title_register_reading import Reading


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: Request, series: str) -> HttpResponse:
    """Choose the table."""
    found = series_to_run(request.user, series)
    form = UploadForm(request.POST or None, request.FILES or None)
    kept = done(form, lambda upload: _readable(found, upload, request))
    if kept:
        return redirect("convening:title_import_rows", series=series, file=kept.pk)
    context = {"series": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "convening/title_register/upload.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def rows(request: Request, series: str, file: int) -> HttpResponse:
    """Look at every row with its doubts, and take those that are ticked."""
    found = series_to_run(request.user, series)
    kept = access.uploaded_register(request.user, found, file)
    asked = asked_of(request.GET)
    reading = services.read_upload(found, kept, **asked)
    form = TakeForm(request.POST or None, reading=reading)
    taken = done(
        form, lambda **said: services.take_titles(found, reading=reading, by=request.user, **said)
    )
    if taken:
        sentence = ngettext("%(count)d title is taken in.", "%(count)d titles are taken in.", taken)
        stated(request, lambda: True, sentence % {"count": taken})
        return redirect("convening:title_register", series=series)
    context = {
        "series": found,
        "file": kept,
        "reading": reading,
        "form": form,
        "shown": _shown(request, reading),
        "columns_form": ColumnsForm(
            series=found, reading=_as_first_read(found, kept, reading, asked)
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "convening/title_register/rows.html", context, status=status)


def _readable(series: TitleSeries, upload: object, request: Request) -> StoredFile:
    """Keep the upload and try to read it, so that what is no table is said here."""
    kept = services.keep_register(series, upload=upload, by=request.user)  # type: ignore[arg-type]
    services.read_upload(series, kept)
    return kept


def _as_first_read(
    series: TitleSeries, kept: StoredFile, reading: Reading, asked: dict[str, object]
) -> Reading:
    """The reading whose unknown labels are those before any was named, so that they can be changed."""
    if not asked.get("regions"):
        return reading
    try:
        return services.read_upload(series, kept, columns=reading.columns)
    except RuleBroken:
        return reading


def _shown(request: Request, reading: Reading) -> list[tuple[object, bool, str]]:
    """Each row, whether it is ticked, and the reason typed for it."""
    bound = request.method == "POST"
    ticked = set(request.POST.getlist("take"))
    return [
        (
            one,
            one.key in ticked if bound else not (one.is_blocked or one.needs_reason),
            request.POST.get(f"reason_{one.key}", ""),
        )
        for one in reading.rows
    ]
