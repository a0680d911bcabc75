"""Acts on documents: planned under a symbol, brought in language by language, issued in all.

Reports and corrigenda come after the close, so a closed session still takes documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import language_name
from karvan.foundation.ui.formats import in_a_row

from ..errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from ..models import AgendaItem, LanguageVersion, SessionDocument, StatutorySession
from ..queries.papers_documents import languages_missing
from ..symbols import UNNUMBERED, folded, parts_of, symbol_of, text_of
from .papers_sessions import locked_session

FILES = ("pdf", "docx")
MOST_BYTES = 25 * 1024 * 1024
STATE = LanguageVersion.State
FOLLOWING = ("rev", "add", "corr")


@transaction.atomic
def plan_document(
    session: StatutorySession,
    *,
    symbol: str,
    kind: str,
    titles: Mapping[str, str],
    by: Person | None,
    item: AgendaItem | None = None,
    distribution: str = "general",
    original_language: str = "en",
    due_on: date | None = None,
    supersedes: SessionDocument | None = None,
) -> SessionDocument:
    """Plan a document under its symbol, missing at first in every working language.

    A symbol that the organ's pattern does not read is kept as typed; its page says so. Due, unless
    told otherwise, so many days before the session as the organ's rules say.

    Raises:
        NumberTaken: the symbol is used in this session already, however it is spaced.
        NotOfThisSession: the item, or what it supersedes, is another session's.
        NotGiven: no symbol or no title.
    """
    held = locked_session(session)
    symbol = " ".join(symbol.split())
    _check_symbol(held, symbol)
    _check(held, titles, item, supersedes)
    made = SessionDocument.objects.create(
        session=held,
        symbol=symbol,
        parts=parts_of(held.organ.symbol_pattern, symbol) or {},
        kind=kind,
        item=item,
        titles=dict(titles),
        distribution=distribution,
        original_language=original_language,
        due_on=due_on or _due(held),
        supersedes=supersedes,
    )
    LanguageVersion.objects.bulk_create(
        LanguageVersion(document=made, language=code) for code in _languages(held, made)
    )
    record("document planned", made, by=by, after=_said(made))
    return made


@transaction.atomic
def change_document(
    document: SessionDocument,
    *,
    symbol: str,
    kind: str,
    titles: Mapping[str, str],
    by: Person | None,
    item: AgendaItem | None = None,
    distribution: str = "general",
    original_language: str = "en",
    due_on: date | None = None,
) -> SessionDocument:
    """Write what a document is anew, until it is issued.

    Raises:
        WrongState: it is issued; then a revision or a corrigendum follows it.
        NumberTaken, NotOfThisSession, NotGiven: as ``plan_document``.
    """
    held = _locked(document)
    _require_open(held)
    symbol = " ".join(symbol.split())
    _check_symbol(held.session, symbol, besides=held)
    _check(held.session, titles, item, None)
    before = _said(held)
    held.symbol, held.kind, held.titles, held.item = symbol, kind, dict(titles), item
    held.parts = parts_of(held.session.organ.symbol_pattern, symbol) or {}
    held.distribution, held.original_language = distribution, original_language
    held.due_on = due_on or _due(held.session)
    held.save()
    present = set(held.versions.values_list("language", flat=True))
    LanguageVersion.objects.bulk_create(
        LanguageVersion(document=held, language=code)
        for code in _languages(held.session, held)
        if code not in present
    )
    record("document changed", held, by=by, before=before, after=_said(held))
    return held


@transaction.atomic
def bring_version(
    document: SessionDocument,
    *,
    language: str,
    state: str,
    by: Person | None,
    upload: File[bytes] | None = None,
) -> LanguageVersion:
    """Say how far a document has come in one language, with its file where one came.

    Raises:
        WrongState: the document is issued. NotGiven: ready without a file, or no language it is
            to appear in. What ``store_upload`` raises.
    """
    held = _locked(document)
    _require_open(held)
    version = held.versions.select_for_update().filter(language=language).first()
    if version is None:
        if language not in held.session.organ.official_languages:
            raise NotGiven(
                _("“%(language)s” is no language of %(organ)s.")
                % {"language": language_name(language), "organ": held.session.organ}
            )
        version = LanguageVersion(document=held, language=language)
    if upload is not None:
        version.file = store_upload(
            upload, kinds=FILES, scope=held.scope, by=by, max_bytes=MOST_BYTES
        )
    if state == STATE.ISSUED and version.file is None:
        raise NotGiven(
            _("“%(symbol)s” is ready in %(language)s once its file is here. Choose a PDF or DOCX.")
            % {"symbol": held.symbol, "language": language_name(language)}
        )
    before = {"state": version.state}
    version.state = state
    version.issued_at = clock.now() if state == STATE.ISSUED else None
    version.save()
    after = {"language": language, "state": state}
    if upload is not None and version.file:
        after |= {"file": version.file.name, "sha256": version.file.sha256}
    record("version brought", held, by=by, before=before, after=after)
    return version


@transaction.atomic
def issue_document(document: SessionDocument, *, by: Person | None) -> SessionDocument:
    """Issue a document in all its languages at once; from now on its files stay.

    Raises:
        WrongState: it is issued already, or not ready in every working language; these are named.
    """
    held = _locked(document)
    _require_open(held)
    missing = languages_missing(held)
    if missing:
        raise WrongState(
            _(
                "“%(symbol)s” is issued once it is ready in all working languages. Missing: %(names)s."
            )
            % {"symbol": held.symbol, "names": in_a_row([language_name(one) for one in missing])}
        )
    held.issued_at = clock.now()
    held.save(update_fields=["issued_at"])
    late = (held.issued_at.date() - held.due_on).days if held.due_on else 0
    record("document issued", held, by=by, after={"symbol": held.symbol, "days late": max(0, late)})
    return held


@transaction.atomic
def follow_document(document: SessionDocument, *, how: str, by: Person | None) -> SessionDocument:
    """Plan what follows an issued document: a revision ("rev"), addendum ("add") or corrigendum.

    Its symbol is the document's with the next number of its kind; only a revision supersedes it.

    Raises:
        WrongState: the document is not issued yet. NotGiven: no such kind.
    """
    held = _locked(document)
    if how not in FOLLOWING:
        raise NotGiven(_("A document is followed by a revision, an addendum or a corrigendum."))
    if held.issued_at is None:
        raise WrongState(
            _("“%(symbol)s” is not issued yet; change it instead.") % {"symbol": held.symbol}
        )
    made = plan_document(
        held.session,
        symbol=following_symbol(held, how),
        kind=held.kind,
        titles=held.titles,
        item=held.item,
        distribution=held.distribution,
        original_language=held.original_language,
        supersedes=held if how == "rev" else None,
        by=by,
    )
    record("document followed", held, by=by, after={"symbol": made.symbol})
    return made


def symbol_offered(session: StatutorySession, item: str = "") -> str:
    """A symbol for the next document, by the organ's pattern; "" where it asks for what is not known.

    ``item`` is the key of an agenda item, as an address has it; anything else counts as none.
    """
    row = session.agenda_items.filter(pk=item).first() if item.isdecimal() else None
    used = {folded(one) for one in session.documents.values_list("symbol", flat=True)}
    number = row.number if row else str(session.documents.count() + 1)
    for parts in ({"item": number}, {"number": number}):
        try:
            symbol = symbol_of(session.organ, session, **parts)
        except ValueError:
            continue
        return "" if folded(symbol) in used else symbol
    return ""


def following_symbol(document: SessionDocument, how: str) -> str:
    """The symbol of a document's next revision, addendum or corrigendum."""
    session, parts = document.session, dict(document.parts)
    used = {folded(one) for one in session.documents.values_list("symbol", flat=True)}
    number = int(parts.get(how) or UNNUMBERED)
    while True:
        number += 1
        try:
            symbol = text_of(session.organ.symbol_pattern, {**parts, how: number}) if parts else ""
        except ValueError:
            symbol = ""
        if not symbol or folded(symbol) == folded(document.symbol):
            symbol = f"{document.symbol} {how.capitalize()}.{number}"
        if folded(symbol) not in used:
            return symbol


