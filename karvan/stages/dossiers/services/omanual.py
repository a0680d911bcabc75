"""A teardown as an oManual guide, and guides taken over into a teardown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotGiven
from karvan.stages.dossiers.models import Dossier, StepPhoto, TeardownStep
from karvan.stages.dossiers.reading.omanual import read_guides
from karvan.stages.dossiers.reading.omanual_guide import GuideRead, StepRead

from .editing import locked_dossier
from .teardown import add_step
from .teardown_said import Line, StepSaid

XMLNS = "http://omanual.com/"
LINES_A_GROUP, GROUPS_A_STEP, PICTURES_A_STEP = 8, 8, 3  # what the schema takes
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Address = Callable[[StepPhoto], str]


def guide_xml(dossier: Dossier, steps: Iterable[TeardownStep], *, address: Address) -> bytes:
    """The teardown as oManual XML that validates against the format's schema.

    ``address`` says where a photograph is found. The schema takes three pictures a step;
    further ones are listed among the guide's documents. Steps were read with ``steps_of``.
    """
    steps = list(steps)
    guide = Element("guide", {"xmlns": XMLNS, "locale": dossier.language})
    title = _said(guide, "title", dossier.title)
    title.set("type", "teardown")
    if dossier.device_type:
        title.set("subject", _clean(str(dossier.device_type)))
    first = next((photo for step in steps for photo in step.photos.all()), None)
    _said(guide, "image", address(first) if first else "")
    _said(guide, "author", dossier.record_label)
    _said(guide, "summary", dossier.summary)
    if minutes := sum(step.minutes or 0 for step in steps):
        _said(guide, "time_required", f"{minutes} min")
    _said(guide, "introduction", "")
    tools = SubElement(guide, "tools")
    for name in _tools(steps):
        SubElement(tools, "tool", {"name": _clean(name), "quantity": "1"})
    parts = SubElement(guide, "parts")
    for name, quantity in _parts(steps):
        SubElement(parts, "part", {"name": _clean(name), "quantity": quantity})
    SubElement(guide, "flags")
    documents = SubElement(guide, "documents")
    SubElement(guide, "prerequisites")
    listed = SubElement(guide, "steps")
    for step in steps:
        _add_step(listed, documents, step, address)
    changed = max((step.changed_at for step in steps), default=dossier.changed_at)
    _said(guide, "modified_date", changed.isoformat())
    _said(guide, "created_date", dossier.created_at.isoformat())
    indent(guide)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + bytes(tostring(guide, encoding="utf-8", xml_declaration=False)) + b"\n"


def guide_json(dossier: Dossier, steps: Iterable[TeardownStep], *, address: Address) -> bytes:
    """The teardown as the JSON of an oManual guide, with all pictures and their marks."""
    steps = list(steps)
    minutes = sum(step.minutes or 0 for step in steps)
    guide = {
        "title": dossier.title,
        "type": "teardown",
        "subject": str(dossier.device_type or ""),
        "summary": dossier.summary,
        "introduction": "",
        "conclusion": "",
        "author": {"text": dossier.record_label},
        "locale": dossier.language,
        "time_required": f"{minutes} min" if minutes else "",
        "tools": [
            {"text": name, "quantity": "1", "notes": "", "url": ""} for name in _tools(steps)
        ],
        "parts": [{"text": name, "quantity": quantity} for name, quantity in _parts(steps)],
        "prereqs": [],
        "documents": [],
        "flags": [],
        "steps": [_json_step(step, address) for step in steps],
    }
    return json.dumps({"guide": guide}, ensure_ascii=False, indent=1).encode()


def guides_in(stored: StoredFile) -> list[GuideRead]:
    """The guides of a stored file.

    Raises:
        Unreadable: it holds none, or breaks off; it says where.
    """
    with open_file(stored) as file:
        return read_guides(file.read())


@transaction.atomic
def import_guide(
    dossier: Dossier,
    *,
    stored: StoredFile,
    number: int,
    direction: str,
    by: Person | None,
) -> list[TeardownStep]:
    """Take the steps of one guide of a file over, after those that are there.

    ``number`` counts the file's guides from 1; ``direction`` is what is done in all its steps,
    since the format does not say. Taking the same guide over twice adds nothing.

    Raises:
        Stopped, WrongState: the dossier takes no steps now.
        Unreadable, NotGiven: the file or the guide cannot be taken.
    """
    held = locked_dossier(dossier, opening=True)
    guides = guides_in(stored)
    if not 1 <= number <= len(guides):
        raise NotGiven(
            _("The file has %(many)s guides; choose one of them.") % {"many": len(guides)}
        )
    steps = []
    for at, one in enumerate(guides[number - 1].steps, 1):
        key = uuid5(NAMESPACE_URL, f"{held.key}:{stored.sha256}:{number}:{at}")
        said = said_of_guide(one, direction)
        try:
            steps.append(add_step(held, said=said, by=by, key=key))
        except NotGiven as broken:
            raise NotGiven(_("Step %(step)s: %(words)s") % {"step": at, "words": broken}) from None
    after = {"steps": len(steps), "file": stored.name, "sha256": stored.sha256}
    record("teardown imported", held, by=by, after=after)
    return steps


def said_of_guide(step: StepRead, direction: str) -> StepSaid:
    """A guide's step as ``add_step`` takes it; its pictures become notes with their addresses."""
    lines = [Line(one.text, one.bullet, one.level) for one in step.lines]
    notes = [
        Line(_("Picture of the source: %(address)s") % {"address": one}, "icon_note")
        for one in step.pictures
    ]
    return StepSaid(
        title=step.title,
        direction=direction,
        lines=(*lines, *notes),
        tools=step.tools,
    )


