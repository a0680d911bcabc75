"""Amendments: to which paragraph, what they do, in which order they are voted, and their effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import Delegation, Motion, MotionParagraph
from .hall_motions import (
    PENDING,
    TEXTS,
    locked_motion,
    make_room,
    number_of,
    renumber,
    submit_motion,
)

ACTS = ("replace", "add_after", "delete")


@transaction.atomic
def submit_amendment(
    motion: Motion,
    *,
    number: str,
    act: str,
    texts: Mapping[str, str],
    by: Person | None,
    symbol: str = "",
    sponsors: Iterable[Delegation] = (),
) -> Motion:
    """Propose to replace or delete a paragraph of a draft, or to add one after it; returns it.

    ``number`` is the paragraph's number or letter.

    Raises:
        NotGiven: there is no such paragraph, or a new text is missing.
        NumberTaken, NotOfThisSession: as in ``submit_motion``.
        WrongState: the draft is decided, voted on, or no text.
    """
    motion = locked_motion(motion)
    if motion.kind not in TEXTS:
        raise WrongState(_("Only a draft resolution, decision or recommendation is amended."))
    if act not in ACTS:
        raise ValueError(f"an amendment does one of {ACTS}, not {act!r}")
    paragraph = _paragraph(motion, number)
    if act != "delete" and not texts:
        raise NotGiven(_("Write the new paragraph in at least one language."))
    last = motion.amendments.order_by("-voting_order").values_list("voting_order", flat=True)
    amendment = submit_motion(
        motion.session,
        kind=Motion.Kind.AMENDMENT,
        titles=motion.titles,
        symbol=symbol,
        item=motion.item,
        sponsors=sponsors,
        amends=motion,
        amended_number=paragraph.number,
        amendment_act=act,
        voting_order=(last.first() or 0) + 1,
        by=by,
    )
    if act != "delete":
        MotionParagraph.objects.create(
            motion=amendment,
            is_operative=paragraph.is_operative,
            number=paragraph.number,
            position=1,
            texts=dict(texts),
        )
    return amendment


@transaction.atomic
def order_amendments(motion: Motion, *, order: Sequence[int], by: Person | None) -> None:
    """Say in which order the amendments that wait are voted, the furthest from the text first.

    ``order``: their keys, first to last; those left out follow in the order they had.

    Raises:
        NotOfThisSession: a key is no waiting amendment of this motion.
    """
    motion = locked_motion(motion)
    waiting = {one.pk: one for one in motion.amendments.filter(state__in=PENDING)}
    if set(order) - set(waiting):
        raise NotOfThisSession(_("One of these amendments does not wait for this text."))
    rest = sorted(
        (pk for pk in waiting if pk not in order), key=lambda pk: waiting[pk].voting_order
    )
    for place, pk in enumerate([*order, *rest], start=1):
        waiting[pk].voting_order = place
        waiting[pk].save(update_fields=["voting_order"])
    symbols = [waiting[pk].symbol for pk in [*order, *rest]]
    record("amendments ordered", motion, by=by, after={"order": ", ".join(symbols)})


@transaction.atomic
def carry_out(amendment: Motion, *, by: Person | None) -> Motion:
    """Change the text as a carried amendment says; returns the amended motion.

    The paragraphs after it are numbered anew, and amendments that wait follow; those to a
    paragraph that is gone fall with it.

    Raises:
        NotGiven: the paragraph is no longer there.
    """
    assert amendment.amends is not None
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=amendment.amends.pk)
    target = _paragraph(motion, amendment.amended_number)
    new = list(amendment.paragraphs.all())
    if amendment.amendment_act == "delete":
        target.delete()
        _let_fall(motion, amendment)
    elif amendment.amendment_act == "replace":
        target.texts = new[0].texts
        target.save(update_fields=["texts"])
    else:
        _insert_after(motion, target, new)
    renumber(motion)
    after = {"number": amendment.amended_number, "amendment": amendment.symbol}
    record("amended", motion, by=by, after=after)
    return motion


def _insert_after(motion: Motion, target: MotionParagraph, new: list[MotionParagraph]) -> None:
    make_room(motion, is_operative=target.is_operative, after=target.position, places=len(new))
    for place, one in enumerate(new, start=target.position + 1):
        MotionParagraph.objects.create(
            motion=motion,
            is_operative=target.is_operative,
            number=f"+{number_of(target.is_operative, place)}",  # numbered anew at once
            position=place,
            texts=one.texts,
            owner=one.owner,
            due_on=one.due_on,
        )


def _let_fall(motion: Motion, amendment: Motion) -> None:
    for fallen in motion.amendments.filter(
        state__in=PENDING, amended_number=amendment.amended_number
    ):
        fallen.state = Motion.State.REJECTED
        fallen.state_reason = _("Its paragraph was deleted by %(symbol)s.") % {
            "symbol": amendment.symbol
        }
        fallen.save(update_fields=["state", "state_reason"])


def _paragraph(motion: Motion, number: str) -> MotionParagraph:
    found = motion.paragraphs.filter(number=number.strip().lower()).first()
    if found is None:
        there = ", ".join(motion.paragraphs.values_list("number", flat=True))
        raise NotGiven(
            _("There is no paragraph %(number)s in %(symbol)s. There are: %(numbers)s.")
            % {"number": number, "symbol": motion.symbol, "numbers": there or "–"}
        )
    return found
