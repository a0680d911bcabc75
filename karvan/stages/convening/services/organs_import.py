"""Take an organ's members over from a table: shown with its doubts first, written in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.errors import SpreadsheetUnreadable
from karvan.foundation.files.kinds import TABLES
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.files.tables import Line, Table, read_table
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold, languages

from ..errors import Unreadable
from ..models import Membership, Organ

MOST_BYTES = 2 * 1024 * 1024
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "iso", "iso2", "country code", "country_code", "state code", "kod"),
    "name": ("name", "member", "state", "country", "member state", "nom", "etat", "ad", "الاسم", "الدولة"),
    "status": ("status", "statut", "الحالة"),
    "reason": ("reason", "why", "status reason", "motif"),
    "starts_on": ("since", "from", "starts", "joined", "start", "depuis"),
    "ends_on": ("until", "to", "ends", "left", "end"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """One line of the table as it would be written; ``state`` is "new", "changed" or "same"."""

    line: int
    code: str
    values: dict[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class MembersRead:
    """What a table holds: lines to write, and doubts as (line, sentence)."""

    lines: tuple[Read, ...]
    doubts: tuple[tuple[int, str], ...]
    encoding: str
    columns: tuple[tuple[str, str], ...]  # what a column was read as, and its head

    def count(self, state: str) -> int:
        """How many lines are in that state."""
        return sum(one.state == state for one in self.lines)


@transaction.atomic
def keep_members_file(organ: Organ, *, upload: File[bytes], by: Person) -> StoredFile:
    """Keep a table of members to be looked at; no member changes.

    Raises:
        Unreadable, or what ``store_upload`` raises: with a sentence for the person.
    """
    kept = store_upload(upload, kinds=TABLES, scope=organ.scope, by=by, max_bytes=MOST_BYTES)
    _read(organ, kept)
    record("previewed import", organ, by=by, after={"name": kept.name, "sha256": kept.sha256})
    return kept


def preview_members(organ: Organ, *, file: StoredFile) -> MembersRead:
    """What taking the table over would do; writes nothing.

    Raises:
        Unreadable: it holds no table, or no column with codes.
    """
    return _read(organ, file)


@transaction.atomic
def import_members(organ: Organ, *, file: StoredFile, by: Person | None) -> MembersRead:
    """Write what the preview shows; members that are not in the table stay as they are.

    Cost: about a millisecond a line.
    """
    Organ.objects.select_for_update(of=("self",)).get(pk=organ.pk)
    shown = _read(organ, file)
    here = {one.code: one for one in organ.memberships.all()}
    for line in shown.lines:
        if line.state == "same":
            continue
        member = here.get(line.code) or Membership(organ=organ, code=line.code)
        for name, value in line.values.items():
            setattr(member, name, value)
        member.save()
    record(
        "imported",
        organ,
        by=by,
        after={
            "file": file.name,
            "sha256": file.sha256,
            "new": shown.count("new"),
            "changed": shown.count("changed"),
        },
    )
    return shown


def _read(organ: Organ, file: StoredFile) -> MembersRead:
    with open_file(file) as opened:
        try:
            table = read_table(opened.read(), file.kind)
        except SpreadsheetUnreadable as broken:
            raise Unreadable(str(broken)) from broken
    columns = _columns(table)
    if "code" not in columns:
        raise Unreadable(
            _("No column of this table is called “code”. Its columns are: %(heads)s.")
            % {"heads": ", ".join(table.head)}
        )
    countries = {one.pk: one for one in Country.objects.all()}
    here = {one.code: one for one in organ.memberships.all()}
    doubts: list[tuple[int, str]] = []
    lines: dict[str, Read] = {}
    for line in table.lines:
        read = _line(line, columns, countries, here, doubts)
        if read and read.code in lines:
            doubts.append(
                (line.number, _("“%(code)s” stands in this table twice; the first is taken.") % {"code": read.code})
            )  # fmt: skip
        elif read:
            lines[read.code] = read
    heads = tuple((name, table.head[at]) for name, at in columns.items())
    return MembersRead(tuple(lines.values()), tuple(doubts), table.encoding, heads)


def _columns(table: Table) -> dict[str, int]:
    """Which column says what, by its head; "name_fr" is the name in French."""
    found: dict[str, int] = {}
    heads = [fold(head).replace("_", " ").strip() for head in table.head]
    for name, words in COLUMNS.items():
        wanted = {fold(word).replace("_", " ") for word in words}
        at = next((at for at, head in enumerate(heads) if head in wanted), None)
        if at is not None:
            found[name] = at
    for code in languages():
        if f"name {code}" in heads:
            found[f"name_{code}"] = heads.index(f"name {code}")
    return found


def _line(
    line: Line,
    columns: dict[str, int],
    countries: dict[str, Country],
    here: dict[str, Membership],
    doubts: list[tuple[int, str]],
) -> Read | None:
    if not line.is_readable:
        doubts.append(
            (line.number, _("This line cannot be read in the file's encoding; it is left out."))
        )
        return None

    def cell(name: str) -> Any:
        at = columns.get(name)
        return line.cells[at] if at is not None and at < len(line.cells) else ""

    code = str(cell("code")).strip().upper()
    if not code or len(code) > 12:
        doubts.append((line.number, _("No code of at most twelve signs; the line is left out.")))
        return None
    country, member = countries.get(code), here.get(code)
    names = {
        c: str(cell(f"name_{c}")).strip() for c in languages() if str(cell(f"name_{c}")).strip()
    }
    if str(cell("name")).strip():
        names.setdefault("en", str(cell("name")).strip())
    if not names:
        names = dict(member.names if member else country.names if country else {})
    if not names:
        doubts.append((line.number, _("“%(code)s” has no name and is no country known here; it is left out.") % {"code": code}))  # fmt: skip
        return None
    if country is None:
        doubts.append((line.number, _("“%(code)s” is no country known here; it is kept under its name.") % {"code": code}))  # fmt: skip
    values: dict[str, Any] = {
        "names": {**(member.names if member else {}), **names},
        "country": country,
    }
    values |= _status(line.number, str(cell("status")), str(cell("reason")), member, doubts)
    for name in ("starts_on", "ends_on"):
        if name in columns:
            values[name] = _day(line.number, cell(name), doubts)
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        doubts.append((line.number, _("It ends before it begins; the end is left out.")))
        values["ends_on"] = None
    if member is None:
        return Read(line.number, code, values, "new")
    changed = any(getattr(member, name) != value for name, value in values.items())
    return Read(line.number, code, values, "changed" if changed else "same")


def _status(
    number: int, typed: str, reason: str, member: Membership | None, doubts: list[tuple[int, str]]
) -> dict[str, str]:
    """The status and its reason, as far as the line says one that can be taken."""
    typed = typed.strip()
    if not typed:
        return {}
    status = next(
        (value for value, word in Membership.Status.choices if fold(typed) in (value, fold(str(word)))),
        "",
    )  # fmt: skip
    if not status:
        doubts.append((number, _("“%(status)s” is not a status of members; it is not taken.") % {"status": typed}))  # fmt: skip
        return {}
    reason = reason.strip()[:300] or (member.status_reason if member else "")
    if status == Membership.Status.SUSPENDED and not reason:
        doubts.append((number, _("Suspended without a reason: add it on the member's page.")))
    return {"status": status, "status_reason": reason}


def _day(number: int, typed: Any, doubts: list[tuple[int, str]]) -> date | None:
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    text = str(typed).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        doubts.append((number, _("“%(text)s” is not a day as 2024-12-31; it is left out.") % {"text": text}))  # fmt: skip
        return None
