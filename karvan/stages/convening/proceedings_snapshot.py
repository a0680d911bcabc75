"""Proceedings as plain data: what is frozen when they go out, and read ever after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .models import Paper, Symposium
from .proceedings_numbers import doi_of

FORM = "proceedings/1"
Snapshot = dict[str, Any]


def snapshot_of(
    symposium: Symposium, papers: Iterable[Paper], *, number: int, note: str
) -> Snapshot:
    """The proceedings as they stand: JSON values only; nobody's address is in it."""
    activity = symposium.activity
    edition = activity.edition
    return {
        "karvan": FORM,
        "number": number,
        "note": note,
        "symposium": {
            "titles": activity.titles,
            "scope": activity.scope,
            "country": edition.country_id,
            "starts_on": activity.starts_on.isoformat() if activity.starts_on else None,
            "ends_on": activity.ends_on.isoformat() if activity.ends_on else None,
            "series": symposium.series,
            "publisher": symposium.publisher,
            "isbn": symposium.isbn,
            "issn": symposium.issn,
            "licence": symposium.licence,
            "language": next(iter(edition.languages), "en"),
        },
        "papers": [_paper(symposium, one) for one in papers],
        "recommendations": [
            {"number": one.number, "texts": one.texts, "adopted_on": one.adopted_on.isoformat()}
            for one in symposium.recommendations.filter(adopted_on__isnull=False)
            if one.adopted_on
        ],
    }


def _paper(symposium: Symposium, paper: Paper) -> dict[str, Any]:
    file = paper.full_text
    assert file is not None
    return {
        "number": paper.number,
        "titles": paper.titles,
        "abstract": paper.abstract,
        "language": paper.language,
        "keywords": paper.keywords,
        "track": paper.track.names if paper.track else None,
        "kind": paper.state,
        "page_from": paper.page_from,
        "page_to": paper.page_to,
        "doi": paper.doi or doi_of(symposium.doi_prefix, symposium.scope, paper.number),
        "authors": [
            {
                "name": one.name,
                "affiliation": one.affiliation,
                "country": one.country_id,
                "orcid": one.orcid,
            }
            for one in paper.authors.all()
        ],
        "file": {"sha256": file.sha256, "name": file.name, "size": file.size},
    }
