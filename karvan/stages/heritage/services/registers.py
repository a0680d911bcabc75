"""Registers themselves: founded, described, opened to the public or closed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.heritage.errors import NotGiven
from karvan.stages.heritage.models import Monument, Register

from .registers_keys import keyed

# Addresses under heritage/ that are not registers.
RESERVED = (
    "new", "projects", "surveys", "trainees", "terms", "vocabulary", "vocabularies", "permits",
    "works", "evidence", "monuments", "photographs",
)  # fmt: skip
PLACED = ("public_latitude", "public_longitude", "search_key", "sort_key")


@transaction.atomic
def found_register(*, code: str, by: Person | None, **said: Any) -> Register:
    """Begin a register. ``said``: names, country, source, licence, rounding_km, is_public.

    Raises:
        NotGiven: the code is taken, or is an address of something else.
    """
    if code in RESERVED or Register.objects.filter(code=code).exists():
        raise NotGiven(
            _("“%(code)s” is taken. Choose another code for this register.") % {"code": code}
        )
    made = Register.objects.create(code=code, scope=f"heritage/{code}", **said)
    record("register founded", made, by=by, after={"code": code, "names": said.get("names", {})})
    return made


@transaction.atomic
def change_register(register: Register, *, by: Person | None, **said: Any) -> Register:
    """Describe a register anew. What the public may know of places follows its rounding.

    Cost: two seconds for 20,000 monuments where the rounding changes, else one write.
    """
    held = Register.objects.select_for_update().get(pk=register.pk)
    before = {name: _plain(getattr(held, name)) for name in said}
    after = {name: _plain(value) for name, value in said.items()}
    if before == after:
        return held
    for name, value in said.items():
        setattr(held, name, value)
    held.save()
    if before.get("rounding_km") != after.get("rounding_km"):
        _place_anew(held)
    changed = {name for name in after if before[name] != after[name]}
    record(
        "register described",
        held,
        by=by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return held


def _place_anew(register: Register) -> None:
    rows = Monument.objects.filter(register=register, is_at_risk_of_looting=True)
    batch = [keyed(one, register) for one in rows.defer("raw", "texts", "geometry")]
    Monument.objects.bulk_update(batch, PLACED, batch_size=500)


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
