"""Texts of the design in a language in which its blueprint is not written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import TABLES
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.files.tables import Table, read_table
from karvan.foundation.forms.spreadsheet import unescape
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import language_name

from .. import queries
from ..errors import ColumnsMissing, LanguageMissing, NoSuchPart, TextTooLong, WrongState
from ..models import Activity, Edition, Translation
from ..wording import Text, missing_in

LONGEST = 4000  # characters, as the schema of blueprints allows
MOST_BYTES = 2 * 1024 * 1024
PATH = "path"  # the head of the column that says which text a line is about
_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a table of translations brought, in numbers of texts; ``unknown`` are its lines that name none."""

    taken: int
    same: int
    empty: int
    unknown: tuple[int, ...]
    unreadable: tuple[int, ...]


@transaction.atomic
def translate_texts(
    edition: Edition, *, language: str, texts: Mapping[str, str], by: Person | None
) -> int:
    """Write texts of the design in a language its blueprint lacks; returns how many changed.

    ``texts`` are by path. A text that stands in several places is written in all of them;
    an empty one is taken away. What stood before stays in the record.

    Raises:
        LanguageMissing: the edition is not held in this language.
        NoSuchPart: there is no such text, or the blueprint has it in this language.
        TextTooLong: more than 4,000 characters.
        WrongState: the edition is over.
    """
    edition = _locked(edition)
    wanted = _checked(edition, language, texts)
    held = dict(edition.translations.filter(language=language).values_list("path", "text"))
    changed = {
        text.path: said
        for text, said in wanted
        if any(held.get(path, "") != said for path in text.paths)
    }
    if not changed:
        return 0
    for text, said in wanted:
        if text.path in changed:
            _write(edition, language, text.paths, said, by)
    _title_activities(edition, language)
    before = {path: held[path] for path in changed if path in held}
    after = {"language": language, **changed}
    record("texts translated", edition, by=by, before=before, after=after)
    return len(changed)


@transaction.atomic
def import_translations(
    edition: Edition, *, language: str, upload: File[Any], by: Person
) -> TakenIn:
    """Take in a translator's table, as ``editions:translation`` gives it out; the file is kept.

    Lines without a text change nothing, so that a half-filled table loses nothing.

    Raises:
        ColumnsMissing: no column "path", or none headed by the language's code.
        SpreadsheetUnreadable: there is no table in it.
        RuleBroken: what ``store_upload`` and ``translate_texts`` refuse.
    """
    stored = store_upload(upload, kinds=TABLES, scope=edition.scope, by=by, max_bytes=MOST_BYTES)
    with open_file(stored) as opened:
        table = read_table(opened.read(), stored.kind)
    at, column = _columns(table, language)
    known = _by_path(missing_in(queries.departed_document(edition), language))
    found: dict[str, str] = {}
    unknown: list[int] = []
    empty = 0
    for line in table.lines:
        path, said = _cell(line.cells, at), _cell(line.cells, column)
        if not line.is_readable:
            continue
        if path not in known:
            unknown.append(line.number)
        elif not said:
            empty += 1
        else:
            found[known[path].path] = said
    taken = translate_texts(edition, language=language, texts=found, by=by)
    unreadable = tuple(line.number for line in table.lines if not line.is_readable)
    return TakenIn(taken, len(found) - taken, empty, tuple(unknown), unreadable)


def _locked(edition: Edition) -> Edition:
    locked = Edition.objects.select_for_update(of=("self",)).select_related("blueprint")
    kept = locked.get(pk=edition.pk)
    if kept.state in _OVER:
        raise WrongState(_("This edition is over; its texts stay as they were."))
    return kept


def _checked(edition: Edition, language: str, texts: Mapping[str, str]) -> list[tuple[Text, str]]:
    """Each text once with what is said, in the order given."""
    if language not in edition.languages:
        raise LanguageMissing(
            _("This edition is not held in %(language)s.") % {"language": language_name(language)}
        )
    known = _by_path(missing_in(queries.departed_document(edition), language))
    wanted: dict[str, tuple[Text, str]] = {}
    for path, said in texts.items():
        text, tidy = known.get(path), said.replace("\r\n", "\n").strip()
        if text is None:
            raise NoSuchPart(
                _("There is no text “%(path)s” to translate into %(language)s.")
                % {"path": path, "language": language_name(language)}
            )
        if len(tidy) > LONGEST:
            detail = {"path": path, "count": len(tidy), "most": LONGEST}
            raise TextTooLong(
                _("“%(path)s” has %(count)d characters; %(most)d are the most.") % detail
            )
        wanted[text.path] = (text, tidy)
    return list(wanted.values())


def _by_path(texts: Iterable[Text]) -> dict[str, Text]:
    return {path: text for text in texts for path in text.paths}


def _write(
    edition: Edition, language: str, paths: Iterable[str], said: str, by: Person | None
) -> None:
    if not said:
        edition.translations.filter(language=language, path__in=list(paths)).delete()
        return
    for path in paths:
        Translation.objects.update_or_create(
            edition=edition,
            path=path,
            language=language,
            defaults={"text": said, "made_by": by, "made_at": clock.now()},
        )


def _title_activities(edition: Edition, language: str) -> None:
    """An activity's titles follow those of its design: calls and desks read them there."""
    for part in queries.document_of(edition)["activities"]:
        activity = Activity.objects.filter(edition=edition, code=part["code"]).first()
        said = part["title"].get(language)
        if activity is None or activity.titles.get(language) == said:
            continue
        titles = {code: text for code, text in activity.titles.items() if code != language}
        activity.titles = {**titles, language: said} if said else titles
        activity.save(update_fields=["titles"])


def _columns(table: Table, language: str) -> tuple[int, int]:
    heads = [name.lower() for name in table.head]
    if PATH not in heads or language not in heads:
        raise ColumnsMissing(
            _(
                "The first line must name the columns “%(path)s” and “%(language)s”, as in the "
                "table given out here. It names: %(heads)s."
            )
            % {"path": PATH, "language": language, "heads": ", ".join(table.head)}
        )
    return heads.index(PATH), heads.index(language)


def _cell(cells: tuple[Any, ...], at: int) -> str:
    return str(unescape(str(cells[at]).strip())) if at < len(cells) else ""
