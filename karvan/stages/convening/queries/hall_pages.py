"""What the pages of the hall show: rolls, texts with changes, votes as they come."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from karvan.foundation import clock
from karvan.foundation.texts import in_language

from ..models import (
    Delegation,
    Motion,
    MotionParagraph,
    RollMark,
    Sitting,
    StatutorySession,
    VoteEvent,
)
from .hall_entitled import (
    called_from,
    in_alphabet,
    language_of_hall,
    why_no_vote,
    with_credentials,
)
from .hall_quorum import marks_at


@dataclass(frozen=True, slots=True)
class Seat:
    """A delegation on the roll or in a roll call."""

    delegation: Delegation
    is_present: bool
    refusal: str  # why it has no vote, "" where it has one
    option: str = ""  # what it voted


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words of an amended text: "same", "gone" or "new"."""

    act: str
    text: str


def roll_of(sitting: Sitting, moment: datetime | None = None) -> list[Seat]:
    """All delegations in the hall's alphabet, members first. Cost: two queries."""
    present = marks_at(sitting, moment or clock.now())
    rows = in_alphabet(with_credentials(sitting.session), language_of_hall(sitting.session))
    rows.sort(key=lambda one: one.capacity != Delegation.Capacity.MEMBER)
    return [Seat(one, present.get(one.pk, False), why_no_vote(one)) for one in rows]


def called_in(event: VoteEvent) -> list[Seat]:
    """Who is called in a roll call, in the order of the call, with what each voted.

    Those that have no vote are not called. Cost: three queries.
    """
    assert event.sitting is not None
    given = dict(event.single_votes.values_list("membership_id", "option"))
    present = marks_at(event.sitting, event.closed_at or clock.now())
    rows = in_alphabet(
        with_credentials(event.session).filter(capacity="member"), language_of_hall(event.session)
    )
    return [
        Seat(one, present.get(one.pk, False), "", given.get(one.membership_id or 0, ""))
        for one in called_from(rows, event.begins_with)
        if not why_no_vote(one) or one.membership_id in given
    ]


def so_far(event: VoteEvent) -> dict[str, int]:
    """Option → votes as they come; of a closed vote its counts. A secret vote gives only how
    many ballots are in the box: {"cast": 7}. Nothing for what tellers count."""
    if event.result != VoteEvent.Result.OPEN:
        return {key: event.counts[key] for key in event.options if key in event.counts}
    if event.method == VoteEvent.Method.SECRET:
        return {"cast": event.casts.count()} if event.is_electronic else {}
    if event.method == VoteEvent.Method.SHOW_OF_HANDS:
        return {}
    found = Counter(event.single_votes.values_list("option", flat=True))
    return {option: found[option] for option in event.options}


def marks_of(sitting: Sitting, limit: int = 100) -> list[RollMark]:
    """Who came and who left, newest first."""
    return list(sitting.roll.select_related("delegation").order_by("-at", "-pk")[:limit])


def changes_between(old: str, new: str) -> list[Change]:
    """The new text as changes to the old one, word by word."""
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", one) for one in (old, new))
    found: list[Change] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Change("gone", "".join(before[a:b])))
        if d > c:
            found.append(Change("new", "".join(after[c:d])))
    return found


def changes_of(amendment: Motion, paragraphs: Iterable[MotionParagraph]) -> list[Change]:
    """What a waiting amendment does to its paragraph, in the reader's language."""
    target = next((one for one in paragraphs if one.number == amendment.amended_number), None)
    new = " ".join(in_language(one.texts) for one in amendment.paragraphs.all())
    old = in_language(target.texts) if target else ""
    if amendment.amendment_act == "add_after":
        return [Change("new", new)]
    return changes_between(old, new) if new else [Change("gone", old)]


def votes_of(session: StatutorySession) -> QuerySet[VoteEvent]:
    """The votes of a session with what their register names."""
    return session.votes.select_related("motion", "sitting")


def open_vote_of(session: StatutorySession) -> VoteEvent | None:
    """The question that is put now, or None."""
    rows = session.votes.filter(result="open", sitting__isnull=False)
    found = rows.select_related("sitting", "motion", "begins_with").first()
    if found and found.sitting:
        found.session = found.sitting.session = session
    return found


def motions_found(rows: QuerySet[Motion], words: str) -> QuerySet[Motion]:
    """Motions whose symbol or title in any language holds the words."""
    return rows.filter(Q(symbol__icontains=words) | Q(titles__icontains=words))


def entered_in(event: VoteEvent) -> list[tuple[str, list[str]]]:
    """Option → the members that voted so, for a vote that was entered and not held here."""
    by_option: dict[str, list[str]] = {}
    for one in event.single_votes.select_related("membership"):
        by_option.setdefault(one.option, []).append(in_language(one.membership.names))
    return [(option, sorted(names)) for option, names in sorted(by_option.items())]