def _add_step(listed: Element, documents: Element, step: TeardownStep, address: Address) -> None:
    one = SubElement(listed, "step", {"number": str(step.order), "title": _clean(step.title)})
    rows = _lines(step)
    for start in range(0, max(len(rows), 1), LINES_A_GROUP):
        group = SubElement(one, "lines")
        for text, bullet, level in rows[start : start + LINES_A_GROUP]:
            line = _said(group, "line", text)
            line.set("bullet", bullet)
            line.set("level", str(level))
    photos = list(step.photos.all())
    if photos:
        media = SubElement(one, "media", {"type": "image"})
        for at, photo in enumerate(photos[:PICTURES_A_STEP], 1):
            _said(media, "image", address(photo)).set("orderby", str(at))
    for photo in photos[PICTURES_A_STEP:]:
        _said(documents, "document", f"{step.order}. {photo}").set("url", address(photo))


def _lines(step: TeardownStep) -> list[tuple[str, str, int]]:
    """The lines of a step, its risk before them and its fasteners after."""
    rows = [(str(one["text"]), str(one["bullet"]), int(one["level"])) for one in step.lines]
    if step.risk_note:
        rows.insert(0, (step.risk_note, "icon_caution", 0))
    for one in step.fasteners:
        said = (
            _("%(many)s × %(type)s out") if one["move"] == "out" else _("%(many)s × %(type)s back")
        )
        rows.append((said % {"many": one["count"], "type": one["type"]}, "icon_note", 0))
    if step.fasteners_note:
        rows.append((step.fasteners_note, "icon_note", 0))
    most = LINES_A_GROUP * GROUPS_A_STEP
    if len(rows) > most:  # what is beyond the schema's lines stands together in the last of them
        rows[most - 1 :] = [("; ".join(row[0] for row in rows[most - 1 :]), "icon_note", 0)]
    return rows


def _json_step(step: TeardownStep, address: Address) -> dict[str, Any]:
    data = [
        {
            "id": at,
            "original": address(photo),
            "text": photo.caption,
            "markers": [
                {
                    "number": mark.number,
                    "shape": mark.shape,
                    "colour": mark.colour,
                    "x": mark.x,
                    "y": mark.y,
                    "w": mark.w,
                    "h": mark.h,
                    "points": mark.points,
                    "label": mark.label,
                }
                for mark in photo.annotations.all()
            ],
        }
        for at, photo in enumerate(step.photos.all(), 1)
    ]
    return {
        "title": step.title,
        "orderby": step.order,
        "stepid": str(step.key),
        "lines": [
            {"text": text, "bullet": bullet, "level": level} for text, bullet, level in _lines(step)
        ],
        "media": {"type": "image", "data": data},
    }


def _tools(steps: Iterable[TeardownStep]) -> list[str]:
    return list(dict.fromkeys(tool for step in steps for tool in step.tools))


def _parts(steps: Iterable[TeardownStep]) -> list[tuple[str, str]]:
    """Each part that a step takes out or shows, with how many a device has."""
    found = {part.pk: part for step in steps for part in step.parts.all()}
    return [
        (str(one), "unknown" if one.quantity is None else f"{one.quantity.normalize():f}")
        for one in found.values()
    ]


def _said(parent: Element, name: str, text: str) -> Element:
    one = SubElement(parent, name)
    one.text = _clean(text)
    return one


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
