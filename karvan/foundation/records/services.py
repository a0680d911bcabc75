"""Write down an act in the transaction that does it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from karvan.foundation import clock

from .chain import content_hash
from .context import request_id as request_id
from .models import ChainHead, Record


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to one subject; ``before`` and ``after`` hold only what changed."""

    act: str
    subject: models.Model
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    scope: str | None = None


def record(
    act: str,
    subject: models.Model,
    *,
    by: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    scope: str | None = None,
) -> Record:
    """Write one act and return its record.

    ``by`` is the Person who did it, or None for the platform itself. ``scope``
    defaults to the subject's own ``scope``. Must run in the transaction that
    changes the subject; it locks the head of the chain until that one ends, so
    call it last.

    Cost: two writes and one read, about 0.5 ms on SQLite.
    """
    return record_many([Act(act, subject, before or {}, after or {}, reason, scope)], by=by)[0]


@transaction.atomic
def record_many(acts: Iterable[Act], *, by: Any) -> list[Record]:
    """Write several acts at once, chained in their order; returns their records.

    Cost: one locked read and two writes however many acts there are.
    """
    head, _created = ChainHead.objects.select_for_update().get_or_create(pk=1)
    at = clock.now()
    number, previous = head.number, head.hash
    rows: list[Record] = []
    for one in acts:
        number += 1
        row = _row(one, by=by, number=number, previous=previous, at=at)
        row.hash = content_hash(row)
        previous = row.hash
        rows.append(row)
    Record.objects.bulk_create(rows, batch_size=500)
    head.number, head.hash = number, previous
    head.save(update_fields=["number", "hash"])
    return rows


def _row(one: Act, *, by: Any, number: int, previous: str, at: Any) -> Record:
    scope = one.scope if one.scope is not None else str(getattr(one.subject, "scope", ""))
    return Record(
        number=number,
        at=at,
        by=by,
        act=one.act,
        subject_kind=one.subject._meta.label_lower,
        subject_id=str(one.subject.pk),
        subject_label=_label(one.subject),
        scope=scope,
        before=_plain(one.before),
        after=_plain(one.after),
        reason=one.reason,
        request_id=request_id.get(),
        replayed=clock.is_replaying(),
        previous_hash=previous,
    )


def _label(subject: models.Model) -> str:
    """How the record names its subject for ever.

    A record cannot be erased, so a subject that carries a person's name says with
    ``record_label`` what may stay written when the person is gone.
    """
    return str(getattr(subject, "record_label", "") or subject)[:200]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON will give back later, so that a hash made now is the hash found then."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
    return plain
