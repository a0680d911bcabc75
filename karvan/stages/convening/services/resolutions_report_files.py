"""A final report as a document for word processors and as PDF."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from karvan.foundation.texts import direction_of, in_language
from karvan.foundation.ui.sheets import Block, Heading, Paragraph, Sheet, render_sheet

from ..models import FinalReport

LEVELS = {"heading": 1, "subheading": 2}


def title_of(report: FinalReport) -> str:
    """What the report is called, in its own language."""
    with override(report.language):
        return _("Final report: %(title)s") % {
            "title": in_language(report.session.titles, report.language)
        }


def pdf_of(report: FinalReport) -> bytes:
    """The report as PDF/UA on A4. Cost: about 0.3 s."""
    blocks: list[Block] = []
    for entry in _shown(report):
        level = LEVELS.get(entry["kind"])
        blocks.append(Heading(entry["text"], level + 1) if level else Paragraph(_said(entry)))
    with override(report.language):
        return render_sheet(
            Sheet(
                title=title_of(report),
                language=report.language,
                blocks=tuple(blocks),
                made_at=report.adopted_at or report.made_at,
                over=in_language(report.session.organ.names, report.language),
                under="" if report.adopted_at else _("Draft, not adopted"),
                reference=report.session.slug,
            )
        )


def docx_of(report: FinalReport) -> bytes:
    """The report as DOCX, headings as headings, from right to left where it is Arabic."""
    is_rtl = direction_of(report.language) == "rtl"
    document = Document()
    _lay_out(document, report)
    with override(report.language):
        _write(document.add_paragraph(), in_language(report.session.organ.names), is_rtl)
        _write(document.add_heading(level=0), title_of(report), is_rtl)
        if not report.adopted_at:
            _write(document.add_paragraph(), _("Draft, not adopted"), is_rtl)
    for entry in _shown(report):
        level = LEVELS.get(entry["kind"])
        paragraph = document.add_heading(level=level) if level else document.add_paragraph()
        if entry["kind"] == "clause":
            paragraph.paragraph_format.left_indent = Cm(1)
        _write(paragraph, _said(entry), is_rtl)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _shown(report: FinalReport) -> list[dict[str, Any]]:
    return [one for one in report.paragraphs if not one.get("is_left_out")]


def _said(entry: dict[str, Any]) -> str:
    return f"{entry['number']}. {entry['text']}" if entry.get("number") else str(entry["text"])


def _lay_out(document: Any, report: FinalReport) -> None:
    """A4, one fount that has Latin and Arabic, the page's number below, what it is in the file."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), "Arial")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), report.language)
    language.set(qn("w:bidi"), report.language)
    style.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.language = title_of(report), report.language
    properties.author = in_language(report.session.organ.names, report.language)
    properties.comments = ""
    properties.created = properties.modified = report.made_at.replace(tzinfo=None)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _write(paragraph: Any, text: str, is_rtl: bool) -> None:
    run = paragraph.add_run(text)
    if not is_rtl:
        return
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
    )
    run.font.rtl = True
