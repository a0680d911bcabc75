"""Sets of quotas: places and numbers under a name, to come back to and to compare."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call

from ..errors import NameTaken
from ..models import QuotaSet


@transaction.atomic
def save_quota_set(
    call: Call,
    *,
    name: str,
    places: int,
    numbers: Mapping[str, Mapping[str, int | None]],
    by: Person | None,
) -> QuotaSet:
    """Keep places and numbers under a name; a set of that name takes the new numbers.

    ``numbers`` are floor and ceiling in people, or None, by the quota's key.
    """
    kept = {"places": places, "numbers": {key: dict(limits) for key, limits in numbers.items()}}
    found = QuotaSet.objects.select_for_update().filter(call=call, name=name.strip()).first()
    before = {"places": found.places, "numbers": found.numbers} if found else None
    if found:
        found.places, found.numbers = places, kept["numbers"]
        found.save(update_fields=["places", "numbers"])
    else:
        found = QuotaSet.objects.create(
            call=call, name=name.strip(), made_by=by, made_at=clock.now(), **kept
        )
    record("saved quota set", found, by=by, before=before, after=kept)
    return found


@transaction.atomic
def rename_quota_set(quota_set: QuotaSet, *, name: str, by: Person | None) -> QuotaSet:
    """Give a set another name.

    Raises:
        NameTaken: another set of the call has this name.
    """
    quota_set = QuotaSet.objects.select_for_update().get(pk=quota_set.pk)
    before, quota_set.name = quota_set.name, name.strip()
    others = QuotaSet.objects.filter(call=quota_set.call_id, name=quota_set.name)
    if others.exclude(pk=quota_set.pk).exists():
        raise NameTaken(_("There is a set of quotas with this name already."))
    quota_set.save(update_fields=["name"])
    record(
        "renamed quota set",
        quota_set,
        by=by,
        before={"name": before},
        after={"name": quota_set.name},
    )
    return quota_set


@transaction.atomic
def delete_quota_set(quota_set: QuotaSet, *, by: Person | None) -> None:
    """Forget a set. Runs keep their own numbers, so nothing else changes."""
    before = {"places": quota_set.places, "numbers": quota_set.numbers}
    record("deleted quota set", quota_set, by=by, before=before)
    quota_set.delete()
