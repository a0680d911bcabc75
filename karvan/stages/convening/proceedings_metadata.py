"""What libraries and reference managers read of proceedings: BibTeX and JATS, from the snapshot."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.text import slugify

from karvan.foundation.texts import fold, in_language

XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_SPECIAL = re.compile(r"([&%$#_{}])")


def bibtex(snapshot: dict[str, Any], *, year: int, address: str) -> str:
    """The volume and each paper as BibTeX entries, in UTF-8, keys the same at every call."""
    held = snapshot["symposium"]
    title = in_language(held["titles"], held["language"])
    volume = _key(title, year)
    entries = [
        _entry(
            "proceedings",
            volume,
            {
                "title": title,
                "year": year,
                "publisher": held["publisher"],
                "series": held["series"],
                "isbn": held["isbn"],
                "issn": held["issn"],
                "url": address,
            },
        )
    ]
    taken: set[str] = set()
    for paper in snapshot["papers"]:
        names = [one["name"] for one in paper["authors"]]
        key = f"{_key(names[0].split()[-1] if names else 'paper', year)}-{paper['number']}"
        taken.add(key)
        entries.append(
            _entry(
                "inproceedings",
                key,
                {
                    "author": " and ".join(names),
                    "title": in_language(paper["titles"], paper["language"]),
                    "booktitle": title,
                    "crossref": volume,
                    "year": year,
                    "pages": f"{paper['page_from']}--{paper['page_to']}",
                    "doi": paper["doi"],
                    "language": paper["language"],
                    "keywords": ", ".join(paper["keywords"]),
                },
            )
        )
    return "\n\n".join(entries) + "\n"


def jats(snapshot: dict[str, Any], *, year: int, address: str) -> bytes:
    """Every paper's metadata as an ``article`` with one ``article-meta``, within one ``article-set``.

    Elements and their order follow JATS 1.3 Archiving; there are no bodies.
    Source: ANSI/NISO Z39.96-2021.
    """
    root = ET.Element("article-set")
    for paper in snapshot["papers"]:
        root.append(_article(snapshot["symposium"], paper, year=year, address=address))
    ET.indent(root)
    said: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return said


def citation(snapshot: dict[str, Any], paper: dict[str, Any], *, year: int) -> str:
    """How a paper is cited, in the paper's own language."""
    held = snapshot["symposium"]
    authors = ", ".join(one["name"] for one in paper["authors"])
    parts = [
        f"{authors} ({year}).",
        f"{in_language(paper['titles'], paper['language'])}.",
        f"{in_language(held['titles'], paper['language'])}, {paper['page_from']}–{paper['page_to']}.",
    ]
    if held["publisher"]:
        parts.append(f"{held['publisher']}.")
    if paper["doi"]:
        parts.append(f"https://doi.org/{paper['doi']}")
    return " ".join(parts)


def _entry(kind: str, key: str, fields: dict[str, Any]) -> str:
    lines = [
        f"  {name} = {{{_plain(str(value)) if name not in ('url', 'doi') else value}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def _plain(text: str) -> str:
    """The text with what BibTeX and TeX would take for a command set apart."""
    said = _SPECIAL.sub(r"\\\1", " ".join(text.split()).replace("\\", "/"))
    return said.replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")


def _key(text: str, year: int) -> str:
    return f"{slugify(fold(text))[:40] or 'paper'}-{year}"


def _article(held: dict[str, Any], paper: dict[str, Any], *, year: int, address: str) -> ET.Element:
    language = paper["language"]
    article = ET.Element(
        "article", {"article-type": "research-article", f"{{{XML}}}lang": language}
    )
    meta = ET.SubElement(ET.SubElement(article, "front"), "article-meta")
    if paper["doi"]:
        _text(meta, "article-id", paper["doi"], {"pub-id-type": "doi"})
    _text(meta, "article-id", str(paper["number"]), {"pub-id-type": "publisher-id"})
    if paper["track"]:
        group = ET.SubElement(ET.SubElement(meta, "article-categories"), "subj-group")
        _text(group, "subject", in_language(paper["track"], language))
    titles = ET.SubElement(meta, "title-group")
    _text(titles, "article-title", in_language(paper["titles"], language))
    for code, said in paper["titles"].items():
        if code != language and said != in_language(paper["titles"], language):
            other = ET.SubElement(titles, "trans-title-group", {f"{{{XML}}}lang": code})
            _text(other, "trans-title", said)
    _authors(meta, paper)
    date = ET.SubElement(meta, "pub-date", {"date-type": "pub"})
    _text(date, "year", str(year))
    if held["isbn"]:
        _text(meta, "isbn", held["isbn"])
    _text(meta, "fpage", str(paper["page_from"]))
    _text(meta, "lpage", str(paper["page_to"]))
    permissions = ET.SubElement(meta, "permissions")
    link = LICENCES.get(held["licence"], f"https://spdx.org/licenses/{held['licence']}.html")
    licence = ET.SubElement(permissions, "license", {f"{{{XLINK}}}href": link})
    _text(licence, "license-p", held["licence"])
    ET.SubElement(meta, "self-uri", {f"{{{XLINK}}}href": f"{address}#paper-{paper['number']}"})
    abstract = ET.SubElement(meta, "abstract")
    _text(abstract, "p", paper["abstract"])
    if paper["keywords"]:
        words = ET.SubElement(meta, "kwd-group", {f"{{{XML}}}lang": language})
        for word in paper["keywords"]:
            _text(words, "kwd", word)
    conference = ET.SubElement(meta, "conference")
    if held["starts_on"]:
        _text(
            conference, "conf-date", f"{held['starts_on']}/{held['ends_on'] or held['starts_on']}"
        )
    _text(conference, "conf-name", in_language(held["titles"], language))
    return article


def _authors(meta: ET.Element, paper: dict[str, Any]) -> None:
    group = ET.SubElement(meta, "contrib-group")
    for one in paper["authors"]:
        person = ET.SubElement(group, "contrib", {"contrib-type": "author"})
        if one["orcid"]:
            _text(person, "contrib-id", f"https://orcid.org/{one['orcid']}", {"contrib-id-type": "orcid"})  # fmt: skip
        _text(person, "string-name", one["name"])
        if one["affiliation"] or one["country"]:
            place = ET.SubElement(person, "aff")
            if one["affiliation"]:
                _text(place, "institution", one["affiliation"])
            if one["country"]:
                _text(place, "country", one["country"], {"country": one["country"]})


def _text(
    parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    element = ET.SubElement(parent, name, attributes or {})
    # What XML 1.0 cannot hold, such as a form feed pasted from a PDF, is left out.
    element.text = re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
