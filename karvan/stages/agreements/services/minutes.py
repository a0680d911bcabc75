"""The sentences of the minutes: written live, by several at once, in an order that can change."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import AlreadyPromised, ChangedMeanwhile, WrongState
from ..models import Consultation, MinutesItem, Topic
from .consultations import open_minutes

ASIDE = 10_000  # numbers are put aside by this many while they change places


@transaction.atomic
def add_minutes_item(
    meeting: Consultation,
    *,
    kind: str,
    texts: Mapping[str, str],
    by: Person | None,
    topic: Topic | None = None,
    key: UUID | None = None,
) -> MinutesItem:
    """Write one more numbered sentence of the minutes.

    ``key`` is made where it is typed: the same key sent again writes nothing a second time.

    Raises:
        MinutesAgreed: every side has confirmed them.
    """
    meeting = Consultation.objects.select_for_update().get(pk=meeting.pk)
    open_minutes(meeting)
    earlier = meeting.items.filter(key=key).first() if key else None
    if earlier:
        return earlier
    last = meeting.items.order_by("-number").first()
    item = MinutesItem.objects.create(
        consultation=meeting,
        topic=topic,
        key=key or uuid4(),
        number=last.number + 1 if last else 1,
        kind=kind,
        texts=dict(texts),
        changed_by=by,
    )
    _withdraw_confirmations(meeting)
    record("minutes item written", meeting, by=by, after={"number": item.number, "texts": texts})
    return item


@transaction.atomic
def change_minutes_item(
    item: MinutesItem,
    *,
    kind: str,
    texts: Mapping[str, str],
    by: Person | None,
    topic: Topic | None = None,
    version: int | None = None,
) -> MinutesItem:
    """Change a sentence while the minutes are open; confirmations given so far fall away.

    ``version`` is the one the writer had before the eyes; without it whatever stands is replaced.
    What is the same already is not written again.

    Raises:
        MinutesAgreed: every side has confirmed them.
        ChangedMeanwhile: somebody else changed it since; ``item`` of the error is how it stands.
    """
    meeting = Consultation.objects.select_for_update().get(pk=item.consultation_id)
    open_minutes(meeting)
    item = MinutesItem.objects.select_related("changed_by").get(pk=item.pk)
    if (item.kind, item.texts, item.topic_id) == (kind, dict(texts), topic.pk if topic else None):
        return item
    if version is not None and version != item.version:
        raise ChangedMeanwhile(item)
    before = {"number": item.number, "kind": item.kind, "texts": item.texts}
    item.kind, item.texts, item.topic = kind, dict(texts), topic
    item.version, item.changed_by = item.version + 1, by
    item.save(update_fields=["kind", "texts", "topic", "version", "changed_by"])
    _withdraw_confirmations(meeting)
    after = {"number": item.number, "kind": kind, "texts": texts}
    record("minutes item changed", meeting, by=by, before=before, after=after)
    return item


@transaction.atomic
def move_minutes_item(item: MinutesItem, *, to: int, by: Person | None) -> MinutesItem:
    """Give a sentence another number; those between move up or down by one.

    Raises:
        MinutesAgreed: every side has confirmed them.
        WrongState: there is no such place.
    """
    meeting = Consultation.objects.select_for_update().get(pk=item.consultation_id)
    open_minutes(meeting)
    item = meeting.items.get(pk=item.pk)
    last = meeting.items.order_by("-number").values_list("number", flat=True)[0]
    if not 1 <= to <= last:
        raise WrongState(
            _("The minutes have no place %(number)d; they end with %(last)d.")
            % {"number": to, "last": last}
        )
    start = item.number
    if to == start:
        return item
    step = -1 if to > start else 1
    low, high = min(start, to), max(start, to)
    between = meeting.items.filter(number__gte=low, number__lte=high).exclude(pk=item.pk)
    keys = list(between.values_list("pk", flat=True))
    rows = meeting.items.filter(pk__in=[*keys, item.pk])
    rows.update(number=F("number") + ASIDE)
    meeting.items.filter(pk__in=keys).update(number=F("number") - ASIDE + step)
    item.number = to
    item.save(update_fields=["number"])
    _withdraw_confirmations(meeting)
    record("minutes item moved", meeting, by=by, before={"number": start}, after={"number": to})
    return item


@transaction.atomic
def remove_minutes_item(item: MinutesItem, *, by: Person | None) -> None:
    """Strike a sentence; those after it move up. Its words stay in the meeting's history.

    Raises:
        MinutesAgreed: every side has confirmed them.
        AlreadyPromised: a commitment was made of it.
    """
    meeting = Consultation.objects.select_for_update().get(pk=item.consultation_id)
    open_minutes(meeting)
    item = meeting.items.get(pk=item.pk)
    if item.commitments.exists():
        raise AlreadyPromised(
            _("Item %(number)d has become a commitment; it cannot be struck.")
            % {"number": item.number}
        )
    before = {"number": item.number, "kind": item.kind, "texts": item.texts}
    item.delete()
    after_it = list(meeting.items.filter(number__gt=before["number"]).values_list("pk", flat=True))
    meeting.items.filter(pk__in=after_it).update(number=F("number") + ASIDE)
    meeting.items.filter(pk__in=after_it).update(number=F("number") - ASIDE - 1)
    _withdraw_confirmations(meeting)
    record("minutes item struck", meeting, by=by, before=before)


def _withdraw_confirmations(meeting: Consultation) -> None:
    """A confirmation is of a text; when the text changes it no longer stands."""
    meeting.parties.update(confirmed_at=None, confirmed_by=None)