def _due(session: StatutorySession) -> date:
    return session.starts_on - timedelta(days=session.organ.documents_days)


def _languages(session: StatutorySession, document: SessionDocument) -> list[str]:
    """Its working languages, and the one it is written in."""
    return list(dict.fromkeys([*session.organ.working_languages, document.original_language]))


def _check_symbol(
    session: StatutorySession, symbol: str, besides: SessionDocument | None = None
) -> None:
    if not symbol:
        raise NotGiven(_("A document is known by its symbol. Write it as it is printed."))
    rows = session.documents.exclude(pk=besides.pk if besides else 0)
    taken = next((one for one in rows if folded(one.symbol) == folded(symbol)), None)
    if taken:
        raise NumberTaken(
            _("“%(symbol)s” is already “%(title)s”. Give this document another symbol.")
            % {"symbol": taken.symbol, "title": next(iter(taken.titles.values()), "")}
        )


def _check(
    session: StatutorySession,
    titles: Mapping[str, str],
    item: AgendaItem | None,
    supersedes: SessionDocument | None,
) -> None:
    if not any(titles.values()):
        raise NotGiven(_("Write the document's title."))
    if item is not None and item.session_id != session.pk:
        raise NotOfThisSession(_("That item is on another session's agenda."))
    if supersedes is not None and supersedes.session_id != session.pk:
        raise NotOfThisSession(_("The document it supersedes belongs to another session."))


def _locked(document: SessionDocument) -> SessionDocument:
    rows = SessionDocument.objects.select_related("session__organ", "item")
    return rows.select_for_update(of=("self",)).get(pk=document.pk)


def _require_open(document: SessionDocument) -> None:
    if document.issued_at is not None:
        raise WrongState(
            _("“%(symbol)s” is issued and stays as it is. Plan a revision or a corrigendum of it.")
            % {"symbol": document.symbol}
        )


def _said(document: SessionDocument) -> dict[str, Any]:
    return {
        "symbol": document.symbol,
        "kind": document.kind,
        "distribution": document.distribution,
        "item": document.item.number if document.item else "",
        "due": document.due_on,
    }
