"""What anybody may read of a released dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from karvan.foundation.files.services import open_file, serve
from karvan.foundation.ui.registers import Column, Register

from .. import release_access
from ..bom_file import bom_csv
from ..models import DossierVersion
from ..paper import dossier_pdf
from ..published import page_of
from ..snapshots import canonical

COLUMNS = (
    Column(
        "title", gettext_lazy("Device"), kind="name", value="dossier.title", sort="dossier__title"
    ),
    Column("type", gettext_lazy("Kind"), value="dossier.device_type", kind="name"),
    Column(
        "country",
        gettext_lazy("Country"),
        kind="name",
        value="dossier.activity.edition.country",
        sort="dossier__activity__edition__country",
    ),
    Column("number", gettext_lazy("Version")),
    Column("score", gettext_lazy("Completeness"), kind="number", sort="score"),
    Column("licence", gettext_lazy("Licence"), value="licence_hardware", sort="licence_hardware"),
    Column(
        "released", gettext_lazy("Released"), kind="moment", value="released_at", sort="released_at"
    ),
)


@require_safe
def released(request: HttpRequest) -> HttpResponse:
    """Every dossier that is out."""
    register = Register(
        request,
        release_access.releases(),
        COLUMNS,
        name="devices",
        caption=_("Released device dossiers"),
        order=("-released_at",),
        row_url=lambda one: reverse("dossiers:public", args=[one.code]),
        empty_title=_("No dossier is released yet"),
        empty_text=_("Devices that workshops took apart and redesigned will be listed here."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "dossiers/released.html", {"register": register})


@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """One release: what the device is, how it comes apart, what it is made of, who made it."""
    version = release_access.release_by_code(code)
    programme = version.dossier.activity.edition.programme
    context = {
        "version": version,
        "page": page_of(version),
        "programme": programme.titles,
        "partners": [programme.owner],
        "newer": release_access.newer_than(version),
        "forks": release_access.carried_on(version),
        "address": _address(request, version),
    }
    return render(request, "dossiers/public.html", context)


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The printed address, without a language: on to the page in the reader's."""
    release_access.release_by_code(code)
    return redirect("dossiers:public", code=code)


@require_safe
def manifest_okh(request: HttpRequest, code: str) -> HttpResponse:
    """The Open Know-How v1 manifest."""
    version = release_access.release_by_code(code)
    return _text(version.manifest_okh, "application/yaml", "okh.yml")


@require_safe
def manifest_losh(request: HttpRequest, code: str) -> HttpResponse:
    """The OKH-LOSH manifest."""
    version = release_access.release_by_code(code)
    return _text(version.manifest_losh, "application/toml", "okh.toml")


@require_safe
def snapshot(request: HttpRequest, code: str) -> HttpResponse:
    """The whole release as the bytes its hash was taken of."""
    version = release_access.release_by_code(code)
    answer = HttpResponse(canonical(version.snapshot), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="dossier.json"'
    return answer


@require_safe
def bom(request: HttpRequest, code: str) -> HttpResponse:
    """The bill of materials as a table."""
    version = release_access.release_by_code(code)
    return _text(bom_csv(version.snapshot), "text/csv", "bom.csv")


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The release as a printable PDF."""
    version = release_access.release_by_code(code)
    data = dossier_pdf(
        version,
        address=_address(request, version),
        opened=lambda sha256: _bytes(version, sha256),
    )
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{version.code}.pdf"'
    return answer


@require_safe
def file(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """A photograph or a design file of the release."""
    version = release_access.release_by_code(code)
    answer = serve(release_access.public_file(version, sha256), inline=True)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _bytes(version: DossierVersion, sha256: str) -> bytes | None:
    found = release_access.picture_of(version, sha256)
    try:
        with open_file(found) as kept:
            return kept.read()
    except FileNotFoundError:
        return None


def _address(request: HttpRequest, version: DossierVersion) -> str:
    return request.build_absolute_uri(f"/devices/{version.code}/")


def _text(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
