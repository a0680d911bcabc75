"""A final report is assembled from the register, edited, and adopted; then it stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import languages

from ..errors import NotGiven, WrongState
from ..models import FinalReport, StatutorySession
from .resolutions_report_files import docx_of, pdf_of
from .resolutions_report_parts import Part, parts_of

Entry = dict[str, Any]


@transaction.atomic
def assemble_report(session: StatutorySession, *, language: str, by: Person | None) -> FinalReport:
    """Assemble the final report of a session in one language; returns it.

    Assembled again, paragraphs that were edited, added or left out stay as they are; beside an
    edited one stands what the register says now.

    Raises:
        NotGiven: the language is none of the interface's.
        WrongState: the report was adopted.
    """
    if language not in languages():
        raise NotGiven(
            _("A final report can be made in: %(all)s.") % {"all": ", ".join(languages())}
        )
    session = StatutorySession.objects.select_related("organ", "country", "host").get(pk=session.pk)
    report = FinalReport.objects.select_for_update().filter(session=session, language=language).first()  # fmt: skip
    if report is None:
        report = FinalReport(session=session, language=language)
    _require_open(report)
    with override(language):
        fresh = parts_of(session, language)
    report.paragraphs = _numbered(_merged(report.paragraphs, fresh))
    report.made_at = clock.now()
    report.save()
    record("report assembled", report, by=by, after={"language": language})
    return report


@transaction.atomic
def change_report_paragraph(
    report: FinalReport, *, key: str, text: str, by: Person | None
) -> FinalReport:
    """Edit one paragraph of a report; it is kept when the report is assembled again.

    Raises:
        NotGiven: no text, or no such paragraph.
        WrongState: the report was adopted.
    """
    report = _locked(report)
    if not text.strip():
        raise NotGiven(_("A paragraph has a text. To do without it, leave it out."))

    def change(entry: Entry) -> None:
        entry.update(text=text.strip(), is_edited=True, fresh="")

    return _change(report, key, change, by)


@transaction.atomic
def leave_out_paragraph(
    report: FinalReport, *, key: str, is_left_out: bool, by: Person | None
) -> FinalReport:
    """Leave one paragraph out of a report, or take it in again.

    Raises:
        NotGiven: no such paragraph.
        WrongState: the report was adopted.
    """
    report = _locked(report)

    def change(entry: Entry) -> None:
        entry["is_left_out"] = is_left_out

    return _change(report, key, change, by)


@transaction.atomic
def add_report_paragraph(
    report: FinalReport, *, after: str, text: str, by: Person | None
) -> FinalReport:
    """Write a paragraph of one's own after another one; returns the report.

    Raises:
        NotGiven: no text, or no such paragraph.
        WrongState: the report was adopted.
    """
    report = _locked(report)
    if not text.strip():
        raise NotGiven(_("Write the paragraph."))
    entries: list[Entry] = list(report.paragraphs)
    at = _place_of(entries, after)
    used = [int(one["key"][6:]) for one in entries if one["key"].startswith("added-")]
    entry = _entry(Part(f"added-{max(used, default=0) + 1}", "paragraph", text.strip()))
    entries.insert(at + 1, {**entry, "is_edited": True})
    return _saved(report, entries, "added", entry["key"], by)


@transaction.atomic
def adopt_report(report: FinalReport, *, by: Person | None) -> FinalReport:
    """Adopt a report: its files are made and kept, and nothing in it changes any more.

    Raises:
        WrongState: it was adopted, or a sitting of the session is open.
    """
    report = _locked(report)
    session = report.session
    if session.sittings.filter(opened_at__isnull=False, closed_at=None).exists():
        raise WrongState(
            _("A sitting is open. Close it, assemble the report again, then adopt it.")
        )
    report.adopted_at = clock.now()
    for kind, make in (("pdf", pdf_of), ("docx", docx_of)):
        name = f"{slugify(session.slug)}-{report.language}.{kind}"
        content = ContentFile(make(report), name=name)
        setattr(report, kind, store_upload(content, kinds=[kind], scope=report.scope, by=by))
    report.save()
    record("report adopted", report, by=by, after={"language": report.language})
    return report


def _merged(old: Iterable[Entry], fresh: Iterable[Part]) -> list[Entry]:
    """The new paragraphs, with what people did to the old ones kept."""
    old = list(old)
    kept = {one["key"]: one for one in old if one.get("is_edited") or one.get("is_left_out")}
    merged: list[Entry] = []
    for part in fresh:
        before = kept.pop(part.key, None)
        entry = _entry(part)
        if before and before.get("is_edited"):
            differs = part.text not in (before["text"], before.get("assembled", ""))
            entry |= {"text": before["text"], "is_edited": True}
            entry["fresh"] = part.text if differs else before.get("fresh", "")
            entry["assembled"] = part.text
        if before:
            entry["is_left_out"] = bool(before.get("is_left_out"))
        merged.append(entry)
    return _with_own(merged, old, kept)


def _with_own(merged: list[Entry], old: list[Entry], own: dict[str, Entry]) -> list[Entry]:
    """What is only in the old report, each after the paragraph it stood after."""
    order = [one["key"] for one in old]
    for key, entry in own.items():
        if not entry.get("is_edited"):
            continue
        before = order[: order.index(key)]
        there = {one["key"]: at for at, one in enumerate(merged)}
        at = next((there[one] for one in reversed(before) if one in there), len(merged) - 1)
        merged.insert(at + 1, entry)
    return merged


def _entry(part: Part) -> Entry:
    return {
        "key": part.key,
        "kind": part.kind,
        "text": part.text,
        "assembled": part.text,
        "fresh": "",
        "is_edited": False,
        "is_left_out": False,
        "number": 0,
    }


def _numbered(entries: list[Entry]) -> list[Entry]:
    number = 0
    for entry in entries:
        counts = entry["kind"] == "paragraph" and not entry.get("is_left_out")
        number += counts
        entry["number"] = number if counts else 0
    return entries


def _change(
    report: FinalReport, key: str, change: Callable[[Entry], None], by: Person | None
) -> FinalReport:
    entries: list[Entry] = [dict(one) for one in report.paragraphs]
    change(entries[_place_of(entries, key)])
    return _saved(report, entries, "changed", key, by)


def _saved(
    report: FinalReport, entries: list[Entry], what: str, key: str, by: Person | None
) -> FinalReport:
    report.paragraphs = _numbered(entries)
    report.save(update_fields=["paragraphs"])
    record("report edited", report, by=by, after={"part": key, "what": what})
    return report


def _place_of(entries: list[Entry], key: str) -> int:
    at = next((n for n, one in enumerate(entries) if one["key"] == key), None)
    if at is None:
        raise NotGiven(_("This paragraph is not in the report any more."))
    return at


def _locked(report: FinalReport) -> FinalReport:
    rows = FinalReport.objects.select_for_update(of=("self",)).select_related("session__organ")
    report = rows.get(pk=report.pk)
    _require_open(report)
    return report


def _require_open(report: FinalReport) -> None:
    if report.adopted_at:
        raise WrongState(_("This report was adopted; nothing in it changes any more."))
