"""Proceedings that went out, for anybody: page, volume, papers, what libraries read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import serve
from karvan.stages.dossiers.snapshots import canonical

from ..access import proceedings as access
from ..models import Proceedings
from ..proceedings_metadata import bibtex, citation, jats


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Papers with their authors and pages, and how each is cited."""
    found = access.proceedings_by_code(code)
    frozen = found.snapshot
    programme = found.symposium.activity.edition.programme
    year = found.released_at.year
    context: dict[str, Any] = {
        "proceedings": found,
        "frozen": frozen,
        "held": frozen["symposium"],
        "papers": [(one, citation(frozen, one, year=year)) for one in frozen["papers"]],
        "newer": access.newer_than(found),
        "programme": programme.titles,
        "partners": [programme.owner],
    }
    return render(request, "convening/proceedings/public.html", context)


@require_safe
def volume(request: HttpRequest, code: str) -> HttpResponse:
    """The whole volume as a PDF."""
    return _given(access.volume_of(access.proceedings_by_code(code)))


@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One paper as its authors gave it."""
    return _given(access.public_paper(access.proceedings_by_code(code), number))


@require_safe
def as_bibtex(request: HttpRequest, code: str) -> HttpResponse:
    """Every paper for reference managers."""
    found = access.proceedings_by_code(code)
    text = bibtex(found.snapshot, year=found.released_at.year, address=_address(request, found))
    return _file(text.encode(), "application/x-bibtex; charset=utf-8", "proceedings.bib")


@require_safe
def as_jats(request: HttpRequest, code: str) -> HttpResponse:
    """Every paper's metadata for libraries."""
    found = access.proceedings_by_code(code)
    data = jats(found.snapshot, year=found.released_at.year, address=_address(request, found))
    return _file(data, "application/xml; charset=utf-8", "proceedings.xml")


@require_safe
def as_json(request: HttpRequest, code: str) -> HttpResponse:
    """The bytes of which the hash was taken."""
    found = access.proceedings_by_code(code)
    return _file(canonical(found.snapshot), "application/json", "proceedings.json")


def _address(request: HttpRequest, found: Proceedings) -> str:
    return request.build_absolute_uri(reverse("convening:proceedings_public", args=[found.code]))


def _given(file: StoredFile) -> HttpResponse:
    answer = serve(file)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
