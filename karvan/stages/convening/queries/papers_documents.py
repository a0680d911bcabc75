"""Documents of a session: on the board by symbol and language, late ones, doubts on their symbols."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from karvan.foundation import clock

from ..models import LanguageVersion, SessionDocument, StatutorySession
from ..symbols import disagreements, parts_of

MARKS = {"missing": "open", "translating": "in_progress", "revising": "waiting", "issued": "done"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A document in one language: its version, or None where it is not to appear in it."""

    language: str
    version: LanguageVersion | None

    @property
    def mark(self) -> str:
        return MARKS[self.version.state] if self.version else "locked"


@dataclass(frozen=True, slots=True)
class Row:
    """A document on the board. ``late_days``: how late it is or was; 0 where in time."""

    document: SessionDocument
    cells: tuple[Cell, ...]
    late_days: int
    doubts: tuple[str, ...]

    @property
    def is_issued(self) -> bool:
        return self.document.issued_at is not None


def documents_listed(session: StatutorySession) -> QuerySet[SessionDocument]:
    """The session's documents with all the board says of them; two queries."""
    return session.documents.select_related("item").prefetch_related("versions")


def board_of(session: StatutorySession, documents: Iterable[SessionDocument]) -> list[Row]:
    """The board's rows, late ones that are not issued first."""
    languages = languages_of(session)
    rows = []
    for document in documents:
        document.session = session
        versions = {one.language: one for one in document.versions.all()}
        cells = tuple(Cell(code, versions.get(code)) for code in languages)
        doubts = tuple(symbol_doubts(document))
        rows.append(Row(document, cells, late_days(document), doubts))
    return sorted(rows, key=lambda one: (one.is_issued, -one.late_days if not one.is_issued else 0))


def cells_of(document: SessionDocument) -> list[Cell]:
    """One document in each language of its organ, and in any other it has come in."""
    versions = {one.language: one for one in document.versions.select_related("file")}
    codes = dict.fromkeys([*languages_of(document.session), *versions])
    return [Cell(code, versions.get(code)) for code in codes]


def languages_of(session: StatutorySession) -> list[str]:
    """The organ's languages: working ones first, then the other official ones."""
    organ = session.organ
    return list(dict.fromkeys([*organ.working_languages, *organ.official_languages]))


def languages_missing(document: SessionDocument) -> list[str]:
    """The working languages in which a document is not ready."""
    ready = {one.language for one in document.versions.all() if one.state == "issued"}
    return [code for code in document.session.organ.working_languages if code not in ready]


def late_days(document: SessionDocument) -> int:
    """By how many days a document is, or came, too late; 0 where it is in time."""
    if document.due_on is None:
        return 0
    on = document.issued_at.date() if document.issued_at else clock.today()
    return max(0, (on - document.due_on).days)


def symbol_doubts(document: SessionDocument) -> list[str]:
    """What is odd about a symbol, in words; it stays as it was typed."""
    session = document.session
    organ = session.organ
    read = parts_of(organ.symbol_pattern, document.symbol)
    if read is None:
        return [
            _(
                "“%(symbol)s” does not fit the pattern of %(organ)s, %(pattern)s. It is kept as typed."
            )
            % {"symbol": document.symbol, "organ": organ, "pattern": organ.symbol_pattern}
        ]
    said = {"organ": _("the organ"), "session": _("the session"), "year": _("the year")}
    doubts = [
        _("“%(symbol)s” names %(what)s as %(written)s, not %(own)s.")
        % {"symbol": document.symbol, "what": said[part], "written": written, "own": own}
        for part, written, own in disagreements(organ, session, document.symbol)
    ]
    if document.item and read.get("item") and read["item"] != document.item.number:
        doubts.append(
            _("“%(symbol)s” names item %(written)s; it is listed under %(own)s.")
            % {"symbol": document.symbol, "written": read["item"], "own": document.item.number}
        )
    return doubts
