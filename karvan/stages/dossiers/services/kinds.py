"""To add a kind of device beside those that come with the package, and to change one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..emdn import term_of
from ..errors import NotGiven
from ..models import DeviceType


@transaction.atomic
def save_device_type(
    kind: DeviceType | None, *, by: Person | None, code: str = "", **said: Any
) -> DeviceType:
    """Write a kind of device: a new one with its ``code``, or one that is there; its code stays.

    ``said``: names, default_emdn, standards, note. Hazards and tests of the packaged kinds stay
    as they are; a dossier that was begun is not touched.

    Raises:
        NotGiven: the code is taken, or the EMDN code is not in the list.
    """
    emdn = said.get("default_emdn", "")
    if emdn and not term_of(emdn):
        raise NotGiven(_("“%(code)s” is not in the EMDN list.") % {"code": emdn})
    if kind is None and DeviceType.objects.filter(code=code).exists():
        raise NotGiven(_("There is a kind %(code)s already.") % {"code": code})
    held = kind or DeviceType(code=code)
    before = {name: getattr(held, name) for name in said} if held.pk else {}
    for name, value in said.items():
        setattr(held, name, value)
    held.save()
    record("kind of device written", held, by=by, before=before, after=said, scope="")
    return held
