"""Guides of taking things apart, read from oManual XML, its JSON, and lists of JSON a line.

Bytes in, plain values out. What cannot be taken over as it stands is a doubt, never dropped
and never guessed; a file that cannot be read says up to where it could.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

from .omanual_guide import GuideRead, Reading, StepRead, check_order, guide_read, step_read

MOST_GUIDES = 5000


def read_guides(data: bytes) -> list[GuideRead]:
    """The guides of a file: one of oManual XML or JSON, one a line of a list of JSON.

    Raises:
        Unreadable: it is none of these, or stops being one; it says at which place.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64]
    if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return [_from_xml(data)]
    if start.startswith((b"{", b"[")):
        return _from_json(_decoded(data))
    raise Unreadable(
        _("This is no guide: it begins neither as XML nor as JSON, at line 1, column 1.")
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise Unreadable(
            _("The file can be read up to line %(line)s: what follows is not UTF-8 text.")
            % {"line": line}
        ) from None


# --- XML ---


def _from_xml(data: bytes) -> GuideRead:
    try:
        root = SafeTree.fromstring(data, forbid_dtd=True)
    except ParseError as broken:
        line, column = broken.position
        raise _stops(line, column + 1) from None
    except DefusedXmlException:
        raise Unreadable(
            _("This XML declares a document type or entities, which are not read.")
        ) from None
    except (ValueError, LookupError):  # an encoding nobody knows
        raise Unreadable(_("The encoding that this XML names in line 1 is not known.")) from None
    if _name(root) != "guide":
        raise Unreadable(
            _("This XML begins with <%(name)s>, not with <guide>.") % {"name": _name(root)[:40]}
        )
    reading = Reading()
    tools = tuple(
        name for one in _all(root, "tools", "tool") if (name := one.get("name", "").strip())
    )
    found = _all(root, "steps", "step")
    steps = [_xml_step(at, one, reading) for at, one in enumerate(found, 1)]
    check_order([one.get("number", "") for one in found], reading)
    left = {
        name: len(_all(root, name, inner))
        for name, inner in (
            ("parts", "part"),
            ("documents", "document"),
            ("prerequisites", "prerequisite"),
            ("flags", "flag"),
        )
    }
    left |= {name: 1 for name in ("introduction", "conclusion", "summary") if _text(root, name)}
    title = _text(root, "title")
    return guide_read(title, root.get("locale", ""), steps, tools, left, reading)


def _xml_step(at: int, one: Element, reading: Reading) -> StepRead:
    rows = [
        (_flat_element(line), line.get("bullet", ""), line.get("level", ""))
        for group in _children(one, "lines")
        for line in _children(group, "line")
    ]
    pictures = []
    for media in _children(one, "media"):
        for image in _children(media, "image"):
            pictures.append((image.text or "").strip() or image.get("large", ""))
        for kind in ("video", "embed"):
            for film in _children(media, kind):
                pictures.append(film.get("url", "") or _flat_element(film))
                reading.doubt("film", str(at))
    return step_read(at, one.get("title", ""), rows, pictures, (), reading)


def _name(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _children(one: Element, name: str) -> list[Element]:
    return [child for child in one if _name(child) == name]


def _all(root: Element, outer: str, inner: str) -> list[Element]:
    return [one for group in _children(root, outer) for one in _children(group, inner)]


def _text(root: Element, name: str) -> str:
    return " ".join(_flat_element(one) for one in _children(root, name)).strip()


def _flat_element(one: Element) -> str:
    """The words of an element, a link's address behind its words."""
    parts = [one.text or ""]
    for child in one:
        words = _flat_element(child)
        address = child.get("href", "") if _name(child) == "a" else ""
        parts += [f"{words} ({address})" if address.startswith("http") else words]
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


# --- JSON ---


def _from_json(text: str) -> list[GuideRead]:
    try:
        return [_json_guide(json.loads(text))]
    except json.JSONDecodeError as broken:
        lines = [line for line in text.splitlines() if line.strip()]
        if broken.msg.startswith("Extra data") and len(lines) > 1:
            return list(_from_lines(text))
        raise _stops(broken.lineno, broken.colno) from None
    except RecursionError:
        raise Unreadable(_("This JSON is nested too deeply to be a guide.")) from None


def _from_lines(text: str) -> Iterator[GuideRead]:
    """One guide a line, as collections of guides are published."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if number > MOST_GUIDES:
            raise Unreadable(
                _("This list has more than %(most)s guides. Take one part of it.")
                % {"most": MOST_GUIDES}
            )
        try:
            yield _json_guide(json.loads(line))
        except json.JSONDecodeError as broken:
            raise _stops(number, broken.colno) from None


def _json_guide(found: Any) -> GuideRead:
    if isinstance(found, dict) and isinstance(found.get("Steps"), list):
        return _collected_guide(found)
    guide = found.get("guide", found) if isinstance(found, dict) else None
    if not isinstance(guide, dict) or not isinstance(guide.get("steps"), list):
        raise Unreadable(_("This JSON has no list of steps, so it is no guide."))
    reading = Reading()
    steps = [_json_step(at, one, reading) for at, one in enumerate(guide["steps"], 1)]
    check_order([_word(_dict(one).get("orderby")) for one in guide["steps"]], reading)
    tools = tuple(
        name
        for one in _list(guide.get("tools"))
        if (name := _word(_dict(one).get("text")) if isinstance(one, dict) else _word(one))
    )
    left = {
        name: len(_list(guide.get(key)))
        for key, name in (
            ("parts", "parts"),
            ("documents", "documents"),
            ("prereqs", "prerequisites"),
            ("flags", "flags"),
        )
    }
    left |= {n: 1 for n in ("introduction", "conclusion", "summary") if _word(guide.get(n))}
    return guide_read(
        _word(guide.get("title")), _word(guide.get("locale")), steps, tools, left, reading
    )


def _json_step(at: int, found: Any, reading: Reading) -> StepRead:
    one = _dict(found)
    rows = [
        (
            _flat(_word(_dict(line).get("text") or _dict(line).get("text_raw"))),
            _word(_dict(line).get("bullet")),
            _word(_dict(line).get("level")),
        )
        for line in _list(one.get("lines"))
    ]
    media = _dict(one.get("media"))
    pictures = [
        _word(_dict(image).get("original") or _dict(image).get("large"))
        for image in _list(media.get("data"))
    ]
    if media.get("type") not in (None, "image"):
        reading.doubt("film", str(at))
    return step_read(at, _word(one.get("title")), rows, pictures, (), reading)


def _collected_guide(found: dict[str, Any]) -> GuideRead:
    """A guide as collections of repair guides write it: Title, Toolbox, Steps, Text_raw."""
    reading = Reading()
    steps = []
    for at, step in enumerate(found["Steps"], 1):
        one = _dict(step)
        lines = _list(one.get("Lines")) or [{"Text": one.get("Text_raw")}]
        rows = [
            (
                _flat(_word(_dict(line).get("Text"))),
                _word(_dict(line).get("Bullet")) or "black",
                "0",
            )
            for line in lines
        ]
        tools = tuple(
            t for x in _list(one.get("Tools_annotated")) if (t := _word(x)) not in ("", "NA")
        )
        pictures = [_word(x) for x in _list(one.get("Images"))]
        steps.append(step_read(at, "", rows, pictures, tools, reading))
    check_order([_word(_dict(one).get("Order")) for one in found["Steps"]], reading)
    toolbox = tuple(
        name for one in _list(found.get("Toolbox")) if (name := _word(_dict(one).get("Name")))
    )
    return guide_read(_word(found.get("Title")), "", steps, toolbox, {}, reading)


class _Flattener(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith("http"):
            self.address = address

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address:
            self.parts.append(f" ({self.address})")
            self.address = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _flat(text: str) -> str:
    """A line's words without its markup."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    flattener = _Flattener()
    flattener.feed(text)
    flattener.close()
    return " ".join("".join(flattener.parts).split())


def _word(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _stops(line: int, column: int) -> Unreadable:
    return Unreadable(
        _("The file can be read up to line %(line)s, column %(column)s; there it breaks off.")
        % {"line": line, "column": column}
    )
