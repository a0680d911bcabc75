"""The component page, for those who build pages; it is not there on a live platform."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import examples


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component with an example; 404 unless DEBUG or DEMO."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    register = examples.countries_register(request)
    if register.wants_file:
        return register.file()
    return render(request, "ui/components.html", examples.context(register))
