"""Monuments for machines: GeoJSON for maps, and linked data in the words of CIDOC CRM."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.text import slugify

from karvan.foundation import clock
from karvan.stages.heritage.models import Monument, Register

CONTEXT = "https://linked.art/ns/v1/linked-art.json"
# Terms of the Getty Art & Architecture Thesaurus that Linked Art names.
PREFERRED, ALTERNATE, DESCRIPTION, IDENTIFIER = "300404670", "300264273", "300435416", "300404626"
AAT = "http://vocab.getty.edu/aat/"
ABOUT_KM = "roundedToKm"


def geojson_of(register: Register, rows: QuerySet[Monument], *, exact: bool) -> HttpResponse:
    """The rows as a GeoJSON file (RFC 7946), sent as it is written.

    ``exact`` gives places and outlines as they are, for those who keep the register; else each
    place is the one the public may know, and a rounded one says to how many kilometres.
    """
    answer = StreamingHttpResponse(_lines(register, rows, exact), content_type="application/geo+json")  # fmt: skip
    name = f"{slugify(register.code)}-{clock.today().isoformat()}.geojson"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer  # type: ignore[return-value]


def linked_art(
    monument: Monument, *, address: str, texts: dict[str, str], exact: bool
) -> JsonResponse:
    """One monument as Linked Art: a human-made object with names, dates, place and identifiers.

    ``texts``: the description as it may be read; ``address``: of its page, which names it.
    """
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "HumanMadeObject",
        "_label": next(iter(monument.names.values()), monument.national_id),
        "identified_by": [
            *(_name(text, language, PREFERRED) for language, text in monument.names.items()),
            *(_name(text, "", ALTERNATE) for text in monument.aka),
            {
                "type": "Identifier",
                "content": monument.national_id,
                "classified_as": [_term(IDENTIFIER)],
            },
        ],
        "referred_to_by": [
            {"type": "LinguisticObject", "content": text, "language": [{"type": "Language", "_label": language}], "classified_as": [_term(DESCRIPTION)]}
            for language, text in texts.items()
        ],
    }  # fmt: skip
    if monument.kind:
        found["classified_as"] = [{"type": "Type", "_label": monument.kind}]
    if monument.materials:
        found["made_of"] = [{"type": "Material", "_label": one} for one in monument.materials]
    if monument.year_from is not None or monument.date_text:
        found["produced_by"] = {"type": "Production", "timespan": _timespan(monument)}
    place = _point(monument, exact)
    if place is not None:
        found["current_location"] = {"type": "Place", "defined_by": json.dumps(place)}
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})  # fmt: skip


def _lines(register: Register, rows: QuerySet[Monument], exact: bool) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    rows = rows.prefetch_related(None)
    if exact:
        rows = rows.defer(None).defer("raw", "texts")
    for number, one in enumerate(rows.iterator(chunk_size=500)):
        yield ("," if number else "") + json.dumps(
            _feature(register, one, exact), ensure_ascii=False
        )
    yield "]}"


def _feature(register: Register, one: Monument, exact: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "number": one.national_id, "names": one.names, "type": one.kind,
        "importance": one.importance, "date": one.date_text, "from": one.year_from,
        "until": one.year_to, "region": one.adm1, "condition": one.condition,
        "world_heritage": one.whs_id,
    }  # fmt: skip
    if one.is_at_risk_of_looting and not exact:
        properties[ABOUT_KM] = register.rounding_km
    shape = one.geometry if exact and one.geometry else _point(one, exact)
    return {"type": "Feature", "id": one.pk, "geometry": shape, "properties": properties}


def _point(one: Monument, exact: bool) -> dict[str, Any] | None:
    latitude = one.latitude if exact else one.public_latitude
    longitude = one.longitude if exact else one.public_longitude
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _name(text: str, language: str, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "Name", "content": text, "classified_as": [_term(kind)]}
    if language:
        found["language"] = [{"type": "Language", "_label": language}]
    return found


def _term(number: str) -> dict[str, str]:
    return {"id": f"{AAT}{number}", "type": "Type"}


def _timespan(one: Monument) -> dict[str, Any]:
    span: dict[str, Any] = {"type": "TimeSpan"}
    if one.date_text:
        span["_label"] = one.date_text
    if one.year_from is not None:
        span["begin_of_the_begin"] = f"{_year(one.year_from)}-01-01T00:00:00Z"
    if one.year_to is not None:
        span["end_of_the_end"] = f"{_year(one.year_to)}-12-31T23:59:59Z"
    return span


def _year(year: int) -> str:
    """A year as XML Schema dates write it, -0500 for 500 before our era."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
