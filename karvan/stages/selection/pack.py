"""The committee's pack of one run: put together, then written as PDF or as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.foundation.ui.sheets import (
    Column,
    Facts,
    Heading,
    Paragraph,
    Sheet,
    Signature,
    Signatures,
    Table,
    render_sheet,
)

from . import pack_tables as tables
from .models import SelectionRun
from .naming import is_blind
from .pack_tables import NOTHING, Cell, PackTable, Part
from .reasons import clash_in_words
from .sealing import verify_seal

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_NAME_LENGTH = 31  # what spreadsheets allow


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in one language: its cover, then part by part.

    signers: names of those who signed, for the lines at the end.
    """

    title: str
    over: str
    under: str
    reference: str
    made_at: datetime
    parts: tuple[Part, ...]
    signers: tuple[str, ...]


def pack_of(run: SelectionRun, facts: Any, styles: Any) -> Pack:
    """The pack of a run in the active language.

    Args:
        facts: ``services.facts_of_run``, or None where the run cannot be replayed or found
            no cohort; then the parts that need it are left out and the cover says so.
        styles: the calibration of the call's marks, for how each reader marks.

    Cost: some fifteen queries and one row for each application; 1,000 take 1.1 CPU s.
    """
    call = run.call
    signoffs = list(run.signoffs.select_related("person"))
    dissents = list(run.dissents.select_related("person"))
    parts = [_cover(run, facts, signoffs), tables.funnel_part(run), tables.criteria_part(run)]
    if facts is not None:
        codes = tables.reading_codes(call)
        parts += [tables.quotas_part(run, facts)]
        if run.method == SelectionRun.Method.MERIT:
            parts += [tables.swaps_part(facts, codes)]
    parts += [tables.draw_part(run, facts)]
    parts += [tables.reviewers_part(run, styles.reviewers, styles.why_not), tables.list_part(run)]
    parts += [
        tables.statements_part(_("Dissent"), _("Nobody dissented."), dissents),
        tables.statements_part(_("Signatures"), _("Nobody has signed yet."), signoffs),
        tables.appeals_part(run),
        tables.replay_part(run),
    ]
    activity = call.activity
    return Pack(
        title=_("Selection: %(activity)s") % {"activity": activity},
        over=str(activity.edition),
        under=_("Run %(number)s, %(state)s")
        % {"number": run.number, "state": run.get_state_display()},
        reference=f"{run.scope} · {run.number} · {run.sha256[:12]}",
        made_at=clock.now(),
        parts=tuple(parts),
        signers=tuple(str(one.person) for one in signoffs),
    )


def pack_pdf(pack: Pack) -> bytes:
    """The pack as PDF/UA on A4 across, right to left where the language is.

    Cost: 2 CPU s for 1,000 applications, 69 pages.
    """
    blocks: list[Any] = []
    for part in pack.parts:
        blocks.append(Heading(part.title))
        if part.facts:
            blocks.append(Facts(part.facts))
        blocks += [Paragraph(note, quiet=True) for note in part.notes]
        if part.table is not None:
            blocks.append(_printed(part.table))
    if pack.signers:
        blocks.append(Signatures(tuple(Signature(name) for name in pack.signers)))
    return render_sheet(
        Sheet(
            title=pack.title,
            language=(get_language() or "en").split("-")[0],
            blocks=tuple(blocks),
            made_at=pack.made_at,
            over=pack.over,
            under=pack.under,
            reference=pack.reference,
            landscape=True,
        )
    )


def pack_xlsx(pack: Pack) -> bytes:
    """The pack as a workbook, one sheet a part; figures as themselves, and no text is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for number, part in enumerate(pack.parts, start=1):
        sheet = book.add_worksheet(_sheet_name(number, part.title))
        if get_language_bidi():
            sheet.right_to_left()
        _write(sheet, part, head, text)
    book.close()
    return out.getvalue()


def file_name(run: SelectionRun, kind: str) -> str:
    """What the file is called: the call, the run, the language."""
    language = (get_language() or "en").split("-")[0]
    return f"selection-{run.call.slug}-{run.number}-{language}.{kind}"


def _cover(run: SelectionRun, facts: Any, signoffs: list[Any]) -> Part:
    faults = verify_seal(run)
    seal = _("not sealed")
    if run.seal:
        seal = _("does not hold") if faults else _("holds")
    lines = [
        (_("Call"), str(run.call)),
        (_("Edition"), str(run.call.activity.edition)),
        (_("Run"), formats.number(run.number)),
        (_("State"), run.get_state_display()),
        (_("Method"), run.get_method_display()),
        (_("Places"), formats.number(run.places)),
        (_("Made"), formats.datetime_in_words(run.made_at)),
        (_("Signed"), formats.datetime_in_words(run.signed_at) if run.signed_at else NOTHING),
        (_("Signatures"), formats.number(len(signoffs))),
        (_("SHA-256 of the document"), run.sha256),
        (_("Seal"), run.seal or NOTHING),
        (_("The seal"), seal),
        (_("Names"), _("hidden") if is_blind(run) else _("shown, the blind is lifted")),
        (_("This pack"), formats.datetime_in_words(clock.now())),
    ]
    notes = list(faults)
    if run.note:
        notes.append(run.note)
    if not run.is_feasible:
        notes.append(clash_in_words(run))
    elif facts is None:
        notes.append(_("The document could not be replayed, so quotas and swaps are not listed."))
    return Part(_("The run"), facts=tuple(lines), notes=tuple(notes))


def _printed(table: PackTable) -> Table:
    columns = tuple(Column(head, at in table.figures) for at, head in enumerate(table.heads))
    return Table(columns, tuple(tuple(_shown(cell) for cell in row) for row in table.rows))


def _shown(cell: Cell) -> str:
    if cell is None:
        return NOTHING
    return formats.number(cell) if isinstance(cell, int | float) else cell


def _write(sheet: Any, part: Part, head: Any, text: Any) -> None:
    down = 0
    for term, value in part.facts:
        sheet.write_string(down, 0, term, head)
        sheet.write_string(down, 1, value, text)
        down += 1
    for note in part.notes:
        sheet.write_string(down, 0, note, text)
        down += 1
    table = part.table
    sheet.set_column(0, 0, 40 if table is None or 0 not in table.figures else 12)
    if table is None:
        sheet.set_column(1, 1, 70)
        return
    for at, words in enumerate(table.heads):
        sheet.write_string(down, at, words, head)
        if at:
            sheet.set_column(at, at, 12 if at in table.figures else 28)
    sheet.freeze_panes(down + 1, 0)
    for row in table.rows:
        down += 1
        for at, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(down, at, cell)
            elif cell:
                sheet.write_string(down, at, cell, text)


def _sheet_name(number: int, title: str) -> str:
    """A name no other sheet of the book has, without what spreadsheets forbid in it."""
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return f"{number} {plain}"[:SHEET_NAME_LENGTH].strip()
