"""For authors: the JSON Schema of the blueprint format, as a page and as a file."""

from __future__ import annotations

import json
from importlib import resources

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from .. import library

SCHEMA_NAME = "blueprint-1.schema.json"


@require_GET
def schema(request: HttpRequest) -> HttpResponse:
    """What the format asks for, part by part, and where an editor finds the schema."""
    text = _text()
    parts = json.loads(text)
    described = [
        {
            "name": name,
            "keys": sorted(part["properties"]),
            "required": set(part.get("required", ())),
        }
        for name, part in [(_("The document"), parts), *parts.get("$defs", {}).items()]
        if "properties" in part
    ]
    context = {"schema": text, "parts": described, "examples": library.codes()}
    return render(request, "blueprints/schema.html", context)


@require_GET
def schema_file(request: HttpRequest) -> HttpResponse:
    """The schema itself, for an editor to check against."""
    answer = HttpResponse(_text(), content_type="application/schema+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _text() -> str:
    package = resources.files("karvan.stages.blueprints")
    return (package / "schema" / SCHEMA_NAME).read_text("utf-8")
