"""Set the places, teams and quotas of an edition, all at once and with one reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person

from .. import queries
from ..errors import NoSuchPart, ReasonMissing
from ..models import Departure, Edition
from ..numbers import numbers_of
from .departing import depart


@transaction.atomic
def set_numbers(
    edition: Edition, *, numbers: Mapping[str, int | float], reason: str, by: Person | None
) -> list[Departure]:
    """Depart from the blueprint at each number that is given another value; returns the departures.

    Numbers that stay as they are need no reason and write nothing.

    Raises:
        NoSuchPart: one of them is no number of places, teams or quotas.
        ReasonMissing: something differs, and no reason was given.
        Locked, WrongState: as ``depart``; none of them is changed then.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    document = queries.departed_document(edition)
    listed = numbers_of(document, edition.blueprint.data)
    present = {one.path: one.value for activity in listed for one in activity.numbers}
    unknown = set(numbers) - set(present)
    if unknown:
        raise NoSuchPart(
            _("No number of this design stands at: %(paths)s.")
            % {"paths": ", ".join(sorted(unknown))}
        )
    changed = {path: value for path, value in numbers.items() if value != present[path]}
    if changed and not reason.strip():
        raise ReasonMissing(
            _("Say why the numbers differ from the blueprint; one reason holds for all of them.")
        )
    return [
        depart(edition, path=path, after=value, reason=reason, by=by)
        for path, value in changed.items()
    ]
