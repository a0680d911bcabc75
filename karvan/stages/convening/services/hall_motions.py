"""Motions are submitted, their paragraphs written, and they are introduced, withdrawn or put off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import in_a_row

from ..errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from ..hall_symbols import draft_symbol
from ..models import AgendaItem, Delegation, Motion, MotionParagraph, StatutorySession

PENDING = (Motion.State.SUBMITTED, Motion.State.INTRODUCED)
TEXTS = (Motion.Kind.RESOLUTION, Motion.Kind.DECISION, Motion.Kind.RECOMMENDATION)
MOVES = {
    "introduced": (Motion.State.SUBMITTED, Motion.State.DEFERRED),
    "withdrawn": (Motion.State.SUBMITTED, Motion.State.INTRODUCED, Motion.State.DEFERRED),
    "deferred": (Motion.State.SUBMITTED, Motion.State.INTRODUCED),
}


@transaction.atomic
def submit_motion(
    session: StatutorySession,
    *,
    kind: str,
    titles: Mapping[str, str],
    by: Person | None,
    symbol: str = "",
    item: AgendaItem | None = None,
    sponsors: Iterable[Delegation] = (),
    co_sponsors: Iterable[Delegation] = (),
    amends: Motion | None = None,
    **amendment: Any,
) -> Motion:
    """Put a draft or a question of procedure to a session; returns it, submitted.

    ``symbol`` is proposed by the organ's pattern where none is typed. ``amendment``: see
    ``hall_amending.submit_amendment``.

    Raises:
        NumberTaken: the symbol is used.
        NotGiven: no title.
        NotOfThisSession: item or sponsors belong elsewhere.
        WrongState: the session is closed.
    """
    session = StatutorySession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state == StatutorySession.State.CLOSED:
        raise WrongState(_("The session is closed; nothing can be put to it any more."))
    if not titles:
        raise NotGiven(_("Say what it is about."))
    sponsors, co_sponsors = list(sponsors), list(co_sponsors)
    of_it: list[Any] = [*sponsors, *co_sponsors, *([item] if item else [])]
    foreign = [str(one) for one in of_it if one.session_id != session.pk]
    if foreign:
        raise NotOfThisSession(_("Not of this session: %(names)s.") % {"names": in_a_row(foreign)})
    symbol = symbol.strip() or draft_symbol(session, item)
    if session.motions.filter(symbol=symbol).exists():
        raise NumberTaken(
            _("The symbol %(symbol)s is used in this session. Take the next one.")
            % {"symbol": symbol}
        )
    motion = Motion.objects.create(
        session=session,
        item=item,
        symbol=symbol,
        kind=kind,
        titles=dict(titles),
        amends=amends,
        submitted_at=clock.now(),
        submitted_by=by,
        **amendment,
    )
    motion.sponsors.set(sponsors)
    motion.co_sponsors.set([one for one in co_sponsors if one not in sponsors])
    record("submitted motion", motion, by=by, after={"symbol": symbol, "kind": kind})
    return motion


@transaction.atomic
def add_paragraph(
    motion: Motion,
    *,
    is_operative: bool,
    texts: Mapping[str, str],
    by: Person | None,
    owner: Party | None = None,
    due_on: date | None = None,
) -> MotionParagraph:
    """Write the next paragraph of a draft; returns it with its letter or number.

    Raises:
        NotGiven: no text.
        WrongState: the draft is decided, or a vote on it is open.
    """
    motion = locked_motion(motion)
    if not texts:
        raise NotGiven(_("Write the paragraph in at least one language."))
    last = motion.paragraphs.filter(is_operative=is_operative).aggregate(m=Max("position"))["m"]
    position = (last or 0) + 1
    paragraph = MotionParagraph.objects.create(
        motion=motion,
        is_operative=is_operative,
        number=number_of(is_operative, position),
        position=position,
        texts=dict(texts),
        owner=owner,
        due_on=due_on,
    )
    record("paragraph added", motion, by=by, after={"number": paragraph.number, "texts": texts})
    return paragraph


@transaction.atomic
def change_paragraph(
    paragraph: MotionParagraph,
    *,
    texts: Mapping[str, str],
    by: Person | None,
    owner: Party | None = None,
    due_on: date | None = None,
) -> MotionParagraph:
    """Change a paragraph of a draft; returns it.

    Raises:
        NotGiven: no text.
        WrongState: the draft is decided, or a vote on it is open.
    """
    motion = locked_motion(paragraph.motion)
    if not texts:
        raise NotGiven(_("Write the paragraph in at least one language."))
    before = {"texts": paragraph.texts, "due": paragraph.due_on}
    paragraph.texts, paragraph.owner, paragraph.due_on = dict(texts), owner, due_on
    paragraph.save(update_fields=["texts", "owner", "due_on"])
    after = {"number": paragraph.number, "texts": texts, "due": due_on}
    record("paragraph changed", motion, by=by, before=before, after=after)
    return paragraph


@transaction.atomic
def remove_paragraph(paragraph: MotionParagraph, *, by: Person | None) -> None:
    """Take a paragraph out of a draft; those after it move up.

    Raises:
        WrongState: the draft is decided, a vote on it is open, or an amendment names it.
    """
    motion = locked_motion(paragraph.motion)
    named = motion.amendments.filter(state__in=PENDING, amended_number=paragraph.number).first()
    if named:
        raise WrongState(
            _("The amendment %(symbol)s names this paragraph. Decide or withdraw it first.")
            % {"symbol": named.symbol}
        )
    before = {"number": paragraph.number, "texts": paragraph.texts}
    paragraph.delete()
    renumber(motion)
    record("paragraph removed", motion, by=by, before=before)


@transaction.atomic
def move_motion(motion: Motion, *, to: str, by: Person | None, reason: str = "") -> Motion:
    """Say that a motion is introduced, withdrawn or deferred; returns it.

    Raises:
        WrongState: it is decided, a vote on it is open, or it is in that state.
    """
    motion = locked_motion(motion, allow_deferred=True)
    if motion.state not in MOVES[to]:
        raise WrongState(
            _("The motion %(symbol)s is: %(state)s. That cannot be done with it now.")
            % {"symbol": motion.symbol, "state": motion.get_state_display()}
        )
    before = {"state": motion.state}
    motion.state, motion.state_reason = to, reason.strip()[:300]
    motion.save(update_fields=["state", "state_reason"])
    record("motion moved", motion, by=by, before=before, after={"state": to}, reason=reason)
    return motion


@transaction.atomic
def co_sponsor(motion: Motion, delegation: Delegation, *, by: Person | None) -> Motion:
    """Add a delegation to those who carry a draft; returns it.

    Raises:
        NotOfThisSession: the delegation came to another session.
        WrongState: it is decided, or the delegation carries it already.
    """
    motion = locked_motion(motion)
    if delegation.session_id != motion.session_id:
        raise NotOfThisSession(_("Not of this session: %(names)s.") % {"names": str(delegation)})
    if delegation in motion.sponsors.all() or delegation in motion.co_sponsors.all():
        raise WrongState(_("“%(name)s” carries this motion already.") % {"name": delegation})
    motion.co_sponsors.add(delegation)
    record("co-sponsored", motion, by=by, after={"delegation": str(delegation)})
    return motion


def locked_motion(motion: Motion, *, allow_deferred: bool = False) -> Motion:
    """The motion for changing, its row locked.

    Raises:
        WrongState: it is decided, or a vote on it is open.
    """
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    open_states = (*PENDING, Motion.State.DEFERRED) if allow_deferred else PENDING
    if motion.state not in open_states:
        raise WrongState(
            _("The motion %(symbol)s is: %(state)s. Its text cannot be changed any more.")
            % {"symbol": motion.symbol, "state": motion.get_state_display()}
        )
    vote = motion.votes.filter(result="open").first()
    if vote:
        raise WrongState(
            _("Vote %(number)s on it is open. Nothing is changed while it is voted.")
            % {"number": vote.identifier}
        )
    return motion


def number_of(is_operative: bool, position: int) -> str:
    """Operative paragraphs have numbers, preambular ones letters: a … z, aa …"""
    if is_operative:
        return str(position)
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def renumber(motion: Motion) -> dict[str, str]:
    """Number the paragraphs anew in their order; returns which number became which."""
    became = {}
    for is_operative in (False, True):
        rows = motion.paragraphs.filter(is_operative=is_operative).order_by("position", "pk")
        for position, one in enumerate(rows, start=1):
            number = number_of(is_operative, position)
            became[one.number] = number
            if (one.number, one.position) != (number, position):
                one.number, one.position = number, position
                one.save(update_fields=["number", "position"])
    _follow_numbers(motion, became)
    return became


def _follow_numbers(motion: Motion, became: Mapping[str, str]) -> None:
    """Amendments that wait name the paragraph by its new number."""
    for waiting in motion.amendments.filter(state__in=PENDING):
        number = became.get(waiting.amended_number)
        if number and number != waiting.amended_number:
            waiting.amended_number = number
            waiting.save(update_fields=["amended_number"])


def make_room(motion: Motion, *, is_operative: bool, after: int, places: int) -> None:
    """Move what stands after a position down, so that new paragraphs fit in."""
    rows = motion.paragraphs.filter(is_operative=is_operative, position__gt=after)
    rows.update(position=F("position") + places)
