"""Take vocabularies in: those that come with the platform, and tables of EAMENA."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import Unreadable
from karvan.stages.heritage.models import Term
from karvan.stages.heritage.surveys_vocabularies import TermRead, built_in_terms, read_folder


@dataclass(frozen=True, slots=True)
class TermsTaken:
    """How many terms were new, changed, and as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0


def load_terms(folder: Path | None = None, *, by: Person | None) -> TermsTaken:
    """Write the terms that come with the platform, and those of the tables in ``folder``.

    Safe to run again: what is as it was stays. A table's English and Arabic take the place of
    ours, other languages stay. No term is ever taken away, since surveys name them.

    Raises:
        Unreadable: the folder holds no known table, or one cannot be read.
    """
    try:
        read = list(read_folder(folder)) if folder else []
    except ValueError as error:
        raise Unreadable(_("These vocabularies cannot be read: %(why)s") % {"why": error}) from None
    return _take([*built_in_terms(), *read], by)


def ensure_terms(*, by: Person | None) -> None:
    """The terms that come with the platform, where none were ever written. One query else."""
    if not Term.objects.filter(vocabulary="pattern").exists():
        load_terms(by=by)


@transaction.atomic
def _take(read: Iterable[TermRead], by: Person | None) -> TermsTaken:
    known = {(one.vocabulary, one.code): one for one in Term.objects.select_for_update()}
    first = dict.fromkeys(known, True)
    new: set[tuple[str, str]] = set()
    changed: set[tuple[str, str]] = set()
    for position, said in enumerate(read):
        key = (said.vocabulary, said.code)
        parent = known.get((said.vocabulary, said.parent)) if said.parent else None
        row = known.get(key)
        if row is None:
            known[key] = Term.objects.create(
                vocabulary=said.vocabulary,
                code=said.code,
                names=said.names,
                definitions=said.definitions,
                parent=parent,
                position=position,
                source=said.source,
            )
            new.add(key)
        elif (key not in first or not _is_ours(said)) and _update(row, said, parent):
            changed.add(key)
    changed -= new
    taken = TermsTaken(len(new), len(changed), len(known) - len(new) - len(changed))
    if new or changed:
        subject = next(iter(known.values()))
        after = {"new": taken.new, "changed": taken.changed}
        record("vocabularies loaded", subject, by=by, scope="", after=after)
    return taken


def _is_ours(said: TermRead) -> bool:
    return len(said.names) == len(built_in_terms()[0].names)


def _update(row: Term, said: TermRead, parent: Term | None) -> bool:
    """Put what a table says into a term; False where it says nothing new."""
    names = {**row.names, **said.names}
    definitions = {**row.definitions, **said.definitions}
    above = parent or row.parent
    before = (row.names, row.definitions, row.parent_id, row.source)
    after = (names, definitions, above.pk if above else None, said.source)
    if before == after:
        return False
    row.names, row.definitions, row.parent, row.source = names, definitions, above, said.source
    row.save()
    return True
