"""Begin a programme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Commitment

from ..errors import BadCode, ProgrammeExists
from ..models import Programme

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}", re.ASCII)


@transaction.atomic
def create_programme(
    *,
    code: str,
    titles: Mapping[str, str],
    owner: Party,
    by: Person | None,
    summaries: Mapping[str, str] | None = None,
    commitments: Iterable[Commitment] = (),
) -> Programme:
    """Begin a programme; its code is the first part of every scope below it.

    Raises:
        BadCode: the code is not capitals and digits, or longer than 12.
        ProgrammeExists: another programme has it.
    """
    if not _CODE.fullmatch(code):
        raise BadCode(
            _(
                "A programme's code is capitals and digits, at most 12, beginning with a letter: TVP."
            )
        )
    if Programme.objects.filter(code=code).exists():
        raise ProgrammeExists(
            _("There is already a programme with the code “%(code)s”.") % {"code": code}
        )
    programme = Programme.objects.create(
        code=code, titles=dict(titles), summaries=dict(summaries or {}), owner=owner
    )
    promised = list(commitments)
    programme.commitments.set(promised)
    after = {"owner": owner.code, "titles": dict(titles), "commitments": [c.code for c in promised]}
    record("programme created", programme, by=by, after=after)
    return programme
