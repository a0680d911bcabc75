"""Builders of programmes, blueprints and small documents."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from karvan.stages.blueprints.models import Blueprint, Programme

from .people import one, party, texts


def programme(code: str = "", **fields: Any) -> Programme:
    code = code or f"P{one()}"
    fields.setdefault("titles", texts(f"Programme {code}"))
    fields.setdefault("owner", None)
    fields["owner"] = fields["owner"] or party(kind="organisation")
    return Programme.objects.create(code=code, **fields)


def document(code: str = "TVP") -> tuple[bytes, dict[str, Any]]:
    """The library's blueprint of a programme: its bytes and its data."""
    from karvan.stages.blueprints import library

    source = library.source(code)
    return source, library.data(code)


def blueprint(
    of: Programme | None = None,
    *,
    data: dict[str, Any] | None = None,
    source: bytes = b"",
    **fields: Any,
) -> Blueprint:
    """A published version; its document is a small one unless ``data`` is given."""
    of = of or programme()
    fields.setdefault("number", 1)
    fields.setdefault("state", "published")
    fields.setdefault("imported_at", timezone.now())
    if fields["state"] == "published":
        fields.setdefault("published_at", timezone.now())
    source = source or b"karvan: blueprint/1\n"
    return Blueprint.objects.create(
        programme=of,
        source=source,
        sha256=hashlib.sha256(source).hexdigest(),
        data=data if data is not None else small_document(of.code),
        **fields,
    )


def small_document(code: str) -> dict[str, Any]:
    """The parsed form of a blueprint with one boot camp of one day, a form, a rubric and a quota."""
    return {
        "karvan": "blueprint/1",
        "programme": {"code": code, "title": texts(f"Programme {code}")},
        "activities": [
            {
                "code": "BC",
                "format": "boot_camp",
                "title": texts("Boot camp"),
                "duration": {"days": 1, "contact_minutes": 60},
                "cohort": {"min": 2, "max": 40},
                "trainer_roles": [
                    {"code": "HEAD", "title": texts("Head trainer"), "per_cohort": 1}
                ],
                "rooms": [{"code": "HALL", "seats": 40}],
                "outcomes": [],
                "sessions": [
                    {
                        "id": "D1S1",
                        "day": 1,
                        "title": texts("Opening"),
                        "kind": "plenary",
                        "minutes": 60,
                        "room": "HALL",
                        "roles": ["HEAD"],
                    }
                ],
                "selection": {
                    "decided_by": "rubric",
                    "reads": 2,
                    "third_read_over_points": 20,
                    "blind": True,
                    "rubric": {
                        "scale": [0, 5],
                        "criteria": [
                            {"code": "C1", "title": texts("Problem"), "weight": 60, "anchors": {}},
                            {"code": "C2", "title": texts("Team"), "weight": 40, "anchors": {}},
                        ],
                    },
                    "quotas": [
                        {
                            "key": "women",
                            "attribute": "sex",
                            "values": ["F"],
                            "floor_percent": 40,
                            "title": texts("Women"),
                        }
                    ],
                },
                "form": small_form(),
                "assessment": [],
                "award": {"certificate": {"min_attendance_percent": 80}},
            }
        ],
        "indicators": [],
        "budget_lines": [],
        "locks": [],
    }


def workshop_document(code: str) -> dict[str, Any]:
    """The small document with a workshop REW beside the boot camp: roles, duties, a rubric."""
    data = small_document(code)
    anchors = [texts(f"Anchor {number}") for number in range(5)]
    lines = ("FUNCTION", "EVIDENCE", "SAFETY", "DESIGN", "REPRODUCIBILITY", "TEAMWORK")
    data["activities"].append(
        {
            "code": "REW",
            "format": "workshop",
            "title": texts("Workshop"),
            "duration": {"days": 5, "contact_minutes": 2010},
            "cohort": {"min": 4, "max": 24, "team_size": {"min": 3, "max": 4}},
            "trainer_roles": [
                {"code": "LEAD", "title": texts("Lead instructor"), "per_cohort": 1},
                {"code": "BENCH", "title": texts("Bench instructor"), "per_teams": 2},
                {"code": "SAFETY", "title": texts("Safety officer"), "can_stop": True},
                {"code": "IP", "title": texts("Legal and licensing adviser")},
            ],
            "team_roles": [
                {"code": duty, "rotates": "daily", "title": texts(duty.title())}
                for duty in ("LEADER", "KEEPER", "RECORDER", "MEASURER")
            ],
            "rooms": [{"code": "LAB", "seats": 24}],
            "outcomes": [],
            "sessions": [],
            "rubrics": [
                {
                    "code": "R-DEF",
                    "title": texts("Dossier defence"),
                    "assessors": 2,
                    "third_over_anchors": 1,
                    "criteria": [
                        {"code": line, "title": texts(line.title()), "anchors": anchors}
                        for line in lines
                    ],
                }
            ],
            "assessment": [
                {"code": "A1", "weight": 0, "pass": "all_blocking_items", "title": texts("Gate")},
                {"code": "A2", "weight": 30, "pass": 70, "title": texts("Completeness")},
                {"code": "A3", "weight": 20, "pass": 60, "title": texts("Measuring")},
                {
                    "code": "A4",
                    "weight": 30,
                    "pass": 60,
                    "rubric": "R-DEF",
                    "title": texts("Defence"),
                },
                {"code": "A5", "weight": 20, "pass": 50, "title": texts("Logbook and peers")},
            ],
            "award": {"certificate": {"min_attendance_percent": 85, "assessments_passed": ["A1"]}},
        }
    )
    return data


def small_form() -> dict[str, Any]:
    """A form of four questions: sex, motivation, residence (eligibility) and a note."""
    return {
        "sections": [
            {
                "key": "about",
                "title": texts("About you"),
                "questions": [
                    {
                        "key": "sex",
                        "type": "choice",
                        "label": texts("Sex"),
                        "required": True,
                        "choices": [
                            {"value": "F", "label": texts("Woman")},
                            {"value": "M", "label": texts("Man")},
                        ],
                        "blind": True,
                        "attribute": "sex",
                        "purpose": texts("To keep the places fair"),
                        "retention_months": 24,
                    },
                    {
                        "key": "resident",
                        "type": "choice",
                        "label": texts("Do you live here?"),
                        "required": True,
                        "choices": [
                            {"value": "yes", "label": texts("Yes")},
                            {"value": "no", "label": texts("No")},
                        ],
                        "eligibility": {"equals": "yes"},
                        "purpose": texts("Only residents may take part"),
                        "retention_months": 24,
                    },
                    {
                        "key": "motivation",
                        "type": "long_text",
                        "label": texts("Why you?"),
                        "required": True,
                        "limits": {"max_words": 200},
                        "purpose": texts("Reviewers read it"),
                        "retention_months": 24,
                    },
                ],
            }
        ]
    }
