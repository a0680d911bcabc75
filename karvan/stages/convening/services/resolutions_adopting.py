"""What was carried becomes a resolution: numbered at adoption, never renumbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NumberTaken, WrongState
from ..hall_symbols import resolution_number
from ..models import (
    AgendaItem,
    Motion,
    Resolution,
    ResolutionParagraph,
    StatutorySession,
    VoteEvent,
)

NUMBERED = (Motion.Kind.RESOLUTION, Motion.Kind.DECISION, Motion.Kind.RECOMMENDATION)


@transaction.atomic
def adopt_motion(motion: Motion, *, vote: VoteEvent, by: Person | None) -> Resolution:
    """Make a resolution of a motion that was carried; returns it with its number.

    The paragraphs are copied as they stand now.

    Raises:
        NotGiven: the organ's pattern of numbers cannot be used.
        WrongState: it was not carried, or is a resolution already.
    """
    session = StatutorySession.objects.select_for_update(of=("self",)).get(pk=motion.session_id)
    if motion.kind not in NUMBERED or vote.result != VoteEvent.Result.ADOPTED:
        raise WrongState(_("Only a draft that was carried becomes a resolution."))
    if Resolution.objects.filter(motion=motion).exists():
        raise WrongState(_("This motion has its number already."))
    assert vote.closed_at is not None
    ordinal, number = next_number(session, motion.kind, motion.item)
    made = Resolution.objects.create(
        session=session,
        organ=session.organ,
        kind=motion.kind,
        ordinal=ordinal,
        number=number,
        titles=motion.titles,
        item=motion.item,
        motion=motion,
        vote=vote,
        adopted_at=vote.closed_at,
    )
    ResolutionParagraph.objects.bulk_create(
        ResolutionParagraph(
            resolution=made,
            is_operative=one.is_operative,
            number=one.number,
            position=one.position,
            texts=one.texts,
            owner=one.owner,
            due_on=one.due_on,
        )
        for one in motion.paragraphs.all()
    )
    record("adopted resolution", made, by=by, after={"number": number, "symbol": motion.symbol})
    return made


@transaction.atomic
def enter_resolution(
    session: StatutorySession,
    *,
    kind: str,
    number: str,
    titles: Mapping[str, str],
    adopted_at: datetime,
    source: str,
    by: Person | None,
    operative: Sequence[Mapping[str, str]] = (),
    item: AgendaItem | None = None,
) -> Resolution:
    """Enter a resolution that was adopted before this register was kept; returns it.

    Its number is kept as printed. ``operative``: the texts of its operative paragraphs.

    Raises:
        NumberTaken: the body has used that number.
        NotGiven: no number, no title or no source.
    """
    session = StatutorySession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    number = " ".join(number.split())
    if not number or not titles or not source.strip():
        raise NotGiven(_("Give the number, the title, and where it is known from."))
    _require_free(session, number)
    made = Resolution.objects.create(
        session=session,
        organ=session.organ,
        kind=kind,
        ordinal=_last_ordinal(session, kind) + 1,
        number=number,
        titles=dict(titles),
        item=item,
        adopted_at=adopted_at,
        source=source.strip()[:300],
    )
    ResolutionParagraph.objects.bulk_create(
        ResolutionParagraph(
            resolution=made, is_operative=True, number=str(place), position=place, texts=dict(one)
        )
        for place, one in enumerate(operative, start=1)
    )
    record("entered resolution", made, by=by, after={"number": number, "source": source})
    return made


def next_number(
    session: StatutorySession, kind: str, item: AgendaItem | None = None
) -> tuple[int, str]:
    """The next ordinal of that kind in the session and its number; one that is used is passed over.

    Raises:
        NotGiven: the organ's pattern of numbers cannot be used.
    """
    ordinal = _last_ordinal(session, kind) + 1
    while True:
        number = resolution_number(session, kind=kind, ordinal=ordinal, item=item)
        if not session.organ.resolutions.filter(number=number).exists():
            return ordinal, number
        ordinal += 1


def _last_ordinal(session: StatutorySession, kind: str) -> int:
    return int(session.resolutions.filter(kind=kind).aggregate(m=Max("ordinal"))["m"] or 0)


def _require_free(session: StatutorySession, number: str) -> None:
    used = session.organ.resolutions.filter(number=number).first()
    if used:
        raise NumberTaken(
            _("The number %(number)s is that of “%(title)s”. A number is never used twice.")
            % {"number": number, "title": used}
        )
