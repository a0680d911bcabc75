"""Monuments: entered, described anew, protected by one legal status after another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject
from karvan.stages.heritage.models import LegalStatus, Monument, Register

from .registers_keys import keyed

FIELDS = (
    "national_id", "names", "aka", "kind", "importance", "texts", "date_text", "year_from",
    "year_to", "builder", "country", "countries", "adm1", "adm2", "address", "latitude",
    "longitude", "geometry", "certainty", "is_at_risk_of_looting", "materials", "owner", "use",
    "whs_id", "lists", "commons", "source", "retrieved_on",
)  # fmt: skip


@transaction.atomic
def enter_monument(
    register: Register, *, national_id: str, by: Person | None, **said: Any
) -> Monument:
    """Enter a monument into a register. ``said``: any of ``FIELDS``.

    Raises:
        NotGiven: the number stands in the register already, or the years run backwards.
    """
    _check(register, said, national_id, pk=None)
    made = Monument(register=register, national_id=national_id, **said)
    keyed(made, register).save()
    after = {"number": national_id, "names": said.get("names", {})}
    record("monument entered", made, by=by, after=after)
    return made


@transaction.atomic
def change_monument(monument: Monument, *, by: Person | None, **said: Any) -> Monument:
    """Describe a monument anew; only what ``said`` names changes, and the history says from what.

    Raises:
        NotGiven: the number stands in the register already, or the years run backwards.
    """
    held = Monument.objects.select_for_update().select_related("register").get(pk=monument.pk)
    _check(held.register, said, said.get("national_id", held.national_id), pk=held.pk)
    before = {name: _plain(getattr(held, name)) for name in said}
    changed = {name for name, value in said.items() if before[name] != _plain(value)}
    if not changed:
        return held
    for name in changed:
        setattr(held, name, said[name])
    keyed(held, held.register).save()
    record(
        "monument described",
        held,
        by=by,
        before={name: before[name] for name in sorted(changed)},
        after={name: _plain(said[name]) for name in sorted(changed)},
    )
    return held


@transaction.atomic
def write_status(
    monument: Monument,
    *,
    by: Person | None,
    status: LegalStatus | None = None,
    designation: str,
    authority: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> LegalStatus:
    """Write a legal status: a new one, or ``status`` anew.

    Raises:
        NotGiven: it would end before it begins.
        NotOfThisProject: the status is another monument's.
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise NotGiven(_("The status ends before it begins. Put the two days right."))
    held = status or LegalStatus(monument=monument)
    _own(monument, held)
    before = _status(held) if held.pk else {}
    held.designation, held.authority, held.source = designation, authority, source
    held.starts_on, held.ends_on = starts_on, ends_on
    held.save()
    record(
        "legal status written", monument, by=by, before=before, after=_status(held),
    )  # fmt: skip
    return held


@transaction.atomic
def remove_status(monument: Monument, *, status: LegalStatus, by: Person | None) -> None:
    """Take out a legal status that was written by mistake; the history keeps it.

    Raises:
        NotOfThisProject: the status is another monument's.
    """
    _own(monument, status)
    record("legal status removed", monument, by=by, before=_status(status))
    status.delete()


def _check(register: Register, said: dict[str, Any], number: str, pk: int | None) -> None:
    taken = Monument.objects.filter(register=register, national_id=number).first()
    if taken is not None and taken.pk != pk:
        raise NotGiven(
            _("Number %(number)s stands in this register already: %(name)s.")
            % {"number": number, "name": taken}
        )
    first, last = said.get("year_from"), said.get("year_to")
    if first is not None and last is not None and first > last:
        raise NotGiven(
            _("The years run backwards: from %(first)s until %(last)s.")
            % {"first": first, "last": last}
        )


def _own(monument: Monument, status: LegalStatus) -> None:
    if status.monument_id != monument.pk:
        raise NotOfThisProject(_("This legal status belongs to another monument."))


def _status(one: LegalStatus) -> dict[str, Any]:
    return {
        "status": one.designation,
        "authority": one.authority,
        "from": one.starts_on,
        "until": one.ends_on,
    }


def _plain(value: Any) -> Any:
    """As the history keeps it: a row by its key."""
    return getattr(value, "pk", value)
