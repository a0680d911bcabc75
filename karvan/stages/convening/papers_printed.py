"""Papers of a session as tagged PDF: the convocation, and agendas in one language or two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.foundation.texts import language_name
from karvan.foundation.ui.formats import date_in_words, days_in_words
from karvan.foundation.ui.sheets import (
    Column,
    Facts,
    Heading,
    NewPage,
    Paragraph,
    Sheet,
    Signature,
    Signatures,
    Table,
    render_sheet,
)
from karvan.foundation.ui.sheets.blocks import LANGUAGES, Block

from .models import AgendaVersion, StatutorySession
from .services.papers_convocation import Addressee


def sheet_language(wanted: str) -> str:
    """A language that sheets are set in: the wanted one, or English."""
    return wanted if wanted in LANGUAGES else "en"


def when_and_where(session: StatutorySession) -> str:
    """The days in both calendars and the place, as a line under a title."""
    parts = [
        session.hijri_printed,
        days_in_words(session.starts_on, session.ends_on),
        session.place,
        str(session.country) if session.country else "",
    ]
    return " · ".join(part for part in parts if part)


def convocation_paper(
    session: StatutorySession,
    addressees: list[Addressee],
    agenda: AgendaVersion | None,
    *,
    language: str,
    made_at: datetime,
) -> bytes:
    """One letter a member, each on its own page, to be signed and sent on paper.

    Cost: about a second for 54 members.
    """
    with translation.override(sheet_language(language)):
        blocks: list[Block] = []
        for place, one in enumerate(addressees):
            blocks += [NewPage()] if place else []
            blocks += [Heading(str(one.member)), *_letter(session, agenda)]
        if not blocks:
            blocks = [Paragraph(_("The organ has no member to be convoked."))]
        return render_sheet(
            Sheet(
                title=_("Convocation: %(session)s") % {"session": session},
                language=sheet_language(language),
                blocks=tuple(blocks),
                made_at=made_at,
                over=str(session.organ),
                under=when_and_where(session),
                reference=str(session),
            )
        )


def agenda_paper(agenda: AgendaVersion, *, first: str, other: str) -> bytes:
    """An issued agenda in two languages side by side, or in one where both are the same."""
    session = agenda.session
    codes = [first] if first == other else [first, other]
    with translation.override(sheet_language(first)):
        columns = (Column(_("No.")), *(Column(language_name(code)) for code in codes))
        rows = tuple(
            (item["number"], *(_titles(item, code) for code in codes)) for item in agenda.items
        )
        return render_sheet(
            Sheet(
                title=f"{_('Agenda')}: {agenda.get_kind_display()}",
                language=sheet_language(first),
                blocks=(Table(columns, rows, caption=str(session)),),
                made_at=agenda.issued_at,
                over=str(session.organ),
                under=f"{session} · {when_and_where(session)}",
                reference=f"{session} · {agenda.number}",
            )
        )


def _titles(item: dict[str, Any], code: str) -> str:
    return str((item["titles"] or {}).get(code) or "–")


def _letter(session: StatutorySession, agenda: AgendaVersion | None) -> list[Block]:
    pairs = [
        (pgettext("of an organ", "Session"), str(session)),
        (_("When"), days_in_words(session.starts_on, session.ends_on)),
        (_("Where"), ", ".join(filter(None, [session.place, str(session.country or "")])) or "–"),
    ]
    if session.hijri_printed:
        pairs.insert(2, (_("Hijri date"), session.hijri_printed))
    if session.items_until:
        pairs.append((_("Items proposed until"), date_in_words(session.items_until)))
    blocks: list[Block] = [
        Paragraph(
            _("You are hereby invited to send a delegation, with its credentials, to this session.")
        ),
        Facts(tuple(pairs)),
    ]
    if agenda:
        with_titles = translation.get_language() or "en"
        rows = tuple(
            (one["number"], (one["titles"] or {}).get(with_titles) or next(iter(one["titles"].values()), "–"))
            for one in agenda.items
        )  # fmt: skip
        caption = _("Provisional agenda")
        blocks.append(Table((Column(_("No.")), Column(_("Item"))), rows, caption=caption))
    return [*blocks, Signatures((Signature(_("For the secretariat")),))]
