"""Screens of photographs: the gallery of a monument, one large, added and captioned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import gallery as access
from ..access import reached
from ..access import registers as opened
from ..forms.gallery import PhotoForm, WordsForm
from ..models import Monument, Photo
from ..queries.gallery import photos_of
from ..services import gallery as services


@login_required
@require_http_methods(["GET", "POST"])
def gallery(request: Request, register: str, pk: int) -> HttpResponse:
    """All photographs of a monument; who keeps the register adds one here."""
    if request.method == "POST":
        found = reached.monument_to_keep(request.user, register, pk)
    else:
        found = reached.monument_for(request.user, register, pk)
    form = PhotoForm(request.POST or None, request.FILES or None, monument=found)
    made = done(form, lambda **typed: services.add_photo(found, by=request.user, **typed))
    if made:
        messages.success(request, _("The photograph is in the gallery."))
        return redirect("heritage:gallery", register, pk)
    context = {
        "monument": found,
        "register": found.register,
        "photos": list(photos_of(found)),
        "form": form,
        "keeps": reached.keeps(request.user, found.scope),
    }
    return render(request, "heritage/gallery.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def photo(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """One photograph, large, with its neighbours; who keeps the register captions it."""
    if request.method == "POST":
        found = reached.monument_to_keep(request.user, register, pk)
    else:
        found = reached.monument_for(request.user, register, pk)
    one = access.photo_of(found, photo)
    form = WordsForm(request.POST or None, monument=found, photo=one)
    kept = done(form, lambda **typed: services.caption_photo(one, by=request.user, **typed))
    if kept:
        messages.success(request, _("What the photograph shows is kept."))
        return redirect("heritage:photo", register, pk, photo)
    context = {
        **_large(found, one, public=False),
        "form": form,
        "keeps": reached.keeps(request.user, found.scope),
    }
    return render(request, "heritage/photo.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def photo_file(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """The photograph itself."""
    found = reached.monument_for(request.user, register, pk)
    return serve(access.file_of(access.photo_of(found, photo), small=False), inline=True)


@login_required
@require_GET
def photo_small(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """Its small copy."""
    found = reached.monument_for(request.user, register, pk)
    return serve(access.file_of(access.photo_of(found, photo), small=True), inline=True)


@login_required
@require_POST
def photo_remove(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """Take a photograph out of the gallery."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.photo_of(found, photo)
    said = _("The photograph is taken out.")
    stated(request, lambda: services.remove_photo(one, by=request.user) or True, said)
    return redirect("heritage:gallery", register, pk)


@require_safe
def public_photo(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """A public photograph, large."""
    found = opened.public_monument(register, pk)
    one = access.photo_of(found, photo, public=True)
    return render(request, "heritage/public_photo.html", _large(found, one, public=True))


@require_safe
def public_photo_file(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """A public photograph itself."""
    return _public_file(register, pk, photo, small=False)


@require_safe
def public_photo_small(request: Request, register: str, pk: int, photo: int) -> HttpResponse:
    """Its small copy."""
    return _public_file(register, pk, photo, small=True)


def _public_file(register: str, pk: int, photo: int, *, small: bool) -> HttpResponse:
    found = opened.public_monument(register, pk)
    one = access.photo_of(found, photo, public=True)
    answer = serve(access.file_of(one, small=small), inline=True)
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def _large(monument: Monument, one: Photo, *, public: bool) -> dict[str, Any]:
    """A photograph with those before and after it."""
    keys = list(photos_of(monument, public=public).values_list("pk", flat=True))
    at = keys.index(one.pk)
    return {
        "monument": monument,
        "register": monument.register,
        "photo": one,
        "number": at + 1,
        "count": len(keys),
        "before": keys[at - 1] if at else None,
        "after": keys[at + 1] if at + 1 < len(keys) else None,
    }
