"""What the screens of tallies say: doubts in sentences, tables in the order asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from karvan.foundation.ui.registers import Column

from .queries.tallies import Tally
from .services.tallies_doubts import Doubts, Place

# What is not taken comes first; then what should be looked at; then what was understood.
SENTENCES: dict[str, tuple[str, Any]] = {
    "votes_without_call": ("not", _("Votes of a roll call that the other table does not have")),
    "call_without_votes": ("not", _("Roll calls without any vote")),
    "call_without_number": ("not", _("Roll calls without a number")),
    "repeated_call": ("not", _("Roll calls whose number stands twice; the first counts")),
    "contradicting_vote": (
        "not",
        _("Second votes of a member in one roll call that say otherwise than the first"),
    ),
    "repeated_vote": ("not", _("Votes that stand twice; each is counted once")),
    "unknown_vote": ("not", _("Votes in words we do not know")),
    "vote_of_nobody": ("not", _("Votes that name no member")),
    "not_a_member": ("not", _("Lines that say the state was not a member then")),
    "short_line": ("not", _("Lines with too few cells")),
    "missing_session": ("not", _("Roll calls with neither session nor date")),
    "unknown_state": (
        "look",
        _("Members whose code is no country's here; they are entered under it"),
    ),
    "missing_code": ("look", _("Members without a code; one is made of the name")),
    "code_of_several": (
        "look",
        _("Codes that stand for several names; the votes go to one member"),
    ),
    "name_of_several": ("look", _("Names with several codes; each code is a member")),
    "missing_date": (
        "look",
        _("Roll calls without a date; dated by the first day of their session"),
    ),
    "unread_date": ("look", _("Dates that cannot be read; dated by the first day of the session")),
    "session_from_year": ("look", _("Roll calls without a session; the year is taken for it")),
    "old_encoding": (
        "look",
        _("Tables that are not in UTF-8; letters with accents may be read wrongly"),
    ),
    "date_in_days": ("note", _("Dates written as days since 1970")),
    "missing_short": ("note", _("Roll calls without a short title; the description stands for it")),
    "missing_descr": ("note", _("Roll calls without a description")),
    "missing_symbol": ("note", _("Roll calls that name no resolution")),
}
WEIGHTS = {"not": _("Not taken:"), "look": _("Look:"), "note": _("Note:")}


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A kind of doubt in words, how grave it is, and the first few it is about."""

    weight: str
    word: Any
    sentence: Any
    count: int
    examples: tuple[str | Place, ...]


def doubt_lines(doubts: Doubts) -> list[DoubtLine]:
    """Every kind of doubt with how many there are, the gravest first."""
    return [
        DoubtLine(
            weight,
            WEIGHTS[weight],
            sentence,
            doubts.counts[kind],
            tuple(doubts.examples.get(kind, ())),
        )
        for kind, (weight, sentence) in SENTENCES.items()
        if doubts.counts[kind]
    ]


IMPORT_MARKS = {"asked": "waiting", "taking": "in_progress", "taken": "done", "failed": "dropped"}


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A tally with what it is of."""

    of: Any
    tally: Tally
    url: str = ""
    also: Any = None  # for the file by member and session: the session


ORDERS: dict[str, Callable[[Tally], float]] = {
    "yes": lambda tally: -(tally.yes_share or 0),
    "no": lambda tally: -(tally.no_share or 0),
    "abstain": lambda tally: -(tally.abstain_share or 0),
    "missed": lambda tally: -tally.missed,
    "cast": lambda tally: -tally.cast,
}
HEADS = (
    ("cast", _("Votes given")),
    ("yes", _("Yes")),
    ("no", _("No")),
    ("abstain", _("Abstained")),
    ("missed", _("No vote")),
)


def in_order(rows: Iterable[TallyRow], asked: str) -> list[TallyRow]:
    """The rows by the column asked for, the most first; as they came where none is known."""
    key = ORDERS.get(asked)
    listed = list(rows)
    return sorted(listed, key=lambda row: key(row.tally)) if key else listed


def heads(asked: str, anchor: str) -> list[Mapping[str, Any]]:
    """The heads of a table of tallies, each a link that sorts by it."""
    return [
        {"title": title, "url": f"?order={key}#{anchor}", "current": key == asked}
        for key, title in HEADS
    ]


def _of(name: str) -> Callable[[TallyRow], Any]:
    return lambda row: getattr(row.tally, name)


FIGURES = (
    Column("calls", _("Roll calls"), value=_of("calls"), kind="number"),
    Column("yes", _("Yes"), value=_of("yes"), kind="number"),
    Column("no", _("No"), value=_of("no"), kind="number"),
    Column("abstain", _("Abstained"), value=_of("abstain"), kind="number"),
    Column("absent", _("Absent"), value=_of("absent"), kind="number"),
    Column("silent", _("No vote recorded"), value=_of("silent"), kind="number"),
    Column("yes_share", _("Share of yes"), value=_of("yes_share"), kind="percent"),
    Column("no_share", _("Share of no"), value=_of("no_share"), kind="percent"),
    Column("abstain_share", _("Share of abstentions"), value=_of("abstain_share"), kind="percent"),
)
MEMBER = (
    Column("code", _("Code"), value="of.code"),
    Column("member", _("Member"), value=lambda row: str(row.of)),
)
SESSION = (
    Column("session", _("Session"), value=lambda row: str(row.of)),
    Column("from", _("From"), value="of.starts_on", kind="date"),
)
BOTH = (
    *MEMBER,
    Column("session", _("Session"), value=lambda row: str(row.also)),
    Column("from", _("From"), value="also.starts_on", kind="date"),
)

OPTION_WORDS: dict[str, Any] = {
    "yes": _("Yes"),
    "no": _("No"),
    "abstain": _("Abstained"),
    "absent": _("Absent"),
}
OPTION_MARKS = {"yes": "kept", "no": "dropped", "abstain": "open", "absent": "unknown"}
RESULT_MARKS = {"open": "open", "adopted": "done", "rejected": "dropped", "void": "unknown"}
