"""Screens of signals: one capture, its series, its files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, measuring_queries
from ..models import Dossier, SignalCapture
from ..reading.signal_words import said_of_doubt
from ..services import signals as services
from ..services.signals_series import compare_series
from ..signals_shown import (
    drawn_channels,
    events_shown,
    figure_rows,
    moment_of,
    pulse_words,
    replicate_rows,
    series_rows,
    spectra,
    timing_rows,
    units_missing,
    windows,
)


@login_required
@require_GET
def signal(request: Request, edition: str, pk: int, capture: int) -> HttpResponse:
    """One capture: its curves, whole or between two moments, and its figures."""
    dossier = access.dossier_for(request.user, edition, pk)
    found = capture_of(dossier, capture)
    whole = (found.plot["start"], found.plot["end"])
    start = moment_of(request.GET.get("from"), whole[0])
    end = moment_of(request.GET.get("to"), whole[1])
    plot, figures = found.plot, found.figures
    if (start, end) != whole:
        read = stated(request, lambda: services.part_of(found, start=start, end=end))
        plot, figures = read or (plot, figures)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "capture": found,
        "edits": access.may_edit(request.user, dossier),
        "missing": units_missing(found.channels),
        "doubts": [said_of_doubt(one) for one in found.doubts],
        "files": found.files.order_by("pk"),
        "records": history_of(found),
        **_shown(found, plot, figures, whole),
    }
    return render(request, "dossiers/signal.html", context)


@login_required
@require_GET
def signal_series(request: Request, edition: str, pk: int, capture: int) -> HttpResponse:
    """All captures of one series side by side, before anything is pooled."""
    dossier = access.dossier_for(request.user, edition, pk)
    found = capture_of(dossier, capture)
    listed = list(measuring_queries.series_of(found))
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "capture": found,
        "captures": [(one, drawn_channels(one.plot)) for one in listed],
        "channels": series_rows(compare_series(listed)),
    }
    return render(request, "dossiers/signal_series.html", context)


@login_required
@require_GET
def signal_file(request: Request, edition: str, pk: int, capture: int, file: int) -> HttpResponse:
    """One file of a capture, as it was sent."""
    dossier = access.dossier_for(request.user, edition, pk)
    found = capture_of(dossier, capture)
    return serve(access.file_of(dossier, found.files.all(), file))


def capture_of(dossier: Dossier, pk: int) -> SignalCapture:
    """A capture of the dossier, or 404."""
    return get_object_or_404(measuring_queries.whole_captures_of(dossier), pk=pk)


def _shown(
    capture: SignalCapture,
    plot: dict[str, Any],
    figures: dict[str, Any],
    whole: tuple[float, float],
) -> dict[str, Any]:
    start, end = plot["start"], plot["end"]
    pulse = figures.get("pulse")
    return {
        "start": start,
        "end": end,
        "is_whole": (start, end) == whole,
        "channels": drawn_channels(plot),
        "left_out": max(0, len(capture.channels) - len(plot["channels"])),
        "timed": any(one["timed"] for one in plot["channels"]),
        "windows": windows(whole, start, end),
        "figures": figure_rows(figures),
        "timings": timing_rows(figures),
        "pulse": pulse_words(pulse) if pulse else "",
        "spectra": spectra(figures),
        "replicates": [replicate_rows(one) for one in figures.get("replicates", [])],
        "events": events_shown(capture, start, end),
    }
