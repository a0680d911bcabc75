"""Answers to the small form of the builders, and files to send with them."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make


def answers(**changed: Any) -> dict[str, Any]:
    """A complete answer to ``make.small_form`` by somebody who may take part."""
    number = make.one()
    return {
        "full_name": f"Elsevər Quliyev {number}",
        "email": f"elsever{number}@example.org",
        "phone": "",
        "sex": "M",
        "resident": "yes",
        "motivation": "I build pumps.",
        **changed,
    }


def form_with(*questions: dict[str, Any]) -> dict[str, Any]:
    """The small form with more questions at its end."""
    form = make.small_form()
    form["sections"][0]["questions"] += [
        {"label": make.texts(question["key"].capitalize()), **question} for question in questions
    ]
    return form


def paper_question() -> dict[str, Any]:
    return {"key": "paper", "type": "file", "limits": {"file_kinds": ["png"], "max_mb": 1}}


def team_question() -> dict[str, Any]:
    return {"key": "members", "type": "team", "limits": {"max_items": 4}}


def png(name: str = "paper.png") -> SimpleUploadedFile:
    """A small picture that is one."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")
